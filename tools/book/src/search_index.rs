//! 찾기 색인 덜어 내기. 우리 찾기는 색인에 든 글만 읽으므로 낱말표를 비우고, 코드 블록에서는 보이는 줄만 남긴다.
//!
//! mdBook은 발췌마다 파일 전체를 숨긴 줄로 넣고 그것까지 색인한다. 그대로 두면 색인이 몇 배로 커지고, 쪽에 보이지
//! 않는 말이 찾아진다. `mdbook build`로 지은 책에는 그대로 남지만 찾기는 똑같이 된다.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::check::Book;
use crate::include::{self, Target};
use crate::page::{self, Page};
use crate::preprocess::whole_excerpts;

const BEFORE: &str = "window.search = Object.assign(window.search, JSON.parse('";
const AFTER: &str = "'));";

/// `dest`에 지은 책의 `searchindex-….js`를 덜어 낸다. 색인이 없으면 아무것도 하지 않는다.
///
/// # Errors
///
/// 파일을 읽고 쓸 수 없거나, mdBook이 바뀌어 색인의 꼴이 다르면 오류를 돌려준다.
pub fn lighten(book: &Book, dest: &Path) -> Result<()> {
    for entry in fs::read_dir(dest).with_context(|| dest.display().to_string())? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with("searchindex") && name.ends_with(".js") {
            let text = fs::read_to_string(&path)?;
            let light = lightened(book, &text).with_context(|| {
                format!(
                    "{name}: 색인의 꼴이 다릅니다. mdBook이 바뀌었으면 search_index.rs를 맞추세요"
                )
            })?;
            fs::write(&path, light)?;
        }
    }
    Ok(())
}

fn lightened(book: &Book, text: &str) -> Result<String> {
    let quoted = text
        .strip_prefix(BEFORE)
        .and_then(|rest| rest.strip_suffix(AFTER))
        .context("앞뒤의 글이 다릅니다")?;
    let mut search: Value = serde_json::from_str(&unquote(quoted))?;
    for page in &book.pages {
        show_excerpts(book, page, &mut search)?;
    }
    let index = &mut search["index"];
    ensure!(
        index["documentStore"]["docs"].is_object(),
        "documentStore.docs가 없습니다"
    );
    let tables = index["index"]
        .as_object_mut()
        .context("index.index가 없습니다")?;
    for table in tables.values_mut() {
        *table = json!({ "root": {} });
    }
    index["documentStore"]["docInfo"] = json!({});
    let quoted = search
        .to_string()
        .replace('\\', "\\\\")
        .replace('\'', "\\'");
    Ok(format!("{BEFORE}{quoted}{AFTER}"))
}

/// 쪽의 글에서, 숨긴 줄까지 펼쳐진 파일을 발췌한 줄로 바꾼다.
fn show_excerpts(book: &Book, page: &Page, search: &mut Value) -> Result<()> {
    let Some(url) = url_of(page) else {
        return Ok(());
    };
    let urls = search["doc_urls"]
        .as_array()
        .context("doc_urls가 없습니다")?;
    let sections: Vec<usize> = (0..urls.len())
        .filter(|at| {
            let url_of_section = urls[*at].as_str().unwrap_or("");
            url_of_section.split('#').next() == Some(&url)
        })
        .collect();
    let docs = &mut search["index"]["documentStore"]["docs"];
    // 발췌는 쪽에 적힌 차례로 나온다. 찾은 곳보다 앞은 다시 보지 않는다.
    let (mut now, mut from) = (0, 0);
    for (whole, shown) in excerpts(book, page) {
        for (at, section) in sections.iter().enumerate().skip(now) {
            let body = &mut docs[section.to_string()]["body"];
            let text = body.as_str().context("body가 없습니다")?.to_owned();
            let start = if at == now { from } else { 0 };
            if let Some((head, tail)) = split_at_code(&text, start, &whole) {
                (now, from) = (at, head.len() + shown.len());
                *body = json!(format!("{head}{shown}{tail}"));
                break;
            }
        }
    }
    Ok(())
}

/// 파일 전체가 숨긴 줄로 따라온 발췌마다 파일 전체와 보이는 줄. 파일 전체는 빈칸을 모두 뺀 것이다.
fn excerpts(book: &Book, page: &Page) -> Vec<(String, String)> {
    let of = |target: &Target| -> Option<(String, String)> {
        let shown = include::resolve(&book.root, target).ok()?;
        let whole = fs::read_to_string(book.root.join(&target.file)).ok()?;
        let whole = include::without_marks(&whole).split_whitespace().collect();
        Some((
            whole,
            shown.split_whitespace().collect::<Vec<_>>().join(" "),
        ))
    };
    whole_excerpts(page)
        .filter_map(|directive| of(&include::target(&page.file, &directive.argument)))
        .collect()
}

/// `text`의 `from`바이트 뒤에서 빈칸을 가리지 않고 `code`를 찾아 그 앞과 뒤를 돌려준다.
fn split_at_code<'a>(text: &'a str, from: usize, code: &str) -> Option<(&'a str, &'a str)> {
    let (mut packed, mut places) = (String::new(), Vec::new());
    for (at, c) in text.get(from..)?.char_indices() {
        if !c.is_whitespace() {
            packed.push(c);
            places.extend(std::iter::repeat_n(
                (from + at, from + at + c.len_utf8()),
                c.len_utf8(),
            ));
        }
    }
    let start = packed.find(code)?;
    let last = start + code.len().checked_sub(1)?;
    Some((&text[..places[start].0], &text[places[last].1..]))
}

/// 쪽의 주소. `src` 아래에 있지 않으면 `None`.
fn url_of(page: &Page) -> Option<String> {
    let path = page.file.strip_prefix("src").ok()?.to_str()?;
    Some(page::built_name(&path.replace('\\', "/"), "html"))
}

/// 자바스크립트의 작은따옴표 문자열을 푼다. mdBook은 `\`와 `'`만 바꾼다.
fn unquote(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        out.extend(if c == '\\' { chars.next() } else { Some(c) });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book() -> Book {
        Book {
            root: "none".into(),
            pages: Vec::new(),
            listings: Vec::new(),
            summary: Page::parse(Path::new("src/SUMMARY.md"), String::new()),
        }
    }

    #[test]
    fn only_the_tables_go() {
        let docs = r#"{"0":{"body":"그는 \\"T: \'static\\"라고 \\\\n 적는다"}}"#;
        let text = format!(
            r#"{BEFORE}{{"doc_urls":["a.html"],"index":{{"documentStore":{{"docInfo":{{"0":{{}}}},"docs":{docs}}},"index":{{"body":{{"root":{{"a":1}}}}}}}}}}{AFTER}"#
        );
        let light = lightened(&book(), &text).expect("옳은 꼴");
        assert!(light.contains(docs), "{light}");
        assert!(light.contains(r#""index":{"body":{"root":{}}}"#), "{light}");
        assert!(light.contains(r#""doc_urls":["a.html"]"#), "{light}");
    }

    #[test]
    fn another_form_is_an_error() {
        assert!(lightened(&book(), "window.search = {};").is_err());
        assert!(lightened(&book(), &format!("{BEFORE}{{}}{AFTER}")).is_err());
    }

    #[test]
    fn hidden_lines_leave_the_index() {
        let root = tempfile::tempdir().expect("임시 폴더");
        let code = "use std::fmt;\n// ANCHOR: a\nfn a() {}\n// ANCHOR_END: a\nfn b() {}\n";
        fs::write(root.path().join("x.rs"), code).expect("쓴다");
        let text = "# 가\n\n```rust\n{{#rustdoc_include ../x.rs:a}}\n```\n";
        let page = Page::parse(Path::new("src/README.md"), text.to_owned());
        let mut book = book();
        book.root = root.path().to_path_buf();
        book.pages.push(page);
        let search = json!({
            "doc_urls": ["b.html#b", "index.html#a"],
            "index": {
                "documentStore": { "docs": {
                    "0": { "body": "use std::fmt; fn a() {} fn b() {}" },
                    "1": { "body": "앞 use std::fmt;  fn a() {} fn b() {} 뒤" },
                } },
                "index": {},
            },
        });
        let light = lightened(&book, &format!("{BEFORE}{search}{AFTER}")).expect("옳은 꼴");
        assert!(light.contains(r#""body":"앞 fn a() {} 뒤""#), "{light}");
        // 다른 쪽의 글은 그대로이다.
        assert!(
            light.contains(r#""body":"use std::fmt; fn a() {} fn b() {}""#),
            "{light}"
        );
    }
}
