//! 두 스레드가 같은 수를 락 없이 고치려 한다.

use std::thread;

fn main() {
    let mut total = 0;
    thread::scope(|scope| {
        scope.spawn(|| total += 1);
        scope.spawn(|| total += 1);
    });
}
