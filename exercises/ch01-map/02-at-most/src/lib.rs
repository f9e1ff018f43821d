//! 손님마다 스레드를 붙이면 스레드의 수를 손님이 정합니다. 손님이 몰리면 서버가 끝납니다. 함께 상대하는 손님이
//! `max`명을 넘지 않도록 `serve_at_most`를 고치세요.
//!
//! `door`는 손님이 찾아오는 문입니다. 진짜 서버에서는 `listener.incoming()`이고, `next`를 부르면 그 안에서
//! `accept`를 부릅니다. 부르지 않은 손님은 커널의 줄에서 기다립니다.
//!
//! - `door`가 내주는 손님을 모두 상대하고 나서 돌아옵니다. 손님 한 명에 스레드 하나를 붙여 `talk`를 부릅니다.
//! - 함께 상대하는 손님은 `max`명까지입니다. `max`는 1 이상입니다.
//! - 자리가 없으면 `next`를 부르지 않습니다. 기다리는 손님은 커널의 줄에 그대로 둡니다.
//! - 누구든 한 명이 떠나면 곧바로 다음 손님을 맞습니다. 먼저 온 손님이 먼저 떠난다는 법은 없습니다.
//! - `talk`가 오류를 돌려준 손님도 떠난 것입니다. 그 자리도 돌아와야 합니다.

use std::io;
use std::thread;

/// `door`에서 손님을 한 명씩 맞아, 한 명에 스레드 하나씩 붙인다. 함께 상대하는 손님은 `max`명까지이다.
pub fn serve_at_most<G, D, T>(max: usize, door: D, talk: T)
where
    G: Send,
    D: Iterator<Item = G>,
    T: Fn(G) -> io::Result<usize> + Sync,
{
    let talk = &talk;
    let _ = max;
    thread::scope(|scope| {
        for guest in door {
            scope.spawn(move || {
                let _ = talk(guest);
            });
        }
    });
}
