//! 책이 쓰는 글자를 모은다.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::check::Book;
use crate::page::line_of;

/// 코드 글꼴로 보이는 글이 있는 폴더와 확장자.
///
/// 독자가 고치는 `exercises`는 보지 않는다. 처음 모양은 모두 `solutions`에 있다.
const CODE: ([&str; 2], [&str; 7]) = (
    ["listings", "solutions"],
    ["rs", "mjs", "go", "py", "txt", "stderr", "toml"],
);
/// mdBook의 화면이 CSS와 스크립트로 그리는 글자.
const CHROME: &str = "❱»";

/// 글자와, 그 글자가 처음 나오는 파일과 줄.
pub type Uses = BTreeMap<char, (PathBuf, usize)>;

/// 책이 쓰는 글자.
#[derive(Default)]
pub struct Used {
    /// 본문 글꼴로 보이는 글자.
    pub sans: Uses,
    /// 코드 글꼴로 보이는 글자.
    pub mono: Uses,
}

impl Used {
    pub fn of(book: &Book) -> Result<Used> {
        let mut used = Used::default();
        for page in book.pages.iter().chain([&book.summary]) {
            for (at, c) in page.text.char_indices() {
                let code = page.code_ranges.iter().any(|range| range.contains(&at));
                let uses = if code { &mut used.mono } else { &mut used.sans };
                note(uses, c, || (page.file.clone(), line_of(&page.text, at)));
            }
        }
        // 지시문이 만들어 내는 글. 원고에는 없는 글자가 들어올 수 있다.
        for page in &book.pages {
            for directive in &page.directives {
                for c in book.expand(page, directive).unwrap_or_default().chars() {
                    note(&mut used.sans, c, || (page.file.clone(), directive.line));
                }
            }
        }
        let root = &book.root;
        let mut texts = vec![PathBuf::from("src/terms.tsv"), PathBuf::from("book.toml")];
        texts.extend(files(root, Path::new("theme"), &["hbs", "js", "css"])?);
        texts.extend(files(root, Path::new("src"), &["svg"])?);
        for file in texts {
            read_into(&mut used.sans, root, &file)?;
        }
        for dir in CODE.0 {
            for file in files(root, Path::new(dir), &CODE.1)? {
                read_into(&mut used.mono, root, &file)?;
            }
        }
        for c in CHROME.chars() {
            note(&mut used.sans, c, || (PathBuf::from("theme"), 0));
        }
        Ok(used)
    }
}

fn note(uses: &mut Uses, c: char, place: impl FnOnce() -> (PathBuf, usize)) {
    // 이어붙임 표시와 첫가끝 자모는 저 혼자 그려지지 않는다.
    let joined = matches!(c, '\u{200d}' | '\u{fe0f}' | '\u{1100}'..='\u{11ff}');
    if !c.is_control() && !joined {
        uses.entry(c).or_insert_with(place);
    }
}

fn read_into(uses: &mut Uses, root: &Path, file: &Path) -> Result<()> {
    let text = fs::read_to_string(root.join(file))
        .with_context(|| format!("{}: 읽을 수 없습니다", file.display()))?;
    for (at, line) in text.lines().enumerate() {
        for c in line.chars() {
            note(uses, c, || (file.to_path_buf(), at + 1));
        }
    }
    Ok(())
}

/// `dir` 아래에서 확장자가 `ends`에 드는 파일. 폴더가 없으면 빈 목록이다.
fn files(root: &Path, dir: &Path, ends: &[&str]) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let Ok(entries) = fs::read_dir(root.join(dir)) else {
        return Ok(found);
    };
    for entry in entries {
        let path = dir.join(entry?.file_name());
        if root.join(&path).is_dir() {
            if !path.ends_with("target") {
                found.extend(files(root, &path, ends)?);
            }
        } else if path
            .extension()
            .is_some_and(|end| ends.iter().any(|known| end == *known))
        {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
