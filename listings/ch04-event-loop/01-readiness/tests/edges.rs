//! 바이트를 어디에서 자르고 소켓이 언제 막히든, 줄마다 답이 한 번씩 나가는가.

use std::collections::VecDeque;
use std::io::{self, ErrorKind, Read, Write};

use ch04_01_readiness::conn::{Conn, LIMIT, Next};
use ch04_01_readiness::faulty;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};

/// 가짜 소켓. 온 바이트와 비어 있는 자리만큼만 읽고 쓴다.
#[derive(Default)]
struct Wire {
    inbox: VecDeque<u8>,
    closed: bool,
    room: usize,
    outbox: Vec<u8>,
    /// 쓰다가 막혔다. 자리가 나면 이벤트가 온다.
    stuck: bool,
}

impl Read for Wire {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.inbox.is_empty() && !self.closed {
            return Err(ErrorKind::WouldBlock.into());
        }
        self.inbox.read(buffer)
    }
}

impl Write for Wire {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = bytes.len().min(self.room);
        self.stuck = count < bytes.len();
        if count == 0 && self.stuck {
            return Err(ErrorKind::WouldBlock.into());
        }
        self.room -= count;
        self.outbox.extend_from_slice(&bytes[..count]);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

type Handler = fn(&mut Conn<Wire>, &mut [u8]) -> io::Result<Next>;

// ANCHOR: case
/// 바깥에서 일어나는 일.
#[derive(Clone, Copy, Debug)]
enum Step {
    /// 남은 것에서 이만큼 온다. 늘 이벤트가 하나 온다.
    Arrive(usize),
    /// 쓸 자리가 이만큼 난다. 쓰다가 막혀 있었을 때만 이벤트가 온다.
    Room(usize),
}

fn case() -> impl Strategy<Value = (Vec<String>, Vec<Step>)> {
    let step = prop_oneof![
        (1..6_usize).prop_map(Step::Arrive),
        (1..6_usize).prop_map(Step::Room),
    ];
    (vec("[a-z]{0,4}", 0..5), vec(step, 0..12))
}
// ANCHOR_END: case

/// 이벤트가 올 때만 `handler`를 부른다. 남은 바이트가 모두 오고 자리가 다 난 뒤의 답을 본다.
fn echoes(
    handler: Handler,
    scratch: usize,
    (lines, steps): (Vec<String>, Vec<Step>),
) -> Result<(), TestCaseError> {
    let sent: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let mut rest: VecDeque<u8> = sent.bytes().collect();
    let mut conn = Conn::new(Wire::default());
    let ends = [Step::Arrive(usize::MAX), Step::Room(usize::MAX)];
    for step in steps.into_iter().chain(ends) {
        let wire = conn.stream();
        let event = match step {
            Step::Arrive(count) => {
                wire.inbox.extend(rest.drain(..count.min(rest.len())));
                true
            }
            Step::Room(more) => {
                wire.room = wire.room.saturating_add(more);
                wire.stuck
            }
        };
        if event && handler(&mut conn, &mut vec![0; scratch]).is_err() {
            break;
        }
    }
    let echoed = String::from_utf8_lossy(&conn.stream().outbox).into_owned();
    if sent == echoed {
        return Ok(());
    }
    Err(TestCaseError::fail(format!("돌아온 것: {echoed:?}")))
}

fn runner() -> TestRunner {
    // 실패를 파일에 남기지 않는다. 씨앗이 정해져 있어 늘 같은 경우가 나온다.
    let config = Config {
        cases: 2_000,
        failure_persistence: None,
        ..Config::default()
    };
    TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha))
}

/// 찾아 줄인 경우.
fn shrunk(handler: Handler) -> String {
    let run = |case| echoes(handler, 4, case);
    let Err(TestError::Fail(reason, (lines, steps))) = runner().run(&case(), run) else {
        panic!("틀려야 한다");
    };
    format!("보낸 줄: {lines:?}\n일어난 일: {steps:?}\n{reason}")
}

// ANCHOR: cured
#[test]
fn advance_echoes_every_line_once() {
    let strategy = (1..9_usize, case());
    let run = |(scratch, case)| echoes(Conn::advance, scratch, case);
    runner().run(&strategy, run).unwrap();
}
// ANCHOR_END: cured

#[test]
fn one_read_for_an_event_leaves_lines_behind() {
    assert_eq!(shrunk(faulty::read_once), READ_ONCE);
}

#[test]
fn write_all_sends_the_front_again() {
    assert_eq!(shrunk(faulty::rewrite), REWRITE);
}

#[test]
fn a_pause_without_a_resume_leaves_lines_behind() {
    assert_eq!(shrunk(faulty::forget), FORGET);
}

// ANCHOR: shrunk
const READ_ONCE: &str = "\
보낸 줄: [\"\", \"aa\", \"aaaa\", \"aa\"]
일어난 일: []
돌아온 것: \"\\naa\\n\"";

const REWRITE: &str = "\
보낸 줄: [\"aaa\"]
일어난 일: [Arrive(1), Room(1)]
돌아온 것: \"aaaa\\n\"";

const FORGET: &str = "\
보낸 줄: [\"\", \"aa\", \"a\"]
일어난 일: [Arrive(1)]
돌아온 것: \"\\n\"";
// ANCHOR_END: shrunk

// ANCHOR: limit
/// 받지 않는 손님이 보낸 줄들을 읽고 나서 밀린 답.
fn backlog_after(handler: Handler, lines: usize) -> usize {
    let mut conn = Conn::new(Wire::default());
    conn.stream()
        .inbox
        .extend(b"0123456789abcde\n".repeat(lines));
    handler(&mut conn, &mut [0; 4096]).unwrap();
    conn.backlog()
}

#[test]
fn only_the_greedy_form_grows_with_the_guest() {
    let many = 100_000;
    assert_eq!(backlog_after(faulty::greedy, many), 16 * many);
    assert!(backlog_after(Conn::advance, many) < LIMIT + 4096);
}
// ANCHOR_END: limit

#[test]
fn a_paused_connection_resumes_when_it_has_written() {
    let sent = b"0123456789abcde\n".repeat(100_000);
    let mut conn = Conn::new(Wire::default());
    conn.stream().inbox.extend(&sent);
    conn.stream().closed = true;
    while conn.advance(&mut [0; 4096]).unwrap() == Next::Write {
        conn.stream().room = 1_000;
    }
    assert!(conn.stream().outbox == sent);
}

// ANCHOR: busy
/// 이벤트 하나에 백만 바이트를 다 읽고 답한다. 그동안 다른 연결은 기다린다.
#[test]
fn one_busy_guest_keeps_the_thread() {
    let mut conn = Conn::new(Wire::default());
    conn.stream().inbox.extend(b"123456789\n".repeat(100_000));
    conn.stream().room = usize::MAX;
    conn.advance(&mut [0; 4096]).unwrap();
    assert_eq!(conn.tally().bytes, 1_000_000);
}
// ANCHOR_END: busy

#[test]
fn a_line_may_be_just_as_long_as_allowed() {
    for (length, fits) in [(1024, true), (1025, false)] {
        for ending in ["", "\n"] {
            let mut conn = Conn::new(Wire::default());
            let line = "a".repeat(length) + ending;
            conn.stream().inbox.extend(line.bytes());
            let result = conn.advance(&mut [0; 4096]);
            assert_eq!(result.is_ok(), fits, "{length}자와 {ending:?}");
        }
    }
}

#[test]
fn what_is_left_is_written_after_the_end() {
    let mut conn = Conn::new(Wire::default());
    conn.stream().inbox.extend(b"bye\nhalf");
    conn.stream().closed = true;
    assert_eq!(conn.advance(&mut [0; 4]).unwrap(), Next::Write);
    conn.stream().room = 2;
    assert_eq!(conn.advance(&mut [0; 4]).unwrap(), Next::Write);
    conn.stream().room = 9;
    assert_eq!(conn.advance(&mut [0; 4]).unwrap(), Next::Close);
    assert_eq!(conn.stream().outbox, b"bye\n");
}
