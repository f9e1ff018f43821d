//! 쪽을 XHTML로 옮긴다.

use std::collections::HashSet;
use std::path::Path;
use std::sync::LazyLock;

use anyhow::{Result, bail};
use pulldown_cmark::{CodeBlockKind, CowStr, Event, Parser, Tag, TagEnd, html};
use regex::Regex;

use super::Part;
use crate::measured::escape;
use crate::page;

/// XHTML의 종류.
pub const MEDIA: &str = "application/xhtml+xml";

/// 사이트에만 뜻이 있는 것.
static SITE_ONLY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("<p (?:class=\"reading-time\"[^>]*|hidden)>[^<]*</p>").expect("옳은 정규식")
});

/// 사이트 안의 쪽으로 가는 링크.
static SITE_LINK: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"href="([^":#]+)\.html(#[^"]*)?""#).expect("옳은 정규식"));

/// 책의 첫 쪽.
pub fn title_page(title: &str, description: &str) -> Part {
    let (title, description) = (escape(title), escape(description));
    let body = format!("<section class=\"title\"><h1>{title}</h1><p>{description}</p></section>");
    Part {
        name: "title.xhtml".into(),
        media: MEDIA,
        properties: "",
        body: document(&title, "book.css", &body).into_bytes(),
    }
}

/// 쪽 하나. `path`는 `src/`에서 본 것이다.
///
/// # Errors
///
/// 글 속의 HTML이 XML이 아니면 그 줄을 말한다.
pub fn page(path: &Path, title: &str, markdown: &str) -> Result<Part> {
    let name = page::built_name(&path.to_string_lossy().replace('\\', "/"), "xhtml");
    let up = "../".repeat(name.matches('/').count());
    let markdown = SITE_ONLY.replace_all(markdown, "");
    let mut body = String::new();
    html::push_html(&mut body, events(&markdown).into_iter());
    let text = document(&escape(title), &format!("{up}book.css"), &body);
    if let Err(error) = roxmltree::Document::parse(&text) {
        let line = text
            .lines()
            .nth(error.pos().row as usize - 1)
            .unwrap_or("")
            .trim();
        bail!(
            "src/{}: XHTML로 옮길 수 없는 HTML이 있습니다 ({error}): {line}",
            path.display()
        );
    }
    Ok(Part {
        properties: if body.contains("<svg") { "svg" } else { "" },
        name,
        media: MEDIA,
        body: text.into_bytes(),
    })
}

fn document(title: &str, css: &str, body: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\" lang=\"ko\" xml:lang=\"ko\">\n\
         <head><title>{title}</title><link rel=\"stylesheet\" href=\"{css}\"/></head>\n<body>\n{body}\n</body>\n</html>\n"
    )
}

/// 제목에는 사이트와 같은 id를, 링크에는 전자책의 파일 이름을, 코드에는 바뀐 줄의 표시를 단다.
fn events(markdown: &str) -> Vec<Event<'_>> {
    let mut out: Vec<Event> = Vec::new();
    let mut used = HashSet::new();
    let mut heading: Option<(usize, String)> = None;
    let mut code: Option<(String, String)> = None;
    for event in Parser::new_ext(markdown, page::options()) {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                let info = match kind {
                    CodeBlockKind::Fenced(info) => info.to_string(),
                    CodeBlockKind::Indented => String::new(),
                };
                code = Some((info, String::new()));
                continue;
            }
            Event::End(TagEnd::CodeBlock) => {
                let (info, text) = code.take().unwrap_or_default();
                out.push(Event::Html(code_block(&info, &text).into()));
                continue;
            }
            Event::Text(ref text) => {
                if let Some((_, code)) = &mut code {
                    code.push_str(text);
                    continue;
                }
                if let Some((_, title)) = &mut heading {
                    title.push_str(text);
                }
            }
            Event::Code(ref text) => {
                if let Some((_, title)) = &mut heading {
                    title.push_str(text);
                }
            }
            Event::Start(Tag::Heading { .. }) => heading = Some((out.len(), String::new())),
            Event::End(TagEnd::Heading(_)) => {
                if let Some((at, title)) = heading.take() {
                    let unique = page::unique_id(page::heading_id(&title), &used);
                    used.insert(unique.clone());
                    if let Event::Start(Tag::Heading { id, .. }) = &mut out[at] {
                        id.get_or_insert(unique.into());
                    }
                }
            }
            Event::Html(ref text) | Event::InlineHtml(ref text) => {
                // 도구가 만든 HTML에는 사이트의 파일 이름이 적혀 있다.
                let text = SITE_LINK
                    .replace_all(text, "href=\"$1.xhtml$2\"")
                    .into_owned();
                out.push(Event::Html(text.into()));
                continue;
            }
            Event::Start(Tag::Link {
                link_type,
                dest_url,
                title,
                id,
            }) => {
                let dest_url = relink(&dest_url).map_or(dest_url, CowStr::from);
                out.push(Event::Start(Tag::Link {
                    link_type,
                    dest_url,
                    title,
                    id,
                }));
                continue;
            }
            _ => {}
        }
        out.push(event);
    }
    out
}

/// 책 안의 쪽으로 가는 링크이면 바꾼 주소.
fn relink(url: &str) -> Option<String> {
    let (path, anchor) = url
        .split_once('#')
        .map_or((url, None), |(path, id)| (path, Some(id)));
    if path.contains("://") || !path.ends_with(".md") {
        return None;
    }
    let anchor = anchor.map(|id| format!("#{id}")).unwrap_or_default();
    Some(format!("{}{anchor}", page::built_name(path, "xhtml")))
}

fn code_block(info: &str, text: &str) -> String {
    let mut words = info.split([',', ' ']);
    let lang = words
        .next()
        .filter(|lang| !lang.is_empty())
        .unwrap_or("text");
    let changed: HashSet<usize> = words
        .find_map(|word| word.strip_prefix("changed-"))
        .map(|numbers| {
            numbers
                .split('-')
                .filter_map(|number| number.parse().ok())
                .collect()
        })
        .unwrap_or_default();
    let hidden = |line: &&str| lang == "rust" && (*line == "#" || line.starts_with("# "));
    let lines = text.lines().filter(|line| !hidden(line)).enumerate();
    let shown: Vec<String> = lines
        .map(|(at, line)| match changed.contains(&(at + 1)) {
            true => format!("<span class=\"changed\">{}</span>", escape(line)),
            false => escape(line),
        })
        .collect();
    format!(
        "<pre class=\"{}\"><code>{}</code></pre>\n",
        escape(lang),
        shown.join("\n")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(markdown: &str) -> String {
        let part = page(Path::new("a/b.md"), "제목", markdown).expect("옳은 글");
        String::from_utf8(part.body).expect("글")
    }

    #[test]
    fn links_headings_and_code_are_carried_over() {
        let text = body("## `Pin`은?\n\n[다음](../c/README.md#정리) [밖](https://a.b/x.md)\n");
        assert!(text.contains("<h2 id=\"pin은\">"), "{text}");
        assert!(
            text.contains("href=\"../c/index.xhtml#%EC%A0%95%EB%A6%AC\"")
                && text.contains("href=\"https://a.b/x.md\""),
            "{text}"
        );
        assert!(body("<a href=\"c.html#d\">e</a>\n").contains("href=\"c.xhtml#d\""));
        let text = body("```rust,changed-2\n# use a;\nlet a = 1 < 2;\nlet b;\n```\n");
        assert!(
            text.contains("<code>let a = 1 &lt; 2;\n<span class=\"changed\">let b;</span></code>"),
            "{text}"
        );
    }

    #[test]
    fn html_that_is_not_xml_is_named() {
        let error = page(Path::new("a.md"), "제목", "글<br>글\n")
            .err()
            .expect("XML이 아니다");
        assert!(
            error.to_string().starts_with("src/a.md: XHTML로"),
            "{error}"
        );
    }
}
