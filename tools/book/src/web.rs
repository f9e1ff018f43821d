//! 웹 도구를 부르는 길. 그림은 Node와 설치된 Chromium으로 그리고, 글꼴은 Python의 fonttools로 자른다.

use std::env;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// 배포판마다 다른 Chromium의 이름.
const BROWSERS: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
];

/// `web/` 아래의 Node 스크립트를 돌린다. `input`은 표준 입력이 되고, 표준 출력을 돌려준다.
///
/// # Errors
///
/// 도구가 없으면 무엇을 설치하면 되는지, 스크립트가 실패하면 그 까닭을 한 줄로 돌려준다.
pub fn node(root: &Path, script: &str, input: &str) -> Result<String> {
    let mut command = Command::new("node");
    command.env("CHROMIUM", browser()?);
    let missing = "node가 없습니다. Node.js 20 이상을 설치하세요.";
    run(root, command, script, input, missing)
}

/// `web/` 아래의 Python 스크립트를 돌린다.
///
/// # Errors
///
/// [`node`]와 같다.
pub fn python(root: &Path, script: &str, input: &str) -> Result<String> {
    let missing = "python3이 없습니다. Python 3.11 이상을 설치하세요.";
    run(root, Command::new("python3"), script, input, missing)
}

fn run(
    root: &Path,
    mut command: Command,
    script: &str,
    input: &str,
    missing: &str,
) -> Result<String> {
    let web = root.join("web");
    if !web.join("node_modules").is_dir() {
        bail!("웹 도구가 없습니다. `npm ci --prefix web`으로 설치하세요.");
    }
    command
        .arg(web.join(script))
        .current_dir(root)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = match command.spawn() {
        Ok(child) => child,
        Err(error) if error.kind() == ErrorKind::NotFound => bail!("{missing}"),
        Err(error) => {
            return Err(error).with_context(|| format!("web/{script}: 실행할 수 없습니다"));
        }
    };
    if let Some(mut stdin) = child.stdin.take() {
        // 스크립트가 먼저 죽었으면 까닭은 표준 오류에 있다.
        let _ = stdin.write_all(input.as_bytes());
    }
    let output = child.wait_with_output()?;
    if !output.status.success() {
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        if text.contains("ModuleNotFoundError") {
            bail!("Python 도구가 없습니다. `pip install -r web/requirements.txt`로 설치하세요.");
        }
        let cause = text.lines().find(|line| line.contains("Error"));
        bail!("web/{script}: {}", cause.unwrap_or(text.trim()));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// 설치된 Chromium. 환경 변수 `CHROMIUM`이 먼저다.
///
/// # Errors
///
/// 찾지 못하면 무엇을 설치하면 되는지 돌려준다.
pub fn browser() -> Result<PathBuf> {
    if let Some(path) = env::var_os("CHROMIUM") {
        return Ok(path.into());
    }
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path)
        .flat_map(|dir| BROWSERS.map(|name| dir.join(name)))
        .find(|file| file.is_file())
        .context("Chromium이 없습니다. 데비안에서는 `apt-get install chromium`으로 설치합니다. 다른 곳에 있으면 환경 변수 CHROMIUM에 경로를 적으세요.")
}
