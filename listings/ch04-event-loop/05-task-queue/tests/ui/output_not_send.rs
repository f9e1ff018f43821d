//! 퓨처는 `Rc`를 쥐어도 되지만 결과로 내놓지는 못한다.

use std::rc::Rc;

use ch04_05_task_queue::spawn;

fn main() {
    // ANCHOR: rc
    let local = Rc::new(7);
    let inside = Rc::clone(&local);
    spawn(async move { *inside });
    spawn(async move { local });
    // ANCHOR_END: rc
}
