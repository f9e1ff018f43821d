//! 컴파일러가 거절하는 코드와 그 까닭.

#[test]
fn the_compiler_refuses() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
