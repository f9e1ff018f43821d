//! 시간 제한이 있는 실행. 끝나지 않는 프로그램은 그 자식까지 함께 끝낸다.

use std::io::{self, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use wait_timeout::ChildExt;

/// 그만두라는 말이 왔는지 이 간격으로 본다. 프로그램이 끝나는 것은 곧바로 안다.
const LOOK: Duration = Duration::from_millis(20);
/// 프로그램이 끝난 뒤에도 손자가 파이프를 쥐고 있으면 이만큼만 기다린다.
const LINGER: Duration = Duration::from_millis(500);

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

/// 그만두라는 말. 복사본이 모두 같은 말을 본다.
#[derive(Clone, Debug, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// 그만두라고 말한다. 여러 번 말해도 된다.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Release);
    }

    /// 그만두라는 말이 있었으면 참.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }

    /// 신호 처리기처럼 깃발만 아는 곳에 건넬 것.
    pub fn flag(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.0)
    }
}

/// 기다림이 끝난 까닭.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// 스스로 끝났다.
    Exited(ExitStatus),
    /// 시간이 다 되었다. 아직 돌고 있다.
    TimedOut,
    /// 그만두라는 말이 왔다. 아직 돌고 있다.
    Cancelled,
}

/// 제 프로세스 묶음에서 도는 프로그램. 버리면 묶음 전체를 끝낸다.
#[derive(Debug)]
pub struct Running {
    child: Child,
    // 파이프가 가득 차면 자식이 멈춘다. 그래서 기다리는 동안에도 다른 스레드가 읽는다.
    stdout: Receiver<Vec<u8>>,
    stderr: Receiver<Vec<u8>>,
    status: Option<ExitStatus>,
}

impl Running {
    /// 프로그램을 새 프로세스 묶음에서 띄운다.
    ///
    /// # Errors
    ///
    /// 띄울 수 없으면 오류를 돌려준다.
    pub fn start(command: &mut Command) -> io::Result<Running> {
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        own_group(command);
        let mut child = command.spawn()?;
        Ok(Running {
            stdout: read_all(child.stdout.take()),
            stderr: read_all(child.stderr.take()),
            child,
            status: None,
        })
    }

    /// 프로세스 번호.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// 끝나거나, `limit`이 지나거나, 그만두라는 말이 올 때까지 기다린다. 뒤의 둘이면 프로그램은 계속 돈다.
    ///
    /// # Errors
    ///
    /// 기다릴 수 없으면 오류를 돌려준다.
    pub fn wait(&mut self, limit: Option<Duration>, cancel: &Cancel) -> io::Result<Ended> {
        let started = Instant::now();
        loop {
            if cancel.is_cancelled() {
                return Ok(Ended::Cancelled);
            }
            let left = limit.map_or(LOOK, |limit| limit.saturating_sub(started.elapsed()));
            if let Some(status) = self.child.wait_timeout(left.min(LOOK))? {
                self.status = Some(status);
                return Ok(Ended::Exited(status));
            }
            if left.is_zero() {
                return Ok(Ended::TimedOut);
            }
        }
    }

    /// 아직 돌고 있으면 묶음 전체를 끝내고, 그때까지의 출력을 돌려준다.
    ///
    /// # Errors
    ///
    /// 끝난 자식을 거둘 수 없으면 오류를 돌려준다.
    pub fn finish(mut self) -> io::Result<Run> {
        let status = self.status;
        if status.is_none() {
            kill_group(&mut self.child);
            self.child.wait()?;
        }
        let stdout = self.collect(&self.stdout);
        let stderr = self.collect(&self.stderr);
        Ok(Run {
            stdout,
            stderr,
            status,
        })
    }

    fn collect(&self, output: &Receiver<Vec<u8>>) -> String {
        let bytes = output.recv_timeout(LINGER).or_else(|_| {
            // 손자가 파이프를 쥐고 있다. 묶음에 누가 남아 있으니 번호도 아직 그 묶음의 것이다.
            kill_group_of(self.child.id());
            output.recv_timeout(LINGER)
        });
        String::from_utf8_lossy(&bytes.unwrap_or_default()).into_owned()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if self.status.is_none() && matches!(self.child.try_wait(), Ok(None)) {
            kill_group(&mut self.child);
            let _ = self.child.wait();
        }
    }
}

/// 명령을 새 프로세스 묶음에서 돌린다. `limit`이 지나면 묶음 전체를 끝낸다.
///
/// # Errors
///
/// 프로그램을 띄울 수 없으면 오류를 돌려준다.
pub fn run_limited(command: &mut Command, limit: Duration) -> io::Result<Run> {
    let mut running = Running::start(command)?;
    running.wait(Some(limit), &Cancel::default())?;
    running.finish()
}

fn read_all(pipe: Option<impl Read + Send + 'static>) -> Receiver<Vec<u8>> {
    let (send, receive) = mpsc::channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut pipe) = pipe {
            // 읽다가 끊기면 거기까지가 출력이다.
            let _ = pipe.read_to_end(&mut bytes);
        }
        // 받을 쪽이 먼저 떠났으면 출력을 볼 사람도 없다.
        let _ = send.send(bytes);
    });
    receive
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
    kill_group_of(child.id());
    let _ = child.kill();
}

fn kill_group_of(id: u32) {
    #[cfg(unix)]
    {
        use rustix::process::{Pid, Signal, kill_process_group};
        if let Some(pid) = i32::try_from(id).ok().and_then(Pid::from_raw) {
            // 이미 끝났으면 할 일이 없다.
            let _ = kill_process_group(pid, Signal::KILL);
        }
    }
    #[cfg(not(unix))]
    let _ = id;
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

    #[test]
    fn a_grandchild_that_keeps_the_pipe_does_not_keep_us() {
        let run = shell("echo 끝; sleep 600 &", Duration::from_secs(30));
        assert!(run.succeeded());
        assert_eq!(run.stdout, "끝\n");
    }

    #[test]
    fn a_cancelled_program_is_killed() {
        let cancel = Cancel::default();
        cancel.cancel();
        let mut running = Running::start(Command::new("sh").args(["-c", "sleep 600"])).expect("sh");
        let ended = running.wait(None, &cancel).expect("기다릴 수 있다");
        assert_eq!(ended, Ended::Cancelled);
        assert!(running.finish().expect("거둘 수 있다").status.is_none());
    }
}
