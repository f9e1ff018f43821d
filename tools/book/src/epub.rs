//! 전자책. 사이트와 같은 원고에서 EPUB 3 파일 하나를 만든다.
//!
//! 같은 원고에서는 바이트까지 같은 파일이 나온다. 때는 `src/changes.md`의 맨 위 날짜를 쓴다.

pub mod check;
mod package;
mod xhtml;

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::{Context, Result};
use mdbook_preprocessor::book::BookItem;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::site;

/// 전자책에 든 파일 하나.
struct Part {
    /// `OEBPS/`에서 본 이름.
    name: String,
    /// 목록에 적을 종류.
    media: &'static str,
    /// 목록에 적을 성질. `svg`처럼 그 쪽에 든 것을 미리 알린다.
    properties: &'static str,
    body: Vec<u8>,
}

/// 차례의 한 줄.
struct Entry {
    title: String,
    /// 부의 이름이면 없다.
    file: Option<String>,
    /// 0이 가장 바깥이다.
    depth: usize,
}

/// 전자책을 `dest`에 적고 쪽의 수를 돌려준다.
///
/// # Errors
///
/// 원고에 문제가 있거나 XHTML로 옮길 수 없는 HTML이 있으면 어느 쪽인지 말한다.
pub fn write(root: &Path, dest: &Path) -> Result<usize> {
    let parts = parts(root)?;
    let file =
        File::create(dest).with_context(|| format!("{}: 만들 수 없습니다", dest.display()))?;
    let mut zip = ZipWriter::new(BufWriter::new(file));
    // 규격: mimetype이 맨 앞에, 압축하지 않은 채 있어야 한다.
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    zip.start_file("mimetype", stored)?;
    zip.write_all(b"application/epub+zip")?;
    let packed = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    zip.start_file("META-INF/container.xml", packed)?;
    zip.write_all(package::CONTAINER.as_bytes())?;
    for part in &parts {
        zip.start_file(format!("OEBPS/{}", part.name), packed)?;
        zip.write_all(&part.body)?;
    }
    zip.finish()?.flush()?;
    Ok(parts.iter().filter(|part| is_page(part)).count())
}

fn is_page(part: &Part) -> bool {
    part.media == xhtml::MEDIA && part.properties != "nav"
}

fn parts(root: &Path) -> Result<Vec<Part>> {
    let (book, config) = site::expanded(root)?;
    let title = config.book.title.unwrap_or_default();
    let mut entries = Vec::new();
    let mut parts = vec![xhtml::title_page(
        &title,
        config.book.description.as_deref().unwrap_or(""),
    )];
    let mut depth_of_part = 0;
    for item in book.iter() {
        match item {
            BookItem::PartTitle(title) => {
                depth_of_part = 1;
                entries.push(Entry {
                    title: title.clone(),
                    file: None,
                    depth: 0,
                });
            }
            BookItem::Chapter(chapter) => {
                // 아직 쓰지 않은 절은 파일이 없다.
                let Some(path) = &chapter.path else { continue };
                let source = chapter.source_path.as_ref().unwrap_or(path);
                let part = xhtml::page(source, &chapter.name, &chapter.content)?;
                let depth = depth_of_part + chapter.parent_names.len();
                entries.push(Entry {
                    title: chapter.name.clone(),
                    file: Some(part.name.clone()),
                    depth,
                });
                parts.push(part);
            }
            BookItem::Separator => {}
        }
    }
    parts.push(Part {
        name: "book.css".into(),
        media: "text/css",
        properties: "",
        body: fs::read(root.join("theme/epub.css")).context("theme/epub.css를 읽을 수 없습니다")?,
    });
    for name in [
        "sans-regular.woff2",
        "sans-bold.woff2",
        "mono-regular.woff2",
    ] {
        let file = root.join("theme/fonts").join(name);
        parts.push(Part {
            name: format!("fonts/{name}"),
            media: "font/woff2",
            properties: "",
            body: fs::read(&file)
                .with_context(|| format!("{}: 읽을 수 없습니다", file.display()))?,
        });
    }
    parts.push(package::nav(&title, &entries)?);
    parts.push(package::opf(&title, &last_change(root), &parts));
    Ok(parts)
}

/// 바뀐 것을 적은 쪽의 맨 위 날짜.
fn last_change(root: &Path) -> String {
    let text = fs::read_to_string(root.join("src/changes.md")).unwrap_or_default();
    let date = text.lines().find_map(|line| line.strip_prefix("## "));
    format!("{}T00:00:00Z", date.unwrap_or("2026-01-01").trim())
}
