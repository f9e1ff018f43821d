//! 한 번 쓴 `Resolver`로 또 정한다.

use ch03_01_promise::{Microtasks, Promise};

fn main() {
    let queue = Microtasks::default();
    let (_answer, resolver) = Promise::<&str, &str>::pending(&queue);
    resolver.resolve(Ok("서버의 답"));
    resolver.resolve(Err("시간 초과"));
}
