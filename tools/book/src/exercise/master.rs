//! 원본. 연습문제 하나의 모든 것이 `solutions/` 아래의 폴더 하나에 있다.
//!
//! 독자의 폴더(`exercises/`)는 여기에서 만들어 내므로, 지워지거나 망가져도 되살릴 수 있다.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::nearest;

/// `exercise.toml`에 적힌 것.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Meta {
    /// 목록과 쪽에 보이는 제목.
    pub title: String,
    /// 어려움. [`LEVELS`] 가운데 하나.
    pub level: String,
    /// 푸는 데 걸리는 시간. 단위는 분.
    pub minutes: u32,
    /// 테스트 하나에 주는 시간. 단위는 초.
    #[serde(default = "default_limit")]
    pub limit: u64,
    /// 먼저 읽을 절. `03-parallel-callbacks` 같은 쪽의 이름.
    pub after: String,
    /// 힌트 셋. 뒤로 갈수록 많이 말한다.
    pub hints: Vec<String>,
}

/// 어려움의 세 단계.
pub const LEVELS: [&str; 3] = ["쉬움", "보통", "어려움"];

fn default_limit() -> u64 {
    10
}

/// 연습문제 하나.
#[derive(Clone, Debug, PartialEq)]
pub struct Exercise {
    /// `ch02-callbacks` 같은 장의 이름.
    pub chapter: String,
    /// `01-first-wins` 같은 문제의 이름.
    pub name: String,
    /// `02-1`. 독자가 부르는 이름.
    pub id: String,
    /// `exercise.toml`.
    pub meta: Meta,
}

impl Exercise {
    /// 독자의 폴더. 저장소 뿌리에서 본 경로.
    pub fn dir(&self) -> PathBuf {
        Path::new("exercises").join(&self.chapter).join(&self.name)
    }

    /// 원본의 폴더. 저장소 뿌리에서 본 경로.
    pub fn master_dir(&self) -> PathBuf {
        Path::new("solutions").join(&self.chapter).join(&self.name)
    }

    /// 독자가 고치는 파일.
    pub fn lib(&self) -> PathBuf {
        self.dir().join("src/lib.rs")
    }

    /// 먼저 읽을 절의 쪽.
    pub fn section(&self) -> PathBuf {
        let file = format!("{}.md", self.meta.after);
        Path::new("src").join(&self.chapter).join(file)
    }

    /// 독자가 푸는 패키지의 이름. `ex02-01-first-wins`.
    pub fn package(&self) -> String {
        format!("ex{}-{}", chapter_number(&self.chapter), self.name)
    }

    /// 풀이 패키지의 이름. `sol02-01-first-wins`.
    pub fn solution_package(&self) -> String {
        format!("sol{}-{}", chapter_number(&self.chapter), self.name)
    }

    /// 코드에서 부르는 크레이트의 이름. `ex02_01_first_wins`.
    pub fn crate_name(&self) -> String {
        self.package().replace('-', "_")
    }

    /// 원본의 파일 하나를 읽는다.
    ///
    /// # Errors
    ///
    /// 읽을 수 없으면 경로와 함께 오류를 돌려준다.
    pub fn read_master(&self, root: &Path, file: &str) -> Result<String> {
        let path = self.master_dir().join(file);
        fs::read_to_string(root.join(&path))
            .with_context(|| format!("{}: 읽을 수 없습니다", path.display()))
    }

    /// 과제. `start.rs`의 머리 주석이다.
    ///
    /// # Errors
    ///
    /// `start.rs`를 읽을 수 없으면 오류를 돌려준다.
    pub fn task(&self, root: &Path) -> Result<String> {
        Ok(self
            .read_master(root, "start.rs")?
            .lines()
            .map_while(|line| line.strip_prefix("//!"))
            .flat_map(|line| [line.strip_prefix(' ').unwrap_or(line), "\n"])
            .collect())
    }

    /// 이름이 `name`이면 참. 짧은 번호, 폴더 이름, 패키지 이름을 모두 받는다.
    fn is_called(&self, name: &str) -> bool {
        let bare = self.name.split_once('-').map_or("", |(_, bare)| bare);
        let packages = [self.package(), self.solution_package(), self.crate_name()];
        let (chapter, number) = self.id.split_once('-').unwrap_or_default();
        name == self.id
            || name == self.name
            || name == bare
            || packages.iter().any(|package| package == name)
            || name.split_once('-').is_some_and(|(left, right)| {
                same_number(left, chapter) && same_number(right, number)
            })
    }
}

fn same_number(a: &str, b: &str) -> bool {
    matches!((a.parse::<u32>(), b.parse::<u32>()), (Ok(a), Ok(b)) if a == b)
}

/// `ch02-callbacks`의 `02`.
fn chapter_number(chapter: &str) -> &str {
    chapter.get(2..4).unwrap_or("00")
}

/// 모든 연습문제를 번호 순서로 읽는다.
///
/// # Errors
///
/// `solutions`가 없거나 `exercise.toml`이 틀렸으면 무엇이 틀렸는지 돌려준다.
pub fn all(root: &Path) -> Result<Vec<Exercise>> {
    let mut found = Vec::new();
    for chapter in subdirs(root, Path::new("solutions"))? {
        for dir in subdirs(root, &Path::new("solutions").join(&chapter))? {
            found.push(read(root, &chapter, &dir)?);
        }
    }
    found.sort_by(|a, b| (&a.chapter, &a.name).cmp(&(&b.chapter, &b.name)));
    Ok(found)
}

fn read(root: &Path, chapter: &str, name: &str) -> Result<Exercise> {
    let file = Path::new("solutions")
        .join(chapter)
        .join(name)
        .join("exercise.toml");
    let text = fs::read_to_string(root.join(&file))
        .with_context(|| format!("{}: 읽을 수 없습니다", file.display()))?;
    let meta = toml::from_str(&text)
        .map_err(|error| anyhow::anyhow!("{}: {}", file.display(), error.message()))?;
    let number = name.split('-').next().unwrap_or("").trim_start_matches('0');
    Ok(Exercise {
        id: format!("{}-{number}", chapter_number(chapter)),
        chapter: chapter.to_owned(),
        name: name.to_owned(),
        meta,
    })
}

fn subdirs(root: &Path, dir: &Path) -> Result<Vec<String>> {
    let entries = fs::read_dir(root.join(dir)).with_context(|| {
        format!(
            "{}: 연습문제의 원본이 없습니다. 저장소를 다시 받으세요",
            dir.display()
        )
    })?;
    Ok(entries
        .flatten()
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect())
}

/// 이름으로 하나를 고른다.
///
/// # Errors
///
/// 그런 문제가 없으면 가장 가까운 이름과 함께 한 줄의 설명을 돌려준다.
pub fn find<'a>(all: &'a [Exercise], name: &str) -> Result<&'a Exercise> {
    if let Some(found) = all.iter().find(|exercise| exercise.is_called(name)) {
        return Ok(found);
    }
    let names: Vec<(String, &str)> = all
        .iter()
        .flat_map(|exercise| {
            [&exercise.id, &exercise.name, &exercise.package()]
                .map(|name| (name.clone(), exercise.id.as_str()))
        })
        .collect();
    let near = nearest(name, names.iter().map(|(name, _)| name.as_str()));
    let id = near.and_then(|near| names.iter().find(|(name, _)| name == near));
    match id.and_then(|(_, id)| all.iter().find(|exercise| exercise.id == *id)) {
        Some(near) => bail!(
            "그런 연습문제가 없습니다: {name}. 가장 가까운 것은 {} ({})입니다.",
            near.id,
            near.name
        ),
        None => bail!("그런 연습문제가 없습니다: {name}. `cargo book list`로 모두 봅니다."),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn exercise(chapter: &str, name: &str, id: &str) -> Exercise {
        Exercise {
            chapter: chapter.to_owned(),
            name: name.to_owned(),
            id: id.to_owned(),
            meta: Meta {
                title: "제목".to_owned(),
                level: "쉬움".to_owned(),
                minutes: 10,
                limit: 10,
                after: "01-a".to_owned(),
                hints: Vec::new(),
            },
        }
    }

    #[test]
    fn an_exercise_has_many_names_and_a_wrong_one_gets_the_nearest() {
        let all = [
            exercise("ch02-callbacks", "01-first-wins", "02-1"),
            exercise("ch02-callbacks", "10-timeout", "02-10"),
        ];
        for name in ["02-1", "2-1", "02-01", "first-wins", "01-first-wins"] {
            assert_eq!(find(&all, name).expect(name).id, "02-1");
        }
        for name in ["ex02-10-timeout", "sol02-10-timeout", "2-10"] {
            assert_eq!(find(&all, name).expect(name).id, "02-10");
        }
        let message = find(&all, "frist-wins").expect_err("없다").to_string();
        assert!(message.contains("02-1 (01-first-wins)"), "{message}");
        let message = find(&all, "전혀다름").expect_err("없다").to_string();
        assert!(message.contains("cargo book list") && !message.contains('\n'));
    }
}
