//! 꺼내는 동안에는 통을 반복자가 빌리고 있다.

use ch04_02_timers::{Timers, Wheel};

fn main() {
    let mut timers = Wheel::new();
    timers.insert(10, "첫째");
    let second = timers.insert(10, "둘째");
    for name in timers.expire(10) {
        println!("{name}");
        timers.cancel(second);
    }
}
