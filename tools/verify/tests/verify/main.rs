//! 책의 모든 쪽과 예제를 하나하나 시험으로 만든다.
//!
//! `cargo test -p verify -- outputs`처럼 이름의 앞부분으로 고를 수 있다.

mod origins;
mod outputs;
mod pages;
mod snippets;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use book::check::Book;
use libtest_mimic::{Arguments, Failed, Trial};

/// 시험이 함께 보는 것.
type Shared = Arc<Book>;

fn main() -> ExitCode {
    // 같은 실행 파일이 skeptic의 자식과 컴파일러 노릇도 한다. 차례가 중요하다.
    if let Some(status) = snippets::stand_in_for_rustc().or_else(snippets::run_if_child) {
        return status;
    }
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let root = book::book_dir::normalize(&root);
    let book: Shared = match Book::read(&root) {
        Ok(book) => Arc::new(book),
        Err(error) => {
            eprintln!("책을 읽을 수 없습니다: {error:#}");
            return ExitCode::FAILURE;
        }
    };
    let mut trials = pages::trials(&book);
    trials.extend(outputs::trials(&book));
    trials.extend(origins::trials(&book));
    trials.extend(snippets::trials(&book));
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

/// 시험 하나. 오류는 사람이 읽을 글로 바꾼다.
fn trial(name: String, run: impl FnOnce() -> anyhow::Result<()> + Send + 'static) -> Trial {
    Trial::test(name, move || {
        run().map_err(|error| Failed::from(format!("{error:#}")))
    })
}

/// 도구가 없어 건너뛴 시험. `BOOK_REQUIRE=all`이면 실패한다.
fn skipped(name: String, why: &'static str) -> Trial {
    let required = book::cli::everything_is_required();
    trial(format!("{name} ({why})"), move || match required {
        true => anyhow::bail!("BOOK_REQUIRE=all이므로 건너뛸 수 없습니다: {why}"),
        false => Ok(()),
    })
    .with_ignored_flag(!required)
}
