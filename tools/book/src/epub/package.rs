//! 전자책의 목록과 차례.

use std::fmt::Write;

use anyhow::{Result, bail};

use super::{Entry, Part, xhtml};
use crate::measured::escape;

/// 책마다 다른, 바뀌지 않는 이름.
const IDENTIFIER: &str = "urn:uuid:7c1f3a52-94d6-4e0b-a6cf-2b8d5e7f9013";

/// 목록이 어디 있는지.
pub const CONTAINER: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"#;

/// 목록. 든 파일을 모두 적고 읽는 차례를 정한다.
pub fn opf(title: &str, modified: &str, parts: &[Part]) -> Part {
    let (mut items, mut spine) = (String::new(), String::new());
    for (at, part) in parts.iter().enumerate() {
        let properties = match part.properties {
            "" => String::new(),
            names => format!(" properties=\"{names}\""),
        };
        let _ = writeln!(
            items,
            "<item id=\"p{at}\" href=\"{}\" media-type=\"{}\"{properties}/>",
            escape(&part.name),
            part.media
        );
        if super::is_page(part) {
            let _ = writeln!(spine, "<itemref idref=\"p{at}\"/>");
        }
    }
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" unique-identifier=\"id\" xml:lang=\"ko\">\n\
         <metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n\
         <dc:identifier id=\"id\">{IDENTIFIER}</dc:identifier>\n<dc:title>{}</dc:title>\n<dc:language>ko</dc:language>\n\
         <meta property=\"dcterms:modified\">{modified}</meta>\n</metadata>\n\
         <manifest>\n{items}</manifest>\n<spine>\n{spine}</spine>\n</package>\n",
        escape(title)
    );
    Part {
        name: "content.opf".into(),
        media: "application/oebps-package+xml",
        properties: "",
        body: text.into_bytes(),
    }
}

/// 차례.
///
/// # Errors
///
/// 차례의 깊이가 한 번에 두 단계 깊어지면 오류를 돌려준다.
pub fn nav(title: &str, entries: &[Entry]) -> Result<Part> {
    let mut list = String::new();
    let mut depth = 0;
    for (at, entry) in entries.iter().enumerate() {
        match at {
            0 => {}
            _ if entry.depth == depth + 1 => list.push_str("\n<ol>\n"),
            _ if entry.depth <= depth => {
                list.push_str(&"</li>\n</ol>".repeat(depth - entry.depth));
                list.push_str("</li>\n");
            }
            _ => bail!("차례의 깊이가 이어지지 않습니다: {}", entry.title),
        }
        depth = entry.depth;
        let name = escape(&entry.title);
        let _ = match &entry.file {
            Some(file) => write!(list, "<li><a href=\"{}\">{name}</a>", escape(file)),
            None => write!(list, "<li><span>{name}</span>"),
        };
    }
    list.push_str(&"</li>\n</ol>".repeat(depth));
    list.push_str("</li>");
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\" lang=\"ko\" xml:lang=\"ko\">\n\
         <head><title>{title}</title><link rel=\"stylesheet\" href=\"book.css\"/></head>\n\
         <body><nav epub:type=\"toc\"><h1>차례</h1>\n<ol>\n{list}\n</ol></nav></body>\n</html>\n",
        title = escape(title)
    );
    Ok(Part {
        name: "nav.xhtml".into(),
        media: xhtml::MEDIA,
        properties: "nav",
        body: text.into_bytes(),
    })
}
