//! 보통의 `cargo test`에서도 두 도구를 돌린다. 기능으로 갈라 두었으므로 따로 짓는다.
#![cfg(not(any(feature = "loom", feature = "shuttle")))]

use std::path::Path;
use std::process::Command;

/// `tool` 기능만 켜고 `tests/{file}.rs`를 돌린다.
fn run_with(tool: &str, file: &str, passed: &str) {
    // 타깃 폴더도 따로 쓴다. 같은 폴더를 쓰면 기능이 바뀔 때마다 서로의 것을 다시 짓는다.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name(tool);
    let run = Command::new(env!("CARGO"))
        .args(["test", "--package", env!("CARGO_PKG_NAME"), "--release"])
        .args(["--no-default-features", "--features", tool])
        .args(["--test", file, "--target-dir"])
        .arg(target)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo를 부를 수 있다");
    let (out, err) = (
        String::from_utf8_lossy(&run.stdout),
        String::from_utf8_lossy(&run.stderr),
    );
    assert!(run.status.success(), "{out}\n{err}");
    let line = format!("test result: ok. {passed} passed");
    assert!(out.contains(&line), "{out}\n{err}");
}

#[test]
fn loom_agrees() {
    run_with("loom", "models", "13");
}

#[test]
fn shuttle_agrees() {
    run_with("shuttle", "explore", "9");
}
