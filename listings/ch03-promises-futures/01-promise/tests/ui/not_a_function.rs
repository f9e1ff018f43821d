//! 함수가 아닌 것을 처리 함수로 넘긴다.

use ch03_01_promise::{Microtasks, Promise};

fn main() {
    let queue = Microtasks::default();
    let answer = Promise::<i32, i32>::settled(&queue, Ok(5));
    answer.then(7).done(drop);
}
