//! 컴파일러가 막아 주는 것. 한 소켓을 둘이 기다리기.

#[test]
fn the_compiler_refuses() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
