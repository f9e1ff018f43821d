//! 코드의 모양을 센다. 쪽에 적힌 수가 여기서 나온다.

/// 코드의 가장 깊은 들여쓰기, 손으로 쓴 오류 가지의 수, `Arc::clone`의 수.
fn shape(code: &str) -> (usize, usize, usize) {
    let indent = |line: &str| (line.len() - line.trim_start().len()) / 4;
    let depth = code.lines().map(indent).max().expect("코드가 비지 않았다");
    let branches = code.matches("Err(error) => done(Err(error)),").count();
    (depth, branches, code.matches("Arc::clone").count())
}

fn between_anchors<'a>(source: &'a str, name: &str) -> &'a str {
    let (_, rest) = source
        .split_once(&format!("// ANCHOR: {name}\n"))
        .expect("앵커가 있다");
    rest.split_once("// ANCHOR_END").expect("앵커가 닫힌다").0
}

// ANCHOR: counts
#[test]
fn only_gathering_saves_error_branches() {
    let main = include_str!("../src/main.rs");
    assert_eq!(shape(between_anchors(main, "lossy")), (6, 3, 3));
    assert_eq!(shape(between_anchors(main, "nested")), (5, 4, 3));
    assert_eq!(shape(include_str!("../src/flat.rs")), (3, 4, 3));
    assert_eq!(shape(include_str!("../src/gathered.rs")), (3, 1, 3));
}
// ANCHOR_END: counts
