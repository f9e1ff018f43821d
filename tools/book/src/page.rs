//! 쪽 하나를 읽어 코드 블록, 링크, 제목, 지시문, 산문으로 나눈다.

use std::collections::HashSet;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use anyhow::{Context, Result};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use regex::Regex;

/// 쪽 하나.
#[derive(Debug)]
pub struct Page {
    /// 저장소 뿌리에서 본 경로.
    pub file: PathBuf,
    /// 원고 그대로의 글.
    pub text: String,
    /// 울타리 코드 블록.
    pub blocks: Vec<Block>,
    /// 글 안의 링크.
    pub links: Vec<Link>,
    /// 제목에서 만들어지는 앵커 이름.
    pub anchors: HashSet<String>,
    /// 코드가 아닌 곳의 지시문. 코드 블록 안의 지시문은 [`Block::content`]에 있다.
    pub directives: Vec<Directive>,
    /// `text`와 같은 모양이되 코드와 링크 주소와 지시문을 자리표시 문자로 가린 글.
    pub prose: String,
    /// 코드의 자리. 굵은 글씨를 고칠 때 건드리지 않는다.
    pub code_ranges: Vec<Range<usize>>,
}

/// 코드 블록 하나.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// 여는 울타리의 줄.
    pub line: usize,
    /// 여는 울타리부터 닫는 울타리까지.
    pub range: Range<usize>,
    /// 울타리 뒤에 적힌 것. `rust,since=nested` 같은 글.
    pub info: String,
    /// 블록의 속.
    pub content: Content,
}

impl Block {
    /// `rust`, `text`, `console` 같은 언어 이름.
    pub fn lang(&self) -> &str {
        self.info.split([',', ' ']).next().unwrap_or("")
    }

    /// 울타리에 적힌 `열쇠=값`의 값.
    pub fn attribute(&self, key: &str) -> Option<&str> {
        self.info
            .split([',', ' '])
            .find_map(|part| part.strip_prefix(key)?.strip_prefix('='))
    }
}

/// 코드 블록의 속.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// 지시문 하나만 있다.
    Directive(Directive),
    /// 쪽에 바로 쓴 글이다.
    Inline(String),
}

/// `{{#이름 값}}`.
#[derive(Debug, Clone, PartialEq)]
pub struct Directive {
    /// 지시문이 있는 줄.
    pub line: usize,
    /// 원고에서의 자리.
    pub range: Range<usize>,
    /// `include`, `output` 같은 이름.
    pub name: String,
    /// 이름 뒤의 글.
    pub argument: String,
}

/// 링크 하나.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// 링크가 있는 줄.
    pub line: usize,
    /// 적힌 그대로의 주소.
    pub target: String,
}

/// 가린 글자의 자리표시. 낱말의 첫머리로 보이지 않게 하려고 빈칸 대신 쓴다.
pub const MASK: char = '\u{1}';

/// 우리가 아는 지시문의 모양.
pub static DIRECTIVE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\{\{#(\w+)\s*([^}]*?)\s*\}\}").expect("옳은 정규식"));

impl Page {
    /// 저장소 뿌리에서 본 경로의 쪽을 읽는다.
    ///
    /// # Errors
    ///
    /// 파일을 읽을 수 없으면 오류를 돌려준다.
    pub fn read(root: &Path, file: &Path) -> Result<Page> {
        let text = fs::read_to_string(root.join(file))
            .with_context(|| format!("{}: 읽을 수 없습니다", file.display()))?;
        Ok(Page::parse(file, text))
    }

    /// 글을 쪽으로 나눈다.
    pub fn parse(file: &Path, text: String) -> Page {
        let mut page = Page {
            file: file.to_path_buf(),
            blocks: Vec::new(),
            links: Vec::new(),
            anchors: HashSet::new(),
            directives: Vec::new(),
            prose: String::new(),
            code_ranges: Vec::new(),
            text: String::new(),
        };
        let mut masked: Vec<Range<usize>> = Vec::new();
        let mut heading: Option<String> = None;
        let mut block: Option<Block> = None;
        for (event, range) in Parser::new_ext(&text, options()).into_offset_iter() {
            match event {
                Event::Start(Tag::CodeBlock(kind)) => {
                    let info = match kind {
                        CodeBlockKind::Fenced(info) => info.to_string(),
                        CodeBlockKind::Indented => String::new(),
                    };
                    block = Some(Block {
                        line: line_of(&text, range.start),
                        range: range.clone(),
                        info,
                        content: Content::Inline(String::new()),
                    });
                    masked.push(range);
                }
                Event::End(TagEnd::CodeBlock) => {
                    let mut done = block.take().expect("시작이 먼저 온다");
                    if let Content::Inline(inner) = &done.content
                        && let Some(directive) = sole_directive(&text, &done, inner)
                    {
                        done.content = Content::Directive(directive);
                    }
                    page.blocks.push(done);
                }
                Event::Text(inner) => {
                    if let Some(Block {
                        content: Content::Inline(code),
                        ..
                    }) = &mut block
                    {
                        code.push_str(&inner);
                    } else if let Some(title) = &mut heading {
                        title.push_str(&inner);
                    }
                }
                Event::Code(code) => {
                    if let Some(title) = &mut heading {
                        title.push_str(&code);
                    }
                    page.code_ranges.push(range.clone());
                    masked.push(range);
                }
                Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
                Event::End(TagEnd::Heading(_)) => {
                    let id = heading_id(&heading.take().unwrap_or_default());
                    let id = unique_id(id, &page.anchors);
                    page.anchors.insert(id);
                }
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                    page.links.push(Link {
                        line: line_of(&text, range.start),
                        target: dest_url.to_string(),
                    });
                    if let Some(at) = text[range.clone()].rfind("](") {
                        masked.push(range.start + at + 1..range.end);
                    }
                }
                Event::Html(_) | Event::InlineHtml(_) => masked.push(range),
                Event::Start(Tag::BlockQuote(_)) => masked.push(range),
                _ => {}
            }
        }
        for found in DIRECTIVE.captures_iter(&text) {
            let whole = found.get(0).expect("0번은 늘 있다");
            let escaped = text[..whole.start()].ends_with('\\');
            let in_code = page
                .blocks
                .iter()
                .any(|block| block.range.contains(&whole.start()));
            if !escaped && !in_code {
                page.directives.push(Directive {
                    line: line_of(&text, whole.start()),
                    range: whole.range(),
                    name: found[1].to_owned(),
                    argument: found[2].to_owned(),
                });
                masked.push(whole.range());
            }
        }
        page.code_ranges
            .extend(page.blocks.iter().map(|block| block.range.clone()));
        page.prose = mask(&text, &masked);
        page.text = text;
        page
    }
}

/// mdBook이 쓰는 것과 같은 Markdown 확장.
pub(crate) fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM
}

/// 글의 `offset`번째 바이트가 있는 줄. 1부터 센다.
pub fn line_of(text: &str, offset: usize) -> usize {
    text[..offset].matches('\n').count() + 1
}

fn sole_directive(text: &str, block: &Block, inner: &str) -> Option<Directive> {
    let trimmed = inner.trim();
    let found = DIRECTIVE.captures(trimmed)?;
    if found.get(0)?.range() != (0..trimmed.len()) {
        return None;
    }
    let start = block.range.start + text[block.range.clone()].find(trimmed)?;
    Some(Directive {
        line: line_of(text, start),
        range: start..start + trimmed.len(),
        name: found[1].to_owned(),
        argument: found[2].to_owned(),
    })
}

/// mdBook이 제목의 앵커를 만드는 규칙.
pub(crate) fn heading_id(title: &str) -> String {
    title
        .trim()
        .to_lowercase()
        .chars()
        .filter_map(|c| match c {
            '_' | '-' => Some(c),
            c if c.is_alphanumeric() => Some(c),
            c if c.is_whitespace() => Some('-'),
            _ => None,
        })
        .collect()
}

pub(crate) fn unique_id(id: String, used: &HashSet<String>) -> String {
    if !used.contains(&id) {
        return id;
    }
    (1..)
        .map(|n| format!("{id}-{n}"))
        .find(|candidate| !used.contains(candidate))
        .expect("수는 끝이 없다")
}

/// mdBook이 원고 `path`로 짓는 파일. `a/README.md`는 `a/index`가 되고, 뒤에 `extension`이 붙는다.
pub fn built_name(path: &str, extension: &str) -> String {
    let stem = path.strip_suffix(".md").unwrap_or(path);
    match stem.strip_suffix("README") {
        Some(dir) if dir.is_empty() || dir.ends_with('/') => format!("{dir}index.{extension}"),
        _ => format!("{stem}.{extension}"),
    }
}

fn mask(text: &str, ranges: &[Range<usize>]) -> String {
    let mut hidden = vec![false; text.len()];
    for range in ranges {
        hidden[range.clone()].fill(true);
    }
    text.char_indices()
        .map(|(at, c)| if hidden[at] && c != '\n' { MASK } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(text: &str) -> Page {
        Page::parse(Path::new("src/x.md"), text.to_owned())
    }

    #[test]
    fn a_block_with_one_include_is_a_directive_and_others_are_inline() {
        let page =
            page("# 제목\n\n```rust\n{{#include a.rs:b}}\n```\n\n```rust\nfn main() {}\n```\n");
        let Content::Directive(directive) = &page.blocks[0].content else {
            panic!("지시문이어야 합니다");
        };
        assert_eq!((directive.line, directive.argument.as_str()), (4, "a.rs:b"));
        assert_eq!(
            page.blocks[1].content,
            Content::Inline("fn main() {}\n".into())
        );
        assert_eq!(page.blocks[1].line, 7);
    }

    #[test]
    fn prose_hides_code_and_link_targets_but_keeps_lines() {
        let page = page("`드롭`은 [락](드롭.md)\n둘째 줄\n");
        assert!(!page.prose.contains("드롭"));
        assert!(page.prose.contains("락"));
        assert_eq!(page.prose.lines().count(), 2);
    }

    #[test]
    fn headings_become_the_anchors_that_mdbook_makes() {
        let page = page("## `Pin`은 왜 필요한가?\n\n## 정리\n\n## 정리\n");
        assert!(page.anchors.contains("pin은-왜-필요한가"));
        assert!(page.anchors.contains("정리") && page.anchors.contains("정리-1"));
    }

    #[test]
    fn escaped_directives_are_prose() {
        assert!(page("\\{{#include x}}\n").directives.is_empty());
        assert_eq!(page("{{#figure x}}\n").directives.len(), 1);
    }
}
