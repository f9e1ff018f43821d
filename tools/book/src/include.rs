//! 쪽에 들어오는 파일. mdBook은 없는 파일과 모르는 앵커를 그냥 지나치므로 여기에서 먼저 찾는다.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use regex::Regex;

use crate::book_dir::normalize;
use crate::nearest;

static ANCHOR: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"ANCHOR(_END)?:\s*([\w-]+)").expect("옳은 정규식"));

/// `{{#include 경로:앵커}}`가 가리키는 것.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// 저장소 뿌리에서 본 파일.
    pub file: PathBuf,
    /// 앵커의 이름. 없으면 파일 전체.
    pub anchor: Option<String>,
}

/// 쪽 `page`에 적힌 `argument`를 푼다. 경로는 쪽이 있는 폴더에서 본 것이다.
pub fn target(page: &Path, argument: &str) -> Target {
    let (path, anchor) = match argument.split_once(':') {
        Some((path, anchor)) => (path, Some(anchor.to_owned())),
        None => (argument, None),
    };
    let dir = page.parent().unwrap_or(Path::new(""));
    Target {
        file: normalize(&dir.join(path)),
        anchor,
    }
}

/// 가리키는 줄들을 돌려준다. 앵커 표시가 있는 줄은 빠진다.
///
/// # Errors
///
/// 파일이 없거나, 앵커가 없거나, 앵커가 닫히지 않았으면 한 줄의 한국어 설명을 돌려준다.
pub fn resolve(root: &Path, target: &Target) -> Result<String, String> {
    let shown = target.file.display();
    let text = fs::read_to_string(root.join(&target.file))
        .map_err(|_| format!("넣으려는 파일이 없습니다: {shown}"))?;
    let Some(anchor) = &target.anchor else {
        return Ok(text);
    };
    if anchor.is_empty() || anchor.starts_with(|c: char| c.is_ascii_digit()) {
        return Err(format!(
            "줄 번호로는 넣지 않습니다: {shown}:{anchor} (파일이 바뀌면 어긋납니다. 앵커를 쓰세요)"
        ));
    }
    anchored(&text, anchor).map_err(|missing| match missing {
        Missing::Start => format!(
            "없는 앵커입니다: {shown}:{anchor}{}",
            suggestion(&text, anchor)
        ),
        Missing::End => {
            format!("앵커가 닫히지 않았습니다: {shown}에 ANCHOR_END: {anchor}가 없습니다")
        }
    })
}

enum Missing {
    Start,
    End,
}

fn anchored(text: &str, wanted: &str) -> Result<String, Missing> {
    let mut inside = false;
    let mut found = false;
    let mut out = String::new();
    for line in text.lines() {
        match ANCHOR.captures(line) {
            Some(mark) if &mark[2] == wanted => {
                inside = mark.get(1).is_none();
                found = true;
            }
            Some(_) => {}
            None if inside => {
                out.push_str(line);
                out.push('\n');
            }
            None => {}
        }
    }
    match (found, inside) {
        (false, _) => Err(Missing::Start),
        (true, true) => Err(Missing::End),
        (true, false) => Ok(out),
    }
}

fn suggestion(text: &str, wanted: &str) -> String {
    let names: Vec<&str> = ANCHOR
        .captures_iter(text)
        .filter(|mark| mark.get(1).is_none())
        .map(|mark| mark.get(2).expect("늘 있다").as_str())
        .collect();
    match nearest(wanted, names.iter().copied()) {
        Some(near) => format!(" 비슷한 이름: {near}."),
        None if names.is_empty() => " (이 파일에는 앵커가 하나도 없습니다)".to_owned(),
        None => format!(" (있는 것: {})", names.join(", ")),
    }
}

/// 앵커 표시 줄을 뺀 파일 전체. 숨긴 줄까지 펼친 발췌와 같아야 한다.
pub fn without_marks(text: &str) -> String {
    text.lines()
        .filter(|line| !ANCHOR.is_match(line))
        .flat_map(|line| [line, "\n"])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "a\n// ANCHOR: one\nb\n// ANCHOR: two\nc\n// ANCHOR_END: two\n// ANCHOR_END: one\nd\n// ANCHOR: open\ne\n";

    fn lines(anchor: &str) -> Option<String> {
        anchored(TEXT, anchor).ok()
    }

    #[test]
    fn anchors_nest_and_their_marks_are_left_out() {
        assert_eq!(lines("one").as_deref(), Some("b\nc\n"));
        assert_eq!(lines("two").as_deref(), Some("c\n"));
        assert_eq!(without_marks(TEXT), "a\nb\nc\nd\ne\n");
    }

    #[test]
    fn unknown_and_unclosed_anchors_are_told_apart() {
        assert!(matches!(anchored(TEXT, "onn"), Err(Missing::Start)));
        assert!(matches!(anchored(TEXT, "open"), Err(Missing::End)));
        assert!(suggestion(TEXT, "onn").contains("비슷한 이름: one."));
    }

    #[test]
    fn paths_are_read_from_the_page() {
        let found = target(Path::new("src/ch02/01.md"), "../../listings/a/main.rs:x");
        assert_eq!(found.file, Path::new("listings/a/main.rs"));
        assert_eq!(found.anchor.as_deref(), Some("x"));
    }
}
