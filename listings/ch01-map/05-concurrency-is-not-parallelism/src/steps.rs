//! 나눌 수 없는 몫이 있을 때 손을 늘리면 얼마나 빨라지는가.

use std::thread;

/// 할 조각의 수.
pub const PIECES: usize = 100;
/// 그 가운데 나눌 수 없어서 한 손이 혼자 해야 하는 조각.
pub const ALONE: usize = 25;

// ANCHOR: work
/// `alone`개는 혼자 하고 나머지는 손 `hands`개가 나눠서 한다. 손마다 나눠서 한 조각의 수를 돌려준다.
pub fn work(hands: usize, alone: usize, piece: impl Fn(usize) + Sync) -> Vec<usize> {
    (0..alone).for_each(&piece);
    let share = |hand| {
        let mine = (alone + hand..PIECES).step_by(hands);
        mine.map(&piece).count()
    };
    thread::scope(|scope| {
        let spawn = |hand| scope.spawn(move || share(hand));
        let threads: Vec<_> = (0..hands).map(spawn).collect();
        let join = |thread: thread::ScopedJoinHandle<usize>| thread.join();
        let counts = threads.into_iter().map(join);
        counts
            .map(|count| count.expect("패닉하지 않는다"))
            .collect()
    })
}
// ANCHOR_END: work

// ANCHOR: steps
/// 조각 하나가 한 걸음이면 모두 몇 걸음인가. 나눠서 하는 동안은 가장 바쁜 손을 기다린다.
pub fn steps(hands: usize) -> usize {
    let counts = work(hands, ALONE, |_| ());
    ALONE + counts.into_iter().max().unwrap_or_default()
}
// ANCHOR_END: steps
