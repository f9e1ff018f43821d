//! 답이 오는 모든 차례와 모든 실패 조합에서 돌려 본다.

use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

use crate::{Reply, Server, Task};

/// 요청의 이름. 성공하면 값이 되고 실패하면 오류가 된다.
pub(crate) const NAMES: [&str; 5] = ["가", "나", "다", "라", "마"];

/// 두 번 불려도 받아 적는 완료 콜백. 몇 번 불렸는지 세려면 `FnOnce`로는 모자라다.
pub type Done<O> = Box<dyn FnMut(O)>;

/// 돌려 본 결과. 완료 콜백이 무엇을 들었는지에 따라 나눈 횟수와, 동시에 기다린 요청의 최댓값이다.
#[derive(Default)]
pub struct Tally {
    right: usize,
    wrong: usize,
    never: usize,
    repeated: usize,
    peak: usize,
}

// ANCHOR: every
fn try_every_order<O: PartialEq + 'static>(
    count: usize,
    wait: impl Fn(Vec<Task>, Done<O>),
    expected: impl Fn(&[usize], u32) -> O,
) -> Tally {
    let mut tally = Tally::default();
    for order in permutations(count) {
        for failures in 0..1 << count {
            let (told, peak) = run(&order, failures, &wait);
            match told.as_slice() {
                [] => tally.never += 1,
                [one] if *one == expected(&order, failures) => tally.right += 1,
                [_] => tally.wrong += 1,
                _ => tally.repeated += 1,
            }
            tally.peak = tally.peak.max(peak);
        }
    }
    tally
}
// ANCHOR_END: every

/// 서버가 쥔 요청 가운데 `order`에서 앞선 것부터 답한다. 들은 것과 최댓값을 돌려준다.
pub(crate) fn run<O: 'static>(
    order: &[usize],
    failures: u32,
    wait: impl Fn(Vec<Task>, Done<O>),
) -> (Vec<O>, usize) {
    let server = Rc::new(Server::default());
    let told = Rc::new(RefCell::new(Vec::new()));
    let log = Rc::clone(&told);
    let done = move |outcome| log.borrow_mut().push(outcome);
    let tasks = (0..order.len()).map(|id| server.request(NAMES[id]));
    wait(tasks.collect(), Box::new(done));
    let is_waiting = |id: &&usize| server.waiting().contains(&NAMES[**id]);
    while let Some(&id) = order.iter().find(is_waiting) {
        server.reply(NAMES[id], reply_of(failures, id));
    }
    (told.take(), server.peak())
}

/// 요청 넷에 답이 오는 24가지 차례와 16가지 실패 조합에서 `all`을 돌려 본다.
pub fn try_all(all: impl Fn(Vec<Task>, Done<Result<Vec<String>, String>>)) -> Tally {
    try_every_order(4, all, |order, failures| {
        let first_error = replies(order, failures).into_iter().find_map(Reply::err);
        match first_error {
            Some(error) => Err(error),
            None => replies(&[0, 1, 2, 3], failures).into_iter().collect(),
        }
    })
}

/// 요청 넷에 답이 오는 24가지 차례와 16가지 실패 조합에서 `first`를 돌려 본다.
pub fn try_first(first: impl Fn(Vec<Task>, Done<Result<String, Vec<String>>>)) -> Tally {
    try_every_order(4, first, |order, failures| {
        let first_value = replies(order, failures).into_iter().find_map(Reply::ok);
        let errors = replies(&[0, 1, 2, 3], failures).into_iter();
        first_value.ok_or_else(|| errors.filter_map(Reply::err).collect())
    })
}

/// 요청 다섯을 `limit`개씩 보내며 120가지 차례와 32가지 실패 조합에서 `limited`를 돌려 본다.
pub fn try_limited(limit: usize, limited: impl Fn(usize, Vec<Task>, Done<Vec<Reply>>)) -> Tally {
    let wait = |tasks, done| limited(limit, tasks, done);
    try_every_order(5, wait, |_, failures| replies(&[0, 1, 2, 3, 4], failures))
}

fn reply_of(failures: u32, id: usize) -> Result<&'static str, &'static str> {
    let fails = failures >> id & 1 == 1;
    if fails { Err(NAMES[id]) } else { Ok(NAMES[id]) }
}

/// `ids`의 요청이 받을 답을 그 차례대로 늘어놓는다.
pub(crate) fn replies(ids: &[usize], failures: u32) -> Vec<Reply> {
    let replies = ids.iter().map(|&id| reply_of(failures, id));
    let owned = replies.map(|reply| reply.map(str::to_owned).map_err(str::to_owned));
    owned.collect()
}

/// 0부터 `count - 1`까지를 늘어놓는 모든 차례.
fn permutations(count: usize) -> Vec<Vec<usize>> {
    let Some(last) = count.checked_sub(1) else {
        return vec![Vec::new()];
    };
    let mut all = Vec::new();
    for shorter in permutations(last) {
        for at in 0..count {
            let mut longer = shorter.clone();
            longer.insert(at, last);
            all.push(longer);
        }
    }
    all
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Tally {
            right,
            wrong,
            never,
            repeated,
            peak,
        } = self;
        write!(
            f,
            "맞음 {right}, 틀림 {wrong}, 안 불림 {never}, 두 번 이상 {repeated}, 동시 최대 {peak}"
        )
    }
}

#[test]
fn permutations_are_all_different() {
    let unique: std::collections::BTreeSet<_> = permutations(4).into_iter().collect();
    assert_eq!(unique.len(), 24);
}
