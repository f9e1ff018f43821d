//! 컴파일러가 막아 주는 것. 결과를 두 번 받기.
#![cfg(not(feature = "loom"))]

#[test]
fn the_compiler_refuses() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
