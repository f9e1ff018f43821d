//! 테스트의 소스. 무엇을 보는 테스트인지, 왜 실패했는지를 독자에게 말하는지 본다.

use std::path::Path;
use std::sync::LazyLock;

use anyhow::Result;
use regex::Regex;

use super::shape::has_hangul;
use crate::Problem;
use crate::exercise::master::Exercise;
use crate::exercise::trial;
use crate::exercise::wrong::NAIVE;

static TEST: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?m)^#\[test\]\nfn (\w+)\(").expect("옳은 정규식"));
static ASSERT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\bassert(?:_eq|_ne)?!\(").expect("옳은 정규식"));

/// 문제 하나의 `tests.rs`에서 찾은 문제.
pub(super) fn check(root: &Path, exercise: &Exercise, problems: &mut Vec<Problem>) -> Result<()> {
    let file = exercise.master_dir().join("tests.rs");
    let source = exercise.read_master(root, "tests.rs")?;
    let mut wrong = |at: usize, message: String| {
        problems.push(Problem::new(
            &file,
            crate::page::line_of(&source, at),
            message,
        ));
    };
    let names: Vec<(usize, &str)> = TEST
        .captures_iter(&source)
        .filter_map(|found| found.get(1))
        .map(|name| (name.start(), name.as_str()))
        .collect();
    let naive = names
        .iter()
        .filter(|(_, name)| name.starts_with(NAIVE))
        .count();
    if naive == 0 || naive == names.len() {
        wrong(
            0,
            format!("{NAIVE}로 시작하는 테스트와 그렇지 않은 테스트가 모두 있어야 합니다"),
        );
    }
    for (at, name) in &names {
        if !trial::title(&source, name).is_some_and(|title| has_hangul(&title)) {
            wrong(*at, format!("테스트에 문서 주석이 없습니다: {name}"));
        }
    }
    for found in ASSERT.find_iter(&source) {
        if !has_hangul(call(&source[found.end()..])) {
            wrong(
                found.start(),
                "무엇을 바랐고 왜인지 말하지 않는 단언입니다".to_owned(),
            );
        }
    }
    for word in ["sleep(", "#[ignore", "should_panic"] {
        if let Some(at) = source.find(word) {
            wrong(at, format!("연습문제의 테스트에는 쓰지 않습니다: {word}"));
        }
    }
    Ok(())
}

/// 여는 괄호 뒤부터 짝이 맞는 닫는 괄호까지.
fn call(text: &str) -> &str {
    let mut depth = 1;
    let end = text.char_indices().find(|(_, c)| {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        depth == 0
    });
    end.map_or(text, |(at, _)| &text[..at])
}

#[cfg(test)]
mod unit {
    use super::*;

    #[test]
    fn a_call_ends_at_its_own_bracket() {
        assert_eq!(call("a(b), \"다\"); c("), "a(b), \"다\"");
    }
}
