//! mdBook 전처리기. 먼저 책 전체를 검사하고, 문제가 없으면 우리 지시문을 풀고 한국어 조판을 고친다.
//!
//! `links`보다 앞에서 돌므로 보통의 `include`는 그대로 두고 mdBook에 맡긴다.

use std::fmt;
use std::ops::Range;
use std::path::Path;

use mdbook_preprocessor::book::Book as MdBook;
use mdbook_preprocessor::errors::Result;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};
use similar::{ChangeTag, TextDiff};

use crate::Problem;
use crate::check::Book;
use crate::include;
use crate::measured::escape;
use crate::page::{Block, Content, Page};

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
        md.for_each_chapter_mut(|chapter| {
            if let Some(path) = &chapter.source_path {
                let file = Path::new("src").join(path);
                if let Some(page) = book.pages.iter().find(|page| page.file == file) {
                    chapter.content = transform(&book, page);
                }
            }
        });
        Ok(md)
    }
}

/// 원고 하나를 mdBook에 넘길 글로 바꾼다. 문제가 없는 책에만 부른다.
pub fn transform(book: &Book, page: &Page) -> String {
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    for directive in &page.directives {
        if let Ok(text) = book.expand(page, directive) {
            edits.push((directive.range.clone(), text));
        }
    }
    for block in &page.blocks {
        edits.extend(block_edits(book, page, block));
    }
    edits.extend(emphasis_edits(page));
    apply(&page.text, edits)
}

fn block_edits(book: &Book, page: &Page, block: &Block) -> Vec<(Range<usize>, String)> {
    let mut edits = Vec::new();
    if let Content::Directive(directive) = &block.content {
        if directive.name.ends_with("include") {
            let file = include::target(&page.file, &directive.argument).file;
            edits.push((block.range.start..block.range.start, caption(&file)));
        } else if let Ok(text) = book.expand(page, directive) {
            edits.push((directive.range.clone(), text.trim_end().to_owned()));
        }
    }
    if let Some(range) = page.text[block.range.clone()].find(&block.info).map(|at| {
        let start = block.range.start + at;
        start..start + block.info.len()
    }) {
        if !block.info.is_empty() {
            edits.push((range, classes(book, page, block)));
        }
    }
    edits
}

/// 코드 블록 위에 붙는 파일 이름.
fn caption(file: &Path) -> String {
    format!(
        "<p class=\"code-from\"><code>{}</code></p>\n\n",
        escape(&file.display().to_string())
    )
}

/// 울타리 뒤의 글을 mdBook의 클래스로 바꾼다. `since=앵커`는 바뀐 줄의 번호가 된다.
fn classes(book: &Book, page: &Page, block: &Block) -> String {
    let mut words: Vec<String> = block
        .info
        .split([',', ' '])
        .filter(|word| !word.is_empty() && !word.contains('='))
        .map(str::to_owned)
        .collect();
    if let (Some(before), Content::Directive(directive)) =
        (block.attribute("since"), &block.content)
    {
        let now = include::target(&page.file, &directive.argument);
        let before = include::Target {
            anchor: Some(before.to_owned()),
            ..now.clone()
        };
        let both = (
            include::resolve(&book.root, &before),
            include::resolve(&book.root, &now),
        );
        if let (Ok(before), Ok(now)) = both {
            words.push(format!("changed-{}", changed_lines(&before, &now)));
        }
    }
    words.join(",")
}

/// 새로 생기거나 바뀐 줄의 번호를 `3-4-9` 꼴로 적는다. 1부터 센다.
fn changed_lines(before: &str, now: &str) -> String {
    let diff = TextDiff::from_lines(before, now);
    let numbers: Vec<String> = diff
        .iter_all_changes()
        .filter(|change| change.tag() == ChangeTag::Insert)
        .filter_map(|change| Some((change.new_index()? + 1).to_string()))
        .collect();
    numbers.join("-")
}

/// `**낱말(word)**은`처럼 조사가 바로 붙으면 CommonMark는 굵은 글씨로 보지 않는다. 태그로 바꾼다.
fn emphasis_edits(page: &Page) -> Vec<(Range<usize>, String)> {
    let in_code = |at: usize| page.code_ranges.iter().any(|range| range.contains(&at));
    let mut edits = Vec::new();
    let mut open: Option<usize> = None;
    for (at, _) in page
        .text
        .match_indices("**")
        .filter(|(at, _)| !in_code(*at))
    {
        match open.take() {
            // 문단이 바뀌면 짝이 아니다.
            Some(start) if !page.text[start..at].contains("\n\n") => {
                edits.push((start..start + 2, "<strong>".to_owned()));
                edits.push((at..at + 2, "</strong>".to_owned()));
            }
            _ => open = Some(at),
        }
    }
    edits
}

fn apply(text: &str, mut edits: Vec<(Range<usize>, String)>) -> String {
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

    fn emphasised(text: &str) -> String {
        let page = Page::parse(Path::new("src/x.md"), text.to_owned());
        apply(text, emphasis_edits(&page))
    }

    #[test]
    fn emphasis_holds_before_a_particle() {
        assert_eq!(
            emphasised("**이벤트 루프(event loop)**는"),
            "<strong>이벤트 루프(event loop)</strong>는"
        );
        assert_eq!(emphasised("**`poll`**을"), "<strong>`poll`</strong>을");
    }

    #[test]
    fn stars_in_code_are_left_alone() {
        assert_eq!(emphasised("`a**b` 와 `c**d`"), "`a**b` 와 `c**d`");
        assert_eq!(emphasised("```text\n** **\n```\n"), "```text\n** **\n```\n");
    }

    #[test]
    fn changed_lines_are_counted_in_the_new_text() {
        assert_eq!(changed_lines("a\nb\nc\n", "a\nB\nc\nd\n"), "2-4");
        assert_eq!(changed_lines("a\n", "a\n"), "");
    }
}
