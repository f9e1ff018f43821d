//! 저장할 때마다 검사하는 화면. 검사는 다른 스레드가 하므로 도는 동안에도 글쇠가 듣는다.

mod keys;
pub mod screen;
mod view;

use std::fs;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use anyhow::{Result, bail};

use super::check::{self, Outcome};
use super::master::Exercise;
use super::run::{note, stop_on_signal};
use super::{report, style};
use crate::process::Cancel;
use screen::{Key, Screen};
use view::View;

/// 파일과 검사의 결과를 이 간격으로 본다. 글쇠는 곧바로 듣는다.
const TURN: Duration = Duration::from_millis(50);
/// 컴파일이 이만큼 걸리면 왜 오래 걸리는지 말한다.
const SLOW: Duration = Duration::from_secs(3);

/// 끝내라고 할 때까지 검사한다.
///
/// # Errors
///
/// 터미널이 아니거나 터미널을 다룰 수 없으면 오류를 돌려준다.
pub fn watch(root: &Path, all: &[Exercise], exercise: &Exercise, limit: Option<u64>) -> Result<()> {
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        bail!(
            "watch는 터미널에서만 씁니다. 여기에서는 이 명령을 쓰세요: cargo book check {}",
            exercise.id
        );
    }
    let stop = Cancel::default();
    stop_on_signal(&stop);
    let mut screen = Screen::open()?;
    let mut watch = Watch::new(root, all, exercise, limit);
    watch.open(exercise);
    while !stop.is_cancelled() {
        watch.look();
        if watch.stale {
            watch.stale = false;
            screen.show(&watch.draw())?;
        }
        match screen.key(TURN)? {
            Some(Key::Char('q') | Key::Interrupt) => break,
            Some(Key::Char(key)) => watch.press(key),
            Some(Key::Resize) => watch.stale = true,
            None => {}
        }
    }
    watch.stop();
    Ok(())
}

/// 검사 하나의 결과. 앞의 수는 몇 번째 검사인지이다.
type Finished = (u64, Result<Outcome>);

/// 화면의 상태.
struct Watch<'a> {
    root: &'a Path,
    all: &'a [Exercise],
    exercise: &'a Exercise,
    limit: Option<u64>,
    view: View,
    /// 마지막 검사의 결과. 검사하는 동안은 `None`이다.
    result: Option<String>,
    /// 한 번 더 눌러야 듣는 글쇠를 눌렀으면 그 글쇠.
    asked: Option<char>,
    /// 글쇠 안내 위에 보이는 말.
    said: String,
    /// 다시 그려야 하면 참.
    stale: bool,
    seen: Vec<(PathBuf, Option<SystemTime>)>,
    started: Instant,
    is_slow: bool,
    cancel: Cancel,
    /// 그만둔 검사의 결과는 번호가 달라 버려진다.
    turn: u64,
    worker: Option<thread::JoinHandle<()>>,
    send: Sender<Finished>,
    finished: Receiver<Finished>,
}

impl<'a> Watch<'a> {
    fn new(
        root: &'a Path,
        all: &'a [Exercise],
        exercise: &'a Exercise,
        limit: Option<u64>,
    ) -> Watch<'a> {
        let (send, finished) = mpsc::channel();
        Watch {
            root,
            all,
            exercise,
            limit,
            view: View::Result,
            result: None,
            asked: None,
            said: String::new(),
            stale: true,
            seen: Vec::new(),
            started: Instant::now(),
            is_slow: false,
            cancel: Cancel::default(),
            turn: 0,
            worker: None,
            send,
            finished,
        }
    }

    /// 이 문제를 펴고 검사한다.
    fn open(&mut self, exercise: &'a Exercise) {
        self.exercise = exercise;
        let warning = note(self.root, |progress| {
            progress.current = Some(exercise.package());
        });
        self.said = warning.unwrap_or_default();
        self.start();
    }

    /// 돌던 검사를 그만두고 새로 검사한다.
    fn start(&mut self) {
        self.stop();
        self.cancel = Cancel::default();
        self.turn += 1;
        self.seen = snapshot(self.root, self.exercise);
        self.started = Instant::now();
        self.is_slow = false;
        self.result = None;
        self.view = View::Result;
        self.stale = true;
        let (root, exercise) = (self.root.to_path_buf(), self.exercise.clone());
        let (send, cancel, turn) = (self.send.clone(), self.cancel.clone(), self.turn);
        let limit = check::limit(&exercise, self.limit);
        self.worker = Some(thread::spawn(move || {
            let outcome = check::check(&root, &exercise, limit, &cancel);
            // 화면이 먼저 닫혔으면 볼 사람이 없다.
            let _ = send.send((turn, outcome));
        }));
    }

    /// 돌던 검사를 그만두게 하고, 그 프로세스들이 끝날 때까지 기다린다.
    fn stop(&mut self) {
        self.cancel.cancel();
        if let Some(worker) = self.worker.take() {
            let _ = worker.join();
        }
    }

    /// 파일이 바뀌었는지, 검사가 끝났는지 본다.
    fn look(&mut self) {
        if snapshot(self.root, self.exercise) != self.seen {
            self.said.clear();
            self.start();
        }
        while let Ok((turn, outcome)) = self.finished.try_recv() {
            if turn == self.turn {
                self.finish(outcome);
            }
        }
        if self.result.is_none() && !self.is_slow && self.started.elapsed() > SLOW {
            self.is_slow = true;
            self.stale = true;
        }
    }

    fn finish(&mut self, outcome: Result<Outcome>) {
        self.stale = true;
        let took = self.started.elapsed().as_secs_f32();
        self.result = Some(match &outcome {
            Ok(outcome) => format!(
                "{}{}\n",
                report::text(self.exercise, outcome, style::columns()),
                style::faint(&format!("저장한 뒤 {took:.1}초 걸렸습니다."))
            ),
            Err(error) => format!("{error:#}\n"),
        });
        if outcome.is_ok_and(|outcome| outcome.counts()) {
            let exercise = self.exercise;
            self.said = note(self.root, |progress| {
                progress.entry_mut(exercise).done = true;
            })
            .unwrap_or_else(|| {
                style::good("통과했습니다. d로 풀이와 견주고, n으로 다음 문제로 갑니다.")
            });
        }
    }
}

/// 검사에 드는 파일들의 고친 때.
fn snapshot(root: &Path, exercise: &Exercise) -> Vec<(PathBuf, Option<SystemTime>)> {
    ["Cargo.toml", "src/lib.rs", "src/tests.rs"]
        .iter()
        .map(|file| {
            let path = root.join(exercise.dir()).join(file);
            let time = fs::metadata(&path).and_then(|meta| meta.modified()).ok();
            (path, time)
        })
        .collect()
}
