//! 다른 프로세스에서 도는 상대. `일 횟수`를 한 줄 보내면 걸린 나노초를 한 줄 돌려준다.

use std::env;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::OnceLock;

use anyhow::{Context, Result, ensure};

/// 시키는 대로 일하는 프로세스. 버리면 끝낸다.
pub struct Peer {
    child: Child,
    stdin: ChildStdin,
    stdout: BufReader<ChildStdout>,
}

impl Peer {
    /// 이름으로 부른다. 재는 프로그램을 스스로 부르거나, Go나 Node를 띄운다.
    ///
    /// # Errors
    ///
    /// 띄울 수 없으면 까닭을 돌려준다.
    pub fn start(name: &str) -> Result<Peer> {
        let mut command = command(name).with_context(|| format!("{name}이 없습니다"))?;
        let mut child = command
            // 우리 것은 스레드 하나에서 돈다. 상대도 작업 스레드를 하나만 쓴다.
            .env("ASYNC_STD_THREAD_COUNT", "1")
            .env("GOMAXPROCS", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let stdin = child.stdin.take().context("입력을 잇는다")?;
        let stdout = BufReader::new(child.stdout.take().context("출력을 잇는다")?);
        Ok(Peer {
            child,
            stdin,
            stdout,
        })
    }

    /// 일을 시키고 답을 기다린다.
    ///
    /// # Errors
    ///
    /// 모르는 일이거나 프로세스가 죽었으면 까닭을 돌려준다.
    pub fn ask(&mut self, work: &str, count: u64) -> Result<u64> {
        writeln!(self.stdin, "{work} {count}")?;
        let mut line = String::new();
        self.stdout.read_line(&mut line)?;
        let number = line.trim().parse();
        number.with_context(|| format!("{work}를 하지 못했습니다: {line:?}"))
    }

    /// 프로세스의 번호.
    pub fn id(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        _ = self.child.kill();
        _ = self.child.wait();
    }
}

/// 이 기계에서 부를 수 있는가.
pub fn installed(name: &str) -> bool {
    match name {
        "go" => go().is_some(),
        "node" => Command::new("node").arg("--version").output().is_ok(),
        _ => true,
    }
}

fn command(name: &str) -> Option<Command> {
    Some(match name {
        "go" => Command::new(go()?),
        "node" => {
            let mut command = Command::new("node");
            command.arg(sources().join("runtime.mjs"));
            command
        }
        name => {
            let mut command = Command::new(program()?);
            command.args(["--work", name]);
            command
        }
    })
}

/// 재는 프로그램. 테스트에서 부르면 테스트의 실행 파일 곁에 있는 것이다.
fn program() -> Option<PathBuf> {
    let this = env::current_exe().ok()?;
    let folder = this.parent()?;
    match folder.file_name()?.to_str()? {
        "deps" => Some(folder.with_file_name(format!("bench{}", env::consts::EXE_SUFFIX))),
        _ => Some(this),
    }
}

fn sources() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("peers")
}

/// 지어 둔 Go 프로그램. Go가 없으면 없다.
fn go() -> Option<&'static Path> {
    static BUILT: OnceLock<Option<PathBuf>> = OnceLock::new();
    BUILT.get_or_init(|| build_go().ok()).as_deref()
}

fn build_go() -> Result<PathBuf> {
    let source = sources().join("runtime.go");
    let built = program().context("자리가 없다")?.with_file_name("bench-go");
    let made = |file: &Path| fs::metadata(file).and_then(|found| found.modified());
    if made(&built).is_ok_and(|built| made(&source).is_ok_and(|source| source < built)) {
        return Ok(built);
    }
    // 여럿이 함께 지어도 반쯤 쓴 것을 부르지 않는다.
    let own = built.with_file_name(format!("bench-go-{}", std::process::id()));
    let status = Command::new("go")
        .args(["build", "-o"])
        .args([&own, &source])
        .status()?;
    ensure!(status.success(), "Go 프로그램을 짓지 못했습니다");
    fs::rename(&own, &built)?;
    Ok(built)
}

/// 프로세스가 물리 메모리에 둔 바이트. 리눅스에서만 안다.
pub fn resident(process: &str) -> Option<u64> {
    let text = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kib: u64 = line.trim().trim_end_matches(" kB").parse().ok()?;
    Some(kib * 1024)
}

/// 프로세스의 모든 스레드가 쓴 CPU 시간의 나노초. 리눅스에서만 안다.
pub fn cpu(process: u32) -> Option<u64> {
    let mut sum = 0;
    for thread in fs::read_dir(format!("/proc/{process}/task")).ok()? {
        let text = fs::read_to_string(thread.ok()?.path().join("schedstat")).ok()?;
        sum += text.split(' ').next()?.parse::<u64>().ok()?;
    }
    Some(sum)
}
