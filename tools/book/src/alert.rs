//! 알림 상자. `> [!NOTE]`로 시작하는 인용을 한국어 제목이 있는 상자로 바꾼다.
//!
//! mdBook도 이 꼴을 알지만 제목이 영어로 박혀 있다. 여기에서 먼저 바꾸면 스크립트 없이도 한국어가 보인다.

use std::ops::Range;

use crate::page::Page;

/// 종류, mdBook의 클래스 이름, 제목.
const KINDS: [(&str, &str, &str); 5] = [
    ("NOTE", "note", "참고"),
    ("TIP", "tip", "요령"),
    ("IMPORTANT", "important", "중요"),
    ("WARNING", "warning", "주의"),
    ("CAUTION", "caution", "위험"),
];

/// 쪽의 알림 상자를 바꾸는 편집. 줄 앞의 `> `만 걷어 내므로 상자 안의 코드와 지시문은 그대로 산다.
pub fn edits(page: &Page) -> Vec<(Range<usize>, String)> {
    let mut edits = Vec::new();
    let mut open = false;
    let mut at = 0;
    for line in page.text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let text = line.trim_end_matches(['\n', '\r']);
        let in_code = page.code_ranges.iter().any(|range| range.contains(&start));
        if open {
            match quoted(text) {
                Some(mark) => edits.push((start..start + mark, String::new())),
                None => {
                    edits.push((start..start, "\n</div>\n\n".to_owned()));
                    open = false;
                }
            }
        } else if let Some((_, class, title)) = KINDS.iter().find(|kind| opens(text, kind.0))
            && !in_code
        {
            let head = format!(
                "<div class=\"blockquote-tag blockquote-tag-{class}\" role=\"note\">\n<p class=\"blockquote-tag-title\">{title}</p>\n"
            );
            edits.push((start..start + text.len(), head));
            open = true;
        }
    }
    if open {
        edits.push((at..at, "\n\n</div>\n".to_owned()));
    }
    edits
}

fn opens(line: &str, kind: &str) -> bool {
    line.strip_prefix("> [!")
        .and_then(|rest| rest.strip_suffix(']'))
        .is_some_and(|found| found.eq_ignore_ascii_case(kind))
}

/// 인용의 줄이면 앞에 붙은 표시의 길이.
fn quoted(line: &str) -> Option<usize> {
    let rest = line.strip_prefix('>')?;
    Some(1 + usize::from(rest.starts_with(' ')))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn changed(text: &str) -> String {
        let page = Page::parse(Path::new("src/x.md"), text.to_owned());
        crate::preprocess::apply(text, edits(&page))
    }

    #[test]
    fn an_alert_becomes_a_box_with_a_korean_title() {
        let html = changed("앞\n\n> [!WARNING]\n> 하나\n>\n> 둘\n\n뒤\n");
        assert!(
            html.contains("blockquote-tag-warning") && html.contains(">주의</p>\n\n하나\n\n둘\n"),
            "{html}"
        );
        assert!(html.contains("</div>\n\n\n뒤\n"), "{html}");
    }

    #[test]
    fn an_alert_at_the_end_is_closed_and_others_are_left_alone() {
        assert!(
            changed("> [!TIP]\n> 끝")
                .trim_end()
                .ends_with("끝\n\n</div>")
        );
        assert_eq!(changed("> 그냥 인용\n"), "> 그냥 인용\n");
        assert_eq!(
            changed("```text\n> [!NOTE]\n```\n"),
            "```text\n> [!NOTE]\n```\n"
        );
    }
}
