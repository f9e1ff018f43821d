//! 한 시간 안에 답이 와야 하는 물음. 시계는 tokio의 것이라 테스트에서 멈추고 건너뛸 수 있다.

use std::time::Duration;
use tokio::sync::mpsc::Receiver;
use tokio::time::{Instant, timeout, timeout_at};

/// 답을 기다리는 시간.
pub const HOUR: Duration = Duration::from_secs(60 * 60);

/// 서버가 보내오는 것.
#[derive(Debug, PartialEq, Eq)]
pub enum Reply {
    /// 아직 하는 중이다.
    Working,
    /// 다 되었다.
    Done,
}

/// 한 시간이 지났거나 서버가 끊었다.
#[derive(Debug, PartialEq, Eq)]
pub struct GaveUp;

// ANCHOR: restarting
/// 받을 때마다 새로 한 시간을 센다. `Working`이 올 때마다 한 시간이 늘어난다.
pub async fn ask_restarting(replies: &mut Receiver<Reply>) -> Result<(), GaveUp> {
    loop {
        match timeout(HOUR, replies.recv()).await {
            Ok(Some(Reply::Working)) => {}
            Ok(Some(Reply::Done)) => return Ok(()),
            Ok(None) | Err(_) => return Err(GaveUp),
        }
    }
}
// ANCHOR_END: restarting

// ANCHOR: ask
/// 한 시간 뒤의 시각을 먼저 정하고, 그때까지 `Done`이 오지 않으면 포기한다.
pub async fn ask(replies: &mut Receiver<Reply>) -> Result<(), GaveUp> {
    let deadline = Instant::now() + HOUR;
    loop {
        match timeout_at(deadline, replies.recv()).await {
            Ok(Some(Reply::Working)) => {}
            Ok(Some(Reply::Done)) => return Ok(()),
            Ok(None) | Err(_) => return Err(GaveUp),
        }
    }
}
// ANCHOR_END: ask

/// 이 예제의 서버. 40분마다 `Working`을 보내다가 세 번째에는 `Done`을 보낸다.
pub mod server {
    use super::*;
    use tokio::sync::mpsc;
    use tokio::time::sleep;

    /// 소식을 보낼 때마다 `on_send`를 부르는 서버를 띄운다.
    pub fn start(on_send: impl Fn(&Reply) + Send + 'static) -> Receiver<Reply> {
        let (sender, replies) = mpsc::channel(1);
        tokio::spawn(async move {
            for reply in [Reply::Working, Reply::Working, Reply::Done] {
                sleep(Duration::from_secs(40 * 60)).await;
                on_send(&reply);
                if sender.send(reply).await.is_err() {
                    return; // 묻던 쪽이 떠났다.
                }
            }
        });
        replies
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread;

    // ANCHOR: test
    #[tokio::test(start_paused = true)]
    async fn an_hour_is_an_hour() {
        let start = Instant::now();
        let answer = ask(&mut server::start(|_| {})).await;
        assert_eq!(answer, Err(GaveUp));
        assert_eq!(start.elapsed(), HOUR);
    }
    // ANCHOR_END: test

    /// 틀린 꼴은 같은 테스트에 걸린다. 두 시간 뒤에 답을 받았다고 한다.
    #[tokio::test(start_paused = true)]
    async fn a_restarted_hour_never_runs_out() {
        let start = Instant::now();
        let answer = ask_restarting(&mut server::start(|_| {})).await;
        assert_eq!(answer, Ok(()));
        assert_eq!(start.elapsed(), 2 * HOUR);
    }

    #[tokio::test(start_paused = true)]
    async fn an_answer_within_the_hour_is_taken() {
        let (sender, mut replies) = tokio::sync::mpsc::channel(2);
        sender.send(Reply::Working).await.unwrap();
        sender.send(Reply::Done).await.unwrap();
        assert_eq!(ask(&mut replies).await, Ok(()));
    }

    #[tokio::test(start_paused = true)]
    async fn a_closed_channel_does_not_wait_for_the_hour() {
        let (sender, mut replies) = tokio::sync::mpsc::channel(1);
        drop(sender);
        let start = Instant::now();
        assert_eq!(ask(&mut replies).await, Err(GaveUp));
        assert_eq!(start.elapsed(), Duration::ZERO);
    }

    /// 코드가 스레드를 붙들고 보낸 시간은 가상 시간에 나타나지 않는다.
    #[tokio::test(start_paused = true)]
    async fn virtual_time_does_not_see_a_blocked_thread() {
        let (start, real) = (Instant::now(), std::time::Instant::now());
        thread::sleep(Duration::from_millis(5));
        assert_eq!(start.elapsed(), Duration::ZERO);
        assert!(real.elapsed() >= Duration::from_millis(5));
    }

    /// 표준 라이브러리의 시계는 가상 시간을 따라오지 않는다.
    #[tokio::test(start_paused = true)]
    async fn the_standard_clock_is_left_behind() {
        let (start, real) = (Instant::now(), std::time::Instant::now());
        tokio::time::sleep(1000 * HOUR).await;
        assert_eq!(start.elapsed(), 1000 * HOUR);
        assert!(real.elapsed() < HOUR);
    }

    /// measured.toml의 값을 잰다.
    #[tokio::test(start_paused = true)]
    #[ignore = "잴 때만 돌린다"]
    async fn measure_an_hour() {
        let real = std::time::Instant::now();
        let answer = ask(&mut server::start(|_| {})).await;
        println!("{answer:?}: {:?}", real.elapsed());
    }
}
