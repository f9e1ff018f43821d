//! 프로미스 하나에 건 콜백이 언제, 무엇을 듣는지 본다. 순서는 모두 Node와 같다.

use std::cell::RefCell;
use std::convert::Infallible;
use std::rc::Rc;

use ch03_01_promise::naive::Naive;
use ch03_01_promise::{Microtasks, Promise};

const STORIES: [(&str, Story); 4] = [
    ("말이 바뀌는 프로미스", naive),
    ("말이 바뀌지 않는 프로미스", cured),
    ("두 사슬", two_chains),
    ("값과 프로미스", adoption),
];

fn main() {
    for (title, story) in STORIES {
        println!("== {title} ==");
        for line in recorded(story) {
            println!("{line}");
        }
    }
}

type Story = fn(&Microtasks, &Log);

/// 콜백이 불린 순서를 적는 기록. 복제해도 같은 기록이다.
#[derive(Clone, Default)]
struct Log(Rc<RefCell<Vec<String>>>);

impl Log {
    fn add(&self, line: impl Into<String>) {
        self.0.borrow_mut().push(line.into());
    }

    /// 불리면 `line`을 적는 콜백.
    fn note<T>(&self, line: &str) -> impl FnOnce(T) + use<T> {
        let (log, line) = (self.clone(), line.to_owned());
        move |_| log.add(line)
    }

    /// 불리면 `who`와 들은 것을 적는 콜백.
    fn hear(&self, who: &'static str) -> impl FnOnce(&'static str) + use<> {
        let log = self.clone();
        move |heard| log.add(format!("{who}: {heard}"))
    }
}

/// 동기 코드를 끝까지 돌린 뒤 큐를 비우고 기록을 꺼낸다.
fn recorded(story: Story) -> Vec<String> {
    let (queue, log) = (Microtasks::default(), Log::default());
    story(&queue, &log);
    queue.run();
    log.0.take()
}

// ANCHOR: naive
fn naive(_: &Microtasks, log: &Log) {
    let answer = Naive::default();
    answer.then(log.hear("먼저 건 쪽"));
    answer.settle("서버의 답");
    answer.settle("시간 초과"); // 타이머도 울렸다.
    answer.then(log.hear("나중에 건 쪽"));
    log.add("걸기를 마침");
}
// ANCHOR_END: naive

// ANCHOR: cured
fn cured(queue: &Microtasks, log: &Log) {
    let (answer, resolver) = Promise::pending(queue);
    let (first, second) = (log.hear("먼저 건 쪽"), log.hear("나중에 건 쪽"));
    answer.done(|result| first(sure(result)));
    resolver.resolve(Ok("서버의 답")); // 시간 초과를 알릴 resolver는 남아 있지 않다.
    answer.done(|result| second(sure(result)));
    log.add("걸기를 마침");
}

/// 거부할 수 없는 결과에서 값을 꺼낸다.
fn sure<T>(Ok(value): Result<T, Infallible>) -> T {
    value
}
// ANCHOR_END: cured

/// 이미 이행한 프로미스.
fn fulfilled(queue: &Microtasks) -> Promise<(), Infallible> {
    Promise::settled(queue, Ok(()))
}

// ANCHOR: two-chains
fn two_chains(queue: &Microtasks, log: &Log) {
    for chain in ["가", "나"] {
        let step = |name| {
            let note = log.note(&format!("{chain} {name}"));
            move |()| {
                note(());
                Ok(())
            }
        };
        let two = fulfilled(queue).then(step("하나")).then(step("둘"));
        two.done(log.note(&format!("{chain} 셋")));
    }
    log.add("걸기를 마침");
}
// ANCHOR_END: two-chains

// ANCHOR: adoption
fn adoption(queue: &Microtasks, log: &Log) {
    let (start, inner) = (fulfilled(queue), fulfilled(queue));
    let value = start.then(|()| Ok(()));
    let promise = start.then(|()| inner);
    let finally = start.finally(|| Ok(()));
    value.done(log.note("값을 돌려준 사슬"));
    promise.done(log.note("프로미스를 돌려준 사슬"));
    finally.done(log.note("finally를 지난 사슬"));
    // 한 차례에 한 걸음씩 가는 자. 늘 그 차례의 맨 뒤에 선다.
    let mut ruler = start;
    for turn in 1..=5 {
        ruler.done(log.note(&format!("{turn}번째 차례 끝")));
        ruler = ruler.then(Ok);
    }
}
// ANCHOR_END: adoption

#[cfg(test)]
mod tests {
    use super::*;

    // ANCHOR: naive-test
    /// 먼저 건 쪽과 나중에 건 쪽이 같은 말을, 걸기를 마친 뒤에 듣는가.
    fn keeps_its_word(story: Story) -> bool {
        let expected = [
            "걸기를 마침",
            "먼저 건 쪽: 서버의 답",
            "나중에 건 쪽: 서버의 답",
        ];
        recorded(story) == expected
    }

    #[test]
    fn only_the_cured_promise_keeps_its_word() {
        assert!(!keeps_its_word(naive));
        assert!(keeps_its_word(cured));
    }
    // ANCHOR_END: naive-test

    #[test]
    fn naive_calls_at_once_and_settles_twice() {
        let heard = [
            "먼저 건 쪽: 서버의 답",
            "나중에 건 쪽: 시간 초과",
            "걸기를 마침",
        ];
        assert_eq!(recorded(naive), heard);
    }

    // ANCHOR: turns
    #[test]
    fn a_returned_promise_costs_two_more_turns() {
        let lines = recorded(adoption);
        // 그 줄보다 앞에서 끝난 차례를 센다.
        let turn = |line: &str| {
            let before = lines.iter().take_while(|other| *other != line);
            before.filter(|line| line.ends_with("차례 끝")).count() + 1
        };
        assert_eq!(turn("값을 돌려준 사슬"), 2);
        assert_eq!(turn("프로미스를 돌려준 사슬"), 4);
        assert_eq!(turn("finally를 지난 사슬"), 4);
    }
    // ANCHOR_END: turns
}
