//! 몰린 요청을 세는 서버.

use std::sync::{Mutex, MutexGuard};
use std::time::Duration;

use tokio::time::sleep;

/// 한꺼번에 받아 주는 요청의 수.
const CAPACITY: usize = 4;

// ANCHOR: counts
/// 지금까지 센 것.
#[derive(Clone, Copy, Default)]
pub struct Counts {
    pub started: usize,
    pub running: usize,
    pub high_water: usize, // 한 번에 돌던 요청이 가장 많았을 때의 수
    pub refused: usize,
    pub finished: usize,
    pub cancelled: usize,
}
// ANCHOR_END: counts

/// 프로필의 번호, 또는 거절한 까닭.
pub type Answer = Result<u32, String>;

#[derive(Default)]
pub struct Server(Mutex<Counts>);

/// 서버 안에 있는 요청. 끝나지 않고 버려지면 취소로 센다.
struct Visit<'a> {
    server: &'a Server,
    finished: bool,
}

impl Server {
    // ANCHOR: profile
    /// 프로필을 `took` 뒤에 돌려준다. 들어갔을 때 붐볐으면 거절한다.
    pub async fn profile(&self, id: u32, took: Duration) -> Answer {
        let (mut visit, crowded) = self.enter();
        sleep(took).await;
        visit.finished = true;
        if crowded {
            self.lock().refused += 1;
            return Err(format!("프로필 {id} 거절"));
        }
        Ok(id)
    }
    // ANCHOR_END: profile

    fn enter(&self) -> (Visit<'_>, bool) {
        let mut counts = self.lock();
        counts.started += 1;
        counts.running += 1;
        counts.high_water = counts.high_water.max(counts.running);
        let crowded = counts.running > CAPACITY;
        let visit = Visit {
            server: self,
            finished: false,
        };
        (visit, crowded)
    }
}

impl Server {
    pub fn counts(&self) -> Counts {
        *self.lock()
    }

    fn lock(&self) -> MutexGuard<'_, Counts> {
        self.0.lock().expect("락을 쥐고 패닉하지 않는다")
    }
}

impl Drop for Visit<'_> {
    fn drop(&mut self) {
        let mut counts = self.server.lock();
        counts.running -= 1;
        if self.finished {
            counts.finished += 1;
        } else {
            counts.cancelled += 1;
        }
    }
}
