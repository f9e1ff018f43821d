// 손님을 먼저 맞고 나서 자리를 기다립니다. 맞은 손님은 커널의 줄에서 나왔는데 상대할 스레드가 없고, 함께 맞은 손님은 `max`보다 하나 많습니다.
// 잡는 테스트: nobody_is_let_in_without_a_place

use std::io;
use std::sync::mpsc;
use std::thread;

/// `door`에서 손님을 한 명씩 맞아, 한 명에 스레드 하나씩 붙인다.
pub fn serve_at_most<G, D, T>(max: usize, door: D, talk: T)
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
        for guest in door {
            let _ = free.recv();
            let places = places.clone();
            scope.spawn(move || {
                let _ = talk(guest);
                let _ = places.send(());
            });
        }
    });
}
