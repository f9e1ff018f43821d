//! 쪽 위의 것을 하나하나 세고, 무엇이 그것을 검사하는지 적는다. 검사되지 않는 것은 문제이다.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;
use std::sync::LazyLock;

use regex::Regex;

use crate::check::Book;
use crate::page::{Block, Content, Page, line_of};
use crate::{Problem, include, nearest};

/// 한 쪽에 보이는 코드는 이 줄 수를 넘지 않는다.
const MOST_LINES: usize = 25;

/// 시간, 크기, 비율의 단위가 붙은 수.
static QUANTITY: LazyLock<Regex> = LazyLock::new(|| {
    let units = "나노초|마이크로초|밀리초|초|분|시간|바이트|킬로바이트|메가바이트|기가바이트|퍼센트|배|ns|µs|ms|KiB|MiB|GiB|KB|MB|GB|B|%";
    Regex::new(&format!(r"([0-9][0-9,.]*)\s?({units})")).expect("옳은 정규식")
});

/// 집계의 결과.
#[derive(Default)]
pub struct Audit {
    /// 무엇을 무엇이 검사하는지, 그리고 몇 개인지.
    pub counts: BTreeMap<&'static str, usize>,
    /// 검사되지 않는 것.
    pub problems: Vec<Problem>,
}

impl Audit {
    /// 책 전체를 센다.
    pub fn of(book: &Book) -> Audit {
        let mut audit = Audit::default();
        for page in &book.pages {
            for block in &page.blocks {
                audit.block(book, page, block);
            }
            for directive in &page.directives {
                match directive.name.as_str() {
                    "timeline" => audit.count("그림: 기록된 출력에서 그림"),
                    "figure" => audit.count("그림: 원본과 견줌"),
                    "measured" => audit.count("수: measured.toml"),
                    "exercises" => audit.count("연습문제: 관문이 테스트함"),
                    "glossary" => audit.count("표: terms.tsv에서 만듦"),
                    _ => audit.problem(page, directive.line, "코드 블록 밖에는 넣지 않습니다"),
                }
            }
            audit.numbers(book, page);
        }
        audit
    }

    /// 검사되는 것의 수.
    pub fn verified(&self) -> usize {
        self.counts.values().sum()
    }

    fn count(&mut self, kind: &'static str) {
        *self.counts.entry(kind).or_default() += 1;
    }

    fn problem(&mut self, page: &Page, line: usize, message: impl Into<String>) {
        self.problems.push(Problem::new(&page.file, line, message));
    }

    fn block(&mut self, book: &Book, page: &Page, block: &Block) {
        match &block.content {
            Content::Directive(directive) if directive.name == "output" => {
                self.count("출력: 예제를 돌려 견줌")
            }
            Content::Directive(directive) if directive.name.ends_with("include") => {
                let target = include::target(&page.file, &directive.argument);
                match checked_by(book, &target.file) {
                    Ok(kind) => self.count(kind),
                    Err(message) => self.problem(page, block.line, message),
                }
                let lines =
                    include::resolve(&book.root, &target).map_or(0, |text| text.lines().count());
                let is_code = !matches!(block.lang(), "text" | "console");
                if is_code && lines > MOST_LINES {
                    let message =
                        format!("코드가 {lines}줄입니다. {MOST_LINES}줄 아래의 앵커로 나누세요");
                    self.problem(page, block.line, message);
                }
            }
            Content::Directive(directive) => {
                self.problem(
                    page,
                    block.line,
                    format!("코드 블록에 넣을 수 없는 지시문입니다: {}", directive.name),
                );
            }
            Content::Inline(code) if block.lang() == "console" => {
                self.commands(book, page, block, code)
            }
            Content::Inline(_) if block.lang() == "rust" => self.count("코드: skeptic이 돌림"),
            Content::Inline(_) => {
                let message = "돌려 보지 않는 코드 블록입니다. 예제의 파일에서 가져오세요";
                self.problem(page, block.line, message);
            }
        }
    }

    fn commands(&mut self, book: &Book, page: &Page, block: &Block, code: &str) {
        for (at, line) in code.lines().enumerate() {
            match command(book, line) {
                Ok(()) => self.count("명령: 이름을 확인"),
                Err(message) => self.problem(page, block.line + 1 + at, message),
            }
        }
    }

    /// 단위가 붙은 수는 같은 쪽의 검사된 블록에도 있어야 한다.
    fn numbers(&mut self, book: &Book, page: &Page) {
        let mut shown: HashSet<String> = HashSet::new();
        for block in &page.blocks {
            if let Content::Directive(directive) = &block.content
                && let Ok(text) = book.expand(page, directive)
            {
                shown.extend(numbers_in(&text));
            }
        }
        for found in QUANTITY.captures_iter(&page.prose) {
            let at = found.get(0).expect("늘 있다");
            let number = found[1].trim_end_matches(['.', ',']).replace(',', "");
            if shown.contains(&number) {
                self.count("수: 같은 쪽의 코드나 출력");
            } else {
                let message = format!(
                    "'{}'의 근거가 없습니다. 출력에 있는 수를 쓰거나 measured.toml에서 가져오세요",
                    at.as_str()
                );
                self.problem(page, line_of(&page.prose, at.start()), message);
            }
        }
    }
}

fn numbers_in(text: &str) -> impl Iterator<Item = String> {
    static NUMBER: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"[0-9][0-9_,.]*").expect("옳은 정규식"));
    NUMBER
        .find_iter(text)
        .map(|found| {
            found
                .as_str()
                .trim_end_matches(['.', ',', '_'])
                .replace(['_', ','], "")
        })
        .collect::<Vec<_>>()
        .into_iter()
}

/// 쪽에 들어온 파일을 무엇이 검사하는지.
fn checked_by(book: &Book, file: &Path) -> Result<&'static str, String> {
    let unknown = || format!("무엇도 검사하지 않는 파일입니다: {}", file.display());
    let listing = book
        .listings
        .iter()
        .find(|listing| file.starts_with(listing.dir()))
        .ok_or_else(unknown)?;
    let inner = file.strip_prefix(listing.dir()).expect("방금 확인했다");
    let end = file.extension().and_then(|end| end.to_str()).unwrap_or("");
    match (inner.iter().next().and_then(|part| part.to_str()), end) {
        (Some("tests"), "rs" | "stderr") if inner.starts_with("tests/ui") => {
            let case = inner.with_extension("rs");
            match tried(&book.root.join(listing.dir()), &case) {
                true => Ok("컴파일 오류: trybuild"),
                false => Err(format!(
                    "trybuild 시험이 {}를 부르지 않습니다",
                    case.display()
                )),
            }
        }
        (Some("src" | "tests"), "rs") => Ok("코드: 컴파일하고 시험하는 패키지"),
        (Some("origin"), "mjs" | "go" | "py") => Ok("코드: 다른 언어의 원본"),
        (Some("output.txt"), _) => Ok("출력: 예제를 돌려 견줌"),
        (Some("Cargo.toml"), _) => Ok("코드: 컴파일하고 시험하는 패키지"),
        _ => Err(unknown()),
    }
}

/// 예제의 어느 시험이 이 컴파일 사례를 이름이나 `*`로 부르는지.
fn tried(listing: &Path, case: &Path) -> bool {
    let every = case.with_file_name("*.rs");
    let entries = std::fs::read_dir(listing.join("tests"))
        .into_iter()
        .flatten()
        .flatten();
    entries
        .filter_map(|entry| std::fs::read_to_string(entry.path()).ok())
        .any(|test| {
            [case, &every]
                .iter()
                .any(|name| test.contains(&*name.to_string_lossy()))
        })
        && listing.join(case).is_file()
}

/// 명령 한 줄이 실제로 있는 것을 가리키는지.
fn command(book: &Book, line: &str) -> Result<(), String> {
    let line = line.trim();
    let Some(words) = line.strip_prefix("$ ") else {
        return Err(format!("명령은 '$ '로 시작합니다: {line}"));
    };
    let words: Vec<&str> = words.split_whitespace().collect();
    match words.as_slice() {
        ["cargo", "test"] => Ok(()),
        ["cargo", "run" | "test", "-p", package, ..] => {
            let packages = book.listings.iter().map(|listing| listing.package.as_str());
            if packages.clone().any(|known| known == *package) {
                return Ok(());
            }
            let near = nearest(package, packages).map(|near| format!(" 비슷한 이름: {near}."));
            Err(format!(
                "없는 패키지입니다: {package}{}",
                near.unwrap_or_default()
            ))
        }
        ["cargo", "run", "--release", "-p", tool, ..]
            if book.root.join(format!("tools/{tool}/Cargo.toml")).is_file() =>
        {
            Ok(())
        }
        ["cargo", "book", rest @ ..] => crate::cli::accepts(rest),
        ["node" | "python3", file] | ["go", "run", file] if book.root.join(file).is_file() => {
            Ok(())
        }
        _ => Err(format!("모르는 명령입니다: {line}")),
    }
}
