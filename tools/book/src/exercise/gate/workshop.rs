//! 작업장. 모든 답을 한 작업 공간의 패키지로 늘어놓고 한 번에 컴파일한다.
//!
//! 답마다 cargo를 부르면 부르는 값이 컴파일보다 비싸다. 타깃 폴더를 본래의 것과 함께 쓰므로 의존
//! 크레이트를 다시 컴파일하지 않는다.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use toml::{Table, Value};

use super::Answer;
use crate::exercise::compile::messages;

/// 컴파일한 답들.
#[derive(Debug, Default)]
pub struct Workshop(BTreeMap<String, Result<PathBuf, String>>);

impl Workshop {
    /// 답 하나의 테스트.
    ///
    /// # Errors
    ///
    /// 컴파일되지 않았으면 컴파일러의 말을 돌려준다.
    pub fn executable(&self, answer: &Answer) -> Result<&Path> {
        match self.0.get(&answer.package()) {
            Some(Ok(path)) => Ok(path),
            Some(Err(words)) => bail!("컴파일되지 않습니다\n{words}"),
            None => bail!("작업장에 없는 답입니다"),
        }
    }
}

/// 답들을 `dir`에 늘어놓고 `target`에 컴파일한다.
///
/// # Errors
///
/// 쓸 수 없거나, cargo를 띄울 수 없거나, 아무것도 컴파일하지 못하고 멈추면 오류를 돌려준다.
pub fn build(root: &Path, dir: &Path, target: &Path, answers: &[Answer]) -> Result<Workshop> {
    lay_out(root, dir, answers)?;
    let output = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .current_dir(dir)
        .args(["build", "--tests", "--keep-going", "--message-format=json"])
        .arg("--target-dir")
        .arg(target)
        .output()
        .context("cargo를 실행할 수 없습니다")?;
    let mut built: BTreeMap<String, Result<PathBuf, String>> = BTreeMap::new();
    for message in messages(&String::from_utf8_lossy(&output.stdout)) {
        let package = message.manifest_path.as_deref().and_then(Path::parent);
        let Some(package) = package.and_then(Path::file_name) else {
            continue;
        };
        let package = package.to_string_lossy().into_owned();
        if let Some(executable) = message.executable {
            built.insert(package, Ok(executable));
        } else if let Some(said) = message.message
            && said.level.starts_with("error")
            && let Err(words) = built.entry(package).or_insert_with(|| Err(String::new()))
        {
            words.push_str(&said.rendered.unwrap_or_default());
        }
    }
    if built.is_empty() {
        bail!(
            "연습문제의 답을 컴파일하지 못했습니다\n{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    Ok(Workshop(built))
}

fn lay_out(root: &Path, dir: &Path, answers: &[Answer]) -> Result<()> {
    let members: Vec<String> = answers.iter().map(Answer::package).collect();
    fs::create_dir_all(dir).with_context(|| format!("{}: 만들 수 없습니다", dir.display()))?;
    // 지운 답의 패키지가 남아 있으면 그것까지 컴파일한다.
    for entry in fs::read_dir(dir)?.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() && !members.contains(&name) {
            fs::remove_dir_all(entry.path())?;
        }
    }
    fs::copy(root.join("Cargo.lock"), dir.join("Cargo.lock"))?;
    write(&dir.join("Cargo.toml"), &workspace(root, members)?)?;
    for answer in answers {
        let package = dir.join(answer.package());
        fs::create_dir_all(&package)?;
        write(&package.join("Cargo.toml"), &manifest(root, answer)?)?;
    }
    Ok(())
}

/// 내용이 같으면 건드리지 않는다. 고친 때가 바뀌면 cargo가 다시 컴파일한다.
fn write(path: &Path, table: &Table) -> Result<()> {
    let text = toml::to_string(table)?;
    if fs::read_to_string(path).ok().as_ref() != Some(&text) {
        fs::write(path, text).with_context(|| format!("{}: 쓸 수 없습니다", path.display()))?;
    }
    Ok(())
}

/// 본래의 작업 공간과 버전과 프로필이 같은 작업 공간.
fn workspace(root: &Path, members: Vec<String>) -> Result<Table> {
    let mut table: Table = toml::from_str(&fs::read_to_string(root.join("Cargo.toml"))?)?;
    let workspace = table
        .get_mut("workspace")
        .and_then(Value::as_table_mut)
        .context("Cargo.toml에 workspace가 없습니다")?;
    workspace.remove("default-members");
    workspace.remove("lints");
    workspace.insert("members".to_owned(), members.into());
    let dependencies = workspace
        .get_mut("dependencies")
        .and_then(Value::as_table_mut);
    for (_, dependency) in dependencies.into_iter().flatten() {
        if let Some(Value::String(path)) = dependency.get_mut("path") {
            *path = root.join(&path).display().to_string();
        }
    }
    Ok(table)
}

/// 답 하나의 패키지. 소스는 원본을 그대로 가리킨다.
fn manifest(root: &Path, answer: &Answer) -> Result<Table> {
    let exercise = &answer.exercise;
    let mut table: Table = toml::from_str(&exercise.read_master(root, "Cargo.toml")?)?;
    table.remove("lints");
    let path = |path: PathBuf| Value::from(root.join(path).display().to_string());
    if let Some(package) = table.get_mut("package").and_then(Value::as_table_mut) {
        package.insert("name".to_owned(), answer.package().into());
    }
    let lib = Table::from_iter([
        ("name".to_owned(), exercise.crate_name().into()),
        ("path".to_owned(), path(answer.source())),
        ("test".to_owned(), false.into()),
        ("doctest".to_owned(), false.into()),
    ]);
    let test = Table::from_iter([
        ("name".to_owned(), "check".into()),
        (
            "path".to_owned(),
            path(exercise.master_dir().join("tests.rs")),
        ),
    ]);
    table.insert("lib".to_owned(), lib.into());
    table.insert("test".to_owned(), Value::Array(vec![test.into()]));
    Ok(table)
}
