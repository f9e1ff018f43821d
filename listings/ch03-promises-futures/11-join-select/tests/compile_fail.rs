//! 컴파일되지 않아야 하는 코드.

#[test]
fn futures_select_asks_for_fused_futures() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
