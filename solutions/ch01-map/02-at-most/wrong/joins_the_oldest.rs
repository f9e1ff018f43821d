// 자리가 없으면 가장 먼저 띄운 스레드를 조인합니다. 첫 손님이 오래 있으면, 다른 손님이 모두 떠나 자리가 남아도 아무도 맞지 못합니다.
// 잡는 테스트: the_next_guest_does_not_wait_for_the_oldest (멈춤)

use std::collections::VecDeque;
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
    thread::scope(|scope| {
        let mut talks = VecDeque::new();
        loop {
            if talks.len() == max
                && let Some(oldest) = talks.pop_front()
            {
                let oldest: thread::ScopedJoinHandle<'_, ()> = oldest;
                let _ = oldest.join();
            }
            let Some(guest) = door.next() else { break };
            talks.push_back(scope.spawn(move || {
                let _ = talk(guest);
            }));
        }
    });
}
