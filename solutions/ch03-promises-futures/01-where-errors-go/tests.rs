//! 고치지 마세요. 여러분이 고치는 파일은 `src/lib.rs`입니다.

use std::cell::RefCell;
use std::rc::Rc;

use ch03_01_promise::{Microtasks, Promise, Resolver};
use ex03_01_where_errors_go::{Failure, price};

/// 사슬이 도는 동안 일어난 일.
#[derive(Clone, Debug, PartialEq)]
enum Event {
    AskedMirror,
    Hid,
    Ended(Result<u32, Failure>),
}

use Event::{AskedMirror, Ended, Hid};

/// 두 서버의 답을 테스트가 쥐고, 일어난 일을 차례대로 적는다.
struct Scene {
    queue: Microtasks,
    log: Rc<RefCell<Vec<Event>>>,
    main: Resolver<String, Failure>,
    mirror: Resolver<String, Failure>,
}

/// 본 서버에 물은 참이다. 아직 아무도 답하지 않았다.
fn asked() -> Scene {
    let (queue, log) = (Microtasks::default(), Rc::new(RefCell::new(Vec::new())));
    let (main_answer, main) = Promise::pending(&queue);
    let (mirror_answer, mirror) = Promise::pending(&queue);
    let note = |log: &Rc<RefCell<Vec<Event>>>| {
        let log = Rc::clone(log);
        move |event| log.borrow_mut().push(event)
    };
    let (on_mirror, on_hide, on_end) = (note(&log), note(&log), note(&log));
    let ask_mirror = move || {
        on_mirror(AskedMirror);
        mirror_answer
    };
    price(main_answer, ask_mirror, move || on_hide(Hid)).done(move |result| on_end(Ended(result)));
    queue.run();
    Scene {
        queue,
        log,
        main,
        mirror,
    }
}

/// 두 서버가 차례로 이렇게 답했을 때 일어난 일.
fn story(main: Result<&str, Failure>, mirror: Result<&str, Failure>) -> Vec<Event> {
    let scene = asked();
    scene.main.resolve(main.map(str::to_owned));
    scene.queue.run();
    scene.mirror.resolve(mirror.map(str::to_owned));
    scene.queue.run();
    scene.log.take()
}

fn down(name: &str) -> Failure {
    Failure::Down(name.to_owned())
}

fn unreadable(text: &str) -> Failure {
    Failure::Unreadable(text.to_owned())
}

/// 본 서버가 답하면 그 값이다
#[test]
fn basic_the_main_server_answers() {
    let events = story(Ok("12000"), Ok("9000"));
    assert_eq!(
        events.last(),
        Some(&Ended(Ok(12_000))),
        "본 서버가 답한 글에서 값을 읽어야 합니다"
    );
}

/// 본 서버가 거부하면 거울의 값이다
#[test]
fn basic_the_mirror_answers() {
    let events = story(Err(down("본 서버")), Ok("9000"));
    assert_eq!(
        events.last(),
        Some(&Ended(Ok(9_000))),
        "본 서버가 거부하면 거울이 답한 글에서 값을 읽어야 합니다"
    );
}

/// 본 서버가 답하면 거울에는 묻지 않는다
#[test]
fn the_mirror_is_not_asked_in_vain() {
    let events = story(Ok("12000"), Ok("9000"));
    assert!(
        !events.contains(&AskedMirror),
        "본 서버가 답했으면 거울에 물을 까닭이 없습니다"
    );
}

/// 둘 다 거부하면 본 서버의 까닭이다
#[test]
fn both_down_give_the_first_reason() {
    let events = story(Err(down("본 서버")), Err(down("거울")));
    assert_eq!(
        events.last(),
        Some(&Ended(Err(down("본 서버")))),
        "둘 다 거부하면 처음에 왜 실패했는지를 알려야 합니다"
    );
}

/// 본 서버의 글을 읽지 못했다고 거울에 묻지 않는다
#[test]
fn an_unreadable_answer_is_not_asked_again() {
    let events = story(Ok("품절"), Ok("9000"));
    assert_eq!(
        events.last(),
        Some(&Ended(Err(unreadable("품절")))),
        "답은 왔으니 그 글을 읽지 못했다고 알려야 합니다"
    );
    assert!(
        !events.contains(&AskedMirror),
        "글을 읽지 못한 것은 서버가 거부한 것이 아닙니다. 거울에 묻지 마세요"
    );
}

/// 거울의 글을 읽지 못하면 그렇다고 알린다
#[test]
fn an_unreadable_mirror_says_so() {
    let events = story(Err(down("본 서버")), Ok("품절"));
    assert_eq!(
        events.last(),
        Some(&Ended(Err(unreadable("품절")))),
        "거울은 답했습니다. 본 서버의 까닭으로 바꾸면 읽지 못한 것을 아무도 모릅니다"
    );
}

/// 거울의 답을 기다리는 동안 표시가 켜져 있다
#[test]
fn the_mark_stays_while_the_mirror_is_asked() {
    let scene = asked();
    assert_eq!(
        *scene.log.borrow(),
        [],
        "아직 본 서버도 답하지 않았으니 아무 일도 없어야 합니다"
    );
    scene.main.resolve(Err(down("본 서버")));
    scene.queue.run();
    assert_eq!(
        *scene.log.borrow(),
        [AskedMirror],
        "거울의 답을 기다리는 동안에는 표시를 끄지 않습니다"
    );
    scene.mirror.resolve(Ok("9000".to_owned()));
    scene.queue.run();
    assert_eq!(
        *scene.log.borrow(),
        [AskedMirror, Hid, Ended(Ok(9_000))],
        "거울이 답하면 표시를 끈 다음에 값을 알려야 합니다"
    );
}

/// 어떻게 끝나든 표시를 한 번 끄고 나서 알린다
#[test]
fn the_mark_goes_off_once_whatever_happens() {
    for main in [Ok("12000"), Ok("품절"), Err(down("본 서버"))] {
        for mirror in [Ok("9000"), Ok("품절"), Err(down("거울"))] {
            let mut events = story(main.clone(), mirror.clone());
            events.retain(|event| *event != AskedMirror);
            assert!(
                matches!(events[..], [Hid, Ended(_)]),
                "본 서버가 {main:?}, 거울이 {mirror:?}일 때: 표시를 한 번 끄고 나서 결과를 한 번 알려야 합니다. 일어난 일: {events:?}"
            );
        }
    }
}
