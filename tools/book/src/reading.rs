//! 읽는 시간. 글과 코드의 양으로 어림해 제목 밑에 적는다.

use std::ops::Range;

use crate::check::Book;
use crate::page::{Content, MASK, Page};

/// 한국어 설명문을 소리 없이 읽는 빠르기(글자/분). 빈칸과 문장 부호는 세지 않는다.
const LETTERS_PER_MINUTE: usize = 500;
/// 코드와 출력을 훑는 빠르기(줄/분).
const LINES_PER_MINUTE: usize = 40;

/// 첫 제목 바로 밑에 읽는 시간을 넣는 편집. 제목이 없는 쪽에는 넣지 않는다.
pub fn edit(book: &Book, page: &Page) -> Option<(Range<usize>, String)> {
    let end = heading_end(&page.text)?;
    let minutes = minutes(book, page);
    let text = format!("\n<p class=\"reading-time\" data-minutes=\"{minutes}\"></p>\n");
    Some((end..end, text))
}

/// 어림한 읽는 시간(분). 적어도 1이다.
pub fn minutes(book: &Book, page: &Page) -> usize {
    let letters = page
        .prose
        .chars()
        .filter(|c| *c != MASK && c.is_alphanumeric())
        .count();
    let lines: usize = page
        .blocks
        .iter()
        .map(|block| match &block.content {
            Content::Inline(code) => code.lines().count(),
            Content::Directive(directive) => book
                .expand(page, directive)
                .map_or(0, |text| text.lines().count()),
        })
        .sum();
    let seconds = 60 * letters / LETTERS_PER_MINUTE + 60 * lines / LINES_PER_MINUTE;
    seconds.div_ceil(60).max(1)
}

/// 글머리의 `# 제목` 줄이 끝나는 자리.
fn heading_end(text: &str) -> Option<usize> {
    let first = text.split_inclusive('\n').next()?;
    (first.starts_with("# ") && first.ends_with('\n')).then_some(first.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_page_that_opens_with_a_title_gets_a_time() {
        assert_eq!(heading_end("# 제목\n글\n"), Some(9));
        assert_eq!(heading_end("글\n# 제목\n"), None);
        assert_eq!(heading_end("# 제목"), None);
    }
}
