//! 고치지 마세요. 여러분이 고치는 파일은 `src/lib.rs`입니다.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Barrier, Mutex, mpsc};
use std::thread;

use ex02_01_first_wins::{Callback, first};

/// `done`이 받은 값을 모두 적는 콜백들.
fn recorded(count: usize) -> (Vec<Callback<&'static str>>, mpsc::Receiver<&'static str>) {
    let (tell, told) = mpsc::channel();
    let callbacks = first(count, move |value| {
        tell.send(value).expect("테스트가 듣는다")
    });
    (callbacks, told)
}

/// 처음 불린 콜백의 값이 done에 간다
#[test]
fn basic_the_first_value_arrives() {
    let (mut callbacks, told) = recorded(3);
    assert_eq!(callbacks.len(), 3, "count만큼 나누어야 합니다");
    callbacks.remove(1)("둘째 서버");
    assert_eq!(
        told.try_iter().collect::<Vec<_>>(),
        ["둘째 서버"],
        "콜백이 불리면 곧바로 done을 불러야 합니다. 나머지를 기다리지 않습니다"
    );
}

/// 늦게 온 값은 버린다
#[test]
fn basic_later_values_are_dropped() {
    let (callbacks, told) = recorded(3);
    for (callback, server) in callbacks.into_iter().zip(["첫째", "둘째", "셋째"]) {
        callback(server);
    }
    assert_eq!(
        told.try_iter().collect::<Vec<_>>(),
        ["첫째"],
        "done은 처음 불린 콜백의 값으로 한 번만 불려야 합니다"
    );
}

/// 하나도 나누지 않으면 빈 목록이다
#[test]
fn zero_callbacks_are_an_empty_list() {
    let (callbacks, told) = recorded(0);
    assert!(callbacks.is_empty(), "count가 0이면 빈 목록이어야 합니다");
    assert_eq!(
        told.try_recv(),
        Err(mpsc::TryRecvError::Disconnected),
        "아무도 부를 수 없는 done은 불리지 않고 버려져야 합니다"
    );
}

/// 여러 스레드가 한꺼번에 불러도 done은 한 번만 불린다
#[test]
fn threads_race_and_one_wins() {
    for _ in 0..50 {
        let (callbacks, told) = recorded(4);
        let start = Arc::new(Barrier::new(4));
        let threads = callbacks.into_iter().map(|callback| {
            let start = Arc::clone(&start);
            thread::spawn(move || {
                start.wait();
                callback("값");
            })
        });
        for thread in threads.collect::<Vec<_>>() {
            assert!(thread.join().is_ok(), "진 콜백은 조용히 끝나야 합니다");
        }
        assert_eq!(
            told.try_iter().count(),
            1,
            "네 스레드 가운데 하나만 이깁니다"
        );
    }
}

/// done 안에서 나머지 콜백을 불러도 된다
#[test]
fn done_may_call_another() {
    let rest: Arc<Mutex<Vec<Callback<u32>>>> = Arc::default();
    let (tell, told) = mpsc::channel();
    let on_done = Arc::clone(&rest);
    let mut callbacks = first(2, move |value| {
        tell.send(value).expect("테스트가 듣는다");
        // 먼저 온 답이 있으니 다른 서버의 요청을 취소한다. 취소도 콜백으로 알려 온다.
        let other = on_done.lock().expect("오염되지 않는다").pop();
        if let Some(other) = other {
            other(0);
        }
    });
    rest.lock()
        .expect("오염되지 않는다")
        .extend(callbacks.pop());
    callbacks.remove(0)(7);
    assert_eq!(
        told.try_iter().collect::<Vec<_>>(),
        [7],
        "done이 도는 동안 불린 콜백은 진 것입니다"
    );
}

/// done이 패닉해도 나머지 콜백은 패닉하지 않는다
#[test]
fn a_panic_in_done_does_not_spread() {
    let mut callbacks = first(2, |()| panic!("done이 일부러 패닉합니다"));
    let second = callbacks.pop().expect("둘로 나누었다");
    let first = callbacks.pop().expect("둘로 나누었다");
    assert!(
        catch_unwind(AssertUnwindSafe(|| first(()))).is_err(),
        "done의 패닉은 그 콜백을 부른 쪽에 전해져야 합니다"
    );
    assert!(
        catch_unwind(AssertUnwindSafe(|| second(()))).is_ok(),
        "진 콜백은 남의 패닉에 휘말리지 않아야 합니다"
    );
}
