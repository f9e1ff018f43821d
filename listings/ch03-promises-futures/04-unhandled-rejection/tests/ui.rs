//! 컴파일러가 알려 주는 것. 기다리지 않고 잊은 퓨처.

#[test]
fn the_compiler_warns() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
