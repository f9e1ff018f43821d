//! 관문. 원본의 답마다 테스트를 돌려, 테스트가 틀린 답을 정말 걸러 내는지 본다. `cargo test`가 부른다.

pub mod folder;
pub mod shape;
mod source;
pub mod workshop;

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};

use super::master::{self, Exercise};
use super::trial::{self, Verdict};
use super::wrong::{self, NAIVE, Wrong};
use crate::process::Cancel;

/// 멈추어서 잡힌다고 적힌 답은 이만큼만 기다려 본다.
const HANG: Duration = Duration::from_secs(2);

/// 답의 종류.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// 처음 나누어 주는 답. 실패해야 한다.
    Start,
    /// 풀이. 통과해야 한다.
    Solution,
    /// 틀린 답. 적힌 테스트가 잡아야 한다.
    Wrong(Wrong),
}

/// 테스트해 볼 답 하나.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// 어느 문제의 답인지.
    pub exercise: Exercise,
    /// 답의 종류.
    pub kind: Kind,
}

impl Answer {
    /// 저장소 뿌리에서 본 소스.
    pub fn source(&self) -> PathBuf {
        match &self.kind {
            Kind::Start => self.exercise.master_dir().join("start.rs"),
            Kind::Solution => self.exercise.master_dir().join("src/lib.rs"),
            Kind::Wrong(wrong) => wrong.path.clone(),
        }
    }

    /// 테스트의 이름에 쓰는 말.
    pub fn label(&self) -> String {
        let kind = match &self.kind {
            Kind::Start => "처음 모양은 실패한다".to_owned(),
            Kind::Solution => "풀이는 통과한다".to_owned(),
            Kind::Wrong(wrong) => format!("틀린 답을 잡는다: {}", stem(&wrong.path)),
        };
        format!("{} {kind}", self.exercise.id)
    }

    /// 관문이 만드는 패키지의 이름.
    fn package(&self) -> String {
        let kind = match &self.kind {
            Kind::Start => "start".to_owned(),
            Kind::Solution => "solution".to_owned(),
            Kind::Wrong(wrong) => format!("wrong-{}", stem(&wrong.path)),
        };
        format!("{}-{kind}", self.exercise.package())
    }
}

fn stem(path: &Path) -> String {
    path.file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// 모든 문제의 모든 답.
///
/// # Errors
///
/// 원본을 읽을 수 없으면 오류를 돌려준다.
pub fn answers(root: &Path) -> Result<Vec<Answer>> {
    let mut answers = Vec::new();
    for exercise in master::all(root)? {
        let wrong = wrong::all(root, &exercise)?;
        let kinds = [Kind::Start, Kind::Solution]
            .into_iter()
            .chain(wrong.into_iter().map(Kind::Wrong));
        answers.extend(kinds.map(|kind| Answer {
            exercise: exercise.clone(),
            kind,
        }));
    }
    Ok(answers)
}

/// 컴파일한 답 하나를 테스트해, 그 종류에 맞는 결과가 나오는지 본다.
///
/// # Errors
///
/// 결과가 다르거나 테스트를 띄울 수 없으면 오류를 돌려준다.
pub fn judge(answer: &Answer, executable: &Path) -> Result<()> {
    let names = trial::names(executable).context("테스트를 실행할 수 없습니다")?;
    let limit = Duration::from_secs(answer.exercise.meta.limit);
    let run = |name: &str, limit| trial::run_one(executable, name, limit, &Cancel::default());
    match &answer.kind {
        Kind::Start => {
            let mut failed = 0;
            for name in &names {
                match run(name, limit)? {
                    Verdict::Failed(_) => failed += 1,
                    Verdict::Passed | Verdict::Skipped => {}
                    Verdict::Hung { .. } => bail!("처음 모양이 멈춥니다: {name}"),
                }
            }
            ensure!(failed > 0, "처음 모양이 모든 테스트를 통과합니다");
        }
        Kind::Solution => {
            for name in &names {
                let verdict = run(name, limit)?;
                ensure!(
                    verdict == Verdict::Passed,
                    "풀이가 {name}에서 막힙니다: {verdict:?}"
                );
            }
        }
        Kind::Wrong(wrong) => {
            for caught in &wrong.caught_by {
                ensure!(
                    names.contains(&caught.test),
                    "없는 테스트입니다: {}",
                    caught.test
                );
                let verdict = run(&caught.test, if caught.hangs { HANG } else { limit })?;
                let as_said = match verdict {
                    Verdict::Failed(_) => !caught.hangs,
                    Verdict::Hung { .. } => caught.hangs,
                    Verdict::Passed | Verdict::Skipped => false,
                };
                ensure!(
                    as_said,
                    "{}이 적힌 대로 잡지 못합니다: {verdict:?}",
                    caught.test
                );
            }
        }
    }
    Ok(())
}

/// 누구나 먼저 떠올리는 테스트를 모두 통과하면 참. 그런데도 걸러진다면 은근한 틀린 답이다.
///
/// # Errors
///
/// 테스트를 띄울 수 없으면 오류를 돌려준다.
pub fn passes_naive_tests(executable: &Path) -> Result<bool> {
    let names = trial::names(executable)?;
    let naive: Vec<&String> = names
        .iter()
        .filter(|name| name.starts_with(NAIVE))
        .collect();
    ensure!(!naive.is_empty(), "{NAIVE}로 시작하는 테스트가 없습니다");
    for name in naive {
        let verdict = trial::run_one(executable, name, HANG, &Cancel::default())?;
        if verdict != Verdict::Passed {
            return Ok(false);
        }
    }
    Ok(true)
}
