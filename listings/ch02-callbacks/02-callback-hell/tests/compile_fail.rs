//! 컴파일러가 막아 주는 실수와 말없이 지나가는 실수.

#[test]
fn what_the_compiler_sees() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/ui/borrowed_shop.rs");
    cases.compile_fail("tests/ui/borrowed_user.rs");
    cases.compile_fail("tests/ui/question_mark.rs");
    cases.compile_fail("tests/ui/done_never_used.rs");
    cases.pass("tests/ui/done_missing_on_one_path.rs");
}
