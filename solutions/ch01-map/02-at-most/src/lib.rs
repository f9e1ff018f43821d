//! 함께 상대하는 손님의 수를 묶은 서버.

use std::io;
use std::sync::mpsc;
use std::thread;

/// `door`에서 손님을 한 명씩 맞아, 한 명에 스레드 하나씩 붙인다. 함께 상대하는 손님은 `max`명까지이다.
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
        // 자리를 먼저 얻고 나서 문을 연다.
        while free.recv().is_ok() {
            let Some(guest) = door.next() else { break };
            let places = places.clone();
            scope.spawn(move || {
                let _ = talk(guest);
                let _ = places.send(());
            });
        }
    });
}
