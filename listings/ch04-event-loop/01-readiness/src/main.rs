//! 스레드 하나가 준비된 연결만 골라 읽고 쓴다. 덜 읽으면 무엇이 멈추는지 본다.

mod stale;
mod story;

use std::io;

use ch04_01_readiness::conn::Conn;
use ch04_01_readiness::faulty;
use ch04_01_readiness::slots::Slots;

fn main() -> io::Result<()> {
    println!("== 한 번만 읽기 ==");
    for line in story::two_lines(faulty::read_once)?.join("\n").lines() {
        println!("[Rust] {line}");
    }
    println!("== 막힐 때까지 읽기 ==");
    println!("{}", story::two_lines(Conn::advance)?.join("\n"));
    println!("== 나뉘어 온 줄 ==");
    story::cut_line()?;
    println!("== 받지 않는 손님 ==");
    story::never_reads()?;
    println!("== 가짜 이벤트 ==");
    stale::spurious()?;
    println!("== 번호만 있는 토큰 ==");
    stale::show(faulty::remove_by_number)?;
    println!("== 세대가 있는 토큰 ==");
    stale::show(Slots::remove)?;
    println!("== 떠나는 손님 ==");
    story::leaving()?;
    println!("== 손님 100명 ==");
    story::crowd(100)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 손님이 받은 줄들.
    fn heard(told: &[String]) -> String {
        let told = told.join("\n");
        let lines = told.lines().filter(|line| line.ends_with("받음"));
        lines.collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn one_read_for_an_event_is_always_late() {
        let late = heard(&story::two_lines(faulty::read_once).unwrap());
        assert_eq!(late, "손님: '안녕' 받음; 손님: '반가워' 받음");
        let whole = heard(&story::two_lines(Conn::advance).unwrap());
        assert_eq!(whole, late + "; 손님: '거기 누구 없나' 받음");
    }

    #[test]
    fn a_number_alone_throws_out_the_next_guest() {
        let left = stale::reused(faulty::remove_by_number).unwrap();
        assert_eq!(left, ["가온"]);
        let left = stale::reused(Slots::remove).unwrap();
        assert_eq!(left, ["가온", "다솜"]);
    }
}
