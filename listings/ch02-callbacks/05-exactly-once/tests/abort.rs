//! 되감는 중의 가드가 패닉을 흘리면 프로세스가 중단된다. 자식 프로세스에서 돌려 본다.

use std::any::Any;
use std::env;
use std::panic::catch_unwind;
use std::process::{Command, Output};

use ch02_05_exactly_once::{Abandoned, Completer};

// ANCHOR: leaky
/// 콜백의 패닉을 붙잡지 않는 가드.
struct Leaky<F: FnOnce()>(Option<F>);

impl<F: FnOnce()> Drop for Leaky<F> {
    fn drop(&mut self) {
        if let Some(callback) = self.0.take() {
            callback();
        }
    }
}
// ANCHOR_END: leaky

/// 자식이 할 일을 적은 환경 변수. 없으면 자식의 테스트는 아무것도 하지 않는다.
const ROLE: &str = "EXACTLY_ONCE_CHILD";

// ANCHOR: child
/// 패닉하는 콜백을 가드에 쥐여 놓고 패닉한다. 자식 프로세스에서만 돈다.
#[test]
fn child() {
    let Ok(role) = env::var(ROLE) else { return };
    let callback = || panic!("콜백도 넘어졌다");
    let caught = catch_unwind(|| {
        let _guard: Box<dyn Any> = match role.as_str() {
            "leaky" => Box::new(Leaky(Some(callback))),
            _ => Box::new(Completer::new(move |_: Result<(), Abandoned>| callback())),
        };
        panic!("일이 넘어졌다");
    });
    assert!(caught.is_err());
}
// ANCHOR_END: child

// ANCHOR: abort
fn run_child(role: &str) -> Output {
    let mut child = Command::new(env::current_exe().unwrap());
    child.args(["--exact", "child"]).env(ROLE, role);
    child.output().unwrap()
}

#[test]
fn only_a_guard_that_contains_the_panic_survives_unwinding() {
    assert!(run_child("completer").status.success());
    let leaky = run_child("leaky");
    assert!(!leaky.status.success());
    let stderr = String::from_utf8_lossy(&leaky.stderr);
    assert!(stderr.contains("panic in a destructor during cleanup"));
}
// ANCHOR_END: abort
