//! 테스트를 돌린다. 테스트마다 제 프로세스를 주므로, 하나가 멈추거나 죽어도 나머지의 결과를 안다.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::threads::{self, Thread};
use crate::process::{Cancel, Ended, Running, run_limited};

/// 테스트의 이름을 물어보는 데 주는 시간.
const LIST: Duration = Duration::from_secs(30);

/// 테스트 하나와 그 결과.
#[derive(Clone, Debug)]
pub struct Trial {
    /// 함수의 이름.
    pub name: String,
    /// 무엇을 보는 테스트인지. 테스트의 문서 주석이다.
    pub title: String,
    /// 결과.
    pub verdict: Verdict,
}

/// 테스트 하나의 결과.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// 통과했다.
    Passed,
    /// 실패했다. 테스트가 한 말이 함께 있다.
    Failed(String),
    /// 시간 안에 끝나지 않았다.
    Hung {
        /// 기다린 시간.
        after: Duration,
        /// 끝내기 직전에 스레드들이 하던 일. 알 수 없는 플랫폼에서는 비어 있다.
        threads: Vec<Thread>,
        /// 그때까지 테스트가 한 말.
        output: String,
    },
    /// 돌리지 않았다. 앞의 테스트가 멈추었거나 그만두라는 말이 왔다.
    Skipped,
}

/// 실행 파일에 든 테스트를 모두 돌린다. 순서는 `source`에 적힌 순서이다.
///
/// 한 테스트가 `limit`을 넘기면 그 뒤의 테스트는 시작하지 않는다.
///
/// # Errors
///
/// 테스트를 띄울 수 없으면 오류를 돌려준다.
pub fn run(
    executable: &Path,
    source: &str,
    limit: Duration,
    cancel: &Cancel,
) -> io::Result<Vec<Trial>> {
    let mut trials: Vec<Trial> = names(executable)?
        .into_iter()
        .map(|name| Trial {
            title: title(source, &name).unwrap_or_else(|| name.clone()),
            verdict: Verdict::Skipped,
            name,
        })
        .collect();
    trials.sort_by_key(|trial| source.find(&format!("fn {}(", trial.name)));
    let next = AtomicUsize::new(0);
    let someone_hung = AtomicBool::new(false);
    let done = Mutex::new(BTreeMap::new());
    let names: Vec<&str> = trials.iter().map(|trial| trial.name.as_str()).collect();
    // 테스트끼리 코어를 두고 다투면 시간 제한이 흔들린다.
    let workers = thread::available_parallelism()
        .map_or(1, usize::from)
        .min(4);
    thread::scope(|scope| -> io::Result<()> {
        let work = || -> io::Result<()> {
            while !someone_hung.load(Ordering::Relaxed) && !cancel.is_cancelled() {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let Some(name) = names.get(at) else { break };
                let verdict = run_one(executable, name, limit, cancel)?;
                if matches!(verdict, Verdict::Hung { .. }) {
                    someone_hung.store(true, Ordering::Relaxed);
                }
                done.lock().expect("패닉하지 않는다").insert(at, verdict);
            }
            Ok(())
        };
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        workers
            .into_iter()
            .try_for_each(|worker| worker.join().expect("패닉하지 않는다"))
    })?;
    for (at, verdict) in done.into_inner().expect("패닉하지 않는다") {
        trials[at].verdict = verdict;
    }
    Ok(trials)
}

/// 실행 파일에 든 테스트의 이름.
///
/// # Errors
///
/// 실행할 수 없으면 오류를 돌려준다.
pub fn names(executable: &Path) -> io::Result<Vec<String>> {
    let mut list = Command::new(executable);
    list.args(["--list", "--format", "terse"]);
    Ok(run_limited(&mut list, LIST)?
        .stdout
        .lines()
        .filter_map(|line| line.strip_suffix(": test"))
        .map(str::to_owned)
        .collect())
}

/// 테스트의 문서 주석. `#[test]` 같은 속성은 주석과 함수 사이에 있어도 된다.
pub fn title(source: &str, name: &str) -> Option<String> {
    let function = format!("fn {name}(");
    let before: Vec<&str> = source
        .lines()
        .take_while(|line| !line.trim_start().starts_with(&function))
        .collect();
    let mut doc: Vec<&str> = before
        .iter()
        .rev()
        .map(|line| line.trim())
        .skip_while(|line| line.starts_with("#["))
        .map_while(|line| line.strip_prefix("///"))
        .map(str::trim)
        .collect();
    doc.reverse();
    (!doc.is_empty()).then(|| doc.join(" "))
}

/// 테스트 하나를 제 프로세스에서 돌린다.
///
/// # Errors
///
/// 실행할 수 없으면 오류를 돌려준다.
pub fn run_one(
    executable: &Path,
    name: &str,
    limit: Duration,
    cancel: &Cancel,
) -> io::Result<Verdict> {
    let started = Instant::now();
    let mut test = Command::new(executable);
    // 출력을 가로채지 않아야 멈춘 테스트의 말도 남는다.
    test.args(["--exact", name, "--nocapture", "--test-threads=1"])
        .env("RUST_BACKTRACE", "0");
    let mut running = Running::start(&mut test)?;
    let ended = running.wait(Some(limit), cancel)?;
    let threads = match ended {
        Ended::TimedOut => threads::of(running.id(), name),
        _ => Vec::new(),
    };
    let run = running.finish()?;
    let output = said(name, &run.stdout, &run.stderr);
    Ok(match ended {
        Ended::Cancelled => Verdict::Skipped,
        Ended::TimedOut => Verdict::Hung {
            after: started.elapsed(),
            threads,
            output,
        },
        Ended::Exited(status) if status.success() => Verdict::Passed,
        Ended::Exited(status) if status.code().is_some() => Verdict::Failed(output),
        // 신호로 죽었다. 스택이 넘쳤거나 abort를 불렀다.
        Ended::Exited(status) => Verdict::Failed(format!(
            "{output}테스트를 돌리던 프로세스가 죽었습니다 ({status}).\n{}",
            match run.stderr.contains("overflowed its stack") {
                true => "스택이 넘쳤습니다. 함수가 자기를 끝없이, 또는 너무 깊이 부릅니다.\n",
                false => "",
            }
        )),
    })
}

/// 테스트가 한 말. 테스트 도구가 붙이는 줄은 뺀다.
fn said(name: &str, stdout: &str, stderr: &str) -> String {
    let start = format!("test {name} ... ");
    let out = stdout
        .split_once(start.as_str())
        .map_or("", |(_, rest)| rest);
    let out = match out.rfind("FAILED\n\nfailures:") {
        Some(end) => &out[..end],
        None => out,
    };
    let err = stderr
        .lines()
        .filter(|line| !line.starts_with("note: run with `RUST_BACKTRACE"))
        .flat_map(|line| [line, "\n"])
        .collect::<String>();
    let mut text = out.trim_end().to_owned();
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(err.trim_start_matches('\n').trim_end());
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_doc_comment_is_the_title() {
        let source = "/// 하나\n/// 둘\n#[test]\n#[ignore]\nfn a() {}\n\n#[test]\nfn b() {}\n";
        assert_eq!(title(source, "a").as_deref(), Some("하나 둘"));
        assert_eq!(title(source, "b"), None);
    }

    #[test]
    fn the_words_of_the_test_tool_are_left_out() {
        let out = "\nrunning 1 test\ntest a ... 안녕\nFAILED\n\nfailures:\n\nfailures:\n    a\n";
        let err = "\nthread 'a' panicked at x.rs:1:1:\n말\nnote: run with `RUST_BACKTRACE=1` …\n";
        let expected = "안녕\nthread 'a' panicked at x.rs:1:1:\n말\n";
        assert_eq!(said("a", out, err), expected);
        assert_eq!(said("a", "\nrunning 1 test\ntest a ... ", ""), "");
    }
}
