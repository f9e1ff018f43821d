//! 커널에 맡긴 버퍼는 돌려받기 전에 쓸 수 없다.
#![cfg(unix)]

#[test]
fn the_compiler_refuses() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
