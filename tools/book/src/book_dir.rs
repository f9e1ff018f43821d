//! 저장소의 배치. 예제 하나의 폴더, 패키지 이름, 쪽이 서로 어떻게 짝을 이루는지 한곳에 적는다.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

/// 예제 하나. `listings/ch02-callbacks/01-completion-callback`이 그 폴더이면 쪽은
/// `src/ch02-callbacks/01-completion-callback.md`, 패키지는 `ch02-01-completion-callback`이다.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Listing {
    /// `ch02-callbacks` 같은 장의 이름.
    pub chapter: String,
    /// `01-completion-callback` 같은 절의 이름.
    pub section: String,
    /// Cargo 패키지의 이름.
    pub package: String,
}

impl Listing {
    /// 저장소 뿌리에서 본 예제 폴더.
    pub fn dir(&self) -> PathBuf {
        Path::new("listings")
            .join(&self.chapter)
            .join(&self.section)
    }

    /// 저장소 뿌리에서 본 쪽의 경로.
    pub fn page(&self) -> PathBuf {
        let file = format!("{}.md", self.section);
        Path::new("src").join(&self.chapter).join(file)
    }

    /// 프로그램이 파일 하나로 이루어져 있으면 참.
    pub fn is_one_file(&self, root: &Path) -> bool {
        let Ok(entries) = fs::read_dir(root.join(self.dir()).join("src")) else {
            return false;
        };
        let names: Vec<_> = entries.flatten().map(|entry| entry.file_name()).collect();
        names == ["main.rs"]
    }

    /// `main.rs` 하나만 있으면 컴파일되면 참. 모듈 파일을 더 부르지 않고, 라이브러리는 제 패키지 것을 써도 된다.
    ///
    /// 그런 프로그램은 skeptic이 쪽에 보이는 대로 돌려 본다.
    pub fn is_whole_in_main(&self, root: &Path) -> bool {
        let text = fs::read_to_string(root.join(self.dir()).join("src/main.rs"));
        text.is_ok_and(|text| {
            !text
                .lines()
                .any(|line| line.starts_with("mod ") && line.ends_with(';'))
        })
    }
}

/// 지금 폴더에서 위로 올라가며 `book.toml`이 있는 저장소 뿌리를 찾는다.
///
/// # Errors
///
/// 뿌리까지 올라가도 없으면 오류를 돌려준다.
pub fn find_root() -> Result<PathBuf> {
    let here = std::env::current_dir().context("지금 폴더를 알 수 없습니다")?;
    match here.ancestors().find(|dir| dir.join("book.toml").is_file()) {
        Some(root) => Ok(root.to_path_buf()),
        None => bail!("book.toml이 있는 폴더를 찾지 못했습니다. 책의 저장소 안에서 실행하세요."),
    }
}

/// 저장소의 모든 예제를 이름 순서로 돌려준다.
///
/// # Errors
///
/// 폴더나 `Cargo.toml`을 읽을 수 없으면 오류를 돌려준다.
pub fn listings(root: &Path) -> Result<Vec<Listing>> {
    let mut found = Vec::new();
    for chapter in subdirs(&root.join("listings"))? {
        for section in subdirs(&chapter)? {
            found.push(Listing {
                package: package_name(&section)?,
                chapter: file_name(&chapter),
                section: file_name(&section),
            });
        }
    }
    found.sort();
    Ok(found)
}

fn package_name(dir: &Path) -> Result<String> {
    let path = dir.join("Cargo.toml");
    let text = fs::read_to_string(&path)
        .with_context(|| format!("{}: 읽을 수 없습니다", path.display()))?;
    let manifest: toml::Table =
        toml::from_str(&text).with_context(|| format!("{}: TOML이 아닙니다", path.display()))?;
    manifest
        .get("package")
        .and_then(|package| package.get("name"))
        .and_then(|name| name.as_str())
        .map(str::to_owned)
        .with_context(|| format!("{}: package.name이 없습니다", path.display()))
}

fn subdirs(dir: &Path) -> Result<Vec<PathBuf>> {
    let entries =
        fs::read_dir(dir).with_context(|| format!("{}: 읽을 수 없습니다", dir.display()))?;
    let mut dirs: Vec<_> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.is_dir())
        .collect();
    dirs.sort();
    Ok(dirs)
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

/// `src/` 아래의 모든 쪽을 저장소 뿌리에서 본 경로로 돌려준다. `SUMMARY.md`는 쪽이 아니다.
///
/// # Errors
///
/// 폴더를 읽을 수 없으면 오류를 돌려준다.
pub fn page_files(root: &Path) -> Result<Vec<PathBuf>> {
    let mut found = source_files(root, "md")?;
    found.retain(|path| !path.ends_with("SUMMARY.md"));
    Ok(found)
}

/// `src/` 아래에서 확장자가 `end`인 모든 파일을 저장소 뿌리에서 본 경로로, 이름 순서로 돌려준다.
///
/// # Errors
///
/// 폴더를 읽을 수 없으면 오류를 돌려준다.
pub fn source_files(root: &Path, end: &str) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut todo = vec![root.join("src")];
    while let Some(dir) = todo.pop() {
        let entries =
            fs::read_dir(&dir).with_context(|| format!("{}: 읽을 수 없습니다", dir.display()))?;
        for path in entries.flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                todo.push(path);
            } else if path.extension().is_some_and(|found| found == end) {
                let inner = path.strip_prefix(root).expect("root 아래에서 찾았다");
                found.push(inner.to_path_buf());
            }
        }
    }
    found.sort();
    Ok(found)
}

/// `a/b/../c`를 `a/c`로 줄인다. 파일이 없어도 된다.
pub fn normalize(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            std::path::Component::ParentDir => {
                out.pop();
            }
            std::path::Component::CurDir => {}
            other => out.push(other),
        }
    }
    out
}
