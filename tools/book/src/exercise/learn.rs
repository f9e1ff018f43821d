//! 푸는 동안 보는 것. 과제, 힌트, 풀이와의 차이.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use similar::TextDiff;

use super::master::Exercise;
use super::style::{bad, faint, good, paragraphs, strong, wrap};

/// 문제의 머리. 번호와 제목과 걸리는 시간.
pub fn heading(exercise: &Exercise) -> String {
    format!(
        "{}  {}\n",
        strong(&format!("{} {}", exercise.id, exercise.meta.title)),
        faint(&format!(
            "{} {}분",
            exercise.meta.level, exercise.meta.minutes
        ))
    )
}

/// 과제와 시작하는 법.
///
/// # Errors
///
/// 원본을 읽을 수 없으면 오류를 돌려준다.
pub fn task(root: &Path, exercise: &Exercise, columns: usize) -> Result<String> {
    Ok(format!(
        "{}\n{}\n고칠 파일    {}\n먼저 읽을 절  {}\n\n{}  cargo book watch {}\n",
        heading(exercise),
        paragraphs(&exercise.task(root)?, columns),
        exercise.lib().display(),
        exercise.section().display(),
        wrap(
            "이 명령을 켜 두고 고치면 저장할 때마다 검사합니다.",
            columns,
            0
        ),
        exercise.id
    ))
}

/// 처음 `shown`개의 힌트.
pub fn hints(exercise: &Exercise, shown: usize, columns: usize) -> String {
    let all = &exercise.meta.hints;
    let shown = shown.min(all.len());
    let mut out = String::new();
    for (at, hint) in all.iter().take(shown).enumerate() {
        out.push_str(&strong(&format!("힌트 {}/{}", at + 1, all.len())));
        out.push_str(&format!("\n{}\n", paragraphs(hint, columns)));
    }
    out.push_str(&match shown == all.len() {
        true => wrap(
            &format!(
                "힌트는 여기까지입니다. 풀이는 `cargo book diff {} --anyway`로 봅니다.",
                exercise.id
            ),
            columns,
            0,
        ),
        false => format!("{}\n", faint("한 번 더 부르면 다음 힌트를 봅니다.")),
    });
    out
}

/// 독자의 답과 풀이의 차이, 그리고 왜 이렇게 풀었는지.
///
/// # Errors
///
/// 독자의 파일이나 원본을 읽을 수 없으면 오류를 돌려준다.
pub fn diff(root: &Path, exercise: &Exercise, columns: usize) -> Result<String> {
    let lib = exercise.lib();
    let bytes = fs::read(root.join(&lib)).with_context(|| {
        format!(
            "{}: 읽을 수 없습니다. `cargo book reset {}`로 되살립니다",
            lib.display(),
            exercise.id
        )
    })?;
    let mine = String::from_utf8_lossy(&bytes).replace("\r\n", "\n");
    let solution = exercise.read_master(root, "src/lib.rs")?;
    let mut out = match mine == solution {
        true => "풀이와 똑같습니다.\n".to_owned(),
        false => format!("{}\n{}\n", bad("- 여러분의 답"), good("+ 풀이")),
    };
    // 맨 앞의 문서 주석은 한쪽은 문제이고 한쪽은 풀이의 설명이라 견줄 것이 아니다.
    let diff = TextDiff::from_lines(without_header(&mine), without_header(&solution));
    for line in diff.unified_diff().context_radius(3).to_string().lines() {
        out.push_str(&match line.chars().next() {
            Some('-') => bad(line),
            Some('+') => good(line),
            Some('@') => faint(line),
            _ => line.to_owned(),
        });
        out.push('\n');
    }
    out.push('\n');
    let why = exercise.read_master(root, "README.md")?;
    out.push_str(&paragraphs(&why, columns));
    Ok(out)
}

fn without_header(code: &str) -> &str {
    let mut rest = code;
    while rest.starts_with("//!") {
        rest = rest.split_once('\n').map_or("", |(_, rest)| rest);
    }
    rest.trim_start_matches('\n')
}
