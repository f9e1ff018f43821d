//! 다른 언어의 원본. 돌려서 예제의 기록된 출력과 같은 줄을 찍는지 견준다.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

use anyhow::{Context, bail, ensure};
use book::book_dir::Listing;
use book::process::run_limited;
use book::{record, story};
use libtest_mimic::Trial;

use crate::{Shared, skipped, trial};

/// 원본 파일의 이름과, 그것을 돌리는 명령.
const LANGUAGES: [(&str, &[&str], &str); 3] = [
    ("main.mjs", &["node"], "node가 없음"),
    ("main.go", &["go", "run"], "go가 없음"),
    ("main.py", &["python3"], "python3이 없음"),
];

pub fn trials(book: &Shared) -> Vec<Trial> {
    let mut trials = Vec::new();
    for listing in &book.listings {
        for (file, command, missing) in LANGUAGES {
            let origin = listing.dir().join("origin").join(file);
            if !book.root.join(&origin).is_file() {
                continue;
            }
            let name = format!("origins::{}::{file}", listing.package);
            if !installed(command[0]) {
                trials.push(skipped(name, missing));
                continue;
            }
            let (book, listing) = (Arc::clone(book), listing.clone());
            trials.push(trial(name, move || {
                compare(&book.root, &listing, &origin, command)
            }));
        }
    }
    trials
}

fn installed(program: &str) -> bool {
    let argument = if program == "go" {
        "version"
    } else {
        "--version"
    };
    let mut command = Command::new(program);
    command
        .arg(argument)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

fn compare(root: &Path, listing: &Listing, origin: &Path, words: &[&str]) -> anyhow::Result<()> {
    let mut command = Command::new(words[0]);
    command.args(&words[1..]).arg(root.join(origin));
    let run = run_limited(&mut command, record::LIMIT)?;
    ensure!(
        run.status.is_some(),
        "{}: 끝나지 않아 끝냈습니다\n{}",
        origin.display(),
        run.stdout
    );
    ensure!(
        run.succeeded(),
        "{}: 실패로 끝났습니다\n{}",
        origin.display(),
        run.stderr
    );
    let output = listing.dir().join("output.txt");
    let recorded = fs::read_to_string(root.join(&output))
        .with_context(|| format!("{}: 기록된 출력이 없습니다", output.display()))?;
    let (ours, theirs) = (
        story::shared_lines(&recorded),
        story::shared_lines(&run.stdout),
    );
    match story::difference(&ours, &theirs) {
        None => Ok(()),
        Some(diff) => bail!("{}: Rust의 출력과 다릅니다\n{diff}", origin.display()),
    }
}
