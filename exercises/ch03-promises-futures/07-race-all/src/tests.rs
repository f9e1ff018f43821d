//! 고치지 마세요. 여러분이 고치는 파일은 `src/lib.rs`입니다.

use std::cell::RefCell;
use std::panic::catch_unwind;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::task::{Context, Poll, Wake, Waker};

use ex03_07_race_all::race_all;

/// 테스트가 답을 넣어 줄 요청의 속.
#[derive(Default)]
struct Slot {
    answer: Option<u32>,
    polls: usize,
    waker: Option<Waker>,
}

/// 서버 하나에 보낸 요청. 번호가 있어 누구인지 안다.
struct Request {
    id: usize,
    slot: Rc<RefCell<Slot>>,
}

impl Future for Request {
    type Output = u32;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<u32> {
        let mut slot = self.slot.borrow_mut();
        slot.polls += 1;
        if let Some(answer) = slot.answer.take() {
            return Poll::Ready(answer);
        }
        slot.waker = Some(cx.waker().clone());
        Poll::Pending
    }
}

/// 답하는 쪽.
struct Server(Rc<RefCell<Slot>>);

impl Server {
    fn answer(&self, value: u32) {
        self.0.borrow_mut().answer = Some(value);
        let waker = self.0.borrow_mut().waker.take();
        waker.into_iter().for_each(Waker::wake);
    }

    fn polls(&self) -> usize {
        self.0.borrow().polls
    }
}

/// 요청 `count`개와 그 답을 넣을 서버들.
fn asked(count: usize) -> (Vec<Request>, Vec<Server>) {
    let pair = |id| {
        let slot = Rc::new(RefCell::new(Slot::default()));
        let server = Server(Rc::clone(&slot));
        (Request { id, slot }, server)
    };
    (0..count).map(pair).unzip()
}

/// 한 번 폴링한다.
fn ask<F: Future + Unpin>(future: &mut F) -> Poll<F::Output> {
    Pin::new(future).poll(&mut Context::from_waker(Waker::noop()))
}

/// 끝났어야 하는 경주의 번호와 결과, 나머지의 번호.
fn won<F>(poll: Poll<(usize, u32, Vec<F>)>, ids: impl Fn(&F) -> usize) -> (usize, u32, Vec<usize>) {
    let Poll::Ready((at, value, rest)) = poll else {
        panic!("답이 하나 왔으니 끝나야 하는데 아직 Pending입니다");
    };
    (at, value, rest.iter().map(ids).collect())
}

/// 먼저 끝난 것이 이긴다
#[test]
fn basic_the_first_to_finish_wins() {
    let (requests, servers) = asked(2);
    let mut race = race_all(requests);
    assert!(
        ask(&mut race).is_pending(),
        "아직 아무도 답하지 않았으니 Pending이어야 합니다"
    );
    servers[1].answer(7);
    assert_eq!(
        won(ask(&mut race), |request| request.id),
        (1, 7, vec![0]),
        "1번이 7이라고 답했으니 (1, 7)과 나머지인 0번이 나와야 합니다"
    );
}

/// 한 번 폴링하면 모두 시작한다
#[test]
fn every_future_starts() {
    let (requests, servers) = asked(4);
    let mut race = race_all(requests);
    for turn in 1..=2 {
        assert!(
            ask(&mut race).is_pending(),
            "아직 아무도 답하지 않았으니 Pending이어야 합니다"
        );
        let polls: Vec<usize> = servers.iter().map(Server::polls).collect();
        assert_eq!(
            polls, [turn; 4],
            "{turn}번 폴링했으면 네 퓨처가 모두 {turn}번씩 폴링되었어야 합니다. 폴링하지 않은 퓨처는 시작하지도 않습니다"
        );
    }
}

/// 나머지는 넣은 차례대로이다
#[test]
fn the_rest_keeps_its_order() {
    for winner in 0..4 {
        let (requests, servers) = asked(4);
        let mut race = race_all(requests);
        servers[winner].answer(5);
        let rest: Vec<usize> = (0..4).filter(|id| *id != winner).collect();
        assert_eq!(
            won(ask(&mut race), |request| request.id),
            (winner, 5, rest),
            "{winner}번이 이겼으면 나머지는 넣은 차례 그대로 나와야 합니다"
        );
    }
}

/// 함께 끝났으면 앞의 것이 이기고 뒤의 것은 그대로 남는다
#[test]
fn the_front_one_wins_a_tie() {
    let (requests, servers) = asked(3);
    servers[1].answer(10);
    servers[2].answer(20);
    let mut race = race_all(requests);
    let Poll::Ready((at, value, rest)) = ask(&mut race) else {
        panic!("답이 둘 와 있으니 처음 폴링할 때 끝나야 합니다");
    };
    assert_eq!(
        (at, value),
        (1, 10),
        "1번과 2번이 함께 끝나 있으면 앞의 1번이 이겨야 합니다"
    );
    assert_eq!(
        servers[2].polls(),
        0,
        "이긴 것의 뒤는 묻지 않아야 합니다. 물으면 그 결과를 받아 둘 곳이 없습니다"
    );
    assert_eq!(
        won(ask(&mut race_all(rest)), |request| request.id),
        (1, 20, vec![0]),
        "나머지는 0번과 2번이고, 2번의 답은 아직 그 안에 있어야 합니다"
    );
}

/// 나머지로 다시 겨루면 온 차례대로 모두 나온다
#[test]
fn racing_on_tells_who_came_when() {
    let (mut requests, servers) = asked(5);
    let mut seen = Vec::new();
    for id in [1, 3, 0, 4, 2] {
        let ids: Vec<usize> = requests.iter().map(|request| request.id).collect();
        let mut race = race_all(requests);
        assert!(
            ask(&mut race).is_pending(),
            "남은 것은 아무도 답하지 않았으니 Pending이어야 합니다"
        );
        servers[id].answer(id as u32 * 10);
        let Poll::Ready((at, value, rest)) = ask(&mut race) else {
            panic!("{id}번이 답했으니 끝나야 합니다");
        };
        seen.push((ids[at], value));
        requests = rest;
    }
    assert_eq!(
        seen,
        [(1, 10), (3, 30), (0, 0), (4, 40), (2, 20)],
        "번호는 그때 건넨 목록의 자리이고, 결과는 온 차례대로 나와야 합니다"
    );
    assert!(
        requests.is_empty(),
        "다섯이 모두 이겼으니 남은 것이 없어야 합니다"
    );
}

struct Count(AtomicUsize);

impl Wake for Count {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, SeqCst);
    }
}

/// 누가 답해도 지금 기다리는 태스크가 깨어난다
#[test]
fn any_answer_wakes_the_task_that_waits() {
    for winner in 0..3 {
        let (requests, servers) = asked(3);
        let mut race = race_all(requests);
        let wakers = [(); 2].map(|()| Arc::new(Count(AtomicUsize::new(0))));
        for count in &wakers {
            let waker = Waker::from(Arc::clone(count));
            assert!(
                Pin::new(&mut race)
                    .poll(&mut Context::from_waker(&waker))
                    .is_pending(),
                "아직 아무도 답하지 않았으니 Pending이어야 합니다"
            );
        }
        servers[winner].answer(1);
        assert_eq!(
            wakers.map(|count| count.0.load(SeqCst)),
            [0, 1],
            "{winner}번의 답은 마지막으로 폴링한 태스크를 깨워야 합니다. 다시 폴링할 때에는 끝나지 않은 퓨처를 모두 새 Waker로 다시 물어야 합니다"
        );
    }
}

/// 빈 목록은 기다리지 않고 그 자리에서 패닉한다
#[test]
fn an_empty_list_panics_at_once() {
    let result = catch_unwind(|| drop(race_all(Vec::<std::future::Ready<u32>>::new())));
    assert!(
        result.is_err(),
        "끝날 퓨처가 없으면 영영 기다리게 되므로 race_all을 부른 자리에서 패닉해야 합니다"
    );
}
