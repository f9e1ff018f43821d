//! mdBook이 그대로 두면 어긋나는 것을 고치는 편집. 조사 앞의 굵은 글씨와 `README.md`로 가는 링크.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::page::Page;

/// `**낱말(word)**은`처럼 조사가 바로 붙으면 CommonMark는 굵은 글씨로 보지 않는다. 태그로 바꾼다.
pub fn emphasis(page: &Page) -> Vec<(Range<usize>, String)> {
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

/// mdBook은 `README.md`를 `index.html`로 지으면서 링크는 `README.html`로 바꾼다. 없는 쪽으로 가지 않게 고친다.
pub fn readme_links(page: &Page) -> Vec<(Range<usize>, String)> {
    static README: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\]\((?:[^()\s]*/)?(README)\.md[)#]").expect("옳은 정규식"));
    let in_code = |at: usize| page.code_ranges.iter().any(|range| range.contains(&at));
    README
        .captures_iter(&page.text)
        .filter_map(|found| found.get(1))
        .filter(|name| !in_code(name.start()))
        .map(|name| (name.range(), "index".to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::preprocess::apply;

    fn emphasised(text: &str) -> String {
        let page = Page::parse(Path::new("src/x.md"), text.to_owned());
        apply(text, emphasis(&page))
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
    fn links_to_a_readme_go_to_the_page_that_mdbook_writes() {
        let relinked = |text: &str| {
            let page = Page::parse(Path::new("src/x.md"), text.to_owned());
            apply(text, readme_links(&page))
        };
        assert_eq!(
            relinked("[가](../a/README.md#나) [다](README.md)"),
            "[가](../a/index.md#나) [다](index.md)"
        );
        assert_eq!(
            relinked("[가](MY-README.md) `[나](README.md)`"),
            "[가](MY-README.md) `[나](README.md)`"
        );
    }
}
