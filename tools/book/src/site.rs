//! 사이트 짓기. mdBook을 라이브러리로 불러 주어진 폴더에 짓는다.

use std::path::Path;
use std::{fs, io};

use anyhow::{Context, Result, bail};
use mdbook_driver::MDBook;
use mdbook_driver::builtin_renderers::MarkdownRenderer;
use mdbook_driver::config::Config;
use mdbook_preprocessor::book::Book;

use crate::preprocess::AsyncBook;
use crate::{search_index, sitemap};

/// 책을 `dest`에 짓는다. `dest`는 저장소 뿌리에서 보거나 절대 경로이다.
///
/// # Errors
///
/// `book.toml`이 틀렸거나 쪽에 문제가 있으면 파일과 줄이 있는 설명을 돌려준다.
pub fn build(root: &Path, dest: &Path) -> Result<()> {
    let mut config = config(root)?;
    config.build.build_dir = dest.to_path_buf();
    let site: Option<String> = config.get(sitemap::SITE)?;
    let book = load(root, config)?;
    book.build()?;
    search_index::lighten(&crate::check::Book::read(root)?, &root.join(dest))?;
    match site {
        Some(site) => sitemap::write(&book.book, &site, &root.join(dest)),
        None => Ok(()),
    }
}

/// 지시문과 `include`를 모두 푼 책과 그 설정.
///
/// # Errors
///
/// [`build`]와 같다.
pub fn expanded(root: &Path) -> Result<(Book, Config)> {
    let book = load(root, config(root)?)?;
    let (expanded, _) = book.preprocess_book(&MarkdownRenderer::new())?;
    Ok((expanded, book.config))
}

fn load(root: &Path, mut config: Config) -> Result<MDBook> {
    config.build.create_missing = false;
    let mut book = MDBook::load_with_config(root, config).map_err(first_line)?;
    book.with_preprocessor(AsyncBook);
    Ok(book)
}

/// `book.toml`을 읽는다. 틀린 곳이 있으면 줄 번호를 말한다.
fn config(root: &Path) -> Result<Config> {
    let text = match fs::read_to_string(root.join("book.toml")) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            bail!("book.toml: 파일이 없습니다");
        }
        Err(error) => return Err(error).context("book.toml: 읽을 수 없습니다"),
    };
    if let Err(error) = toml::from_str::<toml::Table>(&text) {
        let line = error.span().map_or(1, |span| {
            crate::page::line_of(&text, span.start.min(text.len()))
        });
        bail!("book.toml:{line}: TOML이 아닙니다: {}", error.message());
    }
    text.parse::<Config>().map_err(|error| {
        let cause = error
            .chain()
            .last()
            .map(ToString::to_string)
            .unwrap_or_default();
        anyhow::anyhow!(
            "book.toml: 설정을 읽을 수 없습니다: {}",
            cause.lines().next().unwrap_or("")
        )
    })
}

fn first_line(error: anyhow::Error) -> anyhow::Error {
    let chain: Vec<String> = error.chain().map(|cause| cause.to_string()).collect();
    anyhow::anyhow!(
        "src/SUMMARY.md: 책을 읽을 수 없습니다: {}",
        chain.join(": ")
    )
}
