//! 컴파일러가 알려 주는 것. 이어 받지 않은 프로미스와 맞지 않는 사슬.

#[test]
fn the_compiler_tells() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
