//! 힙과 휠을 정렬한 목록과 견준다. 같은 명령에 같은 답을 해야 한다.

use ch04_02_timers::{Heap, Key, Timers, Wheel};
use proptest::prelude::*;

// ANCHOR: model
/// 기한의 차례로 늘어놓은 목록. 느리지만 틀릴 곳이 없다.
#[derive(Default)]
struct Model {
    sorted: Vec<(u64, usize)>,
    now: u64,
}

impl Model {
    fn insert(&mut self, deadline: u64, id: usize) {
        let deadline = deadline.max(self.now);
        let place = self.sorted.partition_point(|one| one.0 <= deadline);
        self.sorted.insert(place, (deadline, id));
    }

    fn cancel(&mut self, id: usize) -> Option<usize> {
        let place = self.sorted.iter().position(|one| one.1 == id)?;
        Some(self.sorted.remove(place).1)
    }

    fn pop(&mut self, now: u64) -> Option<usize> {
        self.now = self.now.max(now);
        let due = self.sorted.first()?.0 <= self.now;
        due.then(|| self.sorted.remove(0).1)
    }
}
// ANCHOR_END: model

// ANCHOR: steps
#[derive(Clone, Debug)]
enum Step {
    /// 지금부터 이만큼 뒤. 음수이면 이미 지난 기한이다.
    Insert(i64),
    /// 몇 번째로 넣은 것을 취소한다. 이미 꺼낸 것일 수도 있다.
    Cancel(prop::sample::Index),
    /// 시계를 이만큼 옮기고 하나만 꺼낸다. 음수이면 시계가 거꾸로 간다.
    Pop(i64),
    /// 시계를 이만큼 옮기고 다 꺼낸다.
    Advance(i64),
}

fn ticks() -> impl Strategy<Value = i64> {
    prop_oneof![-70i64..70, -2_000i64..2_000, 0i64..300_000, 0i64..1 << 40]
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        4 => ticks().prop_map(Step::Insert),
        2 => any::<prop::sample::Index>().prop_map(Step::Cancel),
        2 => ticks().prop_map(Step::Pop),
        2 => ticks().prop_map(Step::Advance),
    ];
    prop::collection::vec(step, 1..120)
}
// ANCHOR_END: steps

/// 명령마다 모델과 같은 답을 하는지 본다. `exact`이면 `next_deadline`도 같아야 한다.
fn agrees(mut timers: impl Timers<usize>, steps: &[Step], exact: bool) {
    let mut model = Model::default();
    let mut keys: Vec<Key> = Vec::new();
    let mut now = 0u64;
    for step in steps {
        match step {
            Step::Insert(after) => {
                let (id, deadline) = (keys.len(), now.saturating_add_signed(*after));
                keys.push(timers.insert(deadline, id));
                model.insert(deadline, id);
            }
            Step::Cancel(_) if keys.is_empty() => {}
            Step::Cancel(which) => {
                let id = which.index(keys.len());
                assert_eq!(timers.cancel(keys[id]), model.cancel(id));
            }
            Step::Pop(by) => {
                now = now.saturating_add_signed(*by);
                assert_eq!(timers.pop(now), model.pop(now));
            }
            Step::Advance(by) => {
                now = now.saturating_add_signed(*by);
                let fired: Vec<_> = timers.expire(now).collect();
                let expected: Vec<_> = std::iter::from_fn(|| model.pop(now)).collect();
                assert_eq!(fired, expected);
            }
        }
        let (said, first) = (timers.next_deadline(), model.sorted.first());
        assert_eq!(said.is_some(), first.is_some());
        if let (Some(said), Some((first, _))) = (said, first) {
            assert!(said <= *first, "하한이 첫 기한보다 늦다");
            assert!(!exact || said == *first, "첫 기한이 정확하지 않다");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    // ANCHOR: agrees
    #[test]
    fn the_heap_agrees_with_a_sorted_list(steps in steps()) {
        agrees(Heap::new(), &steps, true);
    }

    #[test]
    fn the_wheel_agrees_with_a_sorted_list(steps in steps(), levels in 1usize..=7) {
        agrees(Wheel::with_levels(levels), &steps, false);
    }
    // ANCHOR_END: agrees

    #[test]
    fn sleeping_until_the_next_deadline_ends_soon(
        deadlines in prop::collection::vec(0u64..1 << 40, 1..50),
        levels in 1usize..=7,
    ) {
        let mut wheel = Wheel::with_levels(levels);
        for deadline in &deadlines {
            wheel.insert(*deadline, *deadline);
        }
        let mut fired = Vec::new();
        let mut naps = 0;
        while let Some(now) = wheel.next_deadline() {
            naps += 1;
            fired.extend(wheel.expire(now).inspect(|deadline| assert_eq!(*deadline, now)));
        }
        prop_assert!(naps <= deadlines.len() * (levels + 1));
        prop_assert_eq!(fired.len(), deadlines.len());
        prop_assert!(wheel.moves() <= (deadlines.len() * (levels + 2)) as u64);
    }
}

#[test]
fn the_last_tick_is_reached() {
    for levels in 1..=10 {
        let mut wheel = Wheel::with_levels(levels);
        wheel.insert(u64::MAX, "끝");
        wheel.insert(u64::MAX - 1, "끝의 앞");
        assert_eq!(wheel.pop(u64::MAX - 2), None);
        let fired: Vec<_> = wheel.expire(u64::MAX).collect();
        assert_eq!(fired, ["끝의 앞", "끝"]);
        assert_eq!(wheel.next_deadline(), None);
    }
}
