//! 명령줄. 잘못된 입력에는 한국어 한 줄로 답한다.

use std::env;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Result, ensure};
use clap::Parser;
use clap::error::{ContextKind, ErrorKind};

use crate::cases::{GROUPS, all};
use crate::measure::{Plan, compare, line, pooled, sample};
use crate::record::{COMMAND, Stamp, write};
use crate::runtimes::answer;
use crate::table::table;

const TEMPLATE: &str = "{about-with-newline}\n사용법: {usage}\n\n{all-args}{after-help}";
const HELP: &str = "`cargo run --release -p bench -- --help`로 쓰는 법을 봅니다.";

/// 따로 돌려 모으는 프로세스의 수.
const RUNS: usize = 10;
/// 횟수를 정해 둔 일은 오래 걸리고, 잴 때마다 프로세스를 따로 띄우므로 덜 모은다.
const LONG_RUNS: usize = 5;

/// 손으로 만든 것과 라이브러리의 것을 견주는 명령
#[derive(Parser)]
#[command(
    name = "bench",
    about = "손으로 만든 것과 라이브러리의 것을 번갈아 재어 비율로 견줍니다. 비율이 1보다 크면 손으로 만든 것이 느립니다.",
    override_usage = "cargo run --release -p bench -- [선택]",
    help_template = TEMPLATE,
    next_help_heading = "선택",
    disable_help_flag = true
)]
struct Cli {
    /// 돌아가는지만 빨리 본다. 비율은 믿을 것이 못 된다
    #[arg(long)]
    quick: bool,
    /// 한 묶음만 잰다
    #[arg(long, value_name = "묶음", value_parser = GROUPS.map(|group| group.name), hide_possible_values = true, help = only())]
    only: Option<String>,
    /// 비율을 예제 옆의 measured.toml에 적는다
    #[arg(long, conflicts_with = "quick")]
    record: bool,
    /// 잰 것을 그대로 찍는다. 이 프로그램이 스스로를 부를 때 쓴다
    #[arg(long, hide = true)]
    samples: bool,
    /// 이름이 이것으로 시작하는 것만 잰다
    #[arg(long, value_name = "이름", conflicts_with = "record")]
    case: Option<String>,
    /// 런타임 하나로 시키는 일을 한다. 이 프로그램이 스스로를 부를 때 쓴다
    #[arg(long, hide = true)]
    work: Option<String>,
    /// 이 도움말을 보여 준다
    #[arg(short, long, action = clap::ArgAction::Help)]
    help: Option<bool>,
}

/// 명령줄을 읽고 잰다.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) if error.kind() == ErrorKind::DisplayHelp => {
            print!("{}", error.render());
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            eprintln!("{}", explain(&error));
            return ExitCode::from(2);
        }
    };
    match run(&cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(cli: &Cli) -> Result<()> {
    if let Some(name) = &cli.work {
        ensure!(answer(name), "모르는 런타임이나 일입니다: {name}");
        return Ok(());
    }
    let debug = cfg!(debug_assertions);
    ensure!(
        !(debug && cli.record),
        "최적화하지 않은 빌드의 비율은 적지 않습니다. `{COMMAND} -- --record`로 돌리세요."
    );
    if debug && !cli.quick && !cli.samples {
        eprintln!("최적화하지 않은 빌드입니다. 비율을 믿으려면 `{COMMAND}`로 돌리세요.");
    }
    let plan = if cli.quick { Plan::QUICK } else { Plan::FULL };
    let mut cases = all();
    cases.retain(|case| {
        cli.only
            .as_deref()
            .is_none_or(|only| case.group.name == only)
            && cli
                .case
                .as_deref()
                .is_none_or(|start| case.name.starts_with(start))
    });
    if cli.samples {
        let lines = cases.iter_mut().flat_map(|case| sample(case, plan));
        lines.for_each(|samples| println!("{}", line(&samples)));
        return Ok(());
    }
    let mut found = Vec::new();
    for group in cases.chunk_by_mut(|one, next| one.group == next.group) {
        let samples = if cli.quick {
            group.iter_mut().map(|case| sample(case, plan)).collect()
        } else {
            let mut words = vec!["--samples", "--only", group[0].group.name];
            words.extend(cli.case.iter().flat_map(|start| ["--case", start]));
            let long = group.iter().any(|case| case.times.is_some());
            let runs = if long { LONG_RUNS } else { RUNS };
            pooled(&env::current_exe()?, &words, runs, group)?
        };
        let pairs = group.iter().zip(&samples);
        let of_group: Vec<_> = pairs
            .flat_map(|(case, samples)| compare(case, samples))
            .collect();
        println!("{}", table(&of_group));
        found.extend(of_group);
    }
    if cli.record {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        for file in write(&root, &found, &Stamp::now())? {
            println!("적었습니다: {}", file.display());
        }
    }
    Ok(())
}

fn names() -> String {
    GROUPS.map(|group| group.name).join(", ")
}

fn only() -> String {
    format!("한 묶음만 잰다: {}", names())
}

fn explain(error: &clap::Error) -> String {
    let context = |kind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let wrong = context(ContextKind::InvalidArg);
    match error.kind() {
        ErrorKind::UnknownArgument => format!("모르는 말입니다: {wrong}. {HELP}"),
        ErrorKind::InvalidValue => match context(ContextKind::InvalidValue) {
            value if value.is_empty() => {
                format!("묶음의 이름을 함께 적습니다: {}. {HELP}", names())
            }
            value => format!(
                "그런 묶음이 없습니다: {value}. 있는 묶음: {}. {HELP}",
                names()
            ),
        },
        ErrorKind::ArgumentConflict => {
            let prior = context(ContextKind::PriorArg);
            format!("함께 쓸 수 없습니다: {wrong}, {prior}. {HELP}")
        }
        _ => format!("명령을 읽을 수 없습니다. {HELP}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_word_gets_one_line_that_helps() {
        for (words, expected) in [
            (["--fast", "--quick"], "모르는 말입니다: --fast."),
            (
                ["--only", "blok_on"],
                "그런 묶음이 없습니다: blok_on. 있는 묶음: block_on, ",
            ),
            (
                ["--quick", "--only"],
                "묶음의 이름을 함께 적습니다: block_on, ",
            ),
            (
                ["--quick", "--record"],
                "함께 쓸 수 없습니다: --quick, --record.",
            ),
            (
                ["--quick", "--quick"],
                "함께 쓸 수 없습니다: --quick, --quick.",
            ),
            (["--quick", "block_on"], "모르는 말입니다: block_on."),
            (["--quick", "--record=3"], "명령을 읽을 수 없습니다."),
        ] {
            let error = Cli::try_parse_from([&["bench"], &words[..]].concat()).err();
            let said = explain(&error.expect("받지 않는다"));
            assert!(said.starts_with(expected), "{said}");
            assert_eq!(said.lines().count(), 1, "{said}");
        }
    }
}
