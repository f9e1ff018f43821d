//! 버려질 때 되돌릴 것들.

use std::cell::Cell;

use tokio::sync::Semaphore;
use tokio::sync::mpsc::UnboundedSender;
use tokio::task::yield_now;

// ANCHOR: counted
/// 처리 중인 요청의 수. 버려지면 하나 줄인다.
struct InFlight<'a>(&'a Cell<u32>);

impl<'a> InFlight<'a> {
    fn enter(count: &'a Cell<u32>) -> Self {
        count.update(|count| count + 1);
        InFlight(count)
    }
}

impl Drop for InFlight<'_> {
    fn drop(&mut self) {
        self.0.update(|count| count - 1);
    }
}

/// 허가를 얻고 처리 중임을 센 다음 요청을 처리한다. 취소해도 둘 다 돌아온다.
pub async fn guarded(limit: &Semaphore, in_flight: &Cell<u32>) {
    let _permit = limit.acquire().await.expect("닫지 않는다");
    let _counted = InFlight::enter(in_flight);
    yield_now().await; // 요청 처리
}
// ANCHOR_END: counted

// ANCHOR: temp_file
/// 올리는 동안의 임시 파일. 다 올리지 못하고 버려지면 청소하는 태스크에 이름을 넘긴다.
pub struct TempFile {
    /// 다 올렸으면 비운다.
    name: Option<String>,
    janitor: UnboundedSender<String>,
}

impl Drop for TempFile {
    fn drop(&mut self) {
        if let Some(name) = self.name.take() {
            let _ = self.janitor.send(name); // 청소하는 쪽이 먼저 끝났으면 넘길 곳이 없다.
        }
    }
}

/// 파일 하나를 두 번에 나눠 올린다. 취소하면 임시 파일의 이름을 `janitor`에 넘긴다.
pub async fn upload(name: &str, janitor: UnboundedSender<String>) {
    let name = Some(name.to_owned());
    let mut file = TempFile { name, janitor };
    yield_now().await;
    yield_now().await;
    file.name = None;
}
// ANCHOR_END: temp_file
