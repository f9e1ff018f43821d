//! 고치지 마세요. 여러분이 고치는 파일은 `src/lib.rs`입니다.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::io::{self, ErrorKind, Read};
use std::rc::Rc;

use ex04_01_fair_turns::{Fair, Turn};

const BUDGET: usize = 10;

/// `read`에 차례로 일어날 일. 다 떨어지면 `WouldBlock`이다.
enum Step {
    Data(Vec<u8>),
    Fail(ErrorKind),
    End,
}

/// 테스트가 대본을 쓰는 소켓.
#[derive(Clone, Default)]
struct Socket {
    script: Rc<RefCell<VecDeque<Step>>>,
    reads: Rc<Cell<usize>>,
}

impl Socket {
    fn with(script: impl IntoIterator<Item = Step>) -> Socket {
        let socket = Socket::default();
        socket.script.borrow_mut().extend(script);
        socket
    }

    /// `count`바이트가 한꺼번에 와 있는 소켓. 바이트는 0, 1, 2, … 이다.
    fn holding(count: u8) -> Socket {
        Socket::with([Step::Data((0..count).collect())])
    }
}

impl Read for Socket {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        self.reads.set(self.reads.get() + 1);
        let mut script = self.script.borrow_mut();
        let data = match script.pop_front() {
            Some(Step::Data(data)) => data,
            Some(Step::Fail(kind)) => return Err(kind.into()),
            Some(Step::End) => {
                script.push_front(Step::End);
                return Ok(0);
            }
            None => return Err(ErrorKind::WouldBlock.into()),
        };
        let count = buf.len().min(data.len());
        buf[..count].copy_from_slice(&data[..count]);
        if count < data.len() {
            script.push_front(Step::Data(data[count..].to_vec()));
        }
        Ok(count)
    }
}

fn read(id: usize, bytes: impl IntoIterator<Item = u8>) -> Turn {
    Turn {
        id,
        bytes: bytes.into_iter().collect(),
        ended: false,
    }
}

/// 누가 몇 바이트를 읽었는지만 남긴다.
fn shares(turns: &[Turn]) -> Vec<(usize, usize)> {
    let share = |turn: &Turn| (turn.id, turn.bytes.len());
    turns.iter().map(share).collect()
}

/// 온 것을 모두 읽는다
#[test]
fn basic_everything_is_read() {
    let mut fair = Fair::new(vec![Socket::holding(3), Socket::holding(5)], BUDGET);
    assert!(
        !fair.is_busy(),
        "이벤트가 오지 않았으니 줄이 비어 있어야 합니다"
    );
    fair.ready(1);
    fair.ready(0);
    assert!(fair.is_busy(), "두 연결이 줄에 서 있습니다");
    assert_eq!(
        fair.turn(),
        [read(1, 0..5), read(0, 0..3)],
        "줄에 선 차례대로 한 번씩 읽어야 합니다"
    );
    assert!(
        !fair.is_busy(),
        "둘 다 WouldBlock까지 읽었으니 줄에서 나가야 합니다"
    );
}

/// 끝없이 떠드는 손님도 한 차례에는 몫만큼 읽는다
#[test]
fn a_chatterer_gets_only_its_share() {
    let mut fair = Fair::new(vec![Socket::holding(200), Socket::holding(3)], BUDGET);
    fair.ready(0);
    fair.ready(1);
    assert_eq!(
        shares(&fair.turn()),
        [(0, BUDGET), (1, 3)],
        "0번이 {BUDGET}바이트를 읽었으면 1번의 차례입니다"
    );
    assert_eq!(
        shares(&fair.turn()),
        [(0, BUDGET)],
        "turn 한 번은 한 바퀴입니다. 바퀴 사이에 루프가 새 이벤트를 받아야 합니다"
    );
}

/// 덜 읽은 것은 새 이벤트가 없어도 이어 읽는다
#[test]
fn the_rest_needs_no_new_event() {
    let mut fair = Fair::new(vec![Socket::holding(25)], BUDGET);
    fair.ready(0);
    let mut got = Vec::new();
    for count in [10, 10, 5] {
        assert!(
            fair.is_busy(),
            "{}바이트를 읽었고 남은 것이 있으니 자면 안 됩니다",
            got.len()
        );
        let turns = fair.turn();
        assert_eq!(
            shares(&turns),
            [(0, count)],
            "남은 것을 알려 줄 이벤트는 오지 않으므로 다시 줄에 서 있어야 합니다"
        );
        got.extend(turns.into_iter().flat_map(|turn| turn.bytes));
    }
    assert!(!fair.is_busy(), "다 읽었으니 poll에서 자도 됩니다");
    assert_eq!(
        got,
        (0..25).collect::<Vec<u8>>(),
        "나누어 읽은 것을 이으면 보낸 것과 같아야 합니다"
    );
}

/// 다시 서는 자리는 줄의 뒤이다
#[test]
fn everyone_gets_one_turn_a_round() {
    let sockets = (0..3).map(|_| Socket::holding(30)).collect();
    let mut fair = Fair::new(sockets, BUDGET);
    fair.ready(2);
    fair.ready(0);
    assert_eq!(
        shares(&fair.turn()),
        [(2, BUDGET), (0, BUDGET)],
        "한 바퀴에 한 번씩이어야 합니다"
    );
    fair.ready(1);
    for round in 2..=3 {
        assert_eq!(
            shares(&fair.turn()),
            [(2, BUDGET), (0, BUDGET), (1, BUDGET)],
            "{round}번째 바퀴에서는 먼저 다시 선 2번과 0번이 새로 온 1번보다 앞입니다"
        );
    }
}

/// 줄에 있는 연결에 이벤트가 또 와도 차례는 하나이다
#[test]
fn another_event_is_not_another_turn() {
    let mut fair = Fair::new(vec![Socket::holding(30)], BUDGET);
    fair.ready(0);
    fair.ready(0);
    assert_eq!(
        shares(&fair.turn()),
        [(0, BUDGET)],
        "이벤트가 두 번 왔어도 줄에는 한 번만 서야 합니다"
    );
    fair.ready(0);
    assert_eq!(
        shares(&fair.turn()),
        [(0, BUDGET)],
        "이어 읽으려고 선 연결에 이벤트가 와도 몫이 늘면 안 됩니다"
    );
}

/// 적게 읽혔다고 다 읽은 것은 아니다
#[test]
fn a_short_read_is_not_a_dry_socket() {
    let script = (0..5).map(|at| Step::Data(vec![at; 3]));
    let mut fair = Fair::new(vec![Socket::with(script)], BUDGET);
    fair.ready(0);
    assert_eq!(
        fair.turn(),
        [read(0, [0, 0, 0, 1, 1, 1, 2, 2, 2, 3])],
        "read가 세 바이트씩 주어도 몫이 찰 때까지 이어 읽어야 합니다"
    );
    assert_eq!(
        fair.turn(),
        [read(0, [3, 3, 4, 4, 4])],
        "WouldBlock이 나오지 않은 연결은 줄에 남아 있어야 합니다"
    );
}

/// 몫과 꼭 같은 양이면 한 번 더 물어야 안다
#[test]
fn exactly_one_share_is_asked_again() {
    let mut fair = Fair::new(vec![Socket::holding(10)], BUDGET);
    fair.ready(0);
    assert_eq!(shares(&fair.turn()), [(0, BUDGET)], "몫만큼 와 있습니다");
    assert!(
        fair.is_busy(),
        "WouldBlock을 보지 못했으니 남은 것이 있는지 아직 모릅니다"
    );
    assert_eq!(
        fair.turn(),
        [read(0, [])],
        "다시 물어 WouldBlock이 나오면 읽은 것이 없고, 끝난 것도 아닙니다"
    );
    assert!(!fair.is_busy(), "이제 줄에서 나가야 합니다");
}

/// 끝난 연결은 다시 읽지 않는다
#[test]
fn an_ended_source_is_never_read_again() {
    for last in [Step::End, Step::Fail(ErrorKind::ConnectionReset)] {
        let ending = Socket::with([Step::Data(vec![7]), last]);
        let mut fair = Fair::new(vec![ending.clone(), Socket::holding(2)], BUDGET);
        fair.ready(0);
        fair.ready(1);
        let end = Turn {
            ended: true,
            ..read(0, [7])
        };
        assert_eq!(
            fair.turn(),
            [end, read(1, 0..2)],
            "끝날 때까지 읽은 것을 함께 알리고, 다음 연결은 그대로 읽어야 합니다"
        );
        let reads = ending.reads.get();
        fair.ready(0);
        assert!(
            !fair.is_busy(),
            "끝난 연결에 늦게 온 이벤트는 무시해야 합니다"
        );
        assert_eq!(fair.turn(), [], "줄이 비었으니 읽을 연결이 없습니다");
        assert_eq!(
            ending.reads.get(),
            reads,
            "끝난 연결의 read를 다시 부르면 안 됩니다"
        );
    }
}

/// 신호가 끼어들면 다시 읽는다
#[test]
fn an_interrupted_read_is_repeated() {
    let script = [
        Step::Fail(ErrorKind::Interrupted),
        Step::Data(vec![1, 2]),
        Step::Fail(ErrorKind::Interrupted),
        Step::Data(vec![3]),
    ];
    let mut fair = Fair::new(vec![Socket::with(script)], BUDGET);
    fair.ready(0);
    assert_eq!(
        fair.turn(),
        [read(0, [1, 2, 3])],
        "Interrupted는 끝도 막힘도 아니므로 그 자리에서 다시 읽어야 합니다"
    );
}
