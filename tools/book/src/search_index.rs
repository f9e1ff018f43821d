//! 찾기 색인 덜어 내기. 우리 찾기는 색인에 든 글만 읽으므로, 쓰지 않는 낱말표를 비워 내려받기를 줄인다.
//!
//! `mdbook build`로 지은 책에는 낱말표가 남아 있지만 똑같이 찾는다.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

const BEFORE: &str = "window.search = Object.assign(window.search, JSON.parse('";
const AFTER: &str = "'));";

/// `dest`에 지은 책의 `searchindex-….js`에서 낱말표를 비운다. 색인이 없으면 아무것도 하지 않는다.
///
/// # Errors
///
/// 파일을 읽고 쓸 수 없거나, mdBook이 바뀌어 색인의 꼴이 다르면 오류를 돌려준다.
pub fn lighten(dest: &Path) -> Result<()> {
    for entry in fs::read_dir(dest).with_context(|| dest.display().to_string())? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with("searchindex") && name.ends_with(".js") {
            let text = fs::read_to_string(&path)?;
            let light = without_tables(&text).with_context(|| {
                format!(
                    "{name}: 색인의 꼴이 다릅니다. mdBook이 바뀌었으면 search_index.rs를 맞추세요"
                )
            })?;
            fs::write(&path, light)?;
        }
    }
    Ok(())
}

fn without_tables(text: &str) -> Result<String> {
    let quoted = text
        .strip_prefix(BEFORE)
        .and_then(|rest| rest.strip_suffix(AFTER))
        .context("앞뒤의 글이 다릅니다")?;
    let mut search: Value = serde_json::from_str(&unquote(quoted))?;
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

    #[test]
    fn only_the_tables_go() {
        let docs = r#"{"0":{"body":"그는 \\"T: \'static\\"라고 \\\\n 적는다"}}"#;
        let text = format!(
            r#"{BEFORE}{{"doc_urls":["a.html"],"index":{{"documentStore":{{"docInfo":{{"0":{{}}}},"docs":{docs}}},"index":{{"body":{{"root":{{"a":1}}}}}}}}}}{AFTER}"#
        );
        let light = without_tables(&text).expect("옳은 꼴");
        assert!(light.contains(docs), "{light}");
        assert!(light.contains(r#""index":{"body":{"root":{}}}"#), "{light}");
        assert!(light.contains(r#""doc_urls":["a.html"]"#), "{light}");
    }

    #[test]
    fn another_form_is_an_error() {
        assert!(without_tables("window.search = {};").is_err());
        assert!(without_tables(&format!("{BEFORE}{{}}{AFTER}")).is_err());
    }
}
