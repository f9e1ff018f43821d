//! 상태 머신에서 컴파일러가 막아 주는 실수.

#[test]
fn the_compiler_refuses() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
