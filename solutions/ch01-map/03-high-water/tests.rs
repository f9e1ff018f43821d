//! 고치지 마세요. 여러분이 고치는 파일은 `src/lib.rs`입니다.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Barrier, mpsc};
use std::thread;

use ex01_03_high_water::{Counts, HighWater};

/// 벌여 놓은 수와 도는 수.
fn counts(in_progress: usize, running: usize) -> Counts {
    Counts {
        in_progress,
        running,
    }
}

/// 차례로 돌면 가장 많을 때도 하나이다
#[test]
fn basic_one_after_another_is_one() {
    let water = HighWater::new();
    assert_eq!(water.most(), counts(0, 0), "아직 아무 일도 없었습니다");
    let answer = water.run(|_| 7);
    assert_eq!(answer, 7, "일이 돌려준 값을 그대로 돌려주어야 합니다");
    assert_eq!(
        water.now(),
        counts(0, 0),
        "일이 끝났으니 남은 것이 없습니다"
    );
    assert_eq!(
        water.most(),
        counts(1, 1),
        "하나를 벌여 놓고 하나가 돌았습니다"
    );
}

/// 도는 동안에는 자기도 센다
#[test]
fn basic_a_running_work_counts_itself() {
    let water = HighWater::new();
    assert_eq!(
        water.run(|_| water.now()),
        counts(1, 1),
        "일이 도는 동안에는 그 일도 세어야 합니다. 일 안에서 물어볼 수도 있어야 합니다"
    );
}

/// 기다리는 일은 벌여 놓았지만 돌지는 않는다
#[test]
fn a_paused_work_is_not_running() {
    let water = HighWater::new();
    let (waiting, back) = water.run(|running| (running.pause(|| water.now()), water.now()));
    assert_eq!(
        waiting,
        counts(1, 0),
        "기다리는 동안에는 벌여 놓은 일이지만 도는 일은 아닙니다"
    );
    assert_eq!(back, counts(1, 1), "pause가 돌아왔으니 다시 도는 일입니다");
}

/// 스레드가 하나면 여럿을 벌여 놓아도 하나만 돈다
#[test]
fn many_in_progress_but_one_running() {
    let water = HighWater::new();
    // 하나가 기다리는 틈에 다음 것을 시작한다.
    water.run(|first| first.pause(|| water.run(|second| second.pause(|| water.run(|_| ())))));
    assert_eq!(
        water.most(),
        counts(3, 1),
        "한 스레드가 셋을 벌여 놓았지만, 하나가 기다려야 다음 것이 돌았습니다"
    );
}

/// 세 스레드가 함께 돌면 셋이다
#[test]
fn three_threads_at_once_are_three() {
    let (water, everyone) = (HighWater::new(), Barrier::new(3));
    thread::scope(|scope| {
        for _ in 0..3 {
            // 셋이 모두 시작해야 아무나 끝날 수 있다.
            scope.spawn(|| water.run(|_| everyone.wait()));
        }
    });
    assert_eq!(
        water.most(),
        counts(3, 3),
        "세 일이 서로를 기다렸으니 셋이 함께 돌았습니다. run이 서로를 기다리게 하면 이 테스트가 멈춥니다"
    );
}

/// 기다리다 돌아와서 함께 돌게 된 것도 센다
#[test]
fn coming_back_counts_too() {
    let (water, together) = (HighWater::new(), Barrier::new(2));
    let (say_paused, paused) = mpsc::channel();
    let (say_started, started) = mpsc::channel();
    thread::scope(|scope| {
        scope.spawn(|| {
            water.run(|running| {
                running.pause(move || {
                    say_paused.send(()).expect("둘째가 기다린다");
                    started.recv().expect("둘째가 시작한다");
                });
                together.wait();
            });
        });
        // 첫째가 기다리는 동안에 시작하고, 첫째가 돌아온 다음에 끝난다.
        paused.recv().expect("첫째가 기다린다");
        water.run(|_| {
            say_started.send(()).expect("첫째가 기다린다");
            together.wait();
        });
    });
    assert_eq!(
        water.most(),
        counts(2, 2),
        "첫째가 기다리다 돌아왔을 때 둘째도 돌고 있었습니다"
    );
}

/// 지금까지의 일을 모두 더한 것이 아니다
#[test]
fn the_most_is_not_the_total() {
    let water = HighWater::new();
    (0..5).for_each(|_| water.run(|_| ()));
    assert_eq!(
        water.most(),
        counts(1, 1),
        "다섯 일이 하나씩 차례로 돌았습니다. 함께 돈 적은 없습니다"
    );
}

/// 일이 끝나도 가장 컸던 값은 줄지 않는다
#[test]
fn the_most_stays_after_the_peak() {
    let water = HighWater::new();
    water.run(|_| water.run(|_| ()));
    let (now, most) = water.run(|_| (water.now(), water.most()));
    assert_eq!(now, counts(1, 1), "지금은 하나만 돕니다");
    assert_eq!(
        most,
        counts(2, 2),
        "일 안에서 또 일을 시작했을 때 둘이었습니다. 나중에 하나만 돌아도 가장 컸던 값은 그대로입니다"
    );
}

/// 패닉한 일은 남지 않는다
#[test]
fn a_panicking_work_does_not_stay() {
    let water = HighWater::new();
    let result = catch_unwind(AssertUnwindSafe(|| {
        water.run(|_| panic!("일이 일부러 패닉합니다"));
    }));
    assert!(result.is_err(), "패닉은 run을 부른 쪽으로 나가야 합니다");
    assert_eq!(
        water.now(),
        counts(0, 0),
        "패닉한 일도 끝난 일입니다. 두 수에서 빼야 합니다"
    );
}

/// 기다리다 패닉한 일도 남지 않는다
#[test]
fn a_panicking_wait_does_not_stay() {
    let water = HighWater::new();
    let result = catch_unwind(AssertUnwindSafe(|| {
        water.run(|running| running.pause(|| panic!("기다리다 일부러 패닉합니다")));
    }));
    assert!(result.is_err(), "패닉은 run을 부른 쪽으로 나가야 합니다");
    assert_eq!(
        water.now(),
        counts(0, 0),
        "기다리는 동안에는 도는 수에서 이미 뺐습니다. 벌여 놓은 수에서만 빼야 합니다"
    );
}
