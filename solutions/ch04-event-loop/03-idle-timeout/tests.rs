//! 고치지 마세요. 여러분이 고치는 파일은 `src/lib.rs`입니다.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::rc::Rc;

use ch04_02_timers::{Key, Timers, Wheel};
use ex04_03_idle_timeout::Idle;

const LIMIT: u64 = 100;

/// 타이머를 건드린 횟수.
#[derive(Clone, Default)]
struct Tally {
    inserts: Rc<Cell<u64>>,
    cancels: Rc<Cell<u64>>,
    /// 지금 걸려 있는 타이머의 수.
    live: Rc<Cell<u64>>,
}

/// 건드린 횟수를 세는 휠.
struct Counted {
    wheel: Wheel<u64>,
    tally: Tally,
}

impl Counted {
    fn note(&self) {
        self.tally.live.set(self.wheel.len() as u64);
    }
}

impl Timers<u64> for Counted {
    fn insert(&mut self, deadline: u64, value: u64) -> Key {
        self.tally.inserts.set(self.tally.inserts.get() + 1);
        let key = self.wheel.insert(deadline, value);
        self.note();
        key
    }

    fn cancel(&mut self, key: Key) -> Option<u64> {
        self.tally.cancels.set(self.tally.cancels.get() + 1);
        let value = self.wheel.cancel(key);
        self.note();
        value
    }

    fn next_deadline(&self) -> Option<u64> {
        self.wheel.next_deadline()
    }

    fn pop(&mut self, now: u64) -> Option<u64> {
        let value = self.wheel.pop(now);
        self.note();
        value
    }
}

fn idle() -> (Idle<Counted>, Tally) {
    let tally = Tally::default();
    let timers = Counted {
        wheel: Wheel::new(),
        tally: tally.clone(),
    };
    (Idle::new(timers, LIMIT), tally)
}

/// 순서는 정해져 있지 않으므로 늘어놓고 견준다.
fn expired(idle: &mut Idle<Counted>, now: u64) -> Vec<u64> {
    let mut ids = idle.expire(now);
    ids.sort_unstable();
    ids
}

/// 조용한 연결이 제때 나온다
#[test]
fn basic_a_silent_one_expires() {
    let (mut idle, _) = idle();
    idle.touch(1, 0);
    idle.touch(2, 30);
    assert_eq!(
        expired(&mut idle, 99),
        [],
        "99틱에는 아직 누구도 {LIMIT}틱 동안 조용하지 않았습니다"
    );
    assert_eq!(
        expired(&mut idle, 100),
        [1],
        "1번은 0틱부터 꼭 {LIMIT}틱 조용했습니다"
    );
    assert_eq!(
        expired(&mut idle, 500),
        [2],
        "2번도 조용했고, 이미 나온 1번은 다시 나오지 않아야 합니다"
    );
}

/// 바이트가 오면 기한이 밀린다
#[test]
fn a_touch_puts_it_off() {
    let (mut idle, _) = idle();
    idle.touch(7, 0);
    idle.touch(7, 70);
    assert_eq!(
        expired(&mut idle, 100),
        [],
        "타이머가 울린 100틱에는 30틱밖에 조용하지 않았습니다"
    );
    assert_eq!(
        expired(&mut idle, 169),
        [],
        "70틱부터 세면 169틱은 아직입니다"
    );
    assert_eq!(
        expired(&mut idle, 170),
        [7],
        "다시 볼 때는 울린 때가 아니라 마지막으로 온 70틱에서 셉니다"
    );
}

/// 늦게 불러도 그사이 온 바이트를 안다
#[test]
fn a_late_look_sees_the_last_touch() {
    let (mut idle, _) = idle();
    for id in 0..3 {
        idle.touch(id, 0);
    }
    idle.touch(1, 350);
    idle.touch(2, 401);
    assert_eq!(
        expired(&mut idle, 500),
        [0, 1],
        "500틱에 0번은 500틱, 1번은 150틱, 2번은 99틱 조용했습니다"
    );
    assert_eq!(
        expired(&mut idle, 501),
        [2],
        "2번은 401틱에서 {LIMIT}틱이 지난 501틱입니다"
    );
}

/// 조용했어도 꺼내기 전에 바이트가 오면 살아난다
#[test]
fn a_touch_before_the_look_saves_it() {
    let (mut idle, _) = idle();
    idle.touch(1, 0);
    idle.touch(1, 250);
    assert_eq!(
        expired(&mut idle, 250),
        [],
        "아직 꺼내지 않은 연결에 바이트가 왔으니 조용하지 않습니다"
    );
    assert_eq!(
        expired(&mut idle, 350),
        [1],
        "살아난 다음에는 250틱에서 다시 셉니다"
    );
}

/// 그만 지켜보는 번호는 나오지 않는다
#[test]
fn a_removed_one_never_expires() {
    let (mut idle, tally) = idle();
    idle.touch(1, 0);
    idle.touch(2, 0);
    assert!(idle.remove(1), "1번은 지켜보던 번호입니다");
    assert!(!idle.remove(1), "1번은 이미 그만두었습니다");
    assert!(!idle.remove(9), "9번은 본 적이 없는 번호입니다");
    assert_eq!(
        tally.live.get(),
        1,
        "그만둔 연결의 타이머는 남겨 두지 않아야 합니다"
    );
    assert_eq!(
        expired(&mut idle, 1_000),
        [2],
        "그만둔 1번은 나오지 않고 2번은 나와야 합니다"
    );
    assert!(!idle.remove(2), "이미 나온 번호는 잊었어야 합니다");
}

/// 다시 건 다음에 그만두어도 타이머가 남지 않는다
#[test]
fn removing_finds_the_rearmed_timer() {
    let (mut idle, tally) = idle();
    idle.touch(1, 0);
    idle.touch(1, 70);
    assert_eq!(
        expired(&mut idle, 100),
        [],
        "100틱에는 30틱밖에 조용하지 않았습니다"
    );
    assert!(idle.remove(1), "1번은 아직 지켜보는 번호입니다");
    assert_eq!(
        tally.live.get(),
        0,
        "100틱에 다시 건 타이머까지 취소해야 합니다. 다시 걸면 열쇠도 바뀝니다"
    );
    assert_eq!(
        expired(&mut idle, 1_000),
        [],
        "그만둔 번호는 나오지 않아야 합니다"
    );
}

/// 번호를 다시 쓰면 처음부터 지켜본다
#[test]
fn a_reused_id_starts_afresh() {
    let (mut idle, tally) = idle();
    idle.touch(1, 0);
    idle.remove(1);
    idle.touch(1, 60);
    assert_eq!(
        expired(&mut idle, 100),
        [],
        "앞 주인의 타이머로 새 주인을 내보내면 안 됩니다"
    );
    assert_eq!(
        expired(&mut idle, 160),
        [1],
        "새 주인은 60틱에서 세어야 합니다"
    );
    idle.touch(1, 200);
    assert_eq!(
        tally.live.get(),
        1,
        "나온 번호를 다시 쓰면 타이머를 새로 걸어야 합니다"
    );
    assert_eq!(
        expired(&mut idle, 300),
        [1],
        "다시 쓴 번호도 {LIMIT}틱 뒤에 나와야 합니다"
    );
}

/// 바이트가 와도 타이머를 건드리지 않는다
#[test]
fn touching_leaves_the_timers_alone() {
    let (mut idle, tally) = idle();
    for now in 0..LIMIT {
        for id in 0..10 {
            idle.touch(id, now);
        }
    }
    assert_eq!(
        (tally.inserts.get(), tally.cancels.get()),
        (10, 0),
        "연결 10개에 바이트가 {LIMIT}번씩 왔어도, 건 것은 처음의 10번이고 취소한 것은 없어야 합니다"
    );
}

/// 바쁜 연결도 한도마다 많아야 두 번 다시 건다
#[test]
fn rearming_is_bounded() {
    let (mut idle, tally) = idle();
    let ticks = 100 * LIMIT;
    for now in 0..ticks {
        for id in 0..10 {
            idle.touch(id, now);
        }
        assert_eq!(
            expired(&mut idle, now),
            [],
            "틱마다 바이트가 오는 연결은 조용하지 않습니다"
        );
        assert_eq!(
            tally.live.get(),
            10,
            "연결 하나에 걸린 타이머는 늘 하나여야 합니다"
        );
    }
    let bound = 10 * (2 * ticks / LIMIT + 1);
    assert!(
        tally.inserts.get() <= bound && tally.cancels.get() == 0,
        "{ticks}틱 동안 많아야 {bound}번 걸어야 하는데 {}번 걸고 {}번 취소했습니다",
        tally.inserts.get(),
        tally.cancels.get()
    );
}

/// 띄엄띄엄 말하는 연결도 한도마다 많아야 두 번 다시 건다
#[test]
fn rearming_is_bounded_for_pairs_of_touches() {
    let (mut idle, tally) = idle();
    let ticks = 100 * LIMIT;
    for now in 0..ticks {
        assert_eq!(
            expired(&mut idle, now),
            [],
            "{now}틱에 {LIMIT}틱 동안 조용한 연결은 없습니다"
        );
        // 0, 1, 100, 101, 200, 201, …틱에 보고 난 다음에 온다.
        if now % LIMIT < 2 {
            idle.touch(1, now);
        }
    }
    let bound = 2 * ticks / LIMIT;
    assert!(
        tally.inserts.get() <= bound && tally.cancels.get() == 0,
        "{ticks}틱 동안 많아야 {bound}번 걸어야 하는데 {}번 걸고 {}번 취소했습니다",
        tally.inserts.get(),
        tally.cancels.get()
    );
}

/// 번호를 자주 다시 써도 타이머가 쌓이지 않는다
#[test]
fn churn_does_not_pile_up_timers() {
    let (mut idle, tally) = idle();
    for now in 0..1_000 {
        idle.touch(now % 3, now);
        idle.remove(now % 3);
        idle.expire(now);
    }
    assert_eq!(
        tally.live.get(),
        0,
        "모두 그만두었으니 걸린 타이머가 없어야 합니다"
    );
    assert_eq!(
        idle.next_check(),
        None,
        "지켜보는 연결이 없으면 다음에 부를 틱도 없습니다"
    );
}

/// 다음에 볼 틱마다 보면 느린 목록과 같다
#[test]
fn waking_at_next_check_is_never_late() {
    let (mut idle, _) = idle();
    let mut model: BTreeMap<u64, u64> = BTreeMap::new();
    let mut seed = 2026u64;
    for now in 0..20_000 {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let (id, dice) = (seed >> 33 & 15, seed >> 40 & 31);
        if dice == 0 {
            assert_eq!(
                idle.remove(id),
                model.remove(&id).is_some(),
                "{now}틱에 {id}번을 지켜보고 있었는지가 다릅니다"
            );
        } else if dice < 8 {
            idle.touch(id, now);
            model.insert(id, now);
        }
        let woken = idle.next_check().is_some_and(|at| at <= now);
        let found = if woken {
            expired(&mut idle, now)
        } else {
            Vec::new()
        };
        let silent = |last: &u64| last + LIMIT <= now;
        let expected: Vec<u64> = model
            .extract_if(.., |_, last| silent(last))
            .map(|(id, _)| id)
            .collect();
        assert_eq!(
            found, expected,
            "{now}틱에 조용한 연결이 다릅니다. next_check까지 자고 일어나 보아도 늦지 않아야 합니다"
        );
    }
}
