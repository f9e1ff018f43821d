//! 가짜 배달원으로 본 꼴마다의 동작과 약속.

use std::cell::{Cell, RefCell};

use super::*;
use crate::shared::SharedMailer;

// ANCHOR: mock
/// 부탁받은 것을 적기만 하는 배달원. `RefCell`이라 한 스레드에서만 쓴다.
#[derive(Default)]
struct Recorder {
    asked: RefCell<Vec<String>>,
}

impl Mailer for Recorder {
    async fn send(&self, to: &str, text: &str) -> Result<u32, Bounced> {
        self.asked.borrow_mut().push(format!("{to}: {text}"));
        if to == "없는 사람" {
            Err(Bounced)
        } else {
            Ok(1)
        }
    }
}
// ANCHOR_END: mock

// ANCHOR: mock_test
#[test]
fn a_welcome_is_one_mail() {
    let recorder = Recorder::default();
    let receipt = block_on(welcome(&recorder, "하나"));
    assert_eq!(receipt.as_deref(), Ok("하나에게 보낸 1번 메일"));
    assert_eq!(*recorder.asked.borrow(), ["하나: 어서 오세요"]);
}
// ANCHOR_END: mock_test

#[test]
fn a_bounce_reaches_the_caller() {
    assert_eq!(
        block_on(welcome(&Recorder::default(), "없는 사람")),
        Err(Bounced)
    );
}

/// 정적인 트레이트 하나만 구현해도 트레이트 객체가 된다.
struct Bouncing;

impl SharedMailer for Bouncing {
    async fn send(&self, _to: &str, _text: &str) -> Result<u32, Bounced> {
        Err(Bounced)
    }
}

#[test]
fn an_object_needs_no_sync() {
    /// `Sync`가 아니지만, 기다리는 동안 `self`를 쥐지 않아 퓨처는 `Send`이다.
    struct Counter(Cell<u32>);
    impl SharedMailer for Counter {
        fn send(&self, _: &str, _: &str) -> impl Future<Output = Result<u32, Bounced>> + Send {
            self.0.set(self.0.get() + 1);
            std::future::ready(Ok(self.0.get()))
        }
    }
    let mailer: Box<dyn DynMailer> = Box::new(Counter(Cell::new(0)));
    assert_eq!(block_on(mailer.send("하나", "소식")), Ok(1));
}

#[test]
fn a_shared_mailer_is_an_object_too() {
    let mailers: [Box<dyn DynMailer + Sync>; 3] = [
        Box::new(Post::default()),
        Box::new(Bouncing),
        Box::new(Pretend),
    ];
    let future = send_all(&mailers, "하나");
    fn can_cross(_: &impl Send) {}
    can_cross(&future);
    assert_eq!(block_on(future), [1, 0]);
}

// ANCHOR: box_tests
#[test]
fn every_call_has_its_own_box() {
    let post = Post::default();
    let by_hand: Vec<_> = (0..3)
        .map(|_| DynMailer::send(&post, "하나", "소식"))
        .collect();
    let by_macro: Vec<_> = (0..3)
        .map(|_| MacroMailer::send(&post, "하나", "소식"))
        .collect();
    assert_eq!([count_boxes(&by_hand), count_boxes(&by_macro)], [3, 3]);
}

#[test]
fn a_boxed_future_is_two_pointers_whoever_sends() {
    let post = Post::default();
    let [hand, slow] = sizes(&DynMailer::send(&post, "하나", "소식"));
    let [other_hand, quick] = sizes(&DynMailer::send(&Pretend, "하나", "소식"));
    assert_eq!([hand, other_hand], [2 * size_of::<usize>(); 2]);
    assert!(slow > quick);
    assert!(size_of_val(&welcome(&post, "")) > size_of_val(&welcome(&Pretend, "")));
}
// ANCHOR_END: box_tests

// ANCHOR: tokio
#[tokio::test]
async fn tokio_takes_what_promises_send() {
    let tasks =
        ["하나", "두리"].map(|name| tokio::spawn(invite(Post::default(), String::from(name))));
    for task in tasks {
        assert!(task.await.expect("패닉하지 않는다").is_ok());
    }
}

#[tokio::test]
async fn a_local_set_takes_the_rest() {
    let local = tokio::task::LocalSet::new();
    let task = local.spawn_local(async { welcome(&Recorder::default(), "하나").await });
    local.await;
    assert!(task.await.expect("패닉하지 않는다").is_ok());
}
// ANCHOR_END: tokio

// ANCHOR: concrete
#[test]
fn a_concrete_future_shows_its_send_without_a_promise() {
    // 타입을 알면 컴파일러가 속을 본다. 약속이 없어도 옮길 수 있다.
    let [_, receipt] = hop(async { welcome(&Post::default(), "하나").await });
    assert_eq!(receipt, "Ok(\"하나에게 보낸 1번 메일\")");
}
// ANCHOR_END: concrete

#[test]
fn a_local_store_needs_no_send() {
    struct Notes(RefCell<Vec<u32>>);
    impl Store for Notes {
        async fn name(&self, user_id: u32) -> Option<String> {
            self.0.borrow_mut().push(user_id);
            None
        }
    }
    let notes = Notes(RefCell::default());
    assert_eq!(block_on(notes.name(7)), None);
    assert_eq!(*notes.0.borrow(), [7]);
}

#[test]
fn depths_agree() {
    for depth in 0..20 {
        assert_eq!(block_on(count(depth)), depth);
    }
}

#[test]
fn a_held_guard_shuts_out_the_other_task() {
    assert!(!block_on(is_free_meanwhile(&3.into())));
    assert_eq!(block_on(wait_meanwhile(&3.into())), 3);
}
