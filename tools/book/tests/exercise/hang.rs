//! 멈춘 테스트의 설명. 흔한 다섯 가지 멈춤을 만들어 놓고, 무엇이라고 말하는지 본다.

use std::time::{Duration, Instant};

use crate::repo::{Repo, said};

/// 멈추는 답을 검사하고, 한 말을 돌려준다.
fn explain(body: &str) -> String {
    let repo = Repo::new();
    repo.solve("02-run", body);
    let started = Instant::now();
    let output = repo.book(&["check", "02-2", "--limit", "1"]);
    let words = said(&output);
    assert_eq!(output.status.code(), Some(1), "{words}");
    assert!(started.elapsed() < Duration::from_secs(60));
    for word in [
        "멈춤  맡긴 일이 끝난다",
        "멈춘 테스트: the_run_ends",
        "초를 기다려도 끝나지 않아",
        "통과  금방",
    ] {
        assert!(words.contains(word), "{word}: {words}");
    }
    words
}

fn says(words: &str, expected: &[&str]) {
    let flat = words.split_whitespace().collect::<Vec<_>>().join(" ");
    for word in expected {
        assert!(flat.contains(word), "{word}: {words}");
    }
}

/// 스레드가 하던 일은 Linux에서만 볼 수 있다.
fn says_on_linux(words: &str, expected: &[&str]) {
    match cfg!(target_os = "linux") {
        true => says(words, expected),
        false => says(words, &["흔한 까닭"]),
    }
}

#[test]
fn a_deadlock_of_two_mutexes() {
    let words = explain(
        r#"
use std::sync::{Arc, Barrier, Mutex};
use std::thread;

pub fn run() {
    let locks = Arc::new((Mutex::new(()), Mutex::new(())));
    let both = Arc::new(Barrier::new(2));
    let start = |turned: bool| {
        let (locks, both) = (Arc::clone(&locks), Arc::clone(&both));
        let name = if turned { "right" } else { "left" };
        let work = move || {
            let (first, second) = if turned { (&locks.1, &locks.0) } else { (&locks.0, &locks.1) };
            let _first = first.lock().unwrap();
            both.wait();
            let _second = second.lock().unwrap();
        };
        thread::Builder::new().name(name.into()).spawn(work).unwrap()
    };
    let threads = [start(false), start(true)];
    for thread in threads {
        thread.join().unwrap();
    }
}
"#,
    );
    let expected = [
        "left: 락을 기다림",
        "right: 락을 기다림",
        "테스트 스레드: 다른 스레드가 끝나기를 기다림",
        "다른 순서로 얻어 서로를 기다립니다(교착 상태)",
    ];
    says_on_linux(&words, &expected);
}

#[test]
fn a_lost_wakeup() {
    let words = explain(
        r#"
use std::sync::{Condvar, Mutex};

pub fn run() {
    let ready = (Mutex::new(()), Condvar::new());
    ready.1.notify_one();
    let guard = ready.0.lock().unwrap();
    let _guard = ready.1.wait(guard).unwrap();
}
"#,
    );
    says_on_linux(
        &words,
        &["테스트 스레드: 조건 변수를 기다림", "깨움을 놓쳤습니다"],
    );
}

#[test]
fn an_endless_loop() {
    let words = explain(
        "use std::sync::atomic::{AtomicBool, Ordering};\n\npub fn run() {\n    let stop = AtomicBool::new(false);\n    while !stop.load(Ordering::Relaxed) {}\n}\n",
    );
    says_on_linux(
        &words,
        &["테스트 스레드: 쉬지 않고 도는 중", "끝없는 반복입니다"],
    );
}

#[test]
fn a_blocked_executor() {
    let words = explain(
        r#"
use std::future::{Future, pending};
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

pub fn run() {
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    let mut future = pin!(pending::<()>());
    while let Poll::Pending = future.as_mut().poll(&mut context) {
        thread::park();
    }
}
"#,
    );
    says_on_linux(
        &words,
        &["테스트 스레드: 깨우기를 기다림", "웨이커를 남기지 않았거나"],
    );
}

#[test]
fn a_server_that_never_ends() {
    let words = explain(
        r#"
use std::net::TcpListener;

pub fn run() {
    println!("서버를 엽니다");
    let server = TcpListener::bind("127.0.0.1:0").unwrap();
    for _connection in server.incoming() {}
}
"#,
    );
    says(&words, &["서버를 엽니다"]);
    let expected = [
        "연결이나 읽을 것을 기다림 (accept)",
        "서버나 읽기 반복에 끝내는 길이",
    ];
    says_on_linux(&words, &expected);
}
