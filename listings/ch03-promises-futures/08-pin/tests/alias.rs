//! `PhantomPinned`가 있는 타입의 `&mut`에는 유일하다는 가정이 붙지 않는다.

use std::env::consts::EXE_SUFFIX;
use std::fs;
use std::path::Path;
use std::process::Command;

// ANCHOR: noalias
/// `name` 함수의 인수에 다른 포인터와 겹치지 않는다는 속성이 있는지.
fn is_noalias(ir: &str, name: &str) -> bool {
    let head = format!("@{name}(");
    let line = ir
        .lines()
        .find(|line| line.starts_with("define") && line.contains(&head));
    line.expect("함수가 있다").contains("noalias")
}

#[test]
fn only_a_movable_type_is_assumed_unaliased() {
    let ir = compile("tests/alias/refs.rs");
    assert!(is_noalias(&ir, "movable"));
    assert!(!is_noalias(&ir, "pinned"));
}
// ANCHOR_END: noalias

/// `source`를 최적화해 컴파일한 LLVM IR.
fn compile(source: &str) -> String {
    let rustc = Path::new(env!("CARGO")).with_file_name(format!("rustc{EXE_SUFFIX}"));
    let ir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("refs.ll");
    let status = Command::new(rustc)
        .args([
            "--edition=2024",
            "-O",
            "--emit=llvm-ir",
            "--allow=dead_code",
        ])
        .args([Path::new("-o"), &ir, Path::new(source)])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .status()
        .expect("rustc를 부른다");
    assert!(status.success());
    fs::read_to_string(ir).expect("IR을 읽는다")
}
