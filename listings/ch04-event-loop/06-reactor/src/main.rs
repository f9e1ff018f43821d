//! 기다리는 태스크를 누가 깨우는지 본다.

mod faulty;
mod lost;
mod stage;
mod story;

use std::io;

use ch04_06_reactor::sockets::poll_read;

fn main() -> io::Result<()> {
    println!("== 스스로 깨우기 ==");
    story::busy()?;
    println!("== 한 번의 준비 ==");
    story::one_readiness()?;
    println!("== 백 명 가운데 한 명 ==");
    let polls = story::crowd()?;
    let once = polls.iter().filter(|polls| **polls == 1).count();
    println!("말한 손님의 태스크: {}번 폴링", polls[0]);
    println!("나머지: 태스크 {once}개를 한 번씩 폴링");
    println!("== 다른 스레드 ==");
    story::other_thread()?;
    println!("== 버린 소켓 ==");
    story::dropped()?;
    println!("== 처음 맡긴 Waker ==");
    lost::tell(lost::moved(faulty::first_waker())?);
    println!("== 마지막에 맡긴 Waker ==");
    lost::tell(lost::moved(poll_read)?);
    println!("== 끝을 잊은 읽기 ==");
    lost::tell(lost::farewell(faulty::forget_closed)?);
    println!("== 끝을 기억하는 읽기 ==");
    lost::tell(lost::farewell(poll_read)?);
    println!("== 한 소켓에 둘 ==");
    if lost::two_readers()?.is_none() {
        println!("가온: 깨워 줄 것이 없어 멈춤");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_waker_is_not_the_last() {
        assert_eq!(lost::moved(faulty::first_waker()).unwrap(), None);
        assert_eq!(lost::moved(poll_read).unwrap(), Some(6));
    }

    #[test]
    fn the_end_comes_only_once() {
        assert_eq!(lost::farewell(faulty::forget_closed).unwrap(), None);
        assert_eq!(lost::farewell(poll_read).unwrap(), Some(6));
    }

    #[test]
    fn a_direction_keeps_only_one_waker() {
        assert_eq!(lost::two_readers().unwrap(), None);
    }

    #[test]
    fn only_the_talked_to_are_polled() {
        let polls = story::crowd().unwrap();
        assert_eq!(polls[0], 11);
        assert!(polls[1..].iter().all(|polls| *polls == 1));
    }
}
