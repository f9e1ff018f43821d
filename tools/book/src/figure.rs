//! 그림. 원본은 쪽 옆의 `figures/이름.mmd`이고, 그려 둔 `이름.svg`가 쪽에 들어간다.

pub mod draw;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::{Problem, book_dir, page};

/// 그림 하나의 원본과 그려 둔 것.
#[derive(Debug)]
pub struct Figure {
    /// 저장소 뿌리에서 본 원본.
    pub source: PathBuf,
    /// 저장소 뿌리에서 본 SVG.
    pub svg: PathBuf,
}

/// 쪽 `page`가 부르는 그림 `name`.
pub fn locate(page: &Path, name: &str) -> Figure {
    let dir = page.parent().unwrap_or(Path::new("")).join("figures");
    Figure {
        source: dir.join(format!("{name}.mmd")),
        svg: dir.join(format!("{name}.svg")),
    }
}

impl Figure {
    /// 쪽에 들어가는 HTML. 그림과, 그림을 보지 못하는 사람이 읽을 글이 함께 있다.
    ///
    /// # Errors
    ///
    /// 원본이나 SVG나 설명이 없거나, SVG가 원본보다 낡았으면 한 줄의 설명을 돌려준다.
    pub fn to_html(&self, root: &Path) -> Result<String, String> {
        let source = fs::read_to_string(root.join(&self.source))
            .map_err(|_| format!("그림의 원본이 없습니다: {}", self.source.display()))?;
        let line = |key: &str| {
            source
                .lines()
                .find_map(|line| line.trim().strip_prefix(key))
                .map(str::trim)
                .filter(|text| !text.is_empty())
                .ok_or_else(|| format!("{}: '{key}' 줄이 없습니다", self.source.display()))
        };
        let (title, description) = (line("accTitle:")?, line("accDescr:")?);
        let svg = fs::read_to_string(root.join(&self.svg)).map_err(|_| {
            format!(
                "그림을 아직 그리지 않았습니다: {} (`cargo book figures`로 그립니다)",
                self.svg.display()
            )
        })?;
        if !svg.starts_with(&stamp(&source)) {
            return Err(format!(
                "그림이 원본보다 낡았습니다: {} (`cargo book figures`로 다시 그립니다)",
                self.svg.display()
            ));
        }
        let svg: String = svg.lines().skip(1).collect();
        let svg = self.relinked(root, &svg)?;
        let (title, description) = (
            crate::measured::escape(title),
            crate::measured::escape(description),
        );
        Ok(format!(
            "<figure class=\"drawn\"><div class=\"canvas\" role=\"group\" aria-label=\"{title}\">{svg}</div>\
             <figcaption>{title}<details><summary>글로 읽기</summary>{description}</details></figcaption></figure>"
        ))
    }
}

/// 칸에 걸린 링크.
static LINK: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"<a href="([^"]*)">"#).expect("옳은 정규식"));

impl Figure {
    /// 원본에는 쪽의 파일(`../ch02/README.md`)로 적은 링크를 사이트의 주소로 바꾼다.
    fn relinked(&self, root: &Path, svg: &str) -> Result<String, String> {
        let page_dir = self.source.parent().and_then(Path::parent);
        let dir = root.join(page_dir.unwrap_or(Path::new("")));
        for link in LINK.captures_iter(svg) {
            if !link[1].ends_with(".md") || !dir.join(&link[1]).is_file() {
                return Err(format!(
                    "{}: 링크가 가리키는 쪽이 없습니다: {}",
                    self.source.display(),
                    &link[1]
                ));
            }
        }
        let address =
            |link: &Captures<'_>| format!("<a href=\"{}\">", page::built_name(&link[1], "html"));
        Ok(LINK.replace_all(svg, address).into_owned())
    }
}

/// SVG의 첫 줄. 원본이 바뀌면 달라지므로 낡은 그림을 알아본다.
pub fn stamp(source: &str) -> String {
    format!("<!-- {:016x} -->\n", fingerprint(source.as_bytes()))
}

/// 바이트들의 지문. FNV-1a라 일부러 속일 수는 있지만, 바뀐 것을 알아보는 데에는 충분하다.
pub fn fingerprint(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3)
    })
}

/// `src/` 아래의 모든 그림.
///
/// # Errors
///
/// 폴더를 읽을 수 없으면 오류를 돌려준다.
pub fn all(root: &Path) -> anyhow::Result<Vec<Figure>> {
    let sources = book_dir::source_files(root, "mmd")?;
    Ok(sources
        .into_iter()
        .filter(|source| source.parent().is_some_and(|dir| dir.ends_with("figures")))
        .map(|source| Figure {
            svg: source.with_extension("svg"),
            source,
        })
        .collect())
}

/// 낡았거나 설명이 없거나 빛깔이 박힌 그림, 원본이 없는 SVG를 찾는다. 아직 쪽에 없는 그림도 본다.
///
/// # Errors
///
/// 폴더를 읽을 수 없으면 오류를 돌려준다.
pub fn check(root: &Path) -> anyhow::Result<Vec<Problem>> {
    let figures = all(root)?;
    let mut problems = Vec::new();
    for figure in &figures {
        match figure.to_html(root) {
            Err(message) => problems.push(Problem::new(&figure.source, 0, message)),
            Ok(html)
                if html.contains("fill=\"")
                    || html.contains("stroke=\"")
                    || html.contains("<style") =>
            {
                let message = "빛깔이 박혀 있어 어두운 화면에서 깨집니다. `cargo book figures`로 다시 그립니다";
                problems.push(Problem::new(&figure.svg, 0, message));
            }
            Ok(_) => {}
        }
    }
    for svg in book_dir::source_files(root, "svg")? {
        let in_figures = svg.parent().is_some_and(|dir| dir.ends_with("figures"));
        if in_figures && !figures.iter().any(|figure| figure.svg == svg) {
            problems.push(Problem::new(svg, 0, "원본(.mmd)이 없는 그림입니다"));
        }
    }
    Ok(problems)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_in_a_figure_leads_to_a_page() {
        let dir = tempfile::tempdir().expect("임시 폴더");
        let src = dir.path().join("src");
        fs::create_dir_all(src.join("ch01-a/figures")).expect("만든다");
        fs::create_dir_all(src.join("ch02-b")).expect("만든다");
        let figure = locate(Path::new("src/ch01-a/README.md"), "map");
        let linked = |svg: &str| figure.relinked(dir.path(), svg);
        let svg = "<a href=\"../ch02-b/README.md\"><rect/></a>";
        assert!(
            linked(svg)
                .expect_err("없는 쪽")
                .contains("../ch02-b/README.md")
        );
        fs::write(src.join("ch02-b/README.md"), "# 나\n").expect("적는다");
        let html = linked(svg).expect("있는 쪽");
        assert_eq!(html, "<a href=\"../ch02-b/index.html\"><rect/></a>");
        assert!(linked("<a href=\"https://a.b\"><rect/></a>").is_err());
    }

    #[test]
    fn stale_coloured_and_orphaned_figures_are_found() {
        let dir = tempfile::tempdir().expect("임시 폴더");
        let figures = dir.path().join("src/ch01-a/figures");
        fs::create_dir_all(&figures).expect("만든다");
        let write = |name: &str, text: &str| fs::write(figures.join(name), text).expect("적는다");
        let found = || -> Vec<String> {
            let problems = check(dir.path()).expect("읽는다");
            problems.iter().map(ToString::to_string).collect()
        };
        let source = "flowchart\n accTitle: 가\n accDescr: 나\n";
        write("01-x.mmd", source);
        assert!(
            found()[0].contains("아직 그리지 않았습니다"),
            "{:?}",
            found()
        );
        write("01-x.svg", &format!("{}<svg>\n</svg>\n", stamp(source)));
        assert!(found().is_empty(), "{:?}", found());
        write(
            "01-x.svg",
            &format!("{}<svg><path fill=\"red\"/></svg>\n", stamp(source)),
        );
        assert!(found()[0].contains("빛깔이 박혀"), "{:?}", found());
        write("01-x.mmd", "flowchart\n accTitle: 가\n accDescr: 다\n");
        assert!(found()[0].contains("낡았습니다"), "{:?}", found());
        write("01-x.mmd", "flowchart\n accTitle: 가\n");
        assert!(
            found()[0].contains("'accDescr:' 줄이 없습니다"),
            "{:?}",
            found()
        );
        fs::remove_file(figures.join("01-x.mmd")).expect("지운다");
        assert!(found()[0].contains("원본(.mmd)이 없는"), "{:?}", found());
    }
}
