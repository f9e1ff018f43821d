//! mdBook 전처리기. 먼저 책 전체를 검사하고, 문제가 없으면 우리 지시문을 풀고 한국어 조판을 고친다.
//!
//! `links`보다 앞에서 돌므로 보통의 `include`는 그대로 두고 mdBook에 맡긴다.

use std::collections::HashSet;
use std::fmt;
use std::ops::Range;
use std::path::Path;

use mdbook_preprocessor::book::Book as MdBook;
use mdbook_preprocessor::errors::Result;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};
use similar::{ChangeTag, TextDiff};

use crate::Problem;
use crate::alert;
use crate::caption::Caption;
use crate::check::Book;
use crate::include::{self, Target};
use crate::mend;
use crate::page::{Block, Content, Directive, Page};
use crate::reading;

/// `book.toml`에 적힌 전처리기의 이름.
pub const NAME: &str = "async-book";

/// 우리 전처리기.
pub struct AsyncBook;

/// 책에 문제가 있어 짓지 않았다.
#[derive(Debug)]
pub struct Broken(pub Vec<Problem>);

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for problem in &self.0 {
            writeln!(f, "{problem}")?;
        }
        write!(f, "문제 {}개를 고치면 책을 짓습니다.", self.0.len())
    }
}

impl std::error::Error for Broken {}

impl Preprocessor for AsyncBook {
    fn name(&self) -> &str {
        NAME
    }

    fn run(&self, ctx: &PreprocessorContext, mut md: MdBook) -> Result<MdBook> {
        let book = Book::read(&ctx.root)?;
        let problems = book.broken();
        if !problems.is_empty() {
            return Err(Broken(problems).into());
        }
        let repository: Option<String> = ctx.config.get("output.html.git-repository-url")?;
        md.for_each_chapter_mut(|chapter| {
            if let Some(path) = &chapter.source_path {
                let file = Path::new("src").join(path);
                if let Some(page) = book.pages.iter().find(|page| page.file == file) {
                    chapter.content = transform(&book, page, repository.as_deref());
                }
            }
        });
        Ok(md)
    }
}

/// 원고 하나를 mdBook에 넘길 글로 바꾼다. 문제가 없는 책에만 부른다.
pub fn transform(book: &Book, page: &Page, repository: Option<&str>) -> String {
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    for directive in &page.directives {
        if let Ok(text) = book.expand(page, directive) {
            edits.push((directive.range.clone(), text));
        }
    }
    let wholes: HashSet<usize> = whole_excerpts(page)
        .map(|directive| directive.range.start)
        .collect();
    for block in &page.blocks {
        edits.extend(block_edits(book, page, block, repository, &wholes));
    }
    edits.extend(mend::emphasis(page));
    edits.extend(alert::edits(page));
    edits.extend(mend::readme_links(page));
    edits.extend(reading::edit(book, page));
    apply(&page.text, edits)
}

fn block_edits(
    book: &Book,
    page: &Page,
    block: &Block,
    repository: Option<&str>,
    wholes: &HashSet<usize>,
) -> Vec<(Range<usize>, String)> {
    let mut edits = Vec::new();
    let mut changed = Vec::new();
    if let Content::Directive(directive) = &block.content {
        if directive.name.ends_with("include") {
            let target = include::target(&page.file, &directive.argument);
            changed = changed_since(book, block, &target);
            let is_whole = wholes.contains(&directive.range.start);
            let caption = Caption {
                repository,
                changed: &changed,
                playground: is_whole,
            };
            let html = caption.to_html(book, &target);
            edits.push((block.range.start..block.range.start, html));
            if directive.name == "rustdoc_include" && !is_whole {
                // 숨긴 줄로 파일이 통째로 따라온다. 발췌마다 되풀이하면 쪽이 몇 배로 무거워지므로 처음 한 번만 둔다.
                let text = page.text[directive.range.clone()].replacen("rustdoc_", "", 1);
                edits.push((directive.range.clone(), text));
            }
        } else if let Ok(text) = book.expand(page, directive) {
            edits.push((directive.range.clone(), text.trim_end().to_owned()));
        }
    }
    if !block.info.is_empty()
        && let Some(at) = page.text[block.range.clone()].find(&block.info)
    {
        let start = block.range.start + at;
        edits.push((start..start + block.info.len(), classes(block, &changed)));
    }
    edits
}

/// 파일 전체가 숨긴 줄로 따라오는 발췌. 테스트가 아닌 파일마다 처음 것이다.
pub(crate) fn whole_excerpts(page: &Page) -> impl Iterator<Item = &Directive> {
    let mut seen = HashSet::new();
    page.blocks.iter().filter_map(move |block| {
        let Content::Directive(directive) = &block.content else {
            return None;
        };
        let file = include::target(&page.file, &directive.argument).file;
        let is_whole = directive.name == "rustdoc_include" && !is_test(&file) && seen.insert(file);
        is_whole.then_some(directive)
    })
}

/// 테스트만 담은 파일.
fn is_test(file: &Path) -> bool {
    file.ends_with("tests.rs") || file.components().any(|part| part.as_os_str() == "tests")
}

/// 울타리 뒤의 글을 mdBook의 클래스로 바꾼다. 바뀐 줄은 `changed-3-4` 꼴의 클래스가 된다.
fn classes(block: &Block, changed: &[usize]) -> String {
    let mut words: Vec<String> = block
        .info
        .split([',', ' '])
        .filter(|word| !word.is_empty() && !word.contains('='))
        .map(str::to_owned)
        .collect();
    if !changed.is_empty() {
        let numbers: Vec<String> = changed.iter().map(ToString::to_string).collect();
        words.push(format!("changed-{}", numbers.join("-")));
    }
    words.join(",")
}

/// `since=앵커`가 있으면 그 앵커의 글에서 바뀐 줄.
fn changed_since(book: &Book, block: &Block, now: &Target) -> Vec<usize> {
    let Some(anchor) = block.attribute("since") else {
        return Vec::new();
    };
    let before = Target {
        anchor: Some(anchor.to_owned()),
        ..now.clone()
    };
    let both = (
        include::resolve(&book.root, &before),
        include::resolve(&book.root, now),
    );
    match both {
        (Ok(before), Ok(now)) => changed_lines(&before, &now),
        _ => Vec::new(),
    }
}

/// 새로 생기거나 바뀐 줄의 번호. 1부터 센다.
fn changed_lines(before: &str, now: &str) -> Vec<usize> {
    let diff = TextDiff::from_lines(before, now);
    diff.iter_all_changes()
        .filter(|change| change.tag() == ChangeTag::Insert)
        .filter_map(|change| Some(change.new_index()? + 1))
        .collect()
}

/// 편집을 앞에서부터 한 번에 적용한다. 겹치는 것은 앞의 것이 이긴다.
pub fn apply(text: &str, mut edits: Vec<(Range<usize>, String)>) -> String {
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let mut out = String::with_capacity(text.len() * 2);
    let mut done = 0;
    for (range, new) in edits {
        if range.start >= done {
            out.push_str(&text[done..range.start]);
            out.push_str(&new);
            done = range.end;
        }
    }
    out.push_str(&text[done..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_test_files_come_without_hidden_lines() {
        for file in ["a/src/tests.rs", "a/tests/rules.rs", "a/tests/ui/x.rs"] {
            assert!(is_test(Path::new(file)), "{file}");
        }
        for file in ["a/src/main.rs", "a/src/attests.rs"] {
            assert!(!is_test(Path::new(file)), "{file}");
        }
    }

    #[test]
    fn changed_lines_are_counted_in_the_new_text() {
        assert_eq!(changed_lines("a\nb\nc\n", "a\nB\nc\nd\n"), [2, 4]);
        assert!(changed_lines("a\n", "a\n").is_empty());
    }
}
