//! 터미널에 찍는 글의 모양. 색과 너비.

use std::io::IsTerminal;
use std::sync::LazyLock;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// 색을 써도 되는 터미널이면 참.
pub static COLOR: LazyLock<bool> = LazyLock::new(|| {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    std::io::stdout().is_terminal()
        && set("NO_COLOR").is_none()
        && set("TERM").is_none_or(|term| term != "dumb")
});

fn paint(code: &str, text: &str) -> String {
    match *COLOR {
        true => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
        false => text.to_owned(),
    }
}

/// 통과한 것.
pub fn good(text: &str) -> String {
    paint("32", text)
}

/// 실패한 것.
pub fn bad(text: &str) -> String {
    paint("31", text)
}

/// 제목.
pub fn strong(text: &str) -> String {
    paint("1", text)
}

/// 덜 중요한 것.
pub fn faint(text: &str) -> String {
    paint("2", text)
}

/// 터미널의 너비. 알 수 없으면 80칸.
pub fn columns() -> usize {
    let size = crossterm::terminal::size();
    size.map_or(80, |(columns, _)| usize::from(columns)).max(20)
}

/// 글이 차지하는 칸의 수. 한글은 두 칸이다.
pub fn width(text: &str) -> usize {
    text.width()
}

/// 빈칸에서 줄을 바꾸어 `columns`칸에 맞춘다. 둘째 줄부터 `indent`칸 들여 쓴다.
pub fn wrap(text: &str, columns: usize, indent: usize) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let text = line.trim_start();
        out.push_str(&line[..line.len() - text.len()]);
        let mut used = line.len() - text.len();
        for (at, word) in text.split(' ').enumerate() {
            if at > 0 && used + 1 + width(word) > columns {
                out.push('\n');
                out.push_str(&" ".repeat(indent));
                used = indent;
            } else if at > 0 {
                out.push(' ');
                used += 1;
            }
            out.push_str(word);
            used += width(word);
        }
        out.push('\n');
    }
    out
}

/// Markdown 글을 `columns`칸에 맞춘다. 원고의 줄 바꿈은 뜻이 없으므로 문단마다 이어 붙인 뒤에 나눈다.
pub fn paragraphs(markdown: &str, columns: usize) -> String {
    let mut joined: Vec<String> = Vec::new();
    let mut in_code = false;
    let mut may_join = false;
    for line in markdown.trim().lines() {
        let is_fence = line.trim_start().starts_with("```");
        in_code ^= is_fence;
        let text = line.trim_start();
        let starts_item = text.starts_with("- ") || text.starts_with('#');
        match joined.last_mut() {
            Some(last) if may_join && !in_code && !is_fence && !starts_item && !text.is_empty() => {
                last.push(' ');
                last.push_str(text);
            }
            _ => joined.push(line.to_owned()),
        }
        may_join = !in_code && !is_fence && !text.is_empty();
    }
    joined
        .iter()
        .map(|line| match line.as_str() {
            "" => "\n".to_owned(),
            item if item.starts_with("- ") => wrap(item, columns, 2),
            other => wrap(other, columns, 0),
        })
        .collect()
}

/// `columns`칸이 넘으면 자르고 줄임표를 붙인다.
pub fn cut(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut used = 1;
    let kept: String = text
        .chars()
        .take_while(|c| {
            used += c.width().unwrap_or(0);
            used <= columns
        })
        .collect();
    format!("{kept}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_spaces_and_hangul_is_two_columns_wide() {
        assert_eq!(wrap("가나 다라 마바", 9, 0), "가나 다라\n마바\n");
        assert_eq!(wrap("가나 다라 마바", 9, 2), "가나 다라\n  마바\n");
        assert_eq!(wrap("  가나 다라", 9, 2), "  가나\n  다라\n");
        assert_eq!(cut("가나다라", 6), "가나…");
        assert_eq!(cut("가나다", 6), "가나다");
    }

    #[test]
    fn a_paragraph_is_joined_and_lists_and_code_are_kept() {
        let text = "가나\n다라\n\n- 하나\n  둘\n- 셋\n\n```rust\nlet a;\nlet b;\n```\n";
        let shown = "가나 다라\n\n- 하나 둘\n- 셋\n\n```rust\nlet a;\nlet b;\n```\n";
        assert_eq!(paragraphs(text, 80), shown);
        assert_eq!(paragraphs("- 하나 둘 셋", 8), "- 하나\n  둘 셋\n");
    }
}
