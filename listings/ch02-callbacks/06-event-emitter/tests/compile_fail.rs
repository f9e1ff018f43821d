//! 컴파일러가 막아 주는 것. 여러 번 불리지 못하는 콜백과, 받자마자 버린 가드.

#[test]
fn the_compiler_refuses() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
