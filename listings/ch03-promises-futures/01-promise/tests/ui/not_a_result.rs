//! 이행인지 거부인지 말하지 않는 값을 돌려준다.

use ch03_01_promise::{Microtasks, Promise};

fn main() {
    let queue = Microtasks::default();
    let answer = Promise::<i32, i32>::settled(&queue, Ok(5));
    answer.then(|value| value + 1).done(drop);
}
