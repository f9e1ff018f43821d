//! 실행기가 자는 시간. 가상 시간에서는 건너뛴 시간이다.

use std::time::Duration;

use ch04_05_task_queue::{Park, ThreadPark};
use ch04_08_sleep_timeout_interval::{Time, Timed, block_on_with, now, sleep, spawn, yield_now};

use crate::ms;
use crate::story::since;

// ANCHOR: told
/// 얼마나 건너뛰었는지 찍는다.
struct Told(Timed<ThreadPark>);

impl Park for Told {
    fn park(&self, timeout: Option<Duration>) {
        let before = now();
        self.0.park(timeout);
        let slept = since(before);
        if slept > 0 {
            println!("[Rust] 실행기: {slept}ms 잠");
        }
    }

    fn unparker(&self) -> Box<dyn Fn() + Send + Sync> {
        self.0.unparker()
    }
}
// ANCHOR_END: told

// ANCHOR: skips
pub fn tell() {
    let told = |time: &_| Told(Timed::new(ThreadPark::new(), time));
    block_on_with(Time::stopped(), told, async {
        let start = now();
        let far = spawn(async move {
            sleep(ms(5_000)).await;
            println!("가온: {}ms에 깸", since(start));
        });
        yield_now().await; // 가온이 먼저 잠든다.
        sleep(ms(100)).await;
        println!("나래: {}ms에 깸", since(start));
        far.await.expect("패닉하지 않는다");
    });
}
// ANCHOR_END: skips
