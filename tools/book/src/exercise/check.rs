//! 문제 하나를 검사한다. 살피고, 컴파일하고, 테스트를 돌린다.

use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};

use super::compile::{Compiled, compile};
use super::handout::{self, Damage};
use super::master::Exercise;
use super::style;
use super::trial::{self, Trial, Verdict};
use crate::process::Cancel;

/// 검사의 결과.
#[derive(Debug)]
pub enum Outcome {
    /// 독자의 폴더가 망가져 검사하지 못했다.
    Damaged(Vec<Damage>),
    /// 컴파일되지 않았다.
    Broken {
        /// 컴파일러의 말 그대로.
        words: String,
        /// 덧붙이는 말.
        advice: Vec<String>,
    },
    /// 테스트를 돌렸다.
    Tested {
        /// 테스트들.
        trials: Vec<Trial>,
        /// 컴파일러의 경고.
        warnings: String,
        /// 독자가 고치지 않는 파일 가운데 달라진 것.
        edited: Vec<Damage>,
    },
    /// 그만두었다.
    Cancelled,
}

impl Outcome {
    /// 모든 테스트를 통과했으면 참.
    pub fn passed(&self) -> bool {
        match self {
            Outcome::Tested { trials, .. } => {
                !trials.is_empty() && trials.iter().all(|trial| trial.verdict == Verdict::Passed)
            }
            _ => false,
        }
    }

    /// 마친 것으로 쳐도 되면 참. 테스트를 고쳐서 통과한 것은 치지 않는다.
    pub fn counts(&self) -> bool {
        self.passed() && matches!(self, Outcome::Tested { edited, .. } if edited.is_empty())
    }
}

/// 테스트 하나에 주는 시간. `seconds`가 없으면 문제에 적힌 것을 쓴다.
pub fn limit(exercise: &Exercise, seconds: Option<u64>) -> Duration {
    Duration::from_secs(seconds.unwrap_or(exercise.meta.limit))
}

/// 문제 하나를 검사한다.
///
/// # Errors
///
/// 원본을 읽을 수 없거나 cargo나 테스트를 띄울 수 없으면 오류를 돌려준다.
pub fn check(
    root: &Path,
    exercise: &Exercise,
    limit: Duration,
    cancel: &Cancel,
) -> Result<Outcome> {
    let (fatal, edited): (Vec<_>, Vec<_>) = handout::inspect(root, exercise)?
        .into_iter()
        .partition(Damage::is_fatal);
    if !fatal.is_empty() {
        return Ok(Outcome::Damaged(fatal));
    }
    let (executable, warnings) = match compile(root, exercise, *style::COLOR, cancel)? {
        Compiled::Cancelled => return Ok(Outcome::Cancelled),
        Compiled::Broken { words, advice } => return Ok(Outcome::Broken { words, advice }),
        Compiled::Ready {
            executable,
            warnings,
        } => (executable, warnings),
    };
    let source = fs::read_to_string(root.join(exercise.dir()).join("src/tests.rs"))
        .context("테스트를 읽을 수 없습니다")?;
    let trials =
        trial::run(&executable, &source, limit, cancel).context("테스트를 실행할 수 없습니다")?;
    if cancel.is_cancelled() {
        return Ok(Outcome::Cancelled);
    }
    Ok(Outcome::Tested {
        trials,
        warnings,
        edited,
    })
}
