//! 재어 본 값. 예제 옆의 `measured.toml`에 값, 단위, 명령, 기계, 날짜가 함께 있다.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Deserialize;

use crate::nearest;

/// 재어 본 값 하나.
#[derive(Debug, Clone, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Measurement {
    /// 쪽에 보이는 값. 자릿수를 지키려고 글로 적는다.
    pub value: String,
    /// 값 바로 뒤에 붙는 단위.
    pub unit: String,
    /// 값을 다시 얻는 명령.
    pub command: String,
    /// 잰 기계.
    pub machine: String,
    /// 잰 날. `2026-11-20` 꼴.
    pub date: String,
}

/// `measured.toml` 하나를 읽는다. 열쇠는 쪽에서 부르는 이름이다.
///
/// # Errors
///
/// 파일이 없거나 형식이 틀리면 한 줄의 설명을 돌려준다.
pub fn read(root: &Path, file: &Path) -> Result<BTreeMap<String, Measurement>, String> {
    let text = fs::read_to_string(root.join(file))
        .map_err(|_| format!("측정값 파일이 없습니다: {}", file.display()))?;
    toml::from_str(&text).map_err(|error| format!("{}: {}", file.display(), error.message()))
}

/// 이름이 `key`인 측정값 하나를 찾는다.
///
/// # Errors
///
/// 파일이나 이름이 없으면 한 줄의 설명을 돌려준다.
pub fn find(root: &Path, file: &Path, key: &str) -> Result<Measurement, String> {
    let all = read(root, file)?;
    all.get(key).cloned().ok_or_else(|| {
        let near = nearest(key, all.keys().map(String::as_str));
        let hint = near
            .map(|near| format!(" 비슷한 이름: {near}."))
            .unwrap_or_default();
        format!("{}에 '{key}' 측정값이 없습니다{hint}", file.display())
    })
}

impl Measurement {
    /// 쪽에 들어가는 글. 값 위에 손을 올리면 명령과 기계와 날짜가 보인다.
    pub fn to_html(&self) -> String {
        format!(
            "<span class=\"measured\" title=\"{} · {} · {}\">{}{}</span>",
            escape(&self.command),
            escape(&self.machine),
            escape(&self.date),
            escape(&self.value),
            escape(&self.unit),
        )
    }
}

/// HTML에서 뜻을 가진 글자를 바꾼다.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
