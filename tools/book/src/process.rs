//! 시간 제한이 있는 실행. 끝나지 않는 프로그램은 그 자식까지 함께 끝낸다.

use std::io::{self, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::Duration;

use wait_timeout::ChildExt;

/// 실행의 결과.
#[derive(Debug)]
pub struct Run {
    /// 표준 출력.
    pub stdout: String,
    /// 표준 오류.
    pub stderr: String,
    /// 끝난 상태. 시간 안에 끝나지 않아 끝내 버렸으면 `None`.
    pub status: Option<ExitStatus>,
}

impl Run {
    /// 시간 안에 성공으로 끝났으면 참.
    pub fn succeeded(&self) -> bool {
        self.status.is_some_and(|status| status.success())
    }
}

/// 명령을 새 프로세스 묶음에서 돌린다. `limit`이 지나면 묶음 전체를 끝낸다.
///
/// # Errors
///
/// 프로그램을 띄울 수 없으면 오류를 돌려준다.
pub fn run_limited(command: &mut Command, limit: Duration) -> io::Result<Run> {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    own_group(command);
    let mut child = command.spawn()?;
    // 파이프가 가득 차면 자식이 멈춘다. 그래서 기다리는 동안에도 읽는다.
    let stdout = read_all(child.stdout.take());
    let stderr = read_all(child.stderr.take());
    let status = child.wait_timeout(limit)?;
    if status.is_none() {
        kill_group(&mut child);
        child.wait()?;
    }
    let text = |reader: thread::JoinHandle<Vec<u8>>| {
        String::from_utf8_lossy(&reader.join().unwrap_or_default()).into_owned()
    };
    Ok(Run {
        stdout: text(stdout),
        stderr: text(stderr),
        status,
    })
}

fn read_all(pipe: Option<impl Read + Send + 'static>) -> thread::JoinHandle<Vec<u8>> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut pipe) = pipe {
            // 읽다가 끊기면 거기까지가 출력이다.
            let _ = pipe.read_to_end(&mut bytes);
        }
        bytes
    })
}

/// 명령을 새 프로세스 묶음의 우두머리로 만든다.
pub fn own_group(command: &mut Command) {
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    #[cfg(not(unix))]
    let _ = command;
}

/// 자식이 이끄는 프로세스 묶음을 끝낸다. 거두는 일은 부르는 쪽이 `wait`로 한다.
pub fn kill_group(child: &mut Child) {
    #[cfg(unix)]
    {
        use rustix::process::{Pid, Signal, kill_process_group};
        if let Some(pid) = i32::try_from(child.id()).ok().and_then(Pid::from_raw) {
            // 이미 끝났으면 할 일이 없다.
            let _ = kill_process_group(pid, Signal::KILL);
        }
    }
    let _ = child.kill();
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn shell(script: &str, limit: Duration) -> Run {
        run_limited(Command::new("sh").args(["-c", script]), limit).expect("sh는 어디에나 있다")
    }

    #[test]
    fn a_program_that_ends_gives_both_streams() {
        let run = shell("echo 하나; echo 둘 >&2", Duration::from_secs(30));
        assert!(run.succeeded());
        assert_eq!(
            (run.stdout.as_str(), run.stderr.as_str()),
            ("하나\n", "둘\n")
        );
    }

    #[test]
    fn a_program_that_hangs_is_killed_with_its_children() {
        // 손자가 파이프를 쥔 채 남으면 읽는 스레드가 끝나지 않아 이 시험이 멈춘다.
        let run = shell(
            "echo 시작; sleep 600 & sleep 600",
            Duration::from_millis(300),
        );
        assert!(run.status.is_none());
        assert_eq!(run.stdout, "시작\n");
    }
}
