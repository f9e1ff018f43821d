//! 목록과 진도. 40칸 터미널에서도 한 문제가 한 줄이다.

use std::fs;
use std::path::Path;

use super::master::Exercise;
use super::progress::Progress;
use super::style::{cut, faint, good, strong};

/// 모든 문제를 장마다 보인다.
pub fn all(root: &Path, all: &[Exercise], progress: &Progress, columns: usize) -> String {
    let current = progress.current(all);
    let mut out = String::new();
    for chapter in all.chunk_by(|a, b| a.chapter == b.chapter) {
        out.push_str(&format!("{}\n", strong(&heading(root, chapter, progress))));
        for exercise in chapter {
            let is_current = Some(exercise) == current;
            out.push_str(&row(exercise, progress, is_current, columns));
        }
        out.push('\n');
    }
    out.push_str(&match current {
        Some(exercise) if !progress.is_done(exercise) => {
            format!("다음은 `cargo book watch {}`입니다.\n", exercise.id)
        }
        _ => next_line(all, progress),
    });
    out
}

fn row(exercise: &Exercise, progress: &Progress, is_current: bool, columns: usize) -> String {
    let mark = match (progress.is_done(exercise), is_current) {
        (true, _) => good("✓"),
        (false, true) => ">".to_owned(),
        (false, false) => "·".to_owned(),
    };
    let cost = format!("{} {}분", exercise.meta.level, exercise.meta.minutes);
    // 표시, 번호, 사이의 빈칸을 뺀 나머지가 제목의 자리이다.
    let title = cut(&exercise.meta.title, columns.saturating_sub(20).max(10));
    format!("{mark} {:<5} {title}  {}\n", exercise.id, faint(&cost))
}

fn heading(root: &Path, chapter: &[Exercise], progress: &Progress) -> String {
    let done = count_done(chapter, progress);
    let name = title(root, &chapter[0].chapter);
    format!("{name}  {done}/{}", chapter.len())
}

/// 장의 제목. 장을 여는 쪽의 첫 제목이다.
fn title(root: &Path, chapter: &str) -> String {
    let number = chapter.get(2..4).unwrap_or("").trim_start_matches('0');
    let page = fs::read_to_string(root.join("src").join(chapter).join("README.md"));
    let name = page.ok().and_then(|text| {
        let heading = text.lines().find_map(|line| line.strip_prefix("# "));
        heading.map(str::to_owned)
    });
    match name {
        Some(name) => format!("{number}장 {name}"),
        None => chapter.to_owned(),
    }
}

fn count_done(exercises: &[Exercise], progress: &Progress) -> usize {
    let done = |exercise: &&Exercise| progress.is_done(exercise);
    exercises.iter().filter(done).count()
}

/// 장마다의 진도를 막대로 보인다.
pub fn progress(root: &Path, all: &[Exercise], progress: &Progress) -> String {
    const CELLS: usize = 20;
    let mut out = String::new();
    for chapter in all.chunk_by(|a, b| a.chapter == b.chapter) {
        let done = count_done(chapter, progress);
        let filled = CELLS * done / chapter.len();
        let bar = format!("{}{}", "#".repeat(filled), "-".repeat(CELLS - filled));
        out.push_str(&format!("{}\n[{bar}]\n", heading(root, chapter, progress)));
    }
    let left: u32 = all
        .iter()
        .filter(|exercise| !progress.is_done(exercise))
        .map(|exercise| exercise.meta.minutes)
        .sum();
    let done = count_done(all, progress);
    out.push_str(&format!(
        "\n모두 {}개 가운데 {done}개를 마쳤습니다.\n",
        all.len()
    ));
    if left > 0 {
        out.push_str(&format!("남은 문제는 {left}분쯤 걸립니다.\n"));
    }
    out.push_str(&next_line(all, progress));
    out
}

/// 다음에 할 일 한 줄.
pub fn next_line(all: &[Exercise], progress: &Progress) -> String {
    match progress.next_after(all, None) {
        Some(exercise) => format!("다음은 `cargo book watch {}`입니다.\n", exercise.id),
        None => "모두 마쳤습니다.\n".to_owned(),
    }
}
