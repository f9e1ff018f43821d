//! 컴파일러가 막아 주는 것. 두 번 정하기, 콜백 아닌 것 걸기, 값 없이 이행하기.

#[test]
fn the_compiler_refuses() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
