//! 고치지 마세요. 여러분이 고치는 파일은 `src/lib.rs`입니다.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use ch03_12_cancellation::{for_each_cancellation, poll_times};
use ex03_09_cancel_safe_lines::LineReader;
use tokio::io::{AsyncRead, ReadBuf};

/// 이만큼 물으면 끝나야 한다.
const ENOUGH: usize = 10_000;

/// 다 읽은 다음에 일어나는 일.
#[derive(Clone, Copy, PartialEq)]
enum Then {
    /// 연결이 닫힌다.
    Close,
    /// 더 오지 않지만 열려 있다.
    Open,
}

/// 한 번은 멈추고 한 번은 `size`바이트까지 읽는 연결.
struct Drip {
    left: Vec<u8>,
    size: usize,
    then: Then,
    /// 이만큼 남았을 때 오류를 한 번 낸다.
    fails_at: Option<usize>,
    paused: bool,
}

impl Drip {
    fn new(text: impl AsRef<[u8]>, size: usize) -> Drip {
        Drip {
            left: text.as_ref().to_vec(),
            size,
            then: Then::Close,
            fails_at: None,
            paused: false,
        }
    }

    fn pause(&mut self, cx: &Context<'_>) -> Poll<()> {
        if self.left.is_empty() && self.then == Then::Open {
            return Poll::Pending;
        }
        self.paused = !self.paused;
        if self.paused {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(())
    }
}

impl AsyncRead for Drip {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        ready!(self.pause(cx));
        let left = self.left.len();
        if self.fails_at.take_if(|at| *at >= left).is_some() {
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        let count = buf.remaining().min(left).min(self.size);
        buf.put_slice(&self.left[..count]);
        self.left.drain(..count);
        Poll::Ready(Ok(()))
    }
}

type Lines = LineReader<Drip>;

/// 끊지 않고 다음 줄을 읽는다.
fn next(reader: &mut Lines) -> Result<Option<String>, io::ErrorKind> {
    let line = poll_times(reader.next_line(), ENOUGH);
    let line = line.expect(
        "Drip은 물으면 나아가므로 끝나야 합니다. 올 줄이 이미 와 있는데 더 기다리지 않는지 보세요",
    );
    line.map_err(|error| error.kind())
}

/// 끊지 않고 끝까지 읽는다.
fn rest(reader: &mut Lines) -> Result<Vec<String>, io::ErrorKind> {
    let mut lines = Vec::new();
    while let Some(line) = next(reader)? {
        lines.push(line);
        assert!(
            lines.len() <= 100,
            "보낸 줄은 몇 개뿐인데 끝없이 나옵니다. 끝에서는 None이어야 합니다"
        );
    }
    Ok(lines)
}

fn owned(lines: &[&str]) -> Vec<String> {
    lines.iter().map(|line| (*line).to_owned()).collect()
}

const TEXT: &str = "안녕하세요\n둘째 줄 two\n\n끝\n";
const LINES: [&str; 4] = ["안녕하세요", "둘째 줄 two", "", "끝"];

/// 끊지 않으면 모든 줄이 온다
#[test]
fn basic_every_line_comes() {
    let mut reader = LineReader::new(Drip::new("one\ntwo\n", 4));
    assert_eq!(
        rest(&mut reader),
        Ok(owned(&["one", "two"])),
        "두 줄을 \\n을 떼고 차례대로 돌려주어야 합니다"
    );
}

/// 빈 줄은 끝이 아니다
#[test]
fn an_empty_line_is_a_line() {
    let mut reader = LineReader::new(Drip::new("\n\none\n\n", 1));
    assert_eq!(
        rest(&mut reader),
        Ok(owned(&["", "", "one", ""])),
        "\\n만 있는 줄은 빈 줄이지 끝이 아닙니다"
    );
}

/// 마지막 줄에 \n이 없어도 온다
#[test]
fn the_last_line_may_lack_a_newline() {
    let mut reader = LineReader::new(Drip::new("하나\n둘", 2));
    assert_eq!(
        rest(&mut reader),
        Ok(owned(&["하나", "둘"])),
        "\\n 없이 연결이 닫혔어도 읽은 데까지가 마지막 줄입니다"
    );
    for _ in 0..2 {
        assert_eq!(
            next(&mut reader),
            Ok(None),
            "끝난 다음에는 물을 때마다 None이어야 합니다"
        );
    }
}

/// 한 번에 두 줄이 오면 둘째 줄을 기다리지 않는다
#[test]
fn two_lines_in_one_chunk() {
    let mut drip = Drip::new("하나\n둘\n셋", 64);
    drip.then = Then::Open;
    let mut reader = LineReader::new(drip);
    assert_eq!(
        next(&mut reader),
        Ok(Some("하나".into())),
        "첫 줄이 왔으니 돌려주어야 합니다"
    );
    let second = poll_times(reader.next_line(), 1).map(|line| line.map_err(|error| error.kind()));
    assert_eq!(
        second,
        Some(Ok(Some("둘".into()))),
        "둘째 줄은 첫 줄과 함께 이미 왔으니 한 번만 물어도 나와야 합니다"
    );
    assert!(
        poll_times(reader.next_line(), 3).is_none(),
        "셋째 줄은 아직 끝나지 않았고 연결이 열려 있으니 기다려야 합니다"
    );
}

/// 아주 긴 줄도 온전하다
#[test]
fn a_very_long_line_is_whole() {
    let long = "가나다라".repeat(20_000);
    let mut reader = LineReader::new(Drip::new(format!("{long}\n끝\n"), 4_001));
    let lines = rest(&mut reader);
    let lengths = |lines: &Vec<String>| lines.iter().map(String::len).collect::<Vec<_>>();
    assert_eq!(
        lines.as_ref().map(lengths),
        Ok(vec![long.len(), "끝".len()]),
        "어떤 버퍼보다 긴 줄도 통째로 와야 합니다. 줄마다의 바이트 수입니다"
    );
    assert!(
        lines.is_ok_and(|lines| lines[0] == long),
        "긴 줄의 글자가 보낸 것과 다릅니다. 4001바이트마다 나뉘어 왔습니다"
    );
}

/// 글자의 가운데에서 나뉘어 와도 깨지지 않는다
#[test]
fn a_letter_may_come_in_pieces() {
    for size in 1..=4 {
        let mut reader = LineReader::new(Drip::new(TEXT, size));
        assert_eq!(
            rest(&mut reader),
            Ok(owned(&LINES)),
            "{size}바이트씩 왔습니다. 한글 한 글자는 세 바이트라 가운데에서 나뉘어도 이어 붙여야 합니다"
        );
    }
}

/// 첫 줄을 읽다가 어디에서 끊겨도 이어 읽는다
#[test]
fn the_first_line_may_be_cancelled_anywhere() {
    for size in [1, 2, 5] {
        for_each_cancellation(
            || LineReader::new(Drip::new(TEXT, size)),
            async |reader| reader.next_line().await,
            |polls, first, mut reader| {
                let first = first.map(|line| line.map_err(|error| error.kind()));
                let mut all = Vec::new();
                match first {
                    Some(Ok(line)) => all.extend(line),
                    Some(Err(error)) => panic!("멀쩡한 줄에서 오류가 났습니다: {error:?}"),
                    None => {}
                }
                let read_on = rest(&mut reader).map(|rest| all.extend(rest));
                assert_eq!(
                    (read_on, all),
                    (Ok(()), owned(&LINES)),
                    "{size}바이트씩 올 때 {polls}번 폴링하고 버린 다음 끝까지 읽었습니다. 보낸 줄이 그대로 와야 합니다"
                );
            },
        );
    }
}

/// 한 번 물을 때마다 끊어도 모두 읽는다
#[test]
fn cancelling_after_every_poll_loses_nothing() {
    for size in [1, 2] {
        let mut reader = LineReader::new(Drip::new(TEXT, size));
        let mut lines = Vec::new();
        let mut ended = false;
        for _ in 0..ENOUGH {
            match poll_times(reader.next_line(), 1) {
                None => {}
                Some(Ok(Some(line))) => lines.push(line),
                Some(Ok(None)) => {
                    ended = true;
                    break;
                }
                Some(Err(error)) => panic!("멀쩡한 줄에서 오류가 났습니다: {error}"),
            }
        }
        assert!(
            ended,
            "{size}바이트씩 오는 것을 {ENOUGH}번이나 물었는데 끝나지 않습니다"
        );
        assert_eq!(
            lines,
            owned(&LINES),
            "{size}바이트씩 올 때 한 번 묻고 버리기를 되풀이했습니다. 보낸 줄이 그대로 와야 합니다"
        );
    }
}

/// \n 없는 마지막 줄도 어디에서 끊겨도 이어 읽는다
#[test]
fn the_last_line_may_be_cancelled_anywhere() {
    for_each_cancellation(
        || LineReader::new(Drip::new("끝", 2)),
        async |reader| reader.next_line().await.ok().flatten(),
        |polls, first, mut reader| {
            let last = match first.flatten() {
                Some(line) => Ok(Some(line)),
                None => next(&mut reader),
            };
            assert_eq!(
                (last, next(&mut reader)),
                (Ok(Some("끝".into())), Ok(None)),
                "{polls}번 폴링하고 버린 다음 이어 읽었습니다. 줄을 다 받고 연결이 닫히기를 기다리다 버려졌어도 그 줄을 돌려주어야 합니다"
            );
        },
    );
}

/// UTF-8이 아닌 줄은 한 번만 알린다
#[test]
fn a_bad_line_is_told_once() {
    let mut reader = LineReader::new(Drip::new(b"\xEA\xB0\nok\n\xFF", 2));
    let invalid = Err(io::ErrorKind::InvalidData);
    assert_eq!(
        next(&mut reader),
        invalid,
        "첫 줄은 글자의 앞 두 바이트뿐이라 UTF-8이 아닙니다"
    );
    assert_eq!(
        next(&mut reader),
        Ok(Some("ok".into())),
        "틀린 줄은 이미 알렸으니 그다음 줄을 돌려주어야 합니다"
    );
    assert_eq!(
        next(&mut reader),
        invalid,
        "\\n 없이 끝난 마지막 줄도 UTF-8이 아니면 알려야 합니다"
    );
    assert_eq!(next(&mut reader), Ok(None), "더 읽을 것이 없습니다");
}

/// 연결의 오류를 알린 다음에 이어 읽는다
#[test]
fn an_error_of_the_connection_loses_nothing() {
    for fails_at in 0..=TEXT.len() {
        let mut drip = Drip::new(TEXT, 2);
        drip.fails_at = Some(fails_at);
        let mut reader = LineReader::new(drip);
        let (mut lines, mut errors) = (Vec::new(), Vec::new());
        loop {
            match next(&mut reader) {
                Ok(Some(line)) => lines.push(line),
                Ok(None) => break,
                Err(error) => errors.push(error),
            }
            assert!(
                lines.len() + errors.len() <= 20,
                "오류는 한 번뿐이고 보낸 줄은 넷인데 끝나지 않습니다"
            );
        }
        assert_eq!(
            (errors, lines),
            (vec![io::ErrorKind::TimedOut], owned(&LINES)),
            "{fails_at}바이트가 남았을 때 연결이 오류를 한 번 냈습니다. 그대로 알리고, 다시 부르면 이어 읽어야 합니다"
        );
    }
}

/// 어디에서 끊고 넘겨주어도 한 바이트도 빠지지 않는다
#[test]
fn the_parts_hold_every_byte() {
    for size in [1, 2, 64] {
        for_each_cancellation(
            || LineReader::new(Drip::new(TEXT, size)),
            async |reader| reader.next_line().await,
            |polls, first, reader| {
                let first = first.and_then(|line| line.ok().flatten());
                let taken = first.map_or(0, |line| line.len() + 1);
                let (drip, unread) = reader.into_parts();
                assert_eq!(
                    String::from_utf8_lossy(&[unread, drip.left].concat()),
                    &TEXT[taken..],
                    "{size}바이트씩 올 때 {polls}번 폴링하고 버린 다음 넘겨주었습니다. 내준 바이트와 연결에 남은 바이트를 이으면 돌려주지 않은 전부여야 합니다"
                );
            },
        );
    }
}
