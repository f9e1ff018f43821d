//! 독자의 폴더. 원본에서 만들어 내고, 망가진 곳을 찾고, 되살린다. git은 필요 없다.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::master::Exercise;

/// 독자의 폴더에 있어야 할 파일 하나.
#[derive(Clone, Debug, PartialEq)]
pub struct File {
    /// 저장소 뿌리에서 본 경로.
    pub path: PathBuf,
    /// 처음의 내용.
    pub text: String,
    /// 독자가 고쳐도 되는 파일이면 참.
    pub is_readers: bool,
}

/// 처음 나누어 준 모양의 파일들.
///
/// # Errors
///
/// 원본을 읽을 수 없으면 오류를 돌려준다.
pub fn files(root: &Path, exercise: &Exercise) -> Result<Vec<File>> {
    let file = |path: &str, text: String, is_readers: bool| File {
        path: exercise.dir().join(path),
        text,
        is_readers,
    };
    let manifest = manifest(exercise, &exercise.read_master(root, "Cargo.toml")?);
    Ok(vec![
        file("Cargo.toml", manifest, false),
        file("src/lib.rs", exercise.read_master(root, "start.rs")?, true),
        file(
            "src/tests.rs",
            exercise.read_master(root, "tests.rs")?,
            false,
        ),
    ])
}

/// 풀이의 `Cargo.toml`을 독자의 것으로 바꾼다. 의존 크레이트가 늘 같다.
fn manifest(exercise: &Exercise, master: &str) -> String {
    // 푸는 동안 쏟아지는 린트 경고는 도움이 되지 않으므로 독자의 패키지에는 걸지 않는다.
    master
        .replace(&exercise.solution_package(), &exercise.package())
        .replace(
            "[lints]\nworkspace = true\n",
            "[[test]]\nname = \"check\"\npath = \"src/tests.rs\"\n",
        )
}

/// 독자의 폴더에서 찾은 탈.
#[derive(Clone, Debug, PartialEq)]
pub enum Damage {
    /// 파일이나 폴더가 없다.
    Missing(PathBuf),
    /// UTF-8이 아니다. 줄 번호가 함께 있다.
    NotUtf8(PathBuf, usize),
    /// 읽을 수 없다.
    Unreadable(PathBuf),
    /// 독자가 고치지 않는 파일이 달라졌다.
    Edited(PathBuf),
}

impl Damage {
    /// 이대로는 검사할 수 없으면 참.
    pub fn is_fatal(&self) -> bool {
        !matches!(self, Damage::Edited(_))
    }

    /// 무엇을 하면 되는지까지 한 줄로 말한다.
    pub fn explain(&self, id: &str) -> String {
        match self {
            Damage::Missing(path) => format!(
                "{}: 없습니다. `cargo book reset {id}`로 되살립니다.",
                path.display()
            ),
            Damage::NotUtf8(path, line) => format!(
                "{}:{line}: UTF-8이 아닌 글자가 있습니다. 편집기에서 UTF-8로 저장하세요.",
                path.display()
            ),
            Damage::Unreadable(path) => format!(
                "{}: 읽을 수 없습니다. 파일의 권한을 보세요.",
                path.display()
            ),
            Damage::Edited(path) => format!(
                "{}: 처음과 다릅니다. 통과해도 마친 것으로 치지 않습니다. `cargo book reset {id} --keep`으로 되돌립니다.",
                path.display()
            ),
        }
    }
}

/// 독자의 폴더를 살핀다. 탈이 없으면 빈 목록이다.
///
/// # Errors
///
/// 원본을 읽을 수 없으면 오류를 돌려준다.
pub fn inspect(root: &Path, exercise: &Exercise) -> Result<Vec<Damage>> {
    if !root.join(exercise.dir()).is_dir() {
        return Ok(vec![Damage::Missing(exercise.dir())]);
    }
    let files = files(root, exercise)?;
    Ok(files
        .iter()
        .filter_map(|file| inspect_file(root, file))
        .collect())
}

fn inspect_file(root: &Path, file: &File) -> Option<Damage> {
    let path = file.path.clone();
    let bytes = match fs::read(root.join(&path)) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Some(Damage::Missing(path));
        }
        Err(_) => return Some(Damage::Unreadable(path)),
    };
    match std::str::from_utf8(&bytes) {
        Err(error) => {
            let before = &bytes[..error.valid_up_to()];
            let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
            Some(Damage::NotUtf8(path, line))
        }
        Ok(text) if !file.is_readers && unix_lines(text) != file.text => Some(Damage::Edited(path)),
        Ok(_) => None,
    }
}

/// 줄 끝만 다른 것은 같은 파일로 본다. Windows의 편집기와 git이 바꾸기 때문이다.
fn unix_lines(text: &str) -> String {
    text.replace("\r\n", "\n")
}

/// 되살린 결과.
#[derive(Debug, Default, PartialEq)]
pub struct Restored {
    /// 새로 쓴 파일.
    pub written: Vec<PathBuf>,
    /// 독자가 쓰던 것을 남긴 파일.
    pub backup: Option<PathBuf>,
}

impl fmt::Display for Restored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.written.is_empty() {
            return write!(f, "이미 처음 그대로입니다.");
        }
        let restored = |path: &PathBuf| format!("되돌림  {}", path.display());
        let mut lines: Vec<String> = self.written.iter().map(restored).collect();
        if let Some(backup) = &self.backup {
            lines.push(format!("쓰던 것은 {}에 남겼습니다.", backup.display()));
        }
        f.write_str(&lines.join("\n"))
    }
}

/// 처음 모양으로 되살린다. `keep`이면 독자의 `src/lib.rs`는 그대로 두되, 없으면 만든다.
///
/// # Errors
///
/// 쓸 수 없으면 어느 파일인지 말한다.
pub fn reset(root: &Path, exercise: &Exercise, keep: bool) -> Result<Restored> {
    let mut restored = Restored::default();
    for file in files(root, exercise)? {
        let path = root.join(&file.path);
        let old = fs::read(&path).ok();
        if old.as_deref() == Some(file.text.as_bytes())
            || (old.is_some() && keep && file.is_readers)
        {
            continue;
        }
        if let (Some(old), true) = (old, file.is_readers) {
            let backup = file.path.with_extension("rs.bak");
            write(root, &backup, &old)?;
            restored.backup = Some(backup);
        }
        write(root, &file.path, file.text.as_bytes())?;
        restored.written.push(file.path);
    }
    Ok(restored)
}

fn write(root: &Path, path: &Path, bytes: &[u8]) -> Result<()> {
    let dir = root.join(path.parent().unwrap_or(Path::new("")));
    fs::create_dir_all(dir)
        .and_then(|()| fs::write(root.join(path), bytes))
        .with_context(|| format!("{}: 쓸 수 없습니다. 권한을 보세요", path.display()))
}
