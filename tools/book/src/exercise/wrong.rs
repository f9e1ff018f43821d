//! 틀린 답. 그럴듯하지만 테스트가 걸러 내야 하는 답이며, 왜 틀렸는지와 어느 테스트가 잡는지가 머리에 적혀 있다.
//!
//! ```text
//! // 락을 쥔 채 done을 부른다. done이 다른 콜백을 부르면 같은 락을 다시 얻으려다 멈춘다.
//! // 잡는 테스트: done_may_call_another (멈춤)
//! ```

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::master::Exercise;

/// 이 말로 시작하는 이름의 테스트는 누구나 먼저 떠올리는 것이다. 은근한 틀린 답은 이런 테스트를 모두 통과한다.
pub const NAIVE: &str = "basic_";

const CAUGHT_BY: &str = "// 잡는 테스트: ";

/// 틀린 답 하나.
#[derive(Clone, Debug, PartialEq)]
pub struct Wrong {
    /// 저장소 뿌리에서 본 경로.
    pub path: PathBuf,
    /// 왜 틀렸는지. 파일의 첫 줄이다.
    pub why: String,
    /// 이 답을 잡는 테스트와, 멈추어서 잡히는지.
    pub caught_by: Vec<Caught>,
    /// 머리를 뺀 코드.
    pub code: String,
}

/// 틀린 답을 잡는 테스트 하나.
#[derive(Clone, Debug, PartialEq)]
pub struct Caught {
    /// 테스트의 이름.
    pub test: String,
    /// 실패하지 않고 멈추면 참.
    pub hangs: bool,
}

impl Wrong {
    /// 멈추어서 잡히는 답이면 참.
    pub fn hangs(&self) -> bool {
        self.caught_by.iter().any(|caught| caught.hangs)
    }
}

/// 문제 하나의 틀린 답들을 이름 순서로 읽는다.
///
/// # Errors
///
/// 폴더가 없거나 머리의 두 줄이 틀렸으면 오류를 돌려준다.
pub fn all(root: &Path, exercise: &Exercise) -> Result<Vec<Wrong>> {
    let dir = exercise.master_dir().join("wrong");
    let entries = fs::read_dir(root.join(&dir))
        .with_context(|| format!("{}: 틀린 답이 없습니다", dir.display()))?;
    let mut names: Vec<_> = entries.flatten().map(|entry| entry.file_name()).collect();
    names.sort();
    names
        .iter()
        .map(|name| {
            let path = dir.join(name);
            let text = fs::read_to_string(root.join(&path))
                .with_context(|| format!("{}: 읽을 수 없습니다", path.display()))?;
            parse(path, &text)
        })
        .collect()
}

fn parse(path: PathBuf, text: &str) -> Result<Wrong> {
    let mut lines = text.lines();
    let why = lines.next().and_then(|line| line.strip_prefix("// "));
    let caught = lines.next().and_then(|line| line.strip_prefix(CAUGHT_BY));
    let (Some(why), Some(caught)) = (why, caught) else {
        bail!(
            "{}: 첫 줄은 '// 왜 틀렸는지', 둘째 줄은 '{CAUGHT_BY}테스트 이름'이어야 합니다",
            path.display()
        );
    };
    let caught_by = caught
        .split(", ")
        .map(|name| match name.strip_suffix(" (멈춤)") {
            Some(test) => (test.to_owned(), true),
            None => (name.to_owned(), false),
        })
        .map(|(test, hangs)| Caught { test, hangs })
        .collect();
    Ok(Wrong {
        path,
        why: why.to_owned(),
        caught_by,
        code: lines
            .skip_while(|line| line.is_empty())
            .flat_map(|line| [line, "\n"])
            .collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_says_why_and_which_test_catches_it() {
        let text = "// 까닭.\n// 잡는 테스트: a, b (멈춤)\n\nfn f() {}\n";
        let wrong = parse(PathBuf::from("x.rs"), text).expect("옳은 머리");
        assert_eq!(
            (wrong.why.as_str(), wrong.code.as_str()),
            ("까닭.", "fn f() {}\n")
        );
        assert!(wrong.hangs() && !wrong.caught_by[0].hangs);
        assert_eq!(wrong.caught_by[1].test, "b");
        assert!(parse(PathBuf::from("x.rs"), "fn f() {}\n").is_err());
    }
}
