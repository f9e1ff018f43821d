// 잘 끝난 손님의 자리만 돌려줍니다. 연결이 끊길 때마다 자리가 하나씩 사라지고, 마지막에는 아무도 맞지 못합니다.
// 잡는 테스트: a_broken_talk_gives_its_place_back (멈춤)

use std::io;
use std::sync::mpsc;
use std::thread;

/// `door`에서 손님을 한 명씩 맞아, 한 명에 스레드 하나씩 붙인다.
pub fn serve_at_most<G, D, T>(max: usize, mut door: D, talk: T)
where
    G: Send,
    D: Iterator<Item = G>,
    T: Fn(G) -> io::Result<usize> + Sync,
{
    let talk = &talk;
    let (places, free) = mpsc::channel();
    for _ in 0..max {
        let _ = places.send(());
    }
    thread::scope(|scope| {
        while free.recv().is_ok() {
            let Some(guest) = door.next() else { break };
            let places = places.clone();
            scope.spawn(move || {
                if talk(guest).is_ok() {
                    let _ = places.send(());
                }
            });
        }
    });
}
