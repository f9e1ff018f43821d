//! 코드 블록 위의 이름표. 어느 파일인지, 무엇이 바뀌었는지, 어디에서 열 수 있는지 알린다.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use crate::check::Book;
use crate::include::{self, Target};
use crate::measured::escape;

/// Rust Playground에 있는 크레이트 가운데 책이 쓰는 것.
const PLAYGROUND: [&str; 4] = ["tokio", "futures", "crossbeam", "rayon"];
/// 이보다 긴 주소는 Playground 앞의 서버가 받지 않는다.
const LONGEST_URL: usize = 8000;

/// 이름표 하나.
pub struct Caption<'a> {
    /// 저장소의 주소. 있으면 파일 이름이 저장소의 그 파일로 가는 링크가 된다.
    pub repository: Option<&'a str>,
    /// 앞 걸음에서 바뀐 줄. 1부터 센다.
    pub changed: &'a [usize],
    /// Playground로 가는 링크를 다는지. 같은 파일에는 처음 한 번만 단다.
    pub playground: bool,
}

impl Caption<'_> {
    /// 쪽에 들어가는 HTML.
    pub fn to_html(&self, book: &Book, target: &Target) -> String {
        let path = target.file.to_string_lossy().replace('\\', "/");
        let (dir, name) = split(book, &target.file, &path);
        let name = format!(
            "<span class=\"dir\">{}</span><span class=\"name\">{}</span>",
            escape(dir),
            escape(name)
        );
        let mut html = String::from("<p class=\"code-from\">");
        match self.repository {
            Some(url) => {
                let url = url.trim_end_matches('/');
                let _ = write!(
                    html,
                    "<a href=\"{}/blob/HEAD/{}\">{name}</a>",
                    escape(url),
                    escape(&path)
                );
            }
            None => html.push_str(&format!("<span>{name}</span>")),
        }
        if !self.changed.is_empty() {
            let _ = write!(
                html,
                " <span class=\"changed\">바뀐 줄 {}</span>",
                spans(self.changed)
            );
        }
        if self.playground
            && let Some(url) = playground(book, &target.file)
        {
            let _ = write!(
                html,
                " <a class=\"playground-link\" href=\"{url}\">Playground에서 열기</a>"
            );
        }
        html.push_str("</p>\n\n");
        html
    }
}

/// 예제의 폴더와 그 안의 이름. 긴 폴더보다 이름이 눈에 띄어야 한다.
fn split<'a>(book: &Book, file: &Path, path: &'a str) -> (&'a str, &'a str) {
    let package = book
        .listings
        .iter()
        .find(|listing| file.starts_with(listing.dir()));
    let cut = match package {
        Some(listing) => listing.dir().to_string_lossy().len() + 1,
        None => path.rfind('/').map_or(0, |at| at + 1),
    };
    path.split_at(cut)
}

/// `3, 5–7`처럼 이어진 줄을 묶는다.
fn spans(lines: &[usize]) -> String {
    let runs = lines.chunk_by(|a, b| a + 1 == *b);
    runs.map(|run| match run {
        [first, .., last] => format!("{first}–{last}"),
        [only] => only.to_string(),
        [] => String::new(),
    })
    .collect::<Vec<_>>()
    .join(", ")
}

/// 파일 하나로 되어 있고 Playground에 있는 것만 쓰는 예제의 주소. 열리지 않을 링크는 만들지 않는다.
fn playground(book: &Book, file: &Path) -> Option<String> {
    let listing = book
        .listings
        .iter()
        .find(|listing| file == listing.dir().join("src/main.rs"))?;
    if !listing.is_one_file(&book.root) {
        return None;
    }
    let manifest = fs::read_to_string(book.root.join(listing.dir()).join("Cargo.toml")).ok()?;
    let manifest: toml::Table = manifest.parse().ok()?;
    let known = |name: &String| PLAYGROUND.contains(&name.as_str());
    let dependencies = manifest
        .get("dependencies")
        .and_then(|table| table.as_table());
    if !dependencies.is_none_or(|table| table.keys().all(known)) {
        return None;
    }
    let source = fs::read_to_string(book.root.join(file)).ok()?;
    let code = percent_encode(&include::without_marks(&source));
    let url = format!(
        "https://play.rust-lang.org/?version=stable&amp;mode=debug&amp;edition=2024&amp;code={code}"
    );
    (url.len() <= LONGEST_URL).then_some(url)
}

fn percent_encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                out.push(char::from(byte))
            }
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 예제 하나만 있는 저장소에서 만든 이름표.
    fn caption(manifest: &str, main: &str, extra: Option<&str>) -> String {
        let dir = tempfile::tempdir().expect("임시 폴더");
        let write = |file: &str, text: &str| {
            let path = dir.path().join(file);
            fs::create_dir_all(path.parent().expect("폴더")).expect("만든다");
            fs::write(path, text).expect("적는다");
        };
        write("src/SUMMARY.md", "");
        let package = "listings/ch01-map/01-one";
        write(
            &format!("{package}/Cargo.toml"),
            &format!("[package]\nname = \"ch01-01-one\"\n{manifest}"),
        );
        write(&format!("{package}/src/main.rs"), main);
        if let Some(name) = extra {
            write(&format!("{package}/src/{name}"), "");
        }
        let book = Book::read(dir.path()).expect("읽는다");
        let target = Target {
            file: Path::new(package).join("src/main.rs"),
            anchor: None,
        };
        let caption = Caption {
            repository: Some("https://example.com/book/"),
            changed: &[3, 5, 6, 7],
            playground: true,
        };
        caption.to_html(&book, &target)
    }

    #[test]
    fn a_caption_names_the_file_the_changes_and_the_repository() {
        let html = caption("", "fn main() {}\n", None);
        assert!(
            html.contains(
                "href=\"https://example.com/book/blob/HEAD/listings/ch01-map/01-one/src/main.rs\""
            ),
            "{html}"
        );
        assert!(
            html.contains("<span class=\"name\">src/main.rs</span>"),
            "{html}"
        );
        assert!(html.contains("바뀐 줄 3, 5–7"), "{html}");
    }

    #[test]
    fn only_a_program_that_the_playground_can_run_gets_a_link() {
        let has_link = |html: String| html.contains("play.rust-lang.org");
        let main = "// ANCHOR: a\nfn main() {}\n// ANCHOR_END: a\n";
        let html = caption("", main, None);
        assert!(
            html.contains("code=fn%20main%28%29%20%7B%7D%0A\""),
            "{html}"
        );
        assert!(has_link(caption(
            "[dependencies]\ntokio.workspace = true\n",
            main,
            None
        )));
        assert!(!has_link(caption(
            "[dependencies]\nch02-01-pool.workspace = true\n",
            main,
            None
        )));
        assert!(!has_link(caption("", main, Some("lib.rs"))));
        assert!(!has_link(caption("", &"// 가\n".repeat(2000), None)));
    }
}
