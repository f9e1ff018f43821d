//! 번갈아 재어 바퀴마다 비율을 얻는다.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, ensure};

use crate::case::{Case, Contender, Group, Unit};
use crate::stats::{Spread, ratios};

/// 한 번에 되풀이할 횟수의 끝. 시계가 멈춰 있어도 여기에서 그친다.
const MOST_TIMES: u64 = 1 << 30;

/// 횟수를 정해 둔 일은 오래 걸리므로 바퀴를 덜 돈다.
const LONG_ROUNDS: usize = 3;

/// 얼마나 오래 잴지.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// 바퀴의 수.
    pub rounds: usize,
    /// 한 번 재는 데 들일 시간.
    pub sample: Duration,
    /// 횟수를 정해 둔 일은 횟수를 이만큼으로 나누어 한다.
    pub part: u64,
}

impl Plan {
    /// 프로세스 하나의 몫. 적어 둘 비율은 [`pooled`]로 여러 프로세스의 것을 모아 얻는다.
    pub const FULL: Plan = Plan {
        rounds: 11,
        sample: Duration::from_millis(4),
        part: 1,
    };
    /// 돌아가는지만 본다.
    pub const QUICK: Plan = Plan {
        rounds: 3,
        sample: Duration::from_micros(50),
        part: 2_000,
    };
}

/// 우리 것 하나를 상대 하나와 견준 결과.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// 딸린 묶음.
    pub group: &'static Group,
    /// `measured.toml`의 열쇠. `일-우리 것-상대` 꼴이다.
    pub key: String,
    /// 표에 찍는 말.
    pub about: String,
    /// 아래 두 값의 단위.
    pub unit: Unit,
    /// 바퀴마다 얻은 비율. 1보다 크면 우리 것이 느리다.
    pub ratio: Spread,
    /// 우리 것이 한 번에 쓴 나노초의 중앙값.
    pub ours: f64,
    /// 상대가 한 번에 쓴 나노초의 중앙값.
    pub peer: f64,
}

/// 우리 것들과 상대들의 차례로, 바퀴마다 한 번에 쓴 나노초.
pub type Samples = Vec<Vec<f64>>;

/// `case`에 있는 모두를 번갈아 잰다.
pub fn sample(case: &mut Case, plan: Plan) -> Samples {
    let (fixed, mut plan) = (case.times, plan);
    if fixed.is_some() {
        plan.rounds = plan.rounds.min(LONG_ROUNDS);
    }
    let mut all: Vec<_> = case.ours.iter_mut().chain(&mut case.peers).collect();
    rounds(&mut all, plan, fixed)
}

/// `program`을 `runs`번 따로 돌려 얻은 것을 잇는다. `cases`를 모두 재고 [`line()`]을 차례로 찍는 프로그램이어야 한다.
///
/// 메모리의 배치는 프로세스마다 달라서, 한 프로세스에서는 여러 번 재어도 그 배치의 빠르기만 나온다.
///
/// # Errors
///
/// 프로그램이 실패하거나 줄의 수나 꼴이 다르면 까닭을 돌려준다.
pub fn pooled(program: &Path, words: &[&str], runs: usize, cases: &[Case]) -> Result<Vec<Samples>> {
    let empty = |case: &Case| vec![Vec::new(); case.ours.len() + case.peers.len()];
    let mut all: Vec<Samples> = cases.iter().map(empty).collect();
    for _ in 0..runs {
        let run = Command::new(program)
            .args(words)
            .stderr(Stdio::inherit())
            .output()?;
        ensure!(
            run.status.success(),
            "재는 프로세스가 실패했습니다: {}",
            run.status
        );
        let text = String::from_utf8(run.stdout)?;
        let mut lines = text.lines();
        for samples in all.iter_mut().flatten() {
            let line = lines.next().context("재는 프로세스가 도중에 끝났습니다")?;
            for number in line.split_whitespace() {
                samples.push(
                    number
                        .parse()
                        .with_context(|| format!("수가 아닙니다: {number}"))?,
                );
            }
        }
        ensure!(
            lines.next().is_none(),
            "재는 프로세스가 모르는 줄을 찍었습니다"
        );
    }
    Ok(all)
}

/// 재는 프로세스가 찍는 한 줄.
pub fn line(samples: &[f64]) -> String {
    let numbers: Vec<_> = samples.iter().map(f64::to_string).collect();
    numbers.join(" ")
}

/// 잰 것으로 우리 것과 상대의 짝마다 견준다.
pub fn compare(case: &Case, samples: &Samples) -> Vec<Comparison> {
    let mut found = Vec::new();
    let (of_ours, of_peers) = samples.split_at(case.ours.len());
    for (ours, our_samples) in case.ours.iter().zip(of_ours) {
        for (peer, peer_samples) in case.peers.iter().zip(of_peers) {
            found.push(Comparison {
                group: case.group,
                key: format!("{}-{}-{}", case.name, ours.name, peer.name),
                about: format!("{}: {} / {}", case.about, ours.name, peer.name),
                unit: case.unit,
                ratio: Spread::of(&ratios(our_samples, peer_samples)),
                ours: Spread::of(our_samples).median,
                peer: Spread::of(peer_samples).median,
            });
        }
    }
    found
}

/// 바퀴마다 모두를 한 번씩 잰다. 앞뒤의 자리가 한쪽에 이롭지 않도록 바퀴마다 시작하는 것을 옮긴다.
fn rounds(all: &mut [&mut Contender], plan: Plan, fixed: Option<u64>) -> Samples {
    let times = |one: &mut &mut Contender| match fixed {
        Some(times) => (times / plan.part).max(1),
        None => calibrate(one, plan),
    };
    let times: Vec<_> = all.iter_mut().map(times).collect();
    let mut samples = vec![Vec::with_capacity(plan.rounds); all.len()];
    // 첫 바퀴는 몸을 푸는 것이라 버린다.
    for round in 0..=plan.rounds {
        for turn in 0..all.len() {
            let at = (round + turn) % all.len();
            let took = (all[at].run)(times[at]);
            if round > 0 {
                samples[at].push(took.as_nanos() as f64 / times[at] as f64);
            }
        }
    }
    samples
}

/// 한 번 재는 데 `plan.sample`만큼 걸릴 횟수를 찾는다.
fn calibrate(contender: &mut Contender, plan: Plan) -> u64 {
    let mut times = 1;
    loop {
        let took = (contender.run)(times);
        if took >= plan.sample / 2 || times >= MOST_TIMES {
            let share = plan.sample.as_secs_f64() / took.as_secs_f64().max(1e-9);
            return ((times as f64 * share) as u64).clamp(1, MOST_TIMES);
        }
        times *= 2;
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::rc::Rc;

    use super::*;

    const GROUP: Group = Group {
        name: "made_up",
        listing: "listings/made-up",
        also: &[],
    };
    const PLAN: Plan = Plan {
        rounds: 4,
        sample: Duration::from_micros(10),
        part: 10,
    };

    type Calls = Rc<RefCell<Vec<&'static str>>>;

    /// 부를 때마다 이름을 적고 지어낸 시간을 돌려준다. 몇 번째 부름인지에 따라 `slow`배 느리다.
    fn made_up(name: &'static str, nanos: u64, calls: &Calls, slow: fn(usize) -> u64) -> Contender {
        let calls = Rc::clone(calls);
        let run = move |times| {
            let mut calls = calls.borrow_mut();
            calls.push(name);
            Duration::from_nanos(times * nanos * slow(calls.len() - 1))
        };
        Contender {
            name,
            run: Box::new(run),
        }
    }

    fn steady(_: usize) -> u64 {
        1
    }

    #[test]
    fn every_round_measures_all_and_starts_with_the_next() {
        let calls = Rc::default();
        let mut three = ["가", "나", "다"].map(|name| made_up(name, 10_000, &calls, steady));
        let mut all: Vec<_> = three.iter_mut().collect();
        let samples = rounds(&mut all, PLAN, None);
        assert_eq!(samples.iter().map(Vec::len).collect::<Vec<_>>(), [4, 4, 4]);
        let calls = calls.borrow().concat();
        // 횟수를 찾느라 한 번씩, 그리고 버리는 바퀴와 네 바퀴.
        assert_eq!(calls, "가나다가나다나다가다가나가나다나다가");
    }

    #[test]
    fn a_slow_spell_of_the_machine_leaves_the_ratio() {
        // 한 바퀴에 둘씩 잰다. 한 바퀴 걸러 기계가 쉰 배 느려진다.
        let slow = |call: usize| [1, 50][call / 2 % 2];
        let calls = Rc::default();
        let mut case = Case::new(&GROUP, "case", "일");
        case.ours.push(made_up("own", 30_000, &calls, slow));
        case.peers.push(made_up("peer", 10_000, &calls, slow));
        let samples = sample(&mut case, PLAN);
        let found = compare(&case, &samples);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].ratio, Spread::of(&[3.0]));
        assert!(found[0].ours > 30_000.0, "시간은 흔들린다");
    }

    #[test]
    fn each_of_ours_meets_each_peer() {
        let calls = Rc::default();
        let one = |name| made_up(name, 1, &calls, steady);
        let mut case = Case::new(&GROUP, "n", "일");
        case.ours.extend([one("a"), one("b")]);
        case.peers.extend([one("x"), one("y")]);
        let samples = sample(&mut case, PLAN);
        let found = compare(&case, &samples);
        let keys: Vec<_> = found.iter().map(|one| one.key.as_str()).collect();
        assert_eq!(keys, ["n-a-x", "n-a-y", "n-b-x", "n-b-y"]);
    }

    #[test]
    fn a_fixed_number_of_times_is_not_searched_for() {
        let calls = Rc::default();
        let mut case = Case::new(&GROUP, "case", "일").times(1_000);
        case.ours.push(made_up("가", 7, &calls, steady));
        case.peers.push(made_up("나", 7, &calls, steady));
        assert_eq!(sample(&mut case, PLAN), [[7.0; LONG_ROUNDS]; 2]);
        // 버리는 바퀴와 세 바퀴뿐이다.
        assert_eq!(calls.borrow().len(), 2 * (1 + LONG_ROUNDS));
    }

    #[test]
    fn a_stopped_clock_does_not_hang_the_search_for_times() {
        let run = Box::new(|_| Duration::ZERO);
        let mut still = Contender { name: "still", run };
        assert_eq!(calibrate(&mut still, PLAN), MOST_TIMES);
    }
}
