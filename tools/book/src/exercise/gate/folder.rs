//! 폴더. 있어야 할 파일만 있는지, 독자의 폴더가 원본에서 나왔는지 본다.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::Problem;
use crate::exercise::handout::{self, Damage};
use crate::exercise::master::{self, Exercise};

/// 원본의 폴더에 있을 까닭이 없는 파일.
pub(super) fn stray(root: &Path, exercise: &Exercise, problems: &mut Vec<Problem>) {
    let dir = exercise.master_dir();
    let known = [
        "Cargo.toml",
        "README.md",
        "exercise.toml",
        "src/lib.rs",
        "start.rs",
        "tests.rs",
    ];
    for path in files_below(root, &dir) {
        let is_wrong_answer =
            path.starts_with("wrong") && path.extension().is_some_and(|end| end == "rs");
        if !is_wrong_answer && !known.iter().any(|known| path == Path::new(known)) {
            problems.push(Problem::new(
                dir.join(path),
                0,
                "있을 까닭이 없는 파일입니다",
            ));
        }
    }
}

/// 독자의 폴더. 풀다 만 것은 문제가 아니지만, 테스트가 달라진 것은 문제이다.
pub(super) fn handed_out(
    root: &Path,
    exercise: &Exercise,
    pristine: bool,
    problems: &mut Vec<Problem>,
) -> Result<()> {
    for damage in handout::inspect(root, exercise)? {
        if pristine || matches!(damage, Damage::Edited(_)) {
            problems.push(Problem::new(
                exercise.dir(),
                0,
                damage.explain(&exercise.id),
            ));
        }
    }
    if !pristine {
        return Ok(());
    }
    let files = handout::files(root, exercise)?;
    for file in files.iter().filter(|file| file.is_readers) {
        if fs::read_to_string(root.join(&file.path)).ok().as_ref() != Some(&file.text) {
            problems.push(Problem::new(&file.path, 0, "start.rs와 다릅니다"));
        }
    }
    let known: BTreeSet<&PathBuf> = files.iter().map(|file| &file.path).collect();
    for path in files_below(root, &exercise.dir()) {
        let path = exercise.dir().join(path);
        if !known.contains(&path) {
            problems.push(Problem::new(path, 0, "나누어 주지 않는 파일입니다"));
        }
    }
    Ok(())
}

/// 짝이 없는 폴더. 원본이 없는 독자의 폴더는 `pristine`일 때만 문제이다.
///
/// # Errors
///
/// 원본을 읽을 수 없으면 오류를 돌려준다.
pub fn orphans(root: &Path, pristine: bool) -> Result<Vec<Problem>> {
    let known: BTreeSet<PathBuf> = master::all(root)?.iter().map(Exercise::dir).collect();
    let there = files_below(root, Path::new("exercises"));
    let unknown: BTreeSet<PathBuf> = there
        .iter()
        .map(|file| Path::new("exercises").join(file.iter().take(2).collect::<PathBuf>()))
        .filter(|dir| pristine && !known.contains(dir))
        .collect();
    let problem = |dir| Problem::new(dir, 0, "원본이 없는 연습문제입니다");
    Ok(unknown.into_iter().map(problem).collect())
}

/// `dir` 아래의 모든 파일을 `dir`에서 본 경로로 돌려준다.
fn files_below(root: &Path, dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut todo = vec![root.join(dir)];
    while let Some(next) = todo.pop() {
        for path in fs::read_dir(next)
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.path())
        {
            match path.is_dir() {
                true => todo.push(path),
                false => found.extend(path.strip_prefix(root.join(dir)).map(Path::to_path_buf)),
            }
        }
    }
    found.sort();
    found
}
