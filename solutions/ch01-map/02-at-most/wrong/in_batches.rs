// `max`명씩 묶어 상대하고, 묶음이 모두 떠나야 다음 묶음을 맞습니다. 한 명이 오래 있으면 빈자리를 두고 모두가 기다립니다.
// 잡는 테스트: the_next_guest_does_not_wait_for_the_oldest (멈춤)

use std::io;
use std::thread;

/// `door`에서 손님을 한 명씩 맞아, 한 명에 스레드 하나씩 붙인다.
pub fn serve_at_most<G, D, T>(max: usize, mut door: D, talk: T)
where
    G: Send,
    D: Iterator<Item = G>,
    T: Fn(G) -> io::Result<usize> + Sync,
{
    let talk = &talk;
    loop {
        let mut met = 0;
        thread::scope(|scope| {
            for guest in door.by_ref().take(max) {
                met += 1;
                scope.spawn(move || {
                    let _ = talk(guest);
                });
            }
        });
        if met == 0 {
            break;
        }
    }
}
