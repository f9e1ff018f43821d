//! 화면 틀. mdBook에 든 틀에서 정해 둔 곳만 바꾸어 `theme/`에 적는다.
//!
//! 바꿀 곳은 모두 [`Edit`]으로 적혀 있고, 정한 수만큼 나오지 않으면 어느 것인지 말하고 멈춘다. 그래서
//! mdBook을 올렸을 때 글귀 하나가 바뀌어도 영어가 조용히 새어 나오지 않는다.

mod index;
mod script;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use mdbook_driver::MDBook;
use tempfile::TempDir;

/// 바꿀 곳 하나. 틀에 있는 글, 나와야 하는 수, 대신 넣을 글.
pub struct Edit(&'static str, usize, &'static str);

/// 만드는 파일과 그 바꿀 곳들.
const FILES: [(&str, &[Edit]); 2] = [("index.hbs", index::EDITS), ("book.js", script::EDITS)];

/// mdBook의 틀에서 만든 파일들. 이름은 `theme/`에서 본 것이다.
///
/// # Errors
///
/// 바꿀 곳이 틀에 없거나 수가 다르면 그것을 말한다.
pub fn generate() -> Result<Vec<(&'static str, String)>> {
    let stock = stock()?;
    FILES
        .into_iter()
        .map(|(name, edits)| {
            let text = fs::read_to_string(stock.path().join("theme").join(name))?;
            let text = apply(name, &text, edits)?;
            Ok((name, format!("{}\n{text}", notice(name))))
        })
        .collect()
}

/// 파일의 첫 줄. 무엇에서 왔고 어떻게 고치는지 밝힌다.
fn notice(name: &str) -> String {
    let text = "mdBook의 틀을 `cargo book theme`로 고친 것. MPL-2.0 (LICENSE-mdBook.txt). 손으로 고치지 않는다.";
    match name.ends_with(".hbs") {
        true => format!("{{{{!-- {text} --}}}}"),
        false => format!("// {text}"),
    }
}

/// mdBook에 든 틀을 `theme` 폴더에 꺼내 놓은 임시 폴더.
fn stock() -> Result<TempDir> {
    let dir = tempfile::tempdir().context("임시 폴더를 만들 수 없습니다")?;
    MDBook::init(dir.path())
        .copy_theme(true)
        .build()
        .context("mdBook의 틀을 꺼낼 수 없습니다")?;
    Ok(dir)
}

fn apply(name: &str, stock: &str, edits: &[Edit]) -> Result<String> {
    let mut text = stock.to_owned();
    for Edit(from, times, to) in edits {
        let found = text.matches(from).count();
        if found != *times {
            bail!(
                "mdBook의 틀이 달라졌습니다: {name}. 아래 글이 {times}번이 아니라 {found}번 나옵니다. tools/book/src/theme의 목록을 고치세요.\n{from}"
            );
        }
        text = text.replace(from, to);
    }
    Ok(text)
}

/// 만든 파일을 `theme/`에 적는다.
///
/// # Errors
///
/// [`generate`]와 같고, 적을 수 없을 때에도 오류를 돌려준다.
pub fn write(root: &Path) -> Result<()> {
    for (name, text) in generate()? {
        let file = root.join("theme").join(name);
        fs::write(&file, text).with_context(|| format!("theme/{name}: 적을 수 없습니다"))?;
        println!("theme/{name}");
    }
    Ok(())
}

/// 저장소의 `theme/`이 지금의 mdBook에서 만든 것과 같은지 본다.
///
/// # Errors
///
/// 다르면 어느 파일인지 말한다.
pub fn check(root: &Path) -> Result<()> {
    for (name, text) in generate()? {
        if fs::read_to_string(root.join("theme").join(name))
            .ok()
            .as_ref()
            != Some(&text)
        {
            bail!("theme/{name}: 만든 것과 다릅니다. `cargo book theme`로 다시 만드세요");
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use regex::Regex;

    use super::*;

    #[test]
    fn a_moved_string_stops_with_its_name() {
        let edits = [Edit("Search", 1, "찾기")];
        assert_eq!(
            apply("x", "<b>Search</b>", &edits).expect("있다"),
            "<b>찾기</b>"
        );
        let message = apply("x", "<b>Find</b>", &edits)
            .expect_err("없다")
            .to_string();
        assert!(
            message.contains("달라졌습니다: x.") && message.ends_with("Search"),
            "{message}"
        );
        assert!(apply("x", "Search Search", &edits).is_err());
    }

    #[test]
    fn every_variable_that_mdbook_uses_is_defined() {
        let name = Regex::new(r"var\((--[\w-]+)").expect("옳은 정규식");
        let stock = stock().expect("틀을 꺼낸다");
        let ours = include_str!("../../../theme/css/variables.css");
        let mut used = 0;
        for file in ["general.css", "chrome.css"] {
            let css =
                fs::read_to_string(stock.path().join("theme/css").join(file)).expect("읽는다");
            for found in name.captures_iter(&css) {
                used += 1;
                let defined = format!("{}:", &found[1]);
                // 쓰는 파일 안에서 정해지는 것도 있다.
                let local = css.contains(&defined);
                assert!(local || ours.contains(&defined), "{file}: {defined}");
            }
        }
        assert!(used > 50, "{used}");
    }

    #[test]
    fn every_label_of_the_templates_is_korean() {
        let label = Regex::new(
            r#"(?:(?:title|aria-label|placeholder)="|\.title = '|innerText = '|showTooltip\([\w.]+, ')([^"'{]*)"#,
        )
        .expect("옳은 정규식");
        let hangul = |text: &str| text.chars().any(|c| ('가'..='힣').contains(&c));
        for (name, text) in generate().expect("틀을 만든다") {
            let labels: Vec<&str> = label
                .captures_iter(&text)
                .map(|found| found.get(1).expect("늘 있다").as_str())
                .collect();
            assert!(labels.len() > 5, "{name}: {labels:?}");
            let english: Vec<&&str> = labels
                .iter()
                .filter(|text| !text.is_empty() && !hangul(text))
                .collect();
            assert!(english.is_empty(), "{name}: {english:?}");
        }
    }
}
