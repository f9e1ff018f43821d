//! 고치지 마세요. 여러분이 고치는 파일은 `src/lib.rs`입니다.

use std::collections::VecDeque;
use std::io::{self, Read, Write};

use ex01_01_one_line::answer_one;

/// 정해 둔 조각대로 말하고, 들은 답을 모으는 손님.
struct Guest {
    pieces: VecDeque<Vec<u8>>,
    heard: Vec<u8>,
    /// 한 번의 `write`가 받아 주는 바이트의 수.
    takes: usize,
    /// 떠난 다음에도 `read`를 부른 횟수.
    reads_after_the_end: usize,
}

impl Guest {
    fn saying(pieces: &[&[u8]]) -> Self {
        Self {
            pieces: pieces.iter().map(|piece| piece.to_vec()).collect(),
            heard: Vec::new(),
            takes: usize::MAX,
            reads_after_the_end: 0,
        }
    }

    /// 한 바이트씩 말하는 손님.
    fn dripping(words: &str) -> Self {
        Self::saying(&words.as_bytes().chunks(1).collect::<Vec<_>>())
    }

    fn heard(&self) -> String {
        String::from_utf8_lossy(&self.heard).into_owned()
    }
}

impl Read for Guest {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Some(mut piece) = self.pieces.pop_front() else {
            self.reads_after_the_end += 1;
            assert!(
                self.reads_after_the_end < 10,
                "read가 0을 돌려주면 손님이 떠난 것입니다. 더 읽어도 올 것이 없습니다"
            );
            return Ok(0);
        };
        let given = piece.len().min(buffer.len());
        buffer[..given].copy_from_slice(&piece[..given]);
        let rest = piece.split_off(given);
        if !rest.is_empty() {
            self.pieces.push_front(rest);
        }
        Ok(given)
    }
}

impl Write for Guest {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = bytes.len().min(self.takes);
        self.heard.extend_from_slice(&bytes[..taken]);
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// 손님과 이야기하고, 답했는지와 손님이 들은 것을 돌려준다.
fn talk(mut guest: Guest) -> (bool, String) {
    let answered = answer_one(&mut guest).expect("이 손님은 오류를 내지 않는다");
    (answered, guest.heard())
}

/// 통째로 온 주문에 답한다
#[test]
fn basic_a_whole_line_is_answered() {
    assert_eq!(
        talk(Guest::saying(&["주문 1\n".as_bytes()])),
        (true, "확인 1\n".to_owned()),
        "한 줄이 한 조각으로 왔으면 그 한 줄에 답해야 합니다"
    );
}

/// 모르는 말에도 한 줄로 답한다
#[test]
fn basic_unknown_words_are_answered() {
    assert_eq!(
        talk(Guest::saying(&["안녕\n".as_bytes()])),
        (true, "모르는 말\n".to_owned()),
        "주문이 아닌 말에도 답은 해야 합니다"
    );
}

/// 두 조각으로 온 주문은 한 줄이다
#[test]
fn a_line_in_two_pieces_is_one_line() {
    assert_eq!(
        talk(Guest::saying(&["주문 1".as_bytes(), b"2\n"])),
        (true, "확인 12\n".to_owned()),
        "read 한 번이 한 줄은 아닙니다. 줄바꿈이 올 때까지 모아야 합니다"
    );
}

/// 한 바이트씩 온 주문도 한 줄이다
#[test]
fn a_line_byte_by_byte_is_one_line() {
    assert_eq!(
        talk(Guest::dripping("주문 12\n")),
        (true, "확인 12\n".to_owned()),
        "한글 한 글자는 세 바이트입니다. 조각마다 글자로 바꾸지 말고, 모은 다음에 바꾸어야 합니다"
    );
}

/// 줄이 다 오지 않았으면 답하지 않는다
#[test]
fn half_a_line_is_not_answered() {
    assert_eq!(
        talk(Guest::saying(&["주문 1".as_bytes()])),
        (false, String::new()),
        "줄바꿈이 오지 않았으니 주문이 끝났는지 알 수 없습니다. 답하지 않아야 합니다"
    );
}

/// 글자 가운데에서 떠난 손님에게도 답하지 않는다
#[test]
fn a_guest_may_leave_inside_a_letter() {
    let mut guest = Guest::saying(&[&"주문".as_bytes()[..4]]);
    assert_eq!(
        answer_one(&mut guest).ok(),
        Some(false),
        "글자의 첫 바이트만 남기고 떠났습니다. 오류가 아니라, 한 줄이 다 오지 않은 것입니다"
    );
    assert_eq!(
        guest.heard(),
        "",
        "한 줄이 다 오지 않았으니 답하지 않아야 합니다"
    );
}

/// 글자로 읽히지 않는 줄은 모르는 말이다
#[test]
fn a_line_that_is_not_text_is_unknown() {
    let mut guest = Guest::saying(&[b"\xff\xfe\n"]);
    assert_eq!(
        answer_one(&mut guest).ok(),
        Some(true),
        "줄바꿈까지 왔으니 한 줄입니다. 글자가 아니어도 오류를 내지 말고 답해야 합니다"
    );
    assert_eq!(
        guest.heard(),
        "모르는 말\n",
        "주문이 아닌 줄에는 모르는 말이라고 답해야 합니다"
    );
}

/// 말없이 떠난 손님에게는 답하지 않는다
#[test]
fn a_silent_guest_is_not_answered() {
    assert_eq!(
        talk(Guest::saying(&[])),
        (false, String::new()),
        "한 글자도 오지 않았으니 답할 것이 없습니다"
    );
}

/// 조금씩만 써지더라도 답을 다 쓴다
#[test]
fn the_answer_is_written_to_the_end() {
    let mut guest = Guest::saying(&["주문 1\n".as_bytes()]);
    guest.takes = 1;
    assert_eq!(
        talk(guest),
        (true, "확인 1\n".to_owned()),
        "write는 일부만 쓰고 돌아올 수 있습니다. 남은 것도 써야 합니다"
    );
}
