//! 글꼴. 책이 쓰는 글자만 남겨 자르고, 자른 글꼴에 없는 글자를 찾는다.
//!
//! 글꼴 파일마다 든 글자와 파일의 지문이 `theme/coverage.txt`에 있다. 자를 때 함께 적으므로,
//! 지문이 맞으면 글꼴을 풀어 보지 않고도 무엇이 들었는지 안다.

mod used;

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::check::Book;
use crate::figure::fingerprint;
use crate::{Problem, web};
use used::{Used, Uses};

const FONTS: &str = "theme/fonts";
const COVERAGE: &str = "theme/coverage.txt";
/// 모두 합한 크기의 한도(바이트).
const BUDGET: u64 = 260_000;

/// 책이 쓰는 글자만 남겨 글꼴을 자르고 `theme/coverage.txt`를 적는다.
///
/// # Errors
///
/// 도구가 없거나 어느 글꼴에도 없는 글자가 있으면 그 까닭을 돌려준다.
pub fn cut(root: &Path) -> Result<()> {
    let used = Used::of(&Book::read(root)?)?;
    let letters = |uses: &Uses| uses.keys().collect::<String>();
    let input = serde_json::json!({ "sans": letters(&used.sans), "mono": letters(&used.mono) });
    let answer = web::python(root, "fonts.py", &input.to_string())?;
    let spans: BTreeMap<String, String> =
        serde_json::from_str(&answer).context("web/fonts.py의 답을 읽을 수 없습니다")?;
    let mut text =
        String::from("# `cargo book fonts`가 적는다. 글꼴 파일, 지문, 든 글자의 코드.\n");
    for (name, codes) in spans {
        let bytes = fs::read(root.join(FONTS).join(&name))?;
        println!("{FONTS}/{name}: {} KB", bytes.len() / 1000);
        text.push_str(&format!("{name} {:016x} {codes}\n", fingerprint(&bytes)));
    }
    fs::write(root.join(COVERAGE), text).context("theme/coverage.txt를 적을 수 없습니다")
}

/// 글꼴에 없는 글자, 바뀐 글꼴 파일, 넘친 크기를 찾는다.
///
/// # Errors
///
/// 책을 읽을 수 없으면 오류를 돌려준다.
pub fn check(root: &Path) -> Result<Vec<Problem>> {
    let used = Used::of(&Book::read(root)?)?;
    let text = fs::read_to_string(root.join(COVERAGE))
        .context("theme/coverage.txt가 없습니다. `cargo book fonts`로 만드세요")?;
    let mut problems = Vec::new();
    let mut covered: BTreeMap<&str, HashSet<char>> = BTreeMap::new();
    let mut size = 0;
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let (name, rest) = line.split_once(' ').unwrap_or((line, ""));
        let (print, codes) = rest.split_once(' ').unwrap_or((rest, ""));
        let file = Path::new(FONTS).join(name);
        let bytes = fs::read(root.join(&file)).unwrap_or_default();
        size += bytes.len() as u64;
        if format!("{:016x}", fingerprint(&bytes)) != print {
            let message = "글꼴 파일이 기록과 다릅니다. `cargo book fonts`로 다시 자르세요";
            problems.push(Problem::new(file, 0, message));
        }
        covered.insert(name, expand(codes));
    }
    let empty = HashSet::new();
    let font = |name: &str| covered.get(name).unwrap_or(&empty);
    let [regular, bold, mono] = [
        "sans-regular.woff2",
        "sans-bold.woff2",
        "mono-regular.woff2",
    ]
    .map(font);
    // 본문 글꼴에 없는 것은 코드 글꼴이 그린다. 굵은 글씨도 마찬가지이다.
    let in_sans = |c: &char| (regular.contains(c) && bold.contains(c)) || mono.contains(c);
    let missing_sans = used.sans.iter().filter(|(c, _)| !in_sans(c));
    let missing_mono = used.mono.iter().filter(|(c, _)| !mono.contains(c));
    for (c, (file, line)) in missing_sans.chain(missing_mono) {
        let message = format!(
            "글꼴에 없는 글자입니다: '{c}' (U+{:04X}). `cargo book fonts`로 다시 자르세요",
            u32::from(*c)
        );
        problems.push(Problem::new(file, *line, message));
    }
    if size > BUDGET {
        let message = format!("글꼴이 모두 {size}바이트로 한도 {BUDGET}바이트를 넘습니다");
        problems.push(Problem::new(FONTS, 0, message));
    }
    problems.sort();
    problems.dedup();
    Ok(problems)
}

/// `20-7e ac00`을 글자들로 푼다.
fn expand(codes: &str) -> HashSet<char> {
    let code = |text: &str| u32::from_str_radix(text, 16).unwrap_or(0);
    codes
        .split_whitespace()
        .flat_map(|span| {
            let (first, last) = span.split_once('-').unwrap_or((span, span));
            code(first)..=code(last)
        })
        .filter_map(char::from_u32)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_read_as_characters() {
        let found = expand("41-43 ac00");
        assert_eq!(found.len(), 4);
        assert!(found.contains(&'B') && found.contains(&'가'));
    }

    #[test]
    fn a_missing_glyph_is_found_with_file_and_line() {
        let dir = tempfile::tempdir().expect("임시 폴더");
        let write = |file: &str, text: &str| {
            let path = dir.path().join(file);
            fs::create_dir_all(path.parent().expect("폴더")).expect("만든다");
            fs::write(path, text).expect("적는다");
        };
        write("src/SUMMARY.md", "[가](a.md)\n");
        write("src/a.md", "가\n\n나 `다`\n");
        write("src/terms.tsv", "");
        write("book.toml", "");
        write("listings/.keep", "");
        for name in [
            "sans-regular.woff2",
            "sans-bold.woff2",
            "mono-regular.woff2",
        ] {
            write(&format!("{FONTS}/{name}"), name);
        }
        let line = |name: &str, codes: &str| {
            format!("{name} {:016x} {codes}\n", fingerprint(name.as_bytes()))
        };
        let rest = "20-7e bb 2771";
        let (sans, mono) = (format!("{rest} ac00"), format!("{rest} b2e4"));
        let coverage = [
            ("sans-regular.woff2", &sans),
            ("sans-bold.woff2", &sans),
            ("mono-regular.woff2", &mono),
        ]
        .map(|(name, codes)| line(name, codes))
        .concat();
        write(COVERAGE, &coverage);
        let found: Vec<String> = check(dir.path())
            .expect("읽는다")
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(
            found[0].starts_with("src/a.md:3: 글꼴에 없는 글자입니다: '나'"),
            "{found:?}"
        );
        write(&format!("{FONTS}/sans-bold.woff2"), "바뀜");
        assert!(
            check(dir.path()).expect("읽는다")[1]
                .message
                .contains("기록과 다릅니다")
        );
    }
}
