//! `cargo book`의 명령줄. 잘못된 입력에는 무엇을 하면 되는지 한국어 한 줄로 답한다.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, io};

use anyhow::{Result, bail};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, Parser, Subcommand};
use mdbook_preprocessor::Preprocessor;

use crate::audit::Audit;
use crate::book_dir::{self, Listing};
use crate::check::Book;
use crate::preprocess::{AsyncBook, Broken};
use crate::{epub, exercise, figure, fonts, nearest, record, serve, site, theme};

const TEMPLATE: &str = "{about-with-newline}\n사용법: {usage}\n\n{all-args}{after-help}";

/// 책을 짓고 보여 주는 명령
#[derive(Parser)]
#[command(
    name = "cargo book",
    bin_name = "cargo book",
    about = "책을 짓고 보여 줍니다. 명령을 주지 않으면 책을 열고 고칠 때마다 새로 보여 줍니다.",
    help_template = TEMPLATE,
    subcommand_help_heading = "명령",
    next_help_heading = "선택",
    disable_help_subcommand = true,
    disable_help_flag = true,
    after_help = "예제를 돌리려면 `cargo run -p ch02-01-completion-callback`처럼 합니다."
)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    serve: Serve,
    /// 이 도움말을 보여 준다
    #[arg(short, long, action = clap::ArgAction::Help, global = true)]
    help: Option<bool>,
}

#[derive(clap::Args)]
struct Serve {
    /// 책을 여는 포트. 쓰이고 있으면 다음 빈 것을 쓴다
    #[arg(
        long,
        value_name = "번호",
        default_value_t = 3000,
        hide_default_value = true
    )]
    port: u16,
    /// 브라우저를 열지 않는다
    #[arg(long)]
    no_open: bool,
}

#[derive(Subcommand)]
#[command(disable_help_flag = true)]
enum Command {
    /// 책을 `book` 폴더에 짓는다
    #[command(help_template = TEMPLATE)]
    Build {
        /// 지을 폴더
        #[arg(
            long,
            value_name = "폴더",
            default_value = "book",
            hide_default_value = true
        )]
        dest: PathBuf,
    },
    #[command(flatten)]
    Exercise(exercise::Command),
    /// 책을 전자책(EPUB) 파일 하나로 만든다
    #[command(help_template = TEMPLATE)]
    Epub {
        /// 만들 파일
        #[arg(
            long,
            value_name = "파일",
            default_value = "async-book.epub",
            hide_default_value = true
        )]
        dest: PathBuf,
    },
    /// 예제를 돌려 기록된 출력(output.txt)을 다시 적는다
    #[command(help_template = TEMPLATE)]
    Record {
        /// 패키지 이름. 주지 않으면 모든 예제
        #[arg(value_name = "예제")]
        names: Vec<String>,
    },
    /// 쪽 옆의 그림 원본(figures/*.mmd)을 SVG로 그린다
    #[command(help_template = TEMPLATE)]
    Figures,
    /// 책이 쓰는 글자만 남겨 글꼴을 자른다
    #[command(help_template = TEMPLATE)]
    Fonts,
    /// mdBook의 화면 틀을 한국어로 고쳐 theme에 적는다
    #[command(help_template = TEMPLATE)]
    Theme,
    /// 쪽 위의 코드와 출력과 수를 무엇이 검사하는지 센다
    #[command(help_template = TEMPLATE)]
    Audit,
    /// 링크와 앵커와 용어를 검사한다
    #[command(help_template = TEMPLATE)]
    Lint,
    /// mdBook이 부르는 전처리기
    #[command(hide = true)]
    Preprocess {
        /// mdBook이 넘기는 말
        args: Vec<String>,
    },
}

/// 명령줄을 읽고 일한다.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return usage(&error),
    };
    match run(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli) -> Result<()> {
    let root = book_dir::find_root()?;
    match cli.command {
        None => serve::serve(&root, cli.serve.port, !cli.serve.no_open),
        Some(Command::Build { dest }) => build(&root, &dest),
        Some(Command::Exercise(command)) => exercise::run(&root, command),
        Some(Command::Epub { dest }) => {
            let pages = epub::write(&root, &dest)?;
            println!("{}에 적었습니다. 쪽 {pages}개.", dest.display());
            Ok(())
        }
        Some(Command::Record { names }) => record::record(&root, &choose(&root, &names)?),
        Some(Command::Figures) => figure::draw::draw_all(&root),
        Some(Command::Fonts) => fonts::cut(&root),
        Some(Command::Theme) => theme::write(&root),
        Some(Command::Audit) => audit(&root),
        Some(Command::Lint) => match Book::read(&root)?.problems()? {
            problems if problems.is_empty() => Ok(()),
            problems => Err(Broken(problems).into()),
        },
        Some(Command::Preprocess { args }) => preprocess(&args),
    }
}

fn build(root: &Path, dest: &Path) -> Result<()> {
    println!("책을 짓습니다 …");
    site::build(root, dest)?;
    println!("{}에 지었습니다.", dest.join("index.html").display());
    Ok(())
}

/// 이름으로 예제를 고른다. 모르는 이름에는 가장 가까운 것을 알려 준다.
fn choose(root: &Path, names: &[String]) -> Result<Vec<Listing>> {
    let all = book_dir::listings(root)?;
    if names.is_empty() {
        return Ok(all);
    }
    names
        .iter()
        .map(
            |name| match all.iter().find(|listing| listing.package == *name) {
                Some(listing) => Ok(listing.clone()),
                None => {
                    let near = nearest(name, all.iter().map(|listing| listing.package.as_str()));
                    let hint = near
                        .map(|near| format!(" 비슷한 이름: {near}."))
                        .unwrap_or_default();
                    bail!("그런 예제가 없습니다: {name}.{hint}")
                }
            },
        )
        .collect()
}

fn audit(root: &Path) -> Result<()> {
    let audit = Audit::of(&Book::read(root)?);
    for (kind, count) in &audit.counts {
        println!("{count:>6}  {kind}");
    }
    let (verified, open) = (audit.verified(), audit.problems.len());
    let percent = 100 * verified / (verified + open).max(1);
    println!("{verified:>6}  검사됨, {open}개는 검사되지 않음 ({percent} %)");
    match open {
        0 => Ok(()),
        _ => Err(Broken(audit.problems).into()),
    }
}

fn preprocess(args: &[String]) -> Result<()> {
    if args.first().is_some_and(|arg| arg == "supports") {
        return Ok(());
    }
    let (context, book) = mdbook_preprocessor::parse_input(io::stdin())?;
    let book = AsyncBook.run(&context, book)?;
    serde_json::to_writer(io::stdout(), &book)?;
    Ok(())
}

/// `cargo book` 뒤에 적힌 말을 명령으로 읽을 수 있는지 본다. 쪽에 적힌 명령의 검사가 쓴다.
///
/// # Errors
///
/// 읽을 수 없으면 한 줄의 설명을 돌려준다.
pub fn accepts(words: &[&str]) -> Result<(), String> {
    match Cli::try_parse_from([&["cargo book"], words].concat()) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == ErrorKind::DisplayHelp => Ok(()),
        Err(error) => Err(explain(&error)),
    }
}

fn usage(error: &clap::Error) -> ExitCode {
    if error.kind() == ErrorKind::DisplayHelp {
        print!("{}", error.render());
        return ExitCode::SUCCESS;
    }
    eprintln!("{}", explain(error));
    ExitCode::from(2)
}

/// clap의 오류를 한국어 한 줄로 옮긴다.
fn explain(error: &clap::Error) -> String {
    let context = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        _ => String::new(),
    };
    let help = "`cargo book --help`로 모든 명령을 봅니다.";
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let wrong = context(ContextKind::InvalidSubcommand);
            let names: Vec<String> = Cli::command()
                .get_subcommands()
                .filter(|command| !command.is_hide_set())
                .map(|command| command.get_name().to_owned())
                .collect();
            let near = nearest(&wrong, names.iter().map(String::as_str));
            let hint = near
                .map(|near| format!(" 비슷한 이름: {near}."))
                .unwrap_or_default();
            format!("그런 명령이 없습니다: {wrong}.{hint} {help}")
        }
        ErrorKind::UnknownArgument => {
            format!(
                "모르는 말입니다: {}. {help}",
                context(ContextKind::InvalidArg)
            )
        }
        ErrorKind::ValueValidation | ErrorKind::InvalidValue => format!(
            "{}에 줄 수 없는 값입니다: {}. {help}",
            context(ContextKind::InvalidArg),
            context(ContextKind::InvalidValue)
        ),
        ErrorKind::MissingRequiredArgument => {
            format!(
                "빠진 것이 있습니다: {}. {help}",
                context(ContextKind::InvalidArg)
            )
        }
        _ => format!("명령을 읽을 수 없습니다. {help}"),
    }
}

/// 환경에서 온 설정. `BOOK_REQUIRE=all`이면 건너뛴 검사도 실패이다.
pub fn everything_is_required() -> bool {
    env::var_os("BOOK_REQUIRE").is_some_and(|value| value == "all")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_input_gets_one_korean_line() {
        for (words, expected) in [
            (&["bild"][..], "비슷한 이름: build"),
            (&["--prot", "1"], "모르는 말입니다: --prot"),
            (&["--port", "x"], "줄 수 없는 값입니다: x"),
            (&["--port"], "--port"),
        ] {
            let message = accepts(words).expect_err("틀린 입력이다");
            assert!(message.contains(expected), "{words:?}: {message}");
            assert!(!message.contains('\n'));
        }
    }

    #[test]
    fn every_subcommand_is_explained() {
        Cli::command().debug_assert();
        for command in Cli::command()
            .get_subcommands()
            .filter(|command| !command.is_hide_set())
        {
            assert!(command.get_about().is_some(), "{}", command.get_name());
        }
    }
}
