//! 연습문제의 관문. 처음 모양은 실패하고, 풀이는 통과하고, 틀린 답은 하나도 빠짐없이 걸러지는지 본다.
//!
//! 독자가 풀고 있는 `exercises/`의 답은 보지 않는다. 풀다 만 문제가 이 테스트를 붉게 만들지 않는다.
//! `BOOK_PRISTINE=1`이면 나누어 주는 폴더가 처음 그대로인지도 본다.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::Arc;
use std::time::Instant;
use std::{env, thread};

use anyhow::{Context, Result};
use book::exercise::gate::workshop::{self, Workshop};
use book::exercise::gate::{self, Answer, Kind, folder, shape};
use book::exercise::master::{self, Exercise};
use book::{Problem, book_dir};
use libtest_mimic::{Arguments, Failed, Trial};

fn main() -> Result<ExitCode> {
    let mut args = Arguments::from_args();
    // 멈추어야 하는 답은 기다리기만 하므로 코어보다 많이 돌려도 된다.
    let cores = thread::available_parallelism().map_or(1, usize::from);
    args.test_threads.get_or_insert(cores * 2);
    let root = book_dir::find_root()?;
    let answers = gate::answers(&root)?;
    let workshop = Arc::new(match args.list {
        true => Workshop::default(),
        false => compile(&root, &answers)?,
    });
    let mut trials = vec![Trial::test(
        "연습문제: 독자의 폴더와 원본이 짝을 이룬다",
        {
            let root = root.clone();
            move || report(folder::orphans(&root, is_pristine())?)
        },
    )];
    for exercise in master::all(&root)? {
        trials.extend(of_exercise(&root, exercise, &answers, &workshop));
    }
    trials.extend(of_answers(&answers, &workshop));
    trials.push(formatting(&root, &answers));
    trials.push(lints(&root));
    Ok(libtest_mimic::run(&args, trials).exit_code())
}

fn compile(root: &Path, answers: &[Answer]) -> Result<Workshop> {
    println!("연습문제의 답 {}개를 컴파일합니다 …", answers.len());
    let started = Instant::now();
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let target = scratch.parent().context("타깃 폴더를 찾을 수 없습니다")?;
    let workshop = workshop::build(root, &scratch.join("gate"), target, answers)?;
    println!("{:.1}초 걸렸습니다.", started.elapsed().as_secs_f32());
    Ok(workshop)
}

fn of_exercise(
    root: &Path,
    exercise: Exercise,
    answers: &[Answer],
    workshop: &Arc<Workshop>,
) -> Vec<Trial> {
    let id = exercise.id.clone();
    let wrong: Vec<Answer> = answers
        .iter()
        .filter(|answer| answer.exercise == exercise && matches!(answer.kind, Kind::Wrong(_)))
        .cloned()
        .collect();
    let (root, workshop) = (root.to_path_buf(), Arc::clone(workshop));
    vec![
        Trial::test(
            format!("{id} 원본이 다 갖추어져 있다"),
            move || report(shape::problems(&root, &exercise, is_pristine())?),
        ),
        Trial::test(format!("{id} 은근한 틀린 답이 있다"), move || {
            for answer in &wrong {
                if gate::passes_naive_tests(workshop.executable(answer)?)? {
                    return Ok(());
                }
            }
            Err("틀린 답이 모두 basic_ 테스트에 걸립니다".into())
        }),
    ]
}

fn of_answers(answers: &[Answer], workshop: &Arc<Workshop>) -> Vec<Trial> {
    let trial = |answer: &Answer| {
        let (answer, workshop) = (answer.clone(), Arc::clone(workshop));
        Trial::test(answer.label(), move || {
            Ok(gate::judge(&answer, workshop.executable(&answer)?)?)
        })
    };
    answers.iter().map(trial).collect()
}

fn formatting(root: &Path, answers: &[Answer]) -> Trial {
    let mut rustfmt = Command::new("rustfmt");
    rustfmt
        .current_dir(root)
        .args(["--check", "--edition", "2024"]);
    let tests = answers
        .iter()
        .map(|answer| answer.exercise.master_dir().join("tests.rs"));
    let files: Vec<PathBuf> = answers.iter().map(Answer::source).chain(tests).collect();
    rustfmt.args(files);
    tool("연습문제: 모든 답이 rustfmt를 지킨다", rustfmt)
}

fn lints(root: &Path) -> Trial {
    let mut clippy = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    clippy.current_dir(root).args(["clippy", "--quiet"]);
    for exercise in master::all(root).into_iter().flatten() {
        clippy.args(["--package", &exercise.solution_package()]);
    }
    clippy.args(["--", "-D", "warnings"]);
    tool("연습문제: 모든 풀이가 clippy를 지킨다", clippy)
}

fn tool(name: &str, mut command: Command) -> Trial {
    Trial::test(name, move || {
        let output = command.output()?;
        match output.status.success() {
            true => Ok(()),
            false => Err(format!(
                "{}{}",
                String::from_utf8_lossy(&output.stdout),
                String::from_utf8_lossy(&output.stderr)
            )
            .into()),
        }
    })
}

fn report(problems: Vec<Problem>) -> Result<(), Failed> {
    match problems.is_empty() {
        true => Ok(()),
        false => {
            let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
            Err(lines.join("\n").into())
        }
    }
}

fn is_pristine() -> bool {
    env::var_os("BOOK_PRISTINE").is_some_and(|value| value == "1")
}
