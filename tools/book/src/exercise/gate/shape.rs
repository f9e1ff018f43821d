//! 원본의 모양. 컴파일하지 않고 알 수 있는 것을 모두 본다.

use std::path::Path;

use anyhow::Result;

use super::{folder, source};
use crate::exercise::master::{Exercise, LEVELS};
use crate::exercise::{style, wrong};
use crate::page::Page;
use crate::{Problem, terms};

/// 목록에서 잘리지 않는 제목의 너비.
const TITLE: usize = 24;

/// 문제 하나의 원본과 독자의 폴더에서 찾은 문제.
///
/// `pristine`이면 독자의 폴더가 처음 나누어 준 그대로인지도 본다.
///
/// # Errors
///
/// 원본을 읽을 수 없으면 오류를 돌려준다.
pub fn problems(root: &Path, exercise: &Exercise, pristine: bool) -> Result<Vec<Problem>> {
    let mut problems = Vec::new();
    meta(root, exercise, &mut problems);
    texts(root, exercise, &mut problems)?;
    source::check(root, exercise, &mut problems)?;
    words(root, exercise, &mut problems)?;
    folder::stray(root, exercise, &mut problems);
    folder::handed_out(root, exercise, pristine, &mut problems)?;
    Ok(problems)
}

fn meta(root: &Path, exercise: &Exercise, problems: &mut Vec<Problem>) {
    let file = exercise.master_dir().join("exercise.toml");
    let mut wrong = |message: String| problems.push(Problem::new(&file, 0, message));
    let meta = &exercise.meta;
    if style::width(&meta.title) > TITLE {
        wrong(format!("제목이 {TITLE}칸을 넘습니다: {}", meta.title));
    }
    if !LEVELS.contains(&meta.level.as_str()) {
        wrong(format!("level은 {} 가운데 하나입니다", LEVELS.join(", ")));
    }
    if !(5..=90).contains(&meta.minutes) || !(1..=60).contains(&meta.limit) {
        wrong("minutes는 5에서 90까지, limit은 1에서 60까지입니다".to_owned());
    }
    let page = exercise.section();
    if !root.join(&page).is_file() {
        wrong(format!("먼저 읽을 절이 없습니다: {}", page.display()));
    }
    let lengths: Vec<usize> = meta
        .hints
        .iter()
        .map(|hint| hint.trim().chars().count())
        .collect();
    let grows = lengths.windows(2).all(|pair| pair[0] < pair[1]);
    if lengths.len() != 3 || lengths[0] == 0 || !grows {
        wrong(format!(
            "힌트는 셋이고 뒤로 갈수록 길어야 합니다: {lengths:?}"
        ));
    }
}

fn texts(root: &Path, exercise: &Exercise, problems: &mut Vec<Problem>) -> Result<()> {
    let dir = exercise.master_dir();
    let mut wrong = |file: &str, message: &str| {
        problems.push(Problem::new(dir.join(file), 0, message));
    };
    if !has_hangul(&exercise.task(root)?) {
        wrong("start.rs", "머리 주석(//!)에 과제가 없습니다");
    }
    if !has_hangul(&exercise.read_master(root, "README.md")?) {
        wrong("README.md", "왜 이렇게 풀었는지가 없습니다");
    }
    if exercise.read_master(root, "src/lib.rs")?.contains("todo!(") {
        wrong("src/lib.rs", "풀이에 todo!가 남아 있습니다");
    }
    let manifest = exercise.read_master(root, "Cargo.toml")?;
    if !manifest.contains(&format!("name = \"{}\"\n", exercise.solution_package())) {
        wrong("Cargo.toml", "패키지 이름이 폴더와 다릅니다");
    }
    if !manifest.ends_with("[lints]\nworkspace = true\n") {
        wrong(
            "Cargo.toml",
            "[lints] 대목으로 끝나야 독자의 것을 만들 수 있습니다",
        );
    }
    let answers = wrong::all(root, exercise)?;
    if answers.len() < 2 {
        wrong("wrong", "틀린 답이 둘보다 적습니다");
    }
    for answer in answers.iter().filter(|answer| !has_hangul(&answer.why)) {
        problems.push(Problem::new(&answer.path, 1, "왜 틀렸는지를 적으세요"));
    }
    Ok(())
}

/// 독자가 읽는 모든 글의 용어.
fn words(root: &Path, exercise: &Exercise, problems: &mut Vec<Problem>) -> Result<()> {
    let terms = match terms::read(root) {
        Ok(terms) => terms,
        Err(problem) => {
            problems.push(problem);
            return Ok(());
        }
    };
    let dir = exercise.master_dir();
    for file in [
        "exercise.toml",
        "README.md",
        "start.rs",
        "src/lib.rs",
        "tests.rs",
    ] {
        let text = exercise.read_master(root, file)?;
        problems.extend(terms::check(&as_prose(&dir.join(file), &text), &terms));
    }
    for answer in wrong::all(root, exercise)? {
        problems.extend(terms::check(&as_prose(&answer.path, &answer.why), &terms));
    }
    Ok(())
}

/// 코드도 산문처럼 읽는다. 들여 쓴 줄이 코드 블록으로 가려지지 않게 앞의 빈칸과 주석 표시를 뗀다.
fn as_prose(file: &Path, text: &str) -> Page {
    let line = |line: &str| format!("{}\n", line.trim_start_matches([' ', '/', '!']));
    Page::parse(file, text.lines().map(line).collect())
}

/// 한국어로 쓰여 있으면 참.
pub(super) fn has_hangul(text: &str) -> bool {
    text.chars().any(|c| ('가'..='힣').contains(&c))
}
