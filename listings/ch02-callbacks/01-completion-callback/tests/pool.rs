//! 풀이 지키는 약속. 시간 제한은 실패를 끝내는 데에만 쓰고, 성공은 시간에 기대지 않는다.

use std::convert::Infallible;
use std::rc::Rc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvError, RecvTimeoutError};
use std::sync::{Arc, Barrier};
use std::thread;
use std::time::Duration;

use ch02_01_completion_callback::Pool;

/// 교착 상태에 빠진 시험이 영원히 서 있지 않게 한다. 제때 끝나면 이 값은 아무 데도 쓰이지 않는다.
const LIMIT: Duration = Duration::from_secs(20);

fn within_limit<T: Send + 'static>(body: impl FnOnce() -> T + Send + 'static) -> T {
    let (finish, finished) = mpsc::channel();
    thread::spawn(move || finish.send(body()));
    finished
        .recv_timeout(LIMIT)
        .expect("시험이 패닉했거나 제때 끝나지 않았다")
}

fn thread_name() -> String {
    thread::current().name().unwrap_or("이름 없음").to_owned()
}

// ANCHOR: same_thread
#[test]
fn the_worker_that_did_the_work_calls_back() {
    let pool = Pool::new(2);
    let (report, reports) = mpsc::channel();
    for _ in 0..100 {
        let report = report.clone();
        pool.run(
            || Ok::<_, Infallible>(thread_name()),
            move |worked_on| report.send((worked_on.unwrap(), thread_name())).unwrap(),
        );
    }
    drop((pool, report));
    let reports: Vec<_> = reports.iter().collect();
    assert_eq!(reports.len(), 100);
    for (worked_on, called_on) in reports {
        assert_eq!(worked_on, called_on);
        assert!(["worker-0", "worker-1"].contains(&called_on.as_str()));
    }
}
// ANCHOR_END: same_thread

#[test]
fn neither_result_nor_error_needs_send() {
    let pool = Pool::new(1);
    let (report, counted) = mpsc::channel();
    pool.run(
        || {
            if thread_name() == "worker-0" {
                Ok(Rc::new(3))
            } else {
                Err(Rc::new("다른 스레드"))
            }
        },
        move |result: Result<Rc<i32>, Rc<&str>>| report.send(*result.unwrap()).unwrap(),
    );
    assert_eq!(counted.recv(), Ok(3));
}

#[test]
fn the_buffer_comes_back_without_a_copy() {
    let pool = Pool::new(1);
    let (give_back, given_back) = mpsc::channel();
    let buffer = Vec::<u8>::with_capacity(64);
    let before = (buffer.as_ptr(), buffer.capacity());
    pool.run(
        move || {
            let mut buffer = buffer;
            buffer.extend_from_slice(b"rain");
            Ok::<_, Infallible>(buffer)
        },
        move |result| give_back.send(result.unwrap()).unwrap(),
    );
    let buffer = given_back.recv().unwrap();
    assert_eq!(buffer, b"rain");
    assert_eq!((buffer.as_ptr(), buffer.capacity()), before);
}

// ANCHOR: panic
#[test]
fn a_panic_drops_the_callback_and_spares_the_worker() {
    let pool = Pool::new(1);
    let (called, was_called) = mpsc::channel::<&str>();
    pool.run(
        || -> Result<(), Infallible> { panic!("일이 넘어졌다") },
        move |_| called.send("불렸다").unwrap(),
    );
    // 송신자가 콜백과 함께 버려졌으니 받을 것은 영영 오지 않는다.
    assert_eq!(was_called.recv(), Err(RecvError));

    let (called, was_called) = mpsc::channel();
    pool.run(
        || Ok::<_, Infallible>(thread_name()),
        move |name| called.send(name).unwrap(),
    );
    assert_eq!(was_called.recv(), Ok(Ok("worker-0".to_owned())));
}
// ANCHOR_END: panic

#[test]
fn a_panicking_callback_spares_the_worker_too() {
    let pool = Pool::new(1);
    pool.run(|| Ok::<_, Infallible>(()), |_| panic!("콜백이 넘어졌다"));
    let (called, was_called) = mpsc::channel();
    pool.run(
        || Ok::<_, Infallible>(()),
        move |_| called.send(()).unwrap(),
    );
    assert_eq!(was_called.recv(), Ok(()));
}

// ANCHOR: drop
#[test]
fn drop_finishes_every_queued_job() {
    let finished = Arc::new(AtomicUsize::new(0));
    let pool = Pool::new(2);
    for _ in 0..1000 {
        let finished = Arc::clone(&finished);
        pool.run(
            || Ok::<_, Infallible>(()),
            move |_| {
                finished.fetch_add(1, Ordering::Relaxed);
            },
        );
    }
    drop(pool); // 조인이 앞뒤를 지어 주므로 Relaxed로 충분하다.
    assert_eq!(finished.load(Ordering::Relaxed), 1000);
}
// ANCHOR_END: drop

#[test]
fn the_last_owner_may_be_a_callback() {
    let (finish, finished) = mpsc::channel();
    let also_finish = finish.clone();
    let (main_let_go, wait_main) = mpsc::channel::<()>();
    let pool = Arc::new(Pool::new(1));
    let last = Arc::clone(&pool);
    pool.run(
        move || wait_main.recv(),
        move |_| {
            drop(last); // 여기서 Pool::drop이 작업 스레드 위에서 돈다.
            finish.send("콜백").unwrap();
        },
    );
    pool.run(
        || Ok::<_, Infallible>(()),
        move |_| also_finish.send("남은 일").unwrap(),
    );
    drop(pool);
    main_let_go.send(()).unwrap();
    assert_eq!(finished.iter().collect::<Vec<_>>(), ["콜백", "남은 일"]);
}

/// 콜백이 마지막 주인이어도 다른 작업 스레드는 기다린다.
#[test]
fn a_callback_that_drops_the_pool_joins_the_others() {
    let (end_drop, drop_ended) = mpsc::channel();
    let (report, seen) = mpsc::channel();
    let (main_let_go, wait_main) = mpsc::channel::<()>();
    let pool = Arc::new(Pool::new(2));
    let last = Arc::clone(&pool);
    // 이 일은 풀의 drop이 저보다 먼저 끝나는지 한동안 지켜본다. 조인한다면 그럴 수 없다.
    pool.run(
        move || drop_ended.recv_timeout(Duration::from_millis(200)),
        move |drop_ended| report.send(drop_ended).unwrap(),
    );
    pool.run(
        move || wait_main.recv(),
        move |_| {
            drop(last);
            let _ = end_drop.send(()); // 지켜보던 일은 이미 끝났다.
        },
    );
    drop(pool);
    main_let_go.send(()).unwrap();
    assert_eq!(seen.recv(), Ok(Err(RecvTimeoutError::Timeout)));
}

// ANCHOR: barrier
#[test]
fn two_jobs_that_meet_both_run() {
    within_limit(|| {
        let pool = Pool::new(2);
        let meeting = Arc::new(Barrier::new(2));
        for _ in 0..2 {
            let meeting = Arc::clone(&meeting);
            pool.run(move || Ok::<_, Infallible>(meeting.wait()), |_| {});
        }
        // 풀을 버리며 두 일을 기다린다. 한 줄로 서는 풀이면 여기서 돌아오지 못한다.
    });
}
// ANCHOR_END: barrier

/// 기다리던 것을 무엇이 깨웠는가.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Woken {
    ByJob,
    ByRescue,
}

// ANCHOR: wait
/// 콜백이 같은 풀에 맡긴 일을 콜백 안에서 기다린다.
fn wait_inside_callback(workers: usize, rescue: bool) -> Woken {
    let pool = Arc::new(Pool::new(workers));
    let same_pool = Arc::clone(&pool);
    let (wake, woken) = mpsc::channel();
    let rescuer = wake.clone();
    let (about_to_wait, waits) = mpsc::channel();
    let (report, first) = mpsc::channel();
    pool.run(
        || Ok::<_, Infallible>(()),
        move |_| {
            same_pool.run(move || wake.send(Woken::ByJob), |_| {});
            about_to_wait.send(()).unwrap();
            report.send(woken.recv().unwrap()).unwrap(); // 콜백이 작업 스레드를 쥔 채 선다.
        },
    );
    waits.recv().unwrap();
    if rescue {
        rescuer.send(Woken::ByRescue).unwrap();
    }
    first.recv().unwrap()
}
// ANCHOR_END: wait

// ANCHOR: continue
/// 기다리지 않고 다음 콜백에서 이어 간다.
fn continue_in_next_callback(workers: usize) -> Woken {
    let pool = Arc::new(Pool::new(workers));
    let same_pool = Arc::clone(&pool);
    let (report, first) = mpsc::channel();
    pool.run(
        || Ok::<_, Infallible>(()),
        move |_| {
            same_pool.run(
                || Ok::<_, Infallible>(Woken::ByJob),
                move |result| report.send(result.unwrap()).unwrap(),
            );
        },
    );
    first.recv().unwrap()
}
// ANCHOR_END: continue

// ANCHOR: verdict
#[test]
fn waiting_inside_a_callback_needs_a_rescue_on_a_pool_of_one() {
    let alone = within_limit(|| wait_inside_callback(1, true));
    assert_eq!(alone, Woken::ByRescue);
    let with_a_spare = within_limit(|| wait_inside_callback(2, false));
    assert_eq!(with_a_spare, Woken::ByJob);
}

#[test]
fn continuing_in_the_next_callback_needs_none() {
    let alone = within_limit(|| continue_in_next_callback(1));
    assert_eq!(alone, Woken::ByJob);
}
// ANCHOR_END: verdict

#[test]
fn a_larger_pool_stops_too_when_every_worker_waits() {
    const WORKERS: usize = 3;
    let woken_first = within_limit(|| {
        let pool = Arc::new(Pool::new(WORKERS));
        let together = Arc::new(Barrier::new(WORKERS));
        let (about_to_wait, waits) = mpsc::channel();
        let (report, first) = mpsc::channel();
        for _ in 0..WORKERS {
            let (same_pool, together) = (Arc::clone(&pool), Arc::clone(&together));
            let (about_to_wait, report) = (about_to_wait.clone(), report.clone());
            pool.run(
                || Ok::<_, Infallible>(()),
                move |_| {
                    together.wait(); // 이제 모든 작업 스레드가 콜백에 잡혔다.
                    let (wake, woken) = mpsc::channel();
                    about_to_wait.send(wake.clone()).unwrap();
                    same_pool.run(move || wake.send(Woken::ByJob), |_| {});
                    report.send(woken.recv().unwrap()).unwrap();
                    together.wait(); // 먼저 깬 콜백의 스레드가 남은 일을 하지 못하게 한다.
                },
            );
        }
        for _ in 0..WORKERS {
            let rescuer = waits.recv().unwrap();
            rescuer.send(Woken::ByRescue).unwrap();
        }
        first.iter().take(WORKERS).collect::<Vec<_>>()
    });
    assert_eq!(woken_first, [Woken::ByRescue; WORKERS]);
}
