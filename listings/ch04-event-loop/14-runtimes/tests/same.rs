//! 네 런타임에서 프로그램이 같은 일을 하고, 다르다고 적은 것만 다르다.

use ch04_14_runtimes::RUNTIMES;

#[test]
fn every_runtime_tells_the_same_story() {
    let expected = (RUNTIMES[0].tell)();
    assert_eq!(expected.len(), 17);
    assert_eq!(expected[16], "라온: 끊김");
    for runtime in RUNTIMES {
        for _ in 0..20 {
            assert_eq!((runtime.tell)(), expected, "{}", runtime.name);
        }
    }
}

/// 런타임마다, 이름과 물음의 답.
fn ask<T>(question: impl Fn(&ch04_14_runtimes::Runtime) -> T) -> Vec<(&'static str, T)> {
    let answers = RUNTIMES.iter().map(|one| (one.name, question(one)));
    answers.collect()
}

#[test]
fn only_smol_cancels_a_task_whose_handle_is_dropped() {
    let found = ask(|runtime| (runtime.runs_without_handle)());
    assert_eq!(
        found,
        [
            ("미니 런타임", true),
            ("tokio", true),
            ("smol", false),
            ("async-std", true)
        ]
    );
}

#[test]
fn a_panic_is_an_error_in_two_and_goes_on_in_two() {
    let found = ask(|runtime| (runtime.panic_becomes_error)());
    assert_eq!(
        found,
        [
            ("미니 런타임", true),
            ("tokio", true),
            ("smol", false),
            ("async-std", false)
        ]
    );
    for (name, survives) in ask(|runtime| (runtime.survives_unheard_panic)()) {
        assert!(survives, "{name}");
    }
}

// ANCHOR: budget
#[test]
fn only_tokio_interrupts_a_busy_task() {
    for (runtime, expected) in RUNTIMES.iter().zip([1_000, 64, 1_000]) {
        assert_eq!((runtime.turns_before_other)(), expected, "{}", runtime.name);
    }
}
// ANCHOR_END: budget

#[test]
#[should_panic(expected = "there is no reactor running")]
fn a_tokio_socket_does_not_open_on_another_runtime() {
    _ = ch04_10_mini_runtime::block_on(tokio::net::TcpListener::bind(("127.0.0.1", 0)));
}

#[test]
fn a_tokio_channel_works_on_another_runtime() {
    let heard = ch04_10_mini_runtime::block_on(async {
        let (sender, mut receiver) = tokio::sync::mpsc::channel(1);
        _ = ch04_10_mini_runtime::spawn(async move { sender.send(7).await });
        receiver.recv().await
    });
    assert_eq!(heard, Some(7));
}

#[test]
fn tokio_and_async_std_take_only_futures_that_are_send() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/ui/*.rs");
}
