//! 틀린 꼴들. 테스트가 틀린 대로 되는지 확인한다.

use std::io::{self, ErrorKind, Read, Write};

use mio::Token;

use crate::conn::{Conn, Got, Next};
use crate::slots::{Slots, parts};

// ANCHOR: read_once
/// 이벤트 하나에 한 번만 읽는다.
///
/// # Errors
///
/// [`Conn::advance`]와 같다.
pub fn read_once<S: Read + Write>(conn: &mut Conn<S>, scratch: &mut [u8]) -> io::Result<Next> {
    conn.read_once(scratch)?;
    conn.answer_lines()?;
    conn.flush()?;
    Ok(conn.next())
}
// ANCHOR_END: read_once

// ANCHOR: rewrite
/// 답을 `write_all`로 쓴다. 막히면 어디까지 썼는지 모르므로 다음 이벤트에 처음부터 다시 쓴다.
///
/// # Errors
///
/// [`Conn::advance`]와 같다.
pub fn rewrite<S: Read + Write>(conn: &mut Conn<S>, scratch: &mut [u8]) -> io::Result<Next> {
    while conn.read_once(scratch)? == Got::Some {
        conn.answer_lines()?;
    }
    match conn.stream.write_all(&conn.outgoing) {
        Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(Next::Write),
        result => result?,
    }
    conn.outgoing.clear();
    Ok(conn.next())
}
// ANCHOR_END: rewrite

/// 답이 아무리 밀려도 계속 읽는다.
///
/// # Errors
///
/// [`Conn::advance`]와 같다.
pub fn greedy<S: Read + Write>(conn: &mut Conn<S>, scratch: &mut [u8]) -> io::Result<Next> {
    while conn.read_once(scratch)? == Got::Some {
        conn.answer_lines()?;
    }
    conn.flush()?;
    Ok(conn.next())
}

// ANCHOR: forget
/// 밀린 답이 있으면 쓰기만 한다. 다 쓴 다음 읽기로 돌아가지 않는다.
///
/// # Errors
///
/// [`Conn::advance`]와 같다.
pub fn forget<S: Read + Write>(conn: &mut Conn<S>, scratch: &mut [u8]) -> io::Result<Next> {
    if conn.backlog() > 0 {
        conn.flush()?;
        return Ok(conn.next());
    }
    conn.advance(scratch)
}
// ANCHOR_END: forget

/// 세대를 보지 않고 칸의 번호만으로 꺼낸다.
pub fn remove_by_number<T>(slots: &mut Slots<T>, token: Token) -> Option<T> {
    let (number, _) = parts(token);
    let value = slots.slots.get_mut(number)?.value.take()?;
    slots.free.push(number);
    Some(value)
}
