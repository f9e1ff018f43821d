//! 전자책의 검사. 파일을 풀어 목록과 링크가 모두 맞는지 본다.

use std::collections::{BTreeMap, HashSet};
use std::fs::File;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use roxmltree::Document;
use zip::ZipArchive;

use crate::book_dir::normalize;
use crate::serve::percent_decode;

type Files = BTreeMap<String, Vec<u8>>;

/// 책을 전자책으로 만들어 본다. 목록에 적힌 것이 모두 있고, 모든 링크가 책 안의 있는 곳으로 가야 한다.
///
/// # Errors
///
/// 만들 수 없거나 어긋난 것이 있으면 그것을 말한다.
pub fn check(root: &Path) -> Result<()> {
    let dir = tempfile::tempdir()?;
    let dest = dir.path().join("book.epub");
    super::write(root, &dest)?;
    let files = unpack(&dest)?;
    listed(&files)?;
    let pages: BTreeMap<&str, Document> = files
        .iter()
        .filter(|(name, _)| name.ends_with(".xhtml"))
        .map(|(name, body)| Ok((name.as_str(), parse(name, body)?)))
        .collect::<Result<_>>()?;
    for (name, page) in &pages {
        for href in page.descendants().filter_map(|node| node.attribute("href")) {
            follow(&files, &pages, name, href)?;
        }
    }
    Ok(())
}

fn unpack(file: &Path) -> Result<Files> {
    let mut zip = ZipArchive::new(File::open(file)?)?;
    let first = zip
        .by_index(0)?
        .name()
        .map(|name| name.into_owned())
        .unwrap_or_default();
    ensure!(first == "mimetype", "전자책의 맨 앞에 mimetype이 없습니다");
    let mut files = Files::new();
    for at in 0..zip.len() {
        let mut entry = zip.by_index(at)?;
        let name = entry.name().context("이름이 글이 아닌 파일")?.into_owned();
        let mut body = Vec::new();
        entry.read_to_end(&mut body)?;
        files.insert(name, body);
    }
    Ok(files)
}

fn parse<'a>(name: &str, body: &'a [u8]) -> Result<Document<'a>> {
    let text = std::str::from_utf8(body)?;
    Document::parse(text).with_context(|| format!("{name}: XML이 아닙니다"))
}

fn listed(files: &Files) -> Result<()> {
    let opf = files.get("OEBPS/content.opf").context("목록이 없습니다")?;
    let opf = parse("OEBPS/content.opf", opf)?;
    let listed: HashSet<String> = opf
        .descendants()
        .filter(|node| node.tag_name().name() == "item")
        .filter_map(|node| node.attribute("href"))
        .map(|href| format!("OEBPS/{href}"))
        .collect();
    for name in &listed {
        ensure!(files.contains_key(name), "목록에만 있는 파일입니다: {name}");
    }
    let unlisted = files.keys().find(|name| {
        name.starts_with("OEBPS/") && !name.ends_with(".opf") && !listed.contains(*name)
    });
    match unlisted {
        Some(name) => bail!("목록에 없는 파일입니다: {name}"),
        None => Ok(()),
    }
}

fn follow(files: &Files, pages: &BTreeMap<&str, Document>, from: &str, href: &str) -> Result<()> {
    if href.contains("://") {
        return Ok(());
    }
    let wanted = percent_decode(href);
    let (path, id) = wanted.split_once('#').unwrap_or((wanted.as_str(), ""));
    let file = match path {
        "" => from.to_owned(),
        path => {
            let dir = Path::new(from).parent().unwrap_or(Path::new(""));
            normalize(&dir.join(path))
                .to_string_lossy()
                .replace('\\', "/")
        }
    };
    ensure!(
        files.contains_key(&file),
        "{from}: 전자책에 없는 곳으로 가는 링크입니다: {href}"
    );
    let there = pages.get(file.as_str());
    let found = there.is_some_and(|page| {
        page.descendants()
            .any(|node| node.attribute("id") == Some(id))
    });
    ensure!(
        id.is_empty() || found,
        "{from}: 없는 앵커로 가는 링크입니다: {href}"
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn checked(page: &str) -> Result<()> {
        let dir = tempfile::tempdir().expect("임시 폴더");
        let write = |file: &str, text: &str| {
            let path = dir.path().join(file);
            fs::create_dir_all(path.parent().expect("폴더")).expect("만든다");
            fs::write(path, text).expect("적는다");
        };
        write("book.toml", "[book]\ntitle = \"책\"\n");
        write(
            "src/SUMMARY.md",
            "# 차례\n\n[머리](README.md)\n\n# 1부\n\n- [장](a/README.md)\n  - [절](a/01.md)\n- [초안]()\n- [바뀐 것](changes.md)\n",
        );
        write(
            "src/README.md",
            "# 머리\n\n[장](a/README.md) [절](a/01.md#둘)\n",
        );
        write("src/a/README.md", "# 장\n");
        write("src/a/01.md", page);
        write("src/terms.tsv", "");
        write("src/changes.md", "## 2026-11-20\n");
        write("listings/.keep", "");
        write("theme/epub.css", "");
        for font in ["sans-regular", "sans-bold", "mono-regular"] {
            write(&format!("theme/fonts/{font}.woff2"), "");
        }
        check(dir.path())
    }

    #[test]
    fn a_whole_book_passes_and_a_dead_link_is_named() {
        checked("# 절\n\n## 둘\n\n[머리](../README.md) <a href=\"README.html\">장</a>\n")
            .expect_err("README.html은 짓지 않는다");
        checked("# 절\n\n## 둘\n\n[머리](../README.md) <a href=\"index.html\">장</a>\n")
            .expect("온전하다");
        let error = checked("# 절\n\n## 둘\n\n<a href=\"#셋\">셋</a>\n").expect_err("없는 앵커");
        assert!(
            error
                .to_string()
                .contains("없는 앵커로 가는 링크입니다: #셋"),
            "{error}"
        );
    }
}
