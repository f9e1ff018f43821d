//! 락 없이 함께 세는 코드는 컴파일되지 않는다.

#[test]
fn counting_without_a_mutex_is_rejected() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
