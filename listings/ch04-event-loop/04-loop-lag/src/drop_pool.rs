//! 풀을 버리는 일도 루프를 막는다.

use std::sync::{Arc, mpsc};

use ch02_01_completion_callback::Pool;

use crate::clock::{Clock, ms};
use crate::event_loop::EventLoop;

// ANCHOR: drop_pool
/// 맡긴 일이 도는 동안 루프의 다음 이벤트가 돌 수 있는지, 소식 하나로 본다.
///
/// 풀을 처리 함수가 버리면 오지 않을 소식이라 잠깐만, 아니면 넉넉히 기다린다.
pub fn news_reaches_work(keep: bool) -> bool {
    let mut on = EventLoop::new(Clock::Virtual(ms(0)));
    let pool = Arc::new(Pool::new(1));
    let kept = keep.then(|| Arc::clone(&pool));
    let limit = ms(if keep { 10_000 } else { 50 });
    let (news, on_news) = mpsc::channel();
    let (report, reached) = mpsc::channel();
    on.post("맡기기", move |_| {
        let work = move || report.send(on_news.recv_timeout(limit).is_ok());
        pool.run(work, |_| {});
        // `pool`이 여기서 버려진다. 마지막 주인이면 일이 끝날 때까지 조인한다.
    });
    on.post("다음 이벤트", move |_| {
        let _ = news.send(()); // 일이 그만두었으면 들을 이가 없다.
    });
    on.run();
    drop(kept);
    reached.recv().expect("일은 끝까지 돈다")
}
// ANCHOR_END: drop_pool
