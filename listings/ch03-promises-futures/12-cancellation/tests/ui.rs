//! 컴파일러가 막아 주는 것. 표준 뮤텍스의 가드를 await 너머로 쥐기.

#[test]
fn the_compiler_refuses() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
