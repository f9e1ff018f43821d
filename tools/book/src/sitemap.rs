//! 사이트맵. 사이트의 주소가 정해져 있을 때에만 만든다.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use mdbook_preprocessor::book::{Book, BookItem};

use crate::measured::escape;
use crate::page;

/// `book.toml`에서 사이트의 주소를 적는 자리.
pub const SITE: &str = "preprocessor.async-book.site";

/// `dest`에 지은 책의 `sitemap.xml`을 적는다. `site`는 `https://…/` 꼴의 주소이다.
///
/// # Errors
///
/// 적을 수 없으면 오류를 돌려준다.
pub fn write(book: &Book, site: &str, dest: &Path) -> Result<()> {
    fs::write(dest.join("sitemap.xml"), text(book, site)).context("sitemap.xml을 적을 수 없습니다")
}

fn text(book: &Book, site: &str) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for item in book.iter() {
        let BookItem::Chapter(chapter) = item else {
            continue;
        };
        let Some(path) = &chapter.path else { continue };
        let page = page::built_name(&path.to_string_lossy().replace('\\', "/"), "html");
        let page = match page.strip_suffix("index.html") {
            Some(dir) if dir.is_empty() || dir.ends_with('/') => dir,
            _ => page.as_str(),
        };
        let url = format!("{}/{page}", site.trim_end_matches('/'));
        out.push_str(&format!("<url><loc>{}</loc></url>\n", escape(&url)));
    }
    out.push_str("</urlset>\n");
    out
}

#[cfg(test)]
mod tests {
    use mdbook_preprocessor::book::Chapter;

    use super::*;

    #[test]
    fn every_page_is_listed_under_the_site() {
        let mut book = Book::default();
        for path in ["README.md", "ch02/README.md", "ch02/01-a.md"] {
            book.push_item(BookItem::Chapter(Chapter::new(
                "가",
                String::new(),
                path,
                vec![],
            )));
        }
        book.push_item(BookItem::Chapter(Chapter::new_draft("나", vec![])));
        let found = text(&book, "https://example.com/b/");
        assert_eq!(found.matches("<loc>").count(), 3);
        assert!(
            found.contains("<loc>https://example.com/b/</loc>"),
            "{found}"
        );
        assert!(
            found.contains("<loc>https://example.com/b/ch02/</loc>"),
            "{found}"
        );
        assert!(
            found.contains("<loc>https://example.com/b/ch02/01-a.html</loc>"),
            "{found}"
        );
    }
}
