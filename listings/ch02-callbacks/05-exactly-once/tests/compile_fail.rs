//! 타입이 막아 주는 두 번째 호출. 컴파일되지 않아야 하고, 그 까닭도 기록과 같아야 한다.

#[test]
fn a_second_answer_does_not_compile() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
