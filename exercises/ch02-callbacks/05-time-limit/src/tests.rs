//! 고치지 마세요. 여러분이 고치는 파일은 `src/lib.rs`입니다.

use std::collections::BTreeMap;
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use ex02_05_time_limit::{Reply, TimedOut, TimerId, Timers, with_limit};

const LIMIT: Duration = Duration::from_secs(3);

/// 손으로 돌리는 시계.
#[derive(Default)]
struct Clock(Mutex<State>);

#[derive(Default)]
struct State {
    now: Duration,
    next_id: TimerId,
    timers: BTreeMap<(Duration, TimerId), Box<dyn FnOnce() + Send>>,
}

impl Timers for Clock {
    fn after(&self, delay: Duration, callback: Box<dyn FnOnce() + Send>) -> TimerId {
        let mut state = self.0.lock().expect("시계의 락이 오염되었습니다");
        let id = state.next_id;
        state.next_id += 1;
        let at = state.now + delay;
        state.timers.insert((at, id), callback);
        id
    }

    fn cancel(&self, id: TimerId) {
        let mut state = self.0.lock().expect("시계의 락이 오염되었습니다");
        state.timers.retain(|(_, found), _| *found != id);
    }
}

impl Clock {
    /// 시계를 `by`만큼 돌리고, 때가 된 타이머를 차례대로 부른다.
    fn advance(&self, by: Duration) {
        let until = self.0.lock().expect("시계의 락이 오염되었습니다").now + by;
        loop {
            let mut state = self.0.lock().expect("시계의 락이 오염되었습니다");
            match state.timers.first_key_value().map(|(key, _)| *key) {
                Some(key) if key.0 <= until => {
                    state.now = key.0;
                    let callback = state.timers.remove(&key);
                    drop(state);
                    callback.into_iter().for_each(|callback| callback());
                }
                _ => {
                    state.now = until;
                    return;
                }
            }
        }
    }

    fn waiting(&self) -> usize {
        let state = self.0.lock().expect("시계의 락이 오염되었습니다");
        state.timers.len()
    }
}

type Told = Receiver<Result<u32, TimedOut>>;

/// 제한 시간을 걸고 시작한 일. 답할 콜백은 테스트가 쥔다.
fn started() -> (Arc<Clock>, Option<Reply<u32>>, Told) {
    let clock = Arc::new(Clock::default());
    let timers: Arc<dyn Timers> = Arc::clone(&clock) as Arc<dyn Timers>;
    let (tell, told) = mpsc::channel();
    let mut reply = None;
    let done = move |result| tell.send(result).expect("테스트가 듣는다");
    with_limit(&timers, LIMIT, |callback| reply = Some(callback), done);
    (clock, reply, told)
}

fn answer(reply: Option<Reply<u32>>, value: u32) {
    let reply = reply.expect("with_limit은 work를 곧바로 시작해야 합니다");
    reply(value);
}

/// 시간 안에 온 답은 전해진다
#[test]
fn basic_an_answer_in_time_arrives() {
    let (clock, reply, told) = started();
    clock.advance(LIMIT - Duration::from_nanos(1));
    answer(reply, 7);
    assert_eq!(
        told.try_iter().collect::<Vec<_>>(),
        [Ok(7)],
        "시간이 다 되기 전에 온 답은 Ok로 전해야 합니다"
    );
}

/// 시간이 다 되면 포기한다
#[test]
fn basic_no_answer_times_out() {
    let (clock, _reply, told) = started();
    clock.advance(LIMIT - Duration::from_nanos(1));
    assert_eq!(told.try_iter().count(), 0, "아직 시간이 남았습니다");
    clock.advance(Duration::from_nanos(1));
    assert_eq!(
        told.try_iter().collect::<Vec<_>>(),
        [Err(TimedOut)],
        "제한 시간이 되면 곧바로 포기해야 합니다"
    );
}

/// 늦게 온 답은 조용히 버린다
#[test]
fn a_late_answer_is_dropped() {
    let (clock, reply, told) = started();
    clock.advance(LIMIT);
    answer(reply, 7);
    assert_eq!(
        told.try_iter().collect::<Vec<_>>(),
        [Err(TimedOut)],
        "이미 포기한 일의 답으로 done을 또 부르면 안 됩니다"
    );
}

/// 답이 온 뒤에는 시간이 지나도 아무 일이 없다
#[test]
fn an_answered_work_does_not_time_out() {
    let (clock, reply, told) = started();
    answer(reply, 7);
    clock.advance(LIMIT * 2);
    assert_eq!(
        told.try_iter().collect::<Vec<_>>(),
        [Ok(7)],
        "이미 답한 일에는 제한 시간이 없습니다"
    );
}

/// 답이 오면 타이머를 지운다
#[test]
fn an_answer_removes_the_timer() {
    let (clock, reply, told) = started();
    assert_eq!(
        clock.waiting(),
        1,
        "답을 기다리는 동안 타이머가 하나 있습니다"
    );
    answer(reply, 7);
    assert_eq!(
        clock.waiting(),
        0,
        "답이 왔으면 타이머를 지워야 합니다. 요청마다 하나씩 쌓입니다"
    );
    assert_eq!(told.try_iter().count(), 1, "답은 한 번 전해져야 합니다");
}

/// 그 자리에서 답해도 타이머가 남지 않는다
#[test]
fn an_answer_at_once_leaves_no_timer() {
    let clock = Arc::new(Clock::default());
    let timers: Arc<dyn Timers> = Arc::clone(&clock) as Arc<dyn Timers>;
    let (tell, told) = mpsc::channel();
    let done = move |result| tell.send(result).expect("테스트가 듣는다");
    with_limit(&timers, LIMIT, |reply| reply(7), done);
    assert_eq!(
        told.try_iter().collect::<Vec<_>>(),
        [Ok(7)],
        "work가 그 자리에서 한 답도 전해야 합니다"
    );
    assert_eq!(
        clock.waiting(),
        0,
        "work가 그 자리에서 답해도 타이머를 남기면 안 됩니다"
    );
}

/// 답과 타이머가 서로 다른 스레드에서 다투어도 한쪽만 이긴다
#[test]
fn an_answer_and_the_timer_may_race() {
    for _ in 0..50 {
        let (clock, reply, told) = started();
        let other = thread::spawn(move || answer(reply, 7));
        clock.advance(LIMIT);
        assert!(other.join().is_ok(), "진 쪽은 조용히 돌아가야 합니다");
        assert_eq!(told.try_iter().count(), 1, "done은 한 번만 불려야 합니다");
        assert_eq!(clock.waiting(), 0, "끝난 일의 타이머가 남아 있습니다");
    }
}

/// done 안에서 또 시간을 걸어도 된다
#[test]
fn done_may_start_another() {
    let clock = Arc::new(Clock::default());
    let timers: Arc<dyn Timers> = Arc::clone(&clock) as Arc<dyn Timers>;
    let (tell, told) = mpsc::channel();
    let again = Arc::clone(&timers);
    let retry = move |first: Result<u32, TimedOut>| {
        let done = move |second| tell.send((first, second)).expect("테스트가 듣는다");
        with_limit(&again, LIMIT, |reply: Reply<u32>| reply(8), done);
    };
    with_limit(&timers, LIMIT, drop, retry);
    clock.advance(LIMIT);
    assert_eq!(
        told.try_iter().collect::<Vec<_>>(),
        [(Err(TimedOut), Ok(8))],
        "시간이 다 되면 done 안에서 다시 시도할 수 있어야 합니다"
    );
}
