//! 그림을 그린다. mermaid는 브라우저 안에서만 글자의 너비를 알 수 있어 Node 스크립트에 맡긴다.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use super::{Figure, all, stamp};
use crate::web;

/// 웹 도구의 답 하나.
#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Drawn {
    Svg(String),
    Error(String),
}

/// `src/` 아래의 모든 그림을 다시 그리고, 달라진 것만 적는다.
///
/// # Errors
///
/// 도구가 없거나 그릴 수 없는 그림이 있으면 그 까닭을 돌려준다.
pub fn draw_all(root: &Path) -> Result<()> {
    let figures = all(root)?;
    let mut sources = BTreeMap::new();
    for figure in &figures {
        let source = fs::read_to_string(root.join(&figure.source))?;
        if let Some((_, twin)) = sources.insert(figure.id(), (source, figure)) {
            bail!(
                "{}: 이름이 같은 그림이 있습니다: {}",
                figure.source.display(),
                twin.source.display()
            );
        }
    }
    let input: BTreeMap<&str, &str> = sources
        .iter()
        .map(|(id, (source, _))| (id.as_str(), source.as_str()))
        .collect();
    let answer = web::node(root, "figures.mjs", &serde_json::to_string(&input)?)?;
    let drawn: BTreeMap<String, Drawn> =
        serde_json::from_str(&answer).context("web/figures.mjs의 답을 읽을 수 없습니다")?;
    let mut wrong = Vec::new();
    for (id, (source, figure)) in &sources {
        match drawn.get(id) {
            Some(Drawn::Svg(svg)) => figure.write(root, &format!("{}{svg}", stamp(source)))?,
            Some(Drawn::Error(message)) => {
                wrong.push(format!("{}: {message}", figure.source.display()))
            }
            None => wrong.push(format!("{}: 그려지지 않았습니다", figure.source.display())),
        }
    }
    println!("그림 {}개를 보았습니다.", sources.len());
    match wrong.is_empty() {
        true => Ok(()),
        false => bail!("{}", wrong.join("\n")),
    }
}

impl Figure {
    /// SVG 안의 id 앞에 붙는 이름. `src/ch02-callbacks/figures/01-handover.mmd`이면 `ch02-01-handover`이다.
    fn id(&self) -> String {
        let stem = self
            .source
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy();
        let chapter = self
            .source
            .iter()
            .nth(1)
            .unwrap_or_default()
            .to_string_lossy();
        match chapter.split_once('-') {
            Some((number, _)) => format!("{number}-{stem}"),
            None => stem.into_owned(),
        }
    }

    fn write(&self, root: &Path, text: &str) -> Result<()> {
        let file = root.join(&self.svg);
        if fs::read_to_string(&file).is_ok_and(|old| old == text) {
            return Ok(());
        }
        println!("{}", self.svg.display());
        fs::write(&file, text).with_context(|| format!("{}: 적을 수 없습니다", self.svg.display()))
    }
}
