//! 명령마다 하는 일.

use std::path::Path;
use std::time::Duration;

use anyhow::{Result, bail};

use super::check::Outcome;
use super::master::Exercise;
use super::progress::Progress;
use super::{Command, check, handout, learn, list, master, progress, report, style, watch};
use crate::process::Cancel;

/// 명령 하나를 한다.
///
/// # Errors
///
/// 그런 문제가 없거나, 검사를 통과하지 못했거나, 파일을 읽고 쓸 수 없으면 다음에 할 일을 한 줄로 돌려준다.
pub fn run(root: &Path, command: Command) -> Result<()> {
    let all = master::all(root)?;
    let progress = Progress::read(root);
    let columns = style::columns();
    match command {
        Command::List => print!("{}", list::all(root, &all, &progress, columns)),
        Command::Progress => print!("{}", list::progress(root, &all, &progress)),
        Command::Next => next(root, &all, &progress, columns)?,
        Command::Watch { name, limit } => {
            let exercise = choose(&all, &progress, name.as_deref())?;
            watch::watch(root, &all, exercise, limit)?;
        }
        Command::Check { name, limit } => {
            let exercise = choose(&all, &progress, name.as_deref())?;
            make_current(root, exercise);
            check_once(root, exercise, check::limit(exercise, limit), columns)?;
        }
        Command::Hint { name } => {
            let exercise = choose(&all, &progress, name.as_deref())?;
            let shown = one_more_hint(root, exercise);
            print!("{}", learn::hints(exercise, shown, columns));
        }
        Command::Diff { name, anyway } => {
            let exercise = choose(&all, &progress, name.as_deref())?;
            if !anyway && !progress.is_done(exercise) {
                bail!(
                    "아직 통과하지 않았습니다. 그래도 풀이를 보려면 `cargo book diff {} --anyway`입니다.",
                    exercise.id
                );
            }
            print!("{}", learn::diff(root, exercise, columns)?);
        }
        Command::Reset { name, keep } => {
            let exercise = choose(&all, &progress, name.as_deref())?;
            println!("{}", reset(root, exercise, keep)?);
        }
    }
    Ok(())
}

/// 이름이 있으면 그 문제, 없으면 지금 푸는 문제.
fn choose<'a>(
    all: &'a [Exercise],
    progress: &Progress,
    name: Option<&str>,
) -> Result<&'a Exercise> {
    if let Some(name) = name {
        return master::find(all, name);
    }
    match progress.current(all) {
        Some(exercise) => Ok(exercise),
        None => bail!("모두 마쳤습니다. 다시 볼 문제를 고르세요: `cargo book check 02-1`"),
    }
}

fn next(root: &Path, all: &[Exercise], progress: &Progress, columns: usize) -> Result<()> {
    let current = progress.current(all);
    let next = match current {
        // 지금 푸는 것을 마치지 않았으면 그것이 다음이다.
        Some(current) if !progress.is_done(current) => Some(current),
        current => progress.next_after(all, current),
    };
    match next {
        Some(exercise) => {
            make_current(root, exercise);
            print!("{}", learn::task(root, exercise, columns)?);
        }
        None => println!("연습문제 {}개를 모두 마쳤습니다.", all.len()),
    }
    Ok(())
}

/// 처음 모양으로 되살린다. 답을 지웠으면 마쳤다는 표시도 지운다.
pub fn reset(root: &Path, exercise: &Exercise, keep: bool) -> Result<String> {
    let mut said = handout::reset(root, exercise, keep)?.to_string();
    if !keep && let Some(warning) = note(root, |progress| progress.entry_mut(exercise).done = false)
    {
        said = format!("{said}\n{warning}");
    }
    Ok(said)
}

/// 진도를 적는다. 적지 못해도 하던 일은 계속한다.
pub fn note(root: &Path, change: impl FnOnce(&mut Progress)) -> Option<String> {
    progress::update(root, change)
        .err()
        .map(|error| format!("{error:#}"))
}

fn make_current(root: &Path, exercise: &Exercise) {
    let warning = note(root, |progress| progress.current = Some(exercise.package()));
    if let Some(warning) = warning {
        eprintln!("{warning}");
    }
}

fn one_more_hint(root: &Path, exercise: &Exercise) -> usize {
    let mut shown = Progress::read(root).entry(exercise).hints + 1;
    shown = shown.min(exercise.meta.hints.len());
    let warning = note(root, |progress| {
        progress.current = Some(exercise.package());
        progress.entry_mut(exercise).hints = shown;
    });
    if let Some(warning) = warning {
        eprintln!("{warning}");
    }
    shown
}

fn check_once(root: &Path, exercise: &Exercise, limit: Duration, columns: usize) -> Result<()> {
    let cancel = Cancel::default();
    stop_on_signal(&cancel);
    print!("{}", learn::heading(exercise));
    println!("컴파일하고 테스트합니다 …\n");
    let outcome = check::check(root, exercise, limit, &cancel)?;
    if matches!(outcome, Outcome::Cancelled) {
        bail!("그만두었습니다.");
    }
    print!("{}", report::text(exercise, &outcome, columns));
    if !outcome.passed() {
        bail!("{}", report::what_next(exercise, &outcome));
    }
    if outcome.counts() {
        if let Some(warning) = note(root, |progress| progress.entry_mut(exercise).done = true) {
            eprintln!("{warning}");
        }
        println!("풀이와 견주려면 `cargo book diff {}`입니다.", exercise.id);
        let all = master::all(root)?;
        print!("{}", list::next_line(&all, &Progress::read(root)));
    }
    Ok(())
}

/// Ctrl+C와 종료 신호를 받으면 돌던 것을 끝내고 나간다. 테스트는 제 프로세스 묶음에 있어 신호가 가지 않는다.
pub fn stop_on_signal(cancel: &Cancel) {
    use signal_hook::consts::{SIGINT, SIGTERM};
    for signal in [SIGINT, SIGTERM] {
        // 걸지 못하면 신호가 이 프로그램을 곧바로 끝낼 뿐이다.
        let _ = signal_hook::flag::register(signal, cancel.flag());
    }
    #[cfg(unix)]
    let _ = signal_hook::flag::register(signal_hook::consts::SIGHUP, cancel.flag());
}
