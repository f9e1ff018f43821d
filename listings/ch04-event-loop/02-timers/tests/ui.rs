//! 컴파일러가 막아 주는 것. 꺼내는 도중의 취소.

#[test]
fn the_compiler_refuses() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
