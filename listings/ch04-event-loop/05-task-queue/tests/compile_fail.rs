//! 컴파일되지 않아야 하는 코드.
#![cfg(not(feature = "loom"))]

#[test]
fn an_rc_may_not_be_an_output() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
