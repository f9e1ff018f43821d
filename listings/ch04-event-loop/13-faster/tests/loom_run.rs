//! 보통의 `cargo test`에서도 모델을 돌린다. loom은 기능으로 갈라 두었으므로 따로 짓는다.
#![cfg(not(feature = "loom"))]

use std::path::Path;
use std::process::Command;

// ANCHOR: nested
#[test]
fn the_models_hold() {
    // 타깃 폴더도 따로 쓴다. 같은 폴더를 쓰면 기능이 바뀔 때마다 서로의 것을 다시 짓는다.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("loom");
    let run = Command::new(env!("CARGO"))
        .args(["test", "--package", env!("CARGO_PKG_NAME"), "--release"])
        .args(["--features", "loom", "--lib", "--target-dir"])
        .arg(target)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo를 부를 수 있다");
    let (out, err) = (String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    assert!(run.status.success(), "{out}\n{err}");
    assert!(out.contains("test result: ok. 9 passed"), "{out}\n{err}");
}
// ANCHOR_END: nested
