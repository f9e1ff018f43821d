//! 고치지 마세요. 여러분이 고치는 파일은 `src/lib.rs`입니다.

use std::hint;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;

use ex03_04_flag::{Flag, Wait};

/// 깨운 횟수를 세는 웨이커의 속.
#[derive(Default)]
struct Count(AtomicUsize);

impl Count {
    fn get(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }
}

impl Wake for Count {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

/// `wake`로 깨우는 `Waker`를 주며 한 번 폴링한다. 여기서 만든 `Waker`는 버리고 나온다.
fn poll<W: Wake + Send + Sync + 'static>(wait: Pin<&mut Wait>, wake: &Arc<W>) -> Poll<()> {
    let waker = Waker::from(Arc::clone(wake));
    wait.poll(&mut Context::from_waker(&waker))
}

fn waits(flag: &Flag) -> Pin<Box<Wait>> {
    Box::pin(flag.wait())
}

/// 깃발이 서면 깨어나 끝난다
#[test]
fn basic_a_wait_ends_when_set() {
    let (flag, count) = (Flag::new(), Arc::new(Count::default()));
    let mut wait = waits(&flag);
    assert_eq!(
        poll(wait.as_mut(), &count),
        Poll::Pending,
        "깃발이 내려가 있으면 기다려야 합니다"
    );
    assert_eq!(count.get(), 0, "깃발이 서기 전에는 깨울 까닭이 없습니다");
    flag.set();
    assert_eq!(count.get(), 1, "깃발이 서면 기다리던 쪽을 깨워야 합니다");
    assert_eq!(
        poll(wait.as_mut(), &count),
        Poll::Ready(()),
        "깃발이 섰으면 끝나야 합니다"
    );
}

/// 이미 선 깃발은 기다리지 않는다
#[test]
fn basic_a_set_flag_is_ready_at_once() {
    let (flag, count) = (Flag::new(), Arc::new(Count::default()));
    let mut early = waits(&flag);
    flag.clone().set();
    for wait in [&mut early, &mut waits(&flag)] {
        assert_eq!(
            poll(wait.as_mut(), &count),
            Poll::Ready(()),
            "복제한 쪽이 세웠어도 같은 깃발이니 첫 폴링에서 끝나야 합니다"
        );
    }
}

/// 기다리는 쪽을 모두 깨운다
#[test]
fn every_waiter_is_woken() {
    let flag = Flag::new();
    let counts: [Arc<Count>; 3] = Default::default();
    let mut waiting = [(); 3].map(|()| waits(&flag));
    for (wait, count) in waiting.iter_mut().zip(&counts) {
        assert_eq!(
            poll(wait.as_mut(), count),
            Poll::Pending,
            "깃발이 내려가 있으면 기다려야 합니다"
        );
    }
    flag.set();
    assert_eq!(
        counts.map(|count| count.get()),
        [1, 1, 1],
        "셋이 기다리고 있었으니 셋을 한 번씩 깨워야 합니다"
    );
}

/// 다시 폴링하면 마지막에 받은 Waker만 깨운다
#[test]
fn only_the_latest_waker_is_woken() {
    let flag = Flag::new();
    let counts: [Arc<Count>; 2] = Default::default();
    let mut wait = waits(&flag);
    for count in &counts {
        assert_eq!(
            poll(wait.as_mut(), count),
            Poll::Pending,
            "깃발이 내려가 있으면 기다려야 합니다"
        );
    }
    assert_eq!(
        Arc::strong_count(&counts[0]),
        1,
        "새 Waker를 받았으면 옛것은 쥐고 있지 않아야 합니다"
    );
    flag.set();
    assert_eq!(
        counts.map(|count| count.get()),
        [0, 1],
        "옛 Waker는 이미 떠난 쪽입니다. 마지막에 받은 것만 깨워야 합니다"
    );
}

/// 여러 번 폴링하고 여러 번 세워도 한 번 깨운다
#[test]
fn a_wait_is_woken_once() {
    let (flag, count) = (Flag::new(), Arc::new(Count::default()));
    let mut wait = waits(&flag);
    for _ in 0..3 {
        assert_eq!(
            poll(wait.as_mut(), &count),
            Poll::Pending,
            "깃발이 내려가 있으면 까닭 없이 폴링되어도 기다려야 합니다"
        );
    }
    flag.set();
    flag.set();
    assert_eq!(
        count.get(),
        1,
        "기다림은 하나이고 깃발은 한 번 섰으니 한 번만 깨워야 합니다"
    );
    assert_eq!(
        Arc::strong_count(&count),
        1,
        "깨운 Waker는 더 쥐고 있지 않아야 합니다"
    );
}

/// 버린 기다림은 Waker를 놓는다
#[test]
fn a_dropped_wait_lets_its_waker_go() {
    let (flag, count) = (Flag::new(), Arc::new(Count::default()));
    let mut wait = waits(&flag);
    assert_eq!(
        poll(wait.as_mut(), &count),
        Poll::Pending,
        "깃발이 내려가 있으면 기다려야 합니다"
    );
    drop(wait);
    assert_eq!(
        Arc::strong_count(&count),
        1,
        "기다리던 퓨처가 버려졌으니 맡긴 Waker도 버려져야 합니다"
    );
    flag.set();
    assert_eq!(count.get(), 0, "없는 기다림을 깨울 까닭이 없습니다");
}

/// 하나를 버려도 나머지는 깨어난다
#[test]
fn a_dropped_wait_leaves_the_others() {
    let flag = Flag::new();
    let counts: [Arc<Count>; 3] = Default::default();
    let mut waiting = vec![waits(&flag), waits(&flag), waits(&flag)];
    for (wait, count) in waiting.iter_mut().zip(&counts) {
        assert_eq!(
            poll(wait.as_mut(), count),
            Poll::Pending,
            "깃발이 내려가 있으면 기다려야 합니다"
        );
    }
    drop(waiting.remove(1));
    flag.set();
    assert_eq!(
        counts.map(|count| count.get()),
        [1, 0, 1],
        "버린 것은 가운데 하나이니 나머지 둘은 깨어나야 합니다"
    );
}

/// 깨어나면 그 자리에서 깃발을 쓰는 웨이커의 속.
struct Uses {
    flag: Flag,
    seen: Mutex<Vec<Poll<()>>>,
}

impl Wake for Uses {
    fn wake(self: Arc<Self>) {
        let seen = pin!(self.flag.wait()).poll(&mut Context::from_waker(Waker::noop()));
        self.flag.set();
        self.seen
            .lock()
            .expect("테스트의 락은 오염되지 않는다")
            .push(seen);
    }
}

/// 깨어난 쪽이 그 자리에서 깃발을 써도 된다
#[test]
fn a_waker_may_use_the_flag() {
    let flag = Flag::new();
    let uses = Arc::new(Uses {
        flag: flag.clone(),
        seen: Mutex::default(),
    });
    let mut wait = waits(&flag);
    assert_eq!(
        poll(wait.as_mut(), &uses),
        Poll::Pending,
        "깃발이 내려가 있으면 기다려야 합니다"
    );
    flag.set();
    let seen = uses.seen.lock().expect("테스트의 락은 오염되지 않는다");
    assert_eq!(
        *seen,
        [Poll::Ready(())],
        "깨어났을 때는 깃발이 이미 서 있어야 합니다. 아니면 다시 기다리다 영영 깨어나지 못합니다"
    );
}

/// 다른 기다림을 쥔 태스크. 마지막 `Waker`와 함께 버려진다.
struct Holds {
    _wait: Mutex<Pin<Box<Wait>>>,
}

impl Wake for Holds {
    fn wake(self: Arc<Self>) {}
}

/// 한 번 폴링한 기다림을 쥔 태스크
fn holding(flag: &Flag, count: &Arc<Count>) -> Arc<Holds> {
    let mut wait = waits(flag);
    assert_eq!(
        poll(wait.as_mut(), count),
        Poll::Pending,
        "깃발이 내려가 있으면 기다려야 합니다"
    );
    let _wait = Mutex::new(wait);
    Arc::new(Holds { _wait })
}

/// 버려지는 Waker가 다른 기다림을 버려도 멈추지 않는다
#[test]
fn a_dropped_waker_may_drop_another_wait() {
    let (flag, count) = (Flag::new(), Arc::new(Count::default()));
    let mut wait = waits(&flag);
    for _ in 0..2 {
        // 둘째 바퀴에서는 새 Waker로 바뀌면서 첫째 태스크가 버려진다.
        assert_eq!(
            poll(wait.as_mut(), &holding(&flag, &count)),
            Poll::Pending,
            "깃발이 내려가 있으면 기다려야 합니다"
        );
        assert_eq!(
            Arc::strong_count(&count),
            2,
            "새 Waker를 받으면 옛 Waker가, 그것이 쥔 태스크와 기다림까지 버려져야 합니다"
        );
    }
    drop(wait);
    assert_eq!(
        Arc::strong_count(&count),
        1,
        "기다림을 버리면 마지막 Waker와 그것이 쥔 기다림까지 버려져야 합니다"
    );
}

/// 폴링하는 사이에 다른 스레드가 세워도 깨움을 잃지 않는다
#[test]
fn setting_and_polling_may_race() {
    for round in 0..2000 {
        let flag = Flag::new();
        let mut waiting: Vec<(Pin<Box<Wait>>, Arc<Count>)> =
            (0..8).map(|_| (waits(&flag), Arc::default())).collect();
        // 세우는 쪽이 나선 다음에 폴링하고, 몇 번째 폴링과 다툴지는 판마다 다르다.
        let (ready, polling) = (Arc::new(AtomicBool::new(false)), Arc::default());
        let setter = thread::spawn({
            let (ready, polling) = (Arc::clone(&ready), Arc::<AtomicUsize>::clone(&polling));
            move || {
                ready.store(true, Ordering::Release);
                // 코어가 하나뿐이면 기다려도 오지 않으므로 조금만 기다린다.
                for _ in 0..10_000 {
                    if polling.load(Ordering::Acquire) > round % 8 {
                        break;
                    }
                    hint::spin_loop();
                }
                flag.set();
            }
        });
        while !ready.load(Ordering::Acquire) {
            thread::yield_now();
        }
        let mut is_pending = Vec::new();
        for (wait, count) in &mut waiting {
            polling.fetch_add(1, Ordering::Release);
            is_pending.push(poll(wait.as_mut(), count).is_pending());
        }
        assert!(setter.join().is_ok(), "set은 패닉하지 않아야 합니다");
        for ((wait, count), is_pending) in waiting.iter_mut().zip(is_pending) {
            assert_eq!(
                count.get(),
                usize::from(is_pending),
                "Pending을 돌려주었으면 깃발이 설 때 깨워야 합니다. 깃발을 본 다음 Waker를 맡기기 전에 set이 지나가지 않았는지 보세요"
            );
            assert_eq!(
                poll(wait.as_mut(), count),
                Poll::Ready(()),
                "깃발이 섰으니 끝나야 합니다"
            );
        }
    }
}
