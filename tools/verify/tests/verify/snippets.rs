//! 쪽의 코드를 skeptic으로 컴파일해서 돌린다.
//!
//! 쪽에 바로 쓴 블록은 하나하나, `main.rs`만으로 온전한 예제는 쪽에 보이는 대로 한 번 돌린다.
//! 모듈 파일이 더 있는 예제는 제 패키지의 시험이 맡는다.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::Arc;
use std::time::Duration;
use std::{env, fs};

use anyhow::{Context, bail, ensure};
use book::include;
use book::page::{Block, Content, Page};
use book::process::run_limited;
use libtest_mimic::Trial;

use crate::{Shared, trial};

pub fn trials(book: &Shared) -> Vec<Trial> {
    let mut trials = Vec::new();
    for page in &book.pages {
        let mut done: HashSet<PathBuf> = HashSet::new();
        for block in page.blocks.iter().filter(|block| block.lang() == "rust") {
            let name = format!("skeptic::{}:{}", page.file.display(), block.line);
            match &block.content {
                Content::Inline(code) => {
                    let code = unhidden(code);
                    trials.push(trial(name, move || run(&code)));
                }
                Content::Directive(directive) => {
                    let file = include::target(&page.file, &directive.argument).file;
                    let shown = is_whole_listing(book, &file);
                    if shown && done.insert(file.clone()) {
                        let (book, page, block) =
                            (Arc::clone(book), page.file.clone(), block.clone());
                        trials.push(trial(name, move || {
                            run_as_shown(&book, &page, &block, &file)
                        }));
                    }
                }
            }
        }
    }
    trials
}

fn is_whole_listing(book: &Shared, file: &Path) -> bool {
    book.listings.iter().any(|listing| {
        file == listing.dir().join("src/main.rs") && listing.is_whole_in_main(&book.root)
    })
}

/// 쪽에 들어간 글에서 숨긴 줄을 펼치면 파일과 같은지 보고, 그 글을 돌린다.
fn run_as_shown(book: &Shared, page: &Path, block: &Block, file: &Path) -> anyhow::Result<()> {
    let shown = rendered(book, page, block)?;
    let program = unhidden(&shown);
    let source = fs::read_to_string(book.root.join(file))?;
    ensure!(
        program.trim_end() == include::without_marks(&source).trim_end(),
        "{}: 숨긴 줄을 펼쳐도 파일과 같지 않습니다",
        file.display()
    );
    run(&program)
}

/// mdBook이 그 자리에 넣는 글.
fn rendered(book: &Shared, page: &Path, block: &Block) -> anyhow::Result<String> {
    let (md, _) = book::site::expanded(&book.root)?;
    let text = md
        .chapters()
        .find(|chapter| {
            let path = chapter.source_path.as_ref();
            path.is_some_and(|path| Path::new("src").join(path) == page)
        })
        .map(|chapter| chapter.content.clone())
        .context("없는 쪽입니다")?;
    // 원고와 펼친 글은 코드 블록의 차례가 같다.
    let raw = book
        .pages
        .iter()
        .find(|found| found.file == page)
        .context("없는 쪽입니다")?;
    let at = raw
        .blocks
        .iter()
        .position(|found| found.range == block.range)
        .context("없는 블록입니다")?;
    let expanded = Page::parse(page, text);
    ensure!(
        expanded.blocks.len() == raw.blocks.len(),
        "{}: 블록의 수가 달라졌습니다",
        page.display()
    );
    match &expanded.blocks[at].content {
        Content::Inline(code) => Ok(code.clone()),
        Content::Directive(_) => bail!("지시문이 풀리지 않았습니다"),
    }
}

/// `# `으로 숨긴 줄을 펼친다.
fn unhidden(code: &str) -> String {
    code.lines()
        .flat_map(|line| {
            let line = line
                .strip_prefix("# ")
                .unwrap_or(if line == "#" { "" } else { line });
            [line, "\n"]
        })
        .collect()
}

/// 이 변수에 파일 이름이 있으면 이 프로그램은 그 파일을 skeptic으로 돌리고 끝난다.
const SNIPPET: &str = "VERIFY_SNIPPET";

/// 이 시간 안에 컴파일되고 끝나야 한다. 바쁜 기계를 생각해 넉넉히 둔다.
const LIMIT: Duration = Duration::from_secs(120);

/// 자식 프로세스에서 돌린다. skeptic에는 시간 제한이 없어서, 끝나지 않는 블록은 밖에서 끝내야 한다.
fn run(code: &str) -> anyhow::Result<()> {
    let dir = tempfile::tempdir()?;
    let file = dir.path().join("snippet.rs");
    fs::write(&file, code)?;
    let mut child = Command::new(env::current_exe()?);
    let result = run_limited(child.env(SNIPPET, &file).env("RUST_BACKTRACE", "0"), LIMIT)?;
    ensure!(
        result.status.is_some(),
        "{}초 안에 끝나지 않아 끝냈습니다\n{}",
        LIMIT.as_secs(),
        result.stdout
    );
    ensure!(result.succeeded(), "{}{}", result.stdout, result.stderr);
    Ok(())
}

/// 블록을 돌리라고 불렸으면 돌린다. skeptic의 실행 부분만 빌리며, 실패는 패닉으로 온다.
pub fn run_if_child() -> Option<ExitCode> {
    let file = env::var_os(SNIPPET)?;
    let code = fs::read_to_string(file).expect("부모가 적어 둔 파일");
    become_rustc_for_skeptic();
    let exe = env::current_exe().expect("이 프로그램의 경로");
    // skeptic은 `target/debug/build/…/out` 꼴의 폴더에서 `target/debug`를 찾는다.
    let out = exe
        .parent()
        .expect("시험 파일의 폴더")
        .with_file_name("build")
        .join("verify")
        .join("out");
    let triple = target_triple().expect("rustc가 어느 기계의 것인지");
    skeptic::rt::run_test(
        env!("CARGO_MANIFEST_DIR"),
        &out.to_string_lossy(),
        &triple,
        &code,
    );
    Some(ExitCode::SUCCESS)
}

fn target_triple() -> Option<String> {
    let output = Command::new("rustc").arg("-vV").output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    text.lines()
        .find_map(|line| line.strip_prefix("host: "))
        .map(str::to_owned)
}

/// 이 변수가 있으면 이 프로그램은 시험이 아니라 컴파일러 노릇을 한다.
const AS_RUSTC: &str = "VERIFY_AS_RUSTC";

/// skeptic은 2024 에디션을 몰라 2021로 컴파일한다. 책의 에디션으로 바꾸려고 컴파일러 자리에 우리를 세운다.
fn become_rustc_for_skeptic() {
    if let Ok(exe) = env::current_exe() {
        // SAFETY: 자식의 main 첫머리라 다른 스레드가 아직 없다.
        unsafe {
            env::set_var("RUSTC", exe);
            env::set_var(AS_RUSTC, "1");
        }
    }
}

/// 컴파일러로 불렸으면 에디션만 바꾸어 진짜 컴파일러를 부르고 그 결과를 돌려준다.
pub fn stand_in_for_rustc() -> Option<ExitCode> {
    env::var_os(AS_RUSTC)?;
    let arguments = env::args().skip(1).map(|word| match word.as_str() {
        "--edition=2021" => "--edition=2024".to_owned(),
        _ => word,
    });
    let status = Command::new("rustc")
        .args(arguments)
        .env_remove(AS_RUSTC)
        .status();
    Some(match status {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    })
}
