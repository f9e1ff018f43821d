//! 쪽의 `{{#exercises}}`. 장의 연습문제를 원본에서 만들어 보인다.
//!
//! 힌트와 풀이와 틀린 답은 접어 둔다. 손으로 옮겨 적는 것이 없으므로 원본과 어긋나지 않는다.

use std::path::{Path, PathBuf};

use anyhow::Result;
use similar::TextDiff;

use super::master::{self, Exercise};
use super::wrong::{self, Wrong};
use crate::caption::Caption;
use crate::check::Book;
use crate::include::Target;
use crate::measured::escape;

/// 틀린 답에서 풀이와 다른 곳의 앞뒤로 보일 줄의 수.
const AROUND: usize = 4;

/// 쪽 `page`의 장에 있는 연습문제 전부.
///
/// # Errors
///
/// 원본을 읽을 수 없거나 장에 연습문제가 없으면 한 줄의 설명을 돌려준다.
pub fn expand(book: &Book, page: &Path) -> Result<String, String> {
    let chapter = chapter_of(page);
    let all = master::all(&book.root).map_err(|error| format!("{error:#}"))?;
    let parts: Vec<String> = all
        .iter()
        .filter(|exercise| exercise.chapter == chapter)
        .map(|exercise| one(book, exercise))
        .collect::<Result<_>>()
        .map_err(|error| format!("{error:#}"))?;
    match parts.is_empty() {
        true => Err(format!("이 장에는 연습문제가 없습니다: {chapter}")),
        false => Ok(parts.concat()),
    }
}

/// 쪽 `page`에 이 앵커의 연습문제가 있으면 참.
pub fn has_anchor(root: &Path, page: &Path, anchor: &str) -> bool {
    let chapter = chapter_of(page);
    page.ends_with("exercises.md")
        && master::all(root).is_ok_and(|all| {
            all.iter()
                .any(|exercise| exercise.chapter == chapter && anchor_of(exercise) == anchor)
        })
}

fn chapter_of(page: &Path) -> String {
    let dir = page.parent().and_then(Path::file_name).unwrap_or_default();
    dir.to_string_lossy().into_owned()
}

fn anchor_of(exercise: &Exercise) -> String {
    format!("ex-{}", exercise.id)
}

fn one(book: &Book, exercise: &Exercise) -> Result<String> {
    let root = &book.root;
    let Exercise { id, meta, .. } = exercise;
    let mut out = format!(
        "## {id} {} {{#{}}}\n\n<p class=\"exercise\" data-exercise=\"{}\">\
         {} · 약 {}분 · <a href=\"{}.html\">{}</a></p>\n\n{}\n\n",
        meta.title,
        anchor_of(exercise),
        exercise.package(),
        meta.level,
        meta.minutes,
        meta.after,
        section_title(book, exercise),
        exercise.task(root)?.trim(),
    );
    out.push_str(&format!(
        "`{}`를 고칩니다. 아래 명령을 켜 두면 저장할 때마다 검사합니다.\n\n```console\n$ cargo book watch {id}\n```\n\n",
        exercise.lib().display(),
    ));
    for (at, hint) in meta.hints.iter().enumerate() {
        out.push_str(&fold(&format!("힌트 {}", at + 1), hint.trim()));
    }
    let why = exercise.read_master(root, "README.md")?;
    let solution = exercise.read_master(root, "src/lib.rs")?;
    let path = exercise.master_dir().join("src/lib.rs");
    out.push_str(&fold(
        "풀이",
        &format!(
            "{}\n\n{}",
            why.trim(),
            code(book, path, without_task(&solution))
        ),
    ));
    for (at, wrong) in wrong::all(root, exercise)?.iter().enumerate() {
        out.push_str(&fold(
            &format!("틀린 답 {}", at + 1),
            &wrong_answer(book, wrong, &solution),
        ));
    }
    Ok(out)
}

/// 먼저 읽을 절의 제목.
fn section_title(book: &Book, exercise: &Exercise) -> String {
    let file = exercise.section();
    let page = book.pages.iter().find(|page| page.file == file);
    let title = page.and_then(|page| page.text.lines().find_map(|line| line.strip_prefix("# ")));
    escape(title.unwrap_or(&exercise.meta.after))
}

/// 과제는 이미 위에 있으므로 풀이의 머리 주석은 되풀이하지 않는다.
fn without_task(solution: &str) -> &str {
    let mut rest = solution;
    while rest.starts_with("//!") {
        rest = rest.split_once('\n').map_or("", |(_, rest)| rest);
    }
    rest.trim_start_matches('\n')
}

fn wrong_answer(book: &Book, wrong: &Wrong, solution: &str) -> String {
    let tests: Vec<String> = wrong
        .caught_by
        .iter()
        .map(|caught| match caught.hangs {
            true => format!("`{}`(멈춤)", caught.test),
            false => format!("`{}`", caught.test),
        })
        .collect();
    format!(
        "{}\n\n이 답을 잡는 테스트는 {}입니다. 풀이와 다른 곳만 보입니다.\n\n{}",
        wrong.why,
        tests.join(", "),
        code(
            book,
            wrong.path.clone(),
            &differing(without_task(solution), &wrong.code)
        )
    )
}

/// 풀이와 다른 곳과 그 둘레. 같은 곳까지 되풀이하면 무엇이 틀렸는지 찾기 어렵다.
fn differing(solution: &str, wrong: &str) -> String {
    let lines: Vec<&str> = wrong.lines().collect();
    let diff = TextDiff::from_lines(solution, wrong);
    let groups = diff.grouped_ops(AROUND);
    let excerpts: Vec<String> = groups
        .iter()
        .filter_map(|group| {
            let (first, last) = (group.first()?, group.last()?);
            let shown = lines.get(first.new_range().start..last.new_range().end)?;
            // 깊이 들여 쓴 곳만 보이면 휴대 전화에서 옆으로 밀어야 한다.
            let indent = |line: &&str| line.len() - line.trim_start().len();
            let filled = shown.iter().filter(|line| !line.trim().is_empty());
            let shared = filled.map(indent).min().unwrap_or(0);
            let cut = |line: &&str| line.get(shared..).unwrap_or("").to_owned();
            Some(shown.iter().map(cut).collect::<Vec<_>>().join("\n"))
        })
        .collect();
    excerpts.join("\n// …\n")
}

/// 접힌 대목. 빈 줄이 있어야 속의 Markdown이 풀린다.
fn fold(summary: &str, inner: &str) -> String {
    format!("<details class=\"answer\"><summary>{summary}</summary>\n\n{inner}\n\n</details>\n\n")
}

/// 코드 블록. 관문이 이미 컴파일하고 테스트한 것이라 skeptic에는 맡기지 않는다.
fn code(book: &Book, file: PathBuf, code: &str) -> String {
    let caption = Caption {
        repository: None,
        changed: &[],
        playground: false,
    };
    let target = Target { file, anchor: None };
    let caption = caption.to_html(book, &target);
    format!("{}\n\n```rust\n{}\n```", caption.trim(), code.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_answer_shows_only_where_it_differs() {
        let solution: String = (0..40).map(|n| format!("    {n}\n")).collect();
        let wrong = solution
            .replace(" 3\n", " 셋\n")
            .replace(" 30\n", " 서른\n");
        let shown = differing(&solution, &wrong);
        let expected = "0\n1\n2\n셋\n4\n5\n6\n7\n// …\n26\n27\n28\n29\n서른\n31\n32\n33\n34";
        assert_eq!(shown, expected);
    }
}
