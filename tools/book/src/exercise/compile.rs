//! 독자의 문제를 컴파일한다. 컴파일러의 말은 손대지 않고 그대로 옮긴다.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde::Deserialize;

use super::advice;
use super::master::Exercise;
use crate::process::{Cancel, Ended, Running};

/// 컴파일의 결과.
#[derive(Debug)]
pub enum Compiled {
    /// 테스트의 실행 파일과, 컴파일러가 한 경고.
    Ready {
        /// 테스트의 실행 파일.
        executable: PathBuf,
        /// 경고. 없으면 빈 글.
        warnings: String,
    },
    /// 컴파일러가 한 말과, 우리가 덧붙이는 말.
    Broken {
        /// 컴파일러의 말 그대로.
        words: String,
        /// 도움말. 한 줄에 하나.
        advice: Vec<String>,
    },
    /// 그만두었다.
    Cancelled,
}

/// cargo가 JSON으로 알려 주는 것 가운데 우리가 읽는 것.
#[derive(Debug, Deserialize)]
pub struct Message {
    /// 컴파일러의 말.
    pub message: Option<Diagnostic>,
    /// 만든 실행 파일.
    pub executable: Option<PathBuf>,
    /// 어느 패키지의 것인지.
    pub manifest_path: Option<PathBuf>,
}

/// cargo의 표준 출력에서 읽을 수 있는 줄을 모두 읽는다.
pub fn messages(stdout: &str) -> Vec<Message> {
    let lines = stdout.lines();
    lines
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect()
}

/// 컴파일러의 말 하나.
#[derive(Debug, Deserialize)]
pub struct Diagnostic {
    /// `error`나 `warning`.
    pub level: String,
    /// 사람이 읽을 모양.
    pub rendered: Option<String>,
    /// 오류 번호.
    pub code: Option<Code>,
    /// 가리키는 곳.
    pub spans: Vec<Span>,
    /// 한 줄로 줄인 말.
    pub message: String,
}

/// `E0382` 같은 번호.
#[derive(Debug, Deserialize)]
pub struct Code {
    /// 번호.
    pub code: String,
}

/// 소스의 한 곳.
#[derive(Debug, Deserialize)]
pub struct Span {
    /// 작업 공간의 뿌리에서 본 경로.
    pub file_name: String,
    /// 오류가 난 바로 그곳이면 참.
    pub is_primary: bool,
}

/// 문제 하나의 테스트를 컴파일한다.
///
/// # Errors
///
/// cargo를 띄울 수 없으면 오류를 돌려준다. 컴파일 오류는 오류가 아니다.
pub fn compile(root: &Path, exercise: &Exercise, color: bool, cancel: &Cancel) -> Result<Compiled> {
    let format = match color {
        true => "json-diagnostic-rendered-ansi",
        false => "json",
    };
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo
        .current_dir(root)
        .args(["test", "--quiet", "--no-run", "--test", "check"])
        .args(["--package", &exercise.package()])
        .arg(format!("--message-format={format}"));
    let mut running = Running::start(&mut cargo).context("cargo를 실행할 수 없습니다")?;
    if running.wait(None, cancel)? == Ended::Cancelled {
        return Ok(Compiled::Cancelled);
    }
    let run = running.finish()?;
    let (mut errors, mut warnings, mut executable) = (Vec::new(), String::new(), None);
    for message in messages(&run.stdout) {
        match message.message {
            Some(said) if said.level.starts_with("error") => errors.push(said),
            Some(said) if said.level == "warning" => {
                warnings.push_str(&said.rendered.unwrap_or_default());
            }
            _ => {}
        }
        // 실행 파일을 만드는 것은 테스트뿐이다.
        executable = message.executable.or(executable);
    }
    match executable {
        Some(executable) if run.succeeded() => Ok(Compiled::Ready {
            executable,
            warnings,
        }),
        _ if errors.is_empty() => Ok(Compiled::Broken {
            // cargo가 컴파일러를 부르기도 전에 멈추었다.
            words: run.stderr,
            advice: Vec::new(),
        }),
        _ => Ok(Compiled::Broken {
            advice: advice::on(exercise, &errors),
            words: errors
                .into_iter()
                .filter_map(|said| said.rendered)
                .collect(),
        }),
    }
}
