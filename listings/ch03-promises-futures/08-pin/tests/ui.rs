//! 컴파일러가 막아 주는 것. 옮기려는 시도와 고정하지 않은 폴링.

#[test]
fn the_compiler_refuses() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
