//! 진도. git이 보지 않는 파일 하나에 적는다. 이 파일이 없어지거나 망가져도 진도만 사라진다.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use super::master::Exercise;

const FILE: &str = ".progress.toml";
const LOCK: &str = ".progress.lock";
const HEADER: &str = "# `cargo book`이 적는 진도입니다. 지우면 진도만 처음으로 돌아갑니다.\n";

/// 진도 전체.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(default)]
pub struct Progress {
    /// 지금 푸는 문제의 패키지 이름.
    pub current: Option<String>,
    /// 문제마다의 진도. 열쇠는 패키지 이름이다.
    pub exercises: BTreeMap<String, Entry>,
}

/// 문제 하나의 진도.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(default)]
pub struct Entry {
    /// 모든 테스트를 통과한 적이 있으면 참.
    pub done: bool,
    /// 지금까지 본 힌트의 수.
    pub hints: usize,
}

impl Progress {
    /// 진도를 읽는다. 파일이 없거나 읽을 수 없으면 빈 진도이다.
    pub fn read(root: &Path) -> Progress {
        fs::read_to_string(root.join(FILE))
            .ok()
            .and_then(|text| toml::from_str(&text).ok())
            .unwrap_or_default()
    }

    /// 통과한 적이 있으면 참.
    pub fn is_done(&self, exercise: &Exercise) -> bool {
        self.entry(exercise).done
    }

    /// 문제 하나의 진도.
    pub fn entry(&self, exercise: &Exercise) -> Entry {
        self.exercises
            .get(&exercise.package())
            .cloned()
            .unwrap_or_default()
    }

    /// 고칠 수 있는 진도.
    pub fn entry_mut(&mut self, exercise: &Exercise) -> &mut Entry {
        self.exercises.entry(exercise.package()).or_default()
    }

    /// 지금 푸는 문제. 정해진 것이 없으면 아직 풀지 않은 첫 문제.
    pub fn current<'a>(&self, all: &'a [Exercise]) -> Option<&'a Exercise> {
        let named = self.current.as_deref();
        all.iter()
            .find(|exercise| Some(exercise.package().as_str()) == named)
            .or_else(|| self.next_after(all, None))
    }

    /// `from` 다음부터 돌아가며 아직 풀지 않은 첫 문제.
    pub fn next_after<'a>(
        &self,
        all: &'a [Exercise],
        from: Option<&Exercise>,
    ) -> Option<&'a Exercise> {
        let start = from.and_then(|from| all.iter().position(|exercise| exercise == from));
        let start = start.map_or(0, |at| at + 1);
        all.iter()
            .cycle()
            .skip(start)
            .take(all.len())
            .find(|exercise| !self.is_done(exercise))
    }
}

/// 진도를 고쳐 적고, 고친 진도를 돌려준다. 둘이 함께 고쳐도 어느 쪽도 잃지 않는다.
///
/// # Errors
///
/// 적을 수 없으면 오류를 돌려준다. 부르는 쪽은 알리기만 하고 일을 계속한다.
pub fn update(root: &Path, change: impl FnOnce(&mut Progress)) -> Result<Progress> {
    let failed = || format!("진도를 {FILE}에 적지 못했습니다. 저장소 폴더에 쓸 수 있는지 보세요");
    let lock = File::create(root.join(LOCK)).with_context(failed)?;
    lock.lock().with_context(failed)?;
    let mut progress = Progress::read(root);
    change(&mut progress);
    // 쓰다가 꺼져도 반만 적힌 파일이 남지 않게, 다 적은 뒤에 이름을 바꾼다.
    let text = toml::to_string(&progress).context("진도를 글로 옮길 수 없습니다")?;
    let mut file = tempfile::NamedTempFile::new_in(root).with_context(failed)?;
    file.write_all(format!("{HEADER}{text}").as_bytes())
        .with_context(failed)?;
    file.persist(root.join(FILE)).with_context(failed)?;
    Ok(progress)
}

#[cfg(test)]
mod tests {
    use super::super::master::tests::exercise;
    use super::*;

    #[test]
    fn progress_survives_writing_and_a_broken_file_is_an_empty_one() {
        let dir = tempfile::tempdir().expect("임시 폴더");
        let one = exercise("ch02-callbacks", "01-a", "02-1");
        update(dir.path(), |progress| progress.entry_mut(&one).done = true).expect("쓴다");
        update(dir.path(), |progress| progress.entry_mut(&one).hints = 2).expect("쓴다");
        let entry = Progress::read(dir.path()).entry(&one);
        assert_eq!((entry.done, entry.hints), (true, 2));

        for broken in ["=", "current = 3", "\u{0}", ""] {
            fs::write(dir.path().join(FILE), broken).expect("쓴다");
            assert_eq!(Progress::read(dir.path()), Progress::default());
        }
        fs::write(dir.path().join(FILE), [0xff, 0xfe]).expect("쓴다");
        assert_eq!(Progress::read(dir.path()), Progress::default());
    }

    #[test]
    fn two_writers_lose_nothing() {
        let dir = tempfile::tempdir().expect("임시 폴더");
        std::thread::scope(|scope| {
            for writer in 0..4 {
                let root = dir.path();
                scope.spawn(move || {
                    for turn in 0..25 {
                        let one = exercise("ch02-c", &format!("{writer}-{turn}"), "");
                        update(root, |progress| progress.entry_mut(&one).done = true)
                            .expect("쓴다");
                    }
                });
            }
        });
        assert_eq!(Progress::read(dir.path()).exercises.len(), 100);
    }

    #[test]
    fn the_next_one_is_found_going_around() {
        let all = [1, 2, 3].map(|n| exercise("ch02-c", &format!("0{n}-a"), &format!("02-{n}")));
        let mut progress = Progress::default();
        let next = |progress: &Progress, from: usize| {
            let found = progress.next_after(&all, Some(&all[from]));
            found.map(|exercise| exercise.id.clone())
        };
        assert_eq!(next(&progress, 2).as_deref(), Some("02-1"));
        progress.entry_mut(&all[0]).done = true;
        assert_eq!(next(&progress, 2).as_deref(), Some("02-2"));
        progress.entry_mut(&all[1]).done = true;
        assert_eq!(next(&progress, 2).as_deref(), Some("02-3"));
        progress.entry_mut(&all[2]).done = true;
        assert_eq!(next(&progress, 2), None);
    }
}
