//! 고치지 마세요. 여러분이 고치는 파일은 `src/lib.rs`입니다.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex};
use std::thread;

use ex02_06_at_most_n::{Limiter, Slot};

/// 시작한 일의 이름과 쥔 자리를 테스트에 넘기는 일.
fn report(tell: &Sender<(u32, Slot)>, name: u32) -> impl FnOnce(Slot) + Send + 'static {
    let tell = tell.clone();
    move |slot| tell.send((name, slot)).expect("테스트가 듣는다")
}

/// 지금까지 시작한 일의 이름. 자리는 `slots`에 쥐어 둔다.
fn started(told: &Receiver<(u32, Slot)>, slots: &mut Vec<Slot>) -> Vec<u32> {
    told.try_iter()
        .map(|(name, slot)| {
            slots.push(slot);
            name
        })
        .collect()
}

/// 자리만큼만 시작한다
#[test]
fn basic_only_as_many_as_slots_start() {
    let (tell, told) = mpsc::channel();
    let limiter = Limiter::new(2);
    for name in 1..=4 {
        limiter.run(report(&tell, name));
    }
    let mut slots = Vec::new();
    assert_eq!(
        started(&told, &mut slots),
        [1, 2],
        "자리가 둘이면 둘만 곧바로 시작해야 합니다"
    );
}

/// 자리가 나면 기다리던 차례대로 시작한다
#[test]
fn basic_waiting_jobs_start_in_order() {
    let (tell, told) = mpsc::channel();
    let limiter = Limiter::new(1);
    let mut slots = Vec::new();
    for name in 1..=3 {
        limiter.run(report(&tell, name));
    }
    for name in 1..=3 {
        assert_eq!(
            started(&told, &mut slots),
            [name],
            "자리가 하나 나면 가장 먼저 들어온 하나가 시작해야 합니다"
        );
        slots.pop();
    }
    limiter.run(report(&tell, 4));
    assert_eq!(
        started(&told, &mut slots),
        [4],
        "모두 끝났으면 자리가 다시 비어 있어야 합니다"
    );
}

/// 쉬는 동안 자리가 늘거나 줄지 않는다
#[test]
fn slots_are_neither_lost_nor_made() {
    let (tell, told) = mpsc::channel();
    let limiter = Limiter::new(3);
    for _ in 0..10 {
        limiter.run(drop);
    }
    for name in 1..=5 {
        limiter.run(report(&tell, name));
    }
    let mut slots = Vec::new();
    assert_eq!(
        started(&told, &mut slots),
        [1, 2, 3],
        "일이 열 번 끝난 뒤에도 자리는 셋이어야 합니다"
    );
}

/// 일 안에서 또 맡겨도 된다
#[test]
fn a_job_may_run_another() {
    let (tell, told) = mpsc::channel();
    let limiter = Limiter::new(1);
    let (inner, inner_tell) = (limiter.clone(), tell.clone());
    limiter.run(move |slot| {
        inner.run(report(&inner_tell, 2));
        inner_tell.send((1, slot)).expect("테스트가 듣는다");
    });
    let mut slots = Vec::new();
    assert_eq!(
        started(&told, &mut slots),
        [1],
        "바깥의 일이 자리를 쥐고 있으므로 안에서 맡긴 일은 기다려야 합니다"
    );
    slots.clear();
    assert_eq!(
        started(&told, &mut slots),
        [2],
        "바깥의 일이 끝나면 안에서 맡긴 일이 시작해야 합니다"
    );
}

/// 시작하자마자 끝나는 일이 십만 개 기다려도 된다
#[test]
fn a_hundred_thousand_short_jobs_may_wait() {
    const COUNT: usize = 100_000;
    let limiter = Limiter::new(1);
    let first: Arc<Mutex<Option<Slot>>> = Arc::default();
    let hold = Arc::clone(&first);
    limiter.run(move |slot| *hold.lock().expect("오염되지 않는다") = Some(slot));
    let ended = Arc::new(AtomicUsize::new(0));
    for _ in 0..COUNT {
        let ended = Arc::clone(&ended);
        limiter.run(move |slot| {
            ended.fetch_add(1, Ordering::Relaxed);
            drop(slot);
        });
    }
    let first = first.lock().expect("오염되지 않는다").take();
    drop(first);
    assert_eq!(
        ended.load(Ordering::Relaxed),
        COUNT,
        "첫 자리가 돌아오면 기다리던 일이 모두 이어서 돌아야 합니다"
    );
}

/// 패닉한 일의 자리도 돌아온다
#[test]
fn a_panicking_job_returns_its_slot() {
    let (tell, told) = mpsc::channel();
    let limiter = Limiter::new(1);
    let panicking = || limiter.run(|_slot| panic!("일이 일부러 패닉합니다"));
    assert!(
        catch_unwind(AssertUnwindSafe(panicking)).is_ok(),
        "일의 패닉이 run을 부른 쪽으로 새어 나가면 안 됩니다"
    );
    let mut slots = Vec::new();
    limiter.run(report(&tell, 1));
    limiter.run(report(&tell, 2));
    assert_eq!(
        started(&told, &mut slots),
        [1],
        "앞의 일이 패닉했어도 자리는 하나여야 합니다. 늘지도 줄지도 않습니다"
    );
}

/// 패닉한 일 뒤에서 기다리던 일도 시작한다
#[test]
fn jobs_behind_a_panicking_one_start() {
    let (tell, told) = mpsc::channel();
    let limiter = Limiter::new(1);
    let mut slots = Vec::new();
    limiter.run(report(&tell, 1));
    limiter.run(|_slot| panic!("일이 일부러 패닉합니다"));
    limiter.run(report(&tell, 2));
    started(&told, &mut slots);
    assert!(
        catch_unwind(AssertUnwindSafe(|| slots.clear())).is_ok(),
        "일의 패닉이 자리를 버린 쪽으로 새어 나가면 안 됩니다"
    );
    assert_eq!(
        started(&told, &mut slots),
        [2],
        "패닉한 일의 자리로 그다음 일이 곧바로 시작해야 합니다"
    );
}

/// 여러 스레드가 맡기고 돌려줘도 자리보다 많이 돌지 않는다
#[test]
fn threads_share_the_slots() {
    const THREADS: usize = 4;
    const JOBS: usize = 200;
    let limiter = Limiter::new(3);
    let (running, most, ended) =
        <(Arc<AtomicUsize>, Arc<AtomicUsize>, Arc<AtomicUsize>)>::default();
    let (finish, to_finish) = mpsc::channel::<Slot>();
    let work = |limiter: Limiter, finish: Sender<Slot>| {
        for _ in 0..JOBS {
            let (running, most, finish) = (Arc::clone(&running), Arc::clone(&most), finish.clone());
            limiter.run(move |slot| {
                let now = running.fetch_add(1, Ordering::SeqCst) + 1;
                most.fetch_max(now, Ordering::SeqCst);
                finish.send(slot).expect("끝내는 스레드가 듣는다");
            });
        }
    };
    thread::scope(|scope| {
        for _ in 0..THREADS {
            let (limiter, finish) = (limiter.clone(), finish.clone());
            scope.spawn(|| work(limiter, finish));
        }
        drop(finish);
        // 기다리는 일이 송신자를 쥐고 있으므로, 모든 일이 끝나야 이 반복도 끝난다.
        for slot in to_finish {
            running.fetch_sub(1, Ordering::SeqCst);
            ended.fetch_add(1, Ordering::SeqCst);
            drop(slot);
        }
    });
    assert_eq!(
        ended.load(Ordering::SeqCst),
        THREADS * JOBS,
        "맡긴 일은 하나도 빠짐없이 돌아야 합니다"
    );
    assert!(
        most.load(Ordering::SeqCst) <= 3,
        "한꺼번에 도는 일이 자리보다 많았습니다"
    );
}
