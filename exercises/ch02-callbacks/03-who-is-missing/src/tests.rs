//! 고치지 마세요. 여러분이 고치는 파일은 `src/lib.rs`입니다.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, Receiver};
use std::thread;

use ex02_03_who_is_missing::{Answers, Callback, gather};

/// `done`이 받은 것을 모두 적는 모으기.
fn recorded(names: &[&str]) -> (Vec<Callback<u32>>, Receiver<Answers<u32>>) {
    let (tell, told) = mpsc::channel();
    let callbacks = gather(names, move |answers| {
        tell.send(answers).expect("테스트가 듣는다");
    });
    assert_eq!(
        callbacks.len(),
        names.len(),
        "이름마다 콜백이 하나씩 있어야 합니다"
    );
    (callbacks, told)
}

fn pairs(answers: &[(&str, Option<u32>)]) -> Vec<Answers<u32>> {
    let pair = |(name, answer): &(&str, Option<u32>)| ((*name).to_owned(), *answer);
    vec![answers.iter().map(pair).collect()]
}

/// 모두 답하면 모은 답이 온다
#[test]
fn basic_all_answers_come() {
    let (callbacks, told) = recorded(&["강남", "부산"]);
    for (callback, count) in callbacks.into_iter().zip([3, 5]) {
        assert_eq!(told.try_iter().count(), 0, "아직 모두 답하지 않았습니다");
        callback(count);
    }
    assert_eq!(
        told.try_iter().collect::<Vec<_>>(),
        pairs(&[("강남", Some(3)), ("부산", Some(5))]),
        "마지막 답이 오면 곧바로 done을 한 번 불러야 합니다"
    );
}

/// 답이 오는 차례와 상관없이 이름의 차례이다
#[test]
fn answers_stand_in_the_order_of_names() {
    let (mut callbacks, told) = recorded(&["강남", "부산", "광주"]);
    callbacks.remove(2)(9);
    callbacks.remove(0)(3);
    callbacks.remove(0)(5);
    assert_eq!(
        told.try_iter().collect::<Vec<_>>(),
        pairs(&[("강남", Some(3)), ("부산", Some(5)), ("광주", Some(9))]),
        "답은 온 차례가 아니라 이름의 차례대로 모여야 합니다"
    );
}

/// 버려진 콜백은 답하지 않은 것이다
#[test]
fn a_dropped_callback_is_missing() {
    let (mut callbacks, told) = recorded(&["강남", "부산"]);
    drop(callbacks.remove(0));
    assert_eq!(
        told.try_iter().count(),
        0,
        "부산의 콜백이 아직 남아 있습니다"
    );
    callbacks.remove(0)(5);
    assert_eq!(
        told.try_iter().collect::<Vec<_>>(),
        pairs(&[("강남", None), ("부산", Some(5))]),
        "불리지 않고 버려진 콜백의 이름에는 None이 있어야 합니다"
    );
}

/// 마지막 콜백이 버려져도 done은 불린다
#[test]
fn the_last_one_may_be_dropped() {
    let (mut callbacks, told) = recorded(&["강남", "부산"]);
    callbacks.remove(0)(3);
    drop(callbacks);
    assert_eq!(
        told.try_iter().collect::<Vec<_>>(),
        pairs(&[("강남", Some(3)), ("부산", None)]),
        "더 올 답이 없으면 done을 불러야 합니다"
    );
}

/// 일이 패닉해서 버려진 콜백도 답하지 않은 것이다
#[test]
fn a_panicking_work_is_missing() {
    let (mut callbacks, told) = recorded(&["강남", "부산"]);
    let lost = callbacks.remove(0);
    let work = thread::spawn(move || {
        let _callback = lost;
        panic!("재고를 읽다가 일부러 패닉합니다");
    });
    assert!(work.join().is_err(), "이 일은 패닉해야 합니다");
    callbacks.remove(0)(5);
    assert_eq!(
        told.try_iter().collect::<Vec<_>>(),
        pairs(&[("강남", None), ("부산", Some(5))]),
        "되감는 동안 버려진 콜백도 세어야 합니다"
    );
}

/// 같은 이름이 두 번 나와도 답은 따로이다
#[test]
fn the_same_name_twice_is_two_requests() {
    let (callbacks, told) = recorded(&["강남", "강남"]);
    for (callback, count) in callbacks.into_iter().zip([1, 2]) {
        callback(count);
    }
    assert_eq!(
        told.try_iter().collect::<Vec<_>>(),
        pairs(&[("강남", Some(1)), ("강남", Some(2))]),
        "이름이 같아도 요청은 둘입니다"
    );
}

/// 물을 곳이 없으면 곧바로 빈 목록이 온다
#[test]
fn no_names_are_done_at_once() {
    let (callbacks, told) = recorded(&[]);
    assert_eq!(
        told.try_iter().collect::<Vec<_>>(),
        [Vec::new()],
        "기다릴 것이 없으면 gather가 돌아오기 전에 done이 불려야 합니다"
    );
    drop(callbacks);
}

/// done이 패닉해도 한 번만 불린다
#[test]
fn a_panic_in_done_is_not_repeated() {
    let (tell, told) = mpsc::channel();
    let mut callbacks = gather(&["강남"], move |_: Answers<u32>| {
        tell.send(()).expect("테스트가 듣는다");
        panic!("done이 일부러 패닉합니다");
    });
    let last = callbacks.remove(0);
    let _ = catch_unwind(AssertUnwindSafe(|| last(1)));
    assert_eq!(
        told.try_iter().count(),
        1,
        "되감는 동안 done을 다시 부르면 안 됩니다"
    );
}

/// 되감는 중에 불린 done이 패닉해도 프로세스는 중단되지 않는다
#[test]
fn a_panic_in_done_while_unwinding_is_contained() {
    let (tell, told) = mpsc::channel();
    let mut callbacks = gather(&["강남"], move |_: Answers<u32>| {
        tell.send(()).expect("테스트가 듣는다");
        panic!("done이 일부러 패닉합니다");
    });
    let last = callbacks.remove(0);
    let work = thread::spawn(move || {
        let _callback = last;
        panic!("재고를 읽다가 일부러 패닉합니다");
    });
    assert!(work.join().is_err(), "이 일은 패닉해야 합니다");
    assert_eq!(
        told.try_iter().count(),
        1,
        "일이 패닉해서 마지막 콜백이 버려졌으니 done을 한 번 불러야 합니다"
    );
}
