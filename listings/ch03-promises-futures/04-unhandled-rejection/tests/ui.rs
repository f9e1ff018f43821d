//! 컴파일러가 알려 주는 것과 알려 주지 않는 것. 기다리지 않고 잊은 퓨처와 `let _`.

#[test]
fn the_compiler_warns() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/ui/*.rs");
    cases.pass("tests/pass/*.rs");
}
