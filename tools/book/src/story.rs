//! 예제가 찍는 이야기의 형식. 기록된 출력과 새 출력, Rust와 다른 언어의 출력을 견주는 규칙이다.
//!
//! - `== 이름 ==` 줄은 대목의 시작이다. 쪽은 대목 하나만 보일 수 있다.
//! - `~ `로 시작하는 줄은 순서가 정해져 있지 않다. 이어진 그런 줄은 집합으로 견준다.
//! - `[Rust] `처럼 언어 이름으로 시작하는 줄은 그 언어에만 있다. 언어끼리 견줄 때 뺀다.

use similar::TextDiff;

const LANGUAGES: [&str; 4] = ["[Rust] ", "[Node] ", "[Go] ", "[Python] "];

/// 이름이 `name`인 대목을 제목 줄과 함께 돌려준다.
pub fn section(output: &str, name: &str) -> Option<String> {
    let mut lines = output.lines().skip_while(|line| title(line) != Some(name));
    let heading = lines.next()?;
    let mut text = format!("{heading}\n");
    for line in lines.take_while(|line| title(line).is_none()) {
        text.push_str(line);
        text.push('\n');
    }
    // 대목 사이의 빈 줄은 보이지 않는다.
    Some(format!("{}\n", text.trim_end()))
}

/// 모든 대목의 이름.
pub fn sections(output: &str) -> Vec<&str> {
    output.lines().filter_map(title).collect()
}

fn title(line: &str) -> Option<&str> {
    line.strip_prefix("== ")?.strip_suffix(" ==")
}

/// 두 출력을 견준다. 같으면 `None`, 다르면 사람이 읽을 차이를 돌려준다.
pub fn difference(recorded: &str, actual: &str) -> Option<String> {
    let (recorded, actual) = (unordered_sorted(recorded), unordered_sorted(actual));
    if recorded == actual {
        return None;
    }
    let diff = TextDiff::from_lines(&recorded, &actual);
    Some(
        diff.unified_diff()
            .context_radius(2)
            .header("기록", "지금")
            .to_string(),
    )
}

/// 한 언어에만 있는 줄을 뺀다.
pub fn shared_lines(output: &str) -> String {
    output
        .lines()
        .filter(|line| !LANGUAGES.iter().any(|mark| line.starts_with(mark)))
        .flat_map(|line| [line, "\n"])
        .collect()
}

fn unordered_sorted(output: &str) -> String {
    let mut lines: Vec<&str> = output.lines().collect();
    for run in lines.chunk_by_mut(|a, b| a.starts_with("~ ") && b.starts_with("~ ")) {
        run.sort_unstable();
    }
    lines.iter().flat_map(|line| [*line, "\n"]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unordered_lines_are_a_set_and_others_a_sequence() {
        assert_eq!(difference("a\n~ x\n~ y\nb\n", "a\n~ y\n~ x\nb\n"), None);
        assert!(difference("a\nb\n", "b\na\n").is_some());
        assert!(difference("~ x\n~ x\n", "~ x\n").is_some());
        // 순서 있는 줄이 사이에 끼면 다른 묶음이다.
        assert!(difference("~ x\n-\n~ y\n", "~ y\n-\n~ x\n").is_some());
    }

    #[test]
    fn the_difference_shows_both_sides() {
        let diff = difference("하나\n둘\n", "하나\n셋\n").expect("다르다");
        assert!(diff.contains("-둘") && diff.contains("+셋"), "{diff}");
    }

    #[test]
    fn lines_of_one_language_are_left_out() {
        assert_eq!(
            shared_lines("a\n[Rust] b\nc\n"),
            shared_lines("a\nc\n[Node] d\n")
        );
        assert_eq!(shared_lines("[기타] a\n"), "[기타] a\n");
    }

    #[test]
    fn a_section_ends_where_the_next_begins() {
        let output = "머리\n== 하나 ==\n1\n\n== 둘 ==\n2\n";
        assert_eq!(section(output, "하나").as_deref(), Some("== 하나 ==\n1\n"));
        assert_eq!(section(output, "셋"), None);
        assert_eq!(sections(output), ["하나", "둘"]);
    }
}
