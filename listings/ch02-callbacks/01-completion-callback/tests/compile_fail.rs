//! `Pool::run`의 바운드가 막아 주는 코드. 컴파일되지 않아야 하고, 그 까닭도 기록과 같아야 한다.

#[test]
fn bounds_refuse() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
