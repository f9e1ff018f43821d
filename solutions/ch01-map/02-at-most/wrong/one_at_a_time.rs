// 스레드를 띄우자마자 조인합니다. 넘지 않는 것은 맞지만 자리가 몇이든 한 번에 한 명만 상대하니, 1절의 서버로 돌아갔습니다.
// 잡는 테스트: every_place_is_used (멈춤), the_next_guest_does_not_wait_for_the_oldest (멈춤)

use std::io;
use std::thread;

/// `door`에서 손님을 한 명씩 맞아, 한 명에 스레드 하나씩 붙인다.
pub fn serve_at_most<G, D, T>(max: usize, door: D, talk: T)
where
    G: Send,
    D: Iterator<Item = G>,
    T: Fn(G) -> io::Result<usize> + Sync,
{
    let talk = &talk;
    let _ = max;
    for guest in door {
        thread::scope(|scope| {
            scope.spawn(move || {
                let _ = talk(guest);
            });
        });
    }
}
