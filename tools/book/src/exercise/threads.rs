//! 멈춘 프로세스의 스레드들이 무엇을 하고 있는지 본다. Linux의 `/proc`에서만 볼 수 있다.

use std::fmt;
use std::time::Duration;

/// 스레드 하나가 하던 일.
#[derive(Clone, Debug, PartialEq)]
pub struct Thread {
    /// 운영체제가 아는 이름. 15바이트에서 잘린다.
    pub name: String,
    /// 하던 일.
    pub doing: Doing,
    /// 태어나서 지금까지 쓴 CPU 시간.
    pub cpu: Duration,
}

/// 스레드가 하던 일.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doing {
    /// 락을 기다린다.
    Lock,
    /// 깨워 주기를 기다린다. `thread::park`와 채널의 `recv`가 여기에 든다.
    Park,
    /// 다른 스레드가 끝나기를 기다린다.
    Join,
    /// 조건 변수처럼 위의 셋이 아닌 것을 기다린다.
    Condvar,
    /// 읽을 것이나 연결을 기다린다. 시스템 호출의 이름이 함께 있다.
    Io(&'static str),
    /// 자고 있다.
    Sleep,
    /// 돌고 있다.
    Running,
    /// 알 수 없다.
    Unknown,
}

impl fmt::Display for Doing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Doing::Lock => write!(f, "락을 기다림"),
            Doing::Park => write!(f, "깨우기를 기다림 (채널의 recv, park)"),
            Doing::Join => write!(f, "다른 스레드가 끝나기를 기다림 (join)"),
            Doing::Condvar => write!(f, "조건 변수를 기다림 (wait)"),
            Doing::Io(call) => write!(f, "연결이나 읽을 것을 기다림 ({call})"),
            Doing::Sleep => write!(f, "자는 중 (sleep)"),
            Doing::Running => write!(f, "쉬지 않고 도는 중"),
            Doing::Unknown => write!(f, "무엇을 하는지 알 수 없음"),
        }
    }
}

/// 프로세스 `id`의 스레드들. `test`는 도는 테스트의 이름으로, 테스트 도구의 스레드를 가려내는 데 쓴다.
#[cfg(target_os = "linux")]
pub fn of(id: u32, test: &str) -> Vec<Thread> {
    let mut threads = proc::read(id);
    // 테스트는 제 이름의 스레드에서 돌고, main은 그것을 기다리기만 한다.
    let is_test = |thread: &Thread| !thread.name.is_empty() && test.starts_with(&thread.name);
    if let Some(at) = threads.iter().skip(1).position(is_test) {
        threads[at + 1].name = "테스트 스레드".to_owned();
        threads.remove(0);
    }
    threads
}

/// 이 플랫폼에서는 볼 수 없다.
#[cfg(not(target_os = "linux"))]
pub fn of(_id: u32, _test: &str) -> Vec<Thread> {
    Vec::new()
}

#[cfg(target_os = "linux")]
mod proc {
    use std::fs;
    use std::path::{Path, PathBuf};
    use std::time::Duration;

    use super::{Doing, Thread};

    pub fn read(id: u32) -> Vec<Thread> {
        let Ok(entries) = fs::read_dir(format!("/proc/{id}/task")) else {
            return Vec::new();
        };
        let mut tasks: Vec<(u64, PathBuf)> = entries
            .flatten()
            .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path())))
            .collect();
        tasks.sort();
        let ids: Vec<u64> = tasks.iter().map(|(id, _)| *id).collect();
        tasks.iter().map(|(_, task)| thread(task, &ids)).collect()
    }

    fn thread(task: &Path, ids: &[u64]) -> Thread {
        let text = |file: &str| fs::read(task.join(file)).unwrap_or_default();
        let text = |file: &str| String::from_utf8_lossy(&text(file)).trim().to_owned();
        let stat = text("stat");
        // 이름에 괄호와 빈칸이 들어갈 수 있으므로 마지막 괄호 뒤부터 센다.
        let fields: Vec<&str> = stat
            .rsplit_once(") ")
            .map(|(_, rest)| rest.split(' ').collect())
            .unwrap_or_default();
        let ticks = |at: usize| {
            fields
                .get(at)
                .and_then(|n| n.parse::<u64>().ok())
                .unwrap_or(0)
        };
        let per_second = rustix::param::clock_ticks_per_second().max(1);
        let name = text("comm");
        Thread {
            name: name.trim_end_matches('\u{fffd}').to_owned(),
            doing: doing(&text("syscall"), fields.first().copied().unwrap_or(""), ids),
            cpu: Duration::from_millis((ticks(11) + ticks(12)) * 1000 / per_second),
        }
    }

    /// `syscall`에는 번호와 인수가 16진수로 적혀 있다. 막혀 있지 않으면 `running`이다.
    pub fn doing(syscall: &str, state: &str, ids: &[u64]) -> Doing {
        let mut words = syscall.split(' ');
        let number = words.next().and_then(|word| word.parse::<i64>().ok());
        let argument = |at: usize| {
            let word = syscall.split(' ').nth(at + 1)?;
            u64::from_str_radix(word.strip_prefix("0x")?, 16).ok()
        };
        match number {
            _ if state == "R" || syscall == "running" => Doing::Running,
            Some(libc::SYS_futex) => futex(argument(2).unwrap_or(0), ids),
            Some(libc::SYS_nanosleep | libc::SYS_clock_nanosleep) => Doing::Sleep,
            Some(number) => io(number).map_or(Doing::Unknown, Doing::Io),
            None => Doing::Unknown,
        }
    }

    /// 표준 라이브러리가 futex에 거는 값으로 무엇을 기다리는지 짐작한다. 락은 2, park는 -1,
    /// join은 기다리는 스레드의 번호, 조건 변수는 그 밖의 수이다.
    fn futex(expected: u64, ids: &[u64]) -> Doing {
        let expected = expected & 0xffff_ffff;
        match expected {
            0xffff_ffff => Doing::Park,
            2 => Doing::Lock,
            id if ids.contains(&id) => Doing::Join,
            _ => Doing::Condvar,
        }
    }

    fn io(number: i64) -> Option<&'static str> {
        #[cfg(target_arch = "x86_64")]
        match number {
            libc::SYS_poll => return Some("poll"),
            libc::SYS_select => return Some("select"),
            libc::SYS_epoll_wait => return Some("epoll_wait"),
            _ => {}
        }
        match number {
            libc::SYS_accept | libc::SYS_accept4 => Some("accept"),
            libc::SYS_epoll_pwait | libc::SYS_epoll_pwait2 => Some("epoll_wait"),
            libc::SYS_ppoll => Some("poll"),
            libc::SYS_pselect6 => Some("select"),
            libc::SYS_read | libc::SYS_readv => Some("read"),
            libc::SYS_recvfrom | libc::SYS_recvmsg => Some("recv"),
            libc::SYS_write | libc::SYS_sendto => Some("write"),
            libc::SYS_connect => Some("connect"),
            libc::SYS_wait4 | libc::SYS_waitid => Some("wait"),
            _ => None,
        }
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn the_waited_for_value_tells_what_is_waited_for() {
        let futex = |value: &str| {
            let line = format!(
                "{} 0x5500 0x89 {value} 0x0 0x0 0x0 0x7f 0x7f",
                libc::SYS_futex
            );
            proc::doing(&line, "S", &[77])
        };
        assert_eq!(futex("0x2"), Doing::Lock);
        assert_eq!(futex("0xffffffff"), Doing::Park);
        assert_eq!(futex("0x4d"), Doing::Join);
        assert_eq!(futex("0x0"), Doing::Condvar);
        assert_eq!(proc::doing("running", "S", &[]), Doing::Running);
        assert_eq!(proc::doing("", "S", &[]), Doing::Unknown);
    }
}
