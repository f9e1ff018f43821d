//! 쪽의 검사. mdBook이 말없이 지나치는 잘못을 파일과 줄 번호가 있는 한 줄로 만든다.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::book_dir::{self, Listing, normalize};
use crate::page::{Content, Directive, Page};
use crate::{Problem, figure, include, measured, nearest, story, terms, timeline};

/// 쪽과 예제를 한 번에 읽은 것.
pub struct Book {
    /// 저장소의 뿌리.
    pub root: PathBuf,
    /// 경로 순서의 모든 쪽.
    pub pages: Vec<Page>,
    /// 이름 순서의 모든 예제.
    pub listings: Vec<Listing>,
    /// `SUMMARY.md`.
    pub summary: Page,
}

impl Book {
    /// 저장소를 읽는다.
    ///
    /// # Errors
    ///
    /// 쪽이나 예제를 읽을 수 없으면 오류를 돌려준다.
    pub fn read(root: &Path) -> Result<Book> {
        let pages = book_dir::page_files(root)?
            .iter()
            .map(|file| Page::read(root, file))
            .collect::<Result<_>>()?;
        Ok(Book {
            pages,
            listings: book_dir::listings(root)?,
            summary: Page::read(root, Path::new("src/SUMMARY.md"))?,
            root: root.to_path_buf(),
        })
    }

    /// 쪽 `page`와 짝이 되는 예제.
    pub fn listing_of(&self, page: &Path) -> Option<&Listing> {
        self.listings.iter().find(|listing| listing.page() == page)
    }

    /// 사이트를 짓기 전에 멈춰야 하는 문제. 없는 파일, 모르는 앵커와 지시문, 죽은 링크.
    pub fn broken(&self) -> Vec<Problem> {
        let mut problems: Vec<Problem> = Vec::new();
        for page in &self.pages {
            let in_blocks = page.blocks.iter().filter_map(|block| match &block.content {
                Content::Directive(directive) => Some(directive),
                Content::Inline(_) => None,
            });
            for directive in page.directives.iter().chain(in_blocks) {
                if let Err(message) = self.expand(page, directive) {
                    problems.push(Problem::new(&page.file, directive.line, message));
                }
            }
            problems.extend(self.dead_links(page));
        }
        problems.extend(self.summary_problems());
        problems.sort();
        problems
    }

    /// `cargo test`가 찾는 모든 문제. [`Book::broken`]에 더해 배치와 용어와 검사되지 않는 것을 본다.
    pub fn problems(&self) -> Result<Vec<Problem>> {
        let mut problems = self.broken();
        problems.extend(self.unpaired());
        match terms::read(&self.root) {
            Ok(terms) => {
                problems.extend(
                    self.pages
                        .iter()
                        .flat_map(|page| terms::check(page, &terms)),
                );
            }
            Err(problem) => problems.push(problem),
        }
        problems.extend(crate::audit::Audit::of(self).problems);
        problems.sort();
        problems.dedup();
        Ok(problems)
    }

    /// 지시문이 쪽에서 무엇이 되는지.
    ///
    /// # Errors
    ///
    /// 지시문을 풀 수 없으면 한 줄의 한국어 설명을 돌려준다.
    pub fn expand(&self, page: &Page, directive: &Directive) -> Result<String, String> {
        let argument = directive.argument.as_str();
        match directive.name.as_str() {
            "include" | "rustdoc_include" => {
                include::resolve(&self.root, &include::target(&page.file, argument))
            }
            "output" => self.output(page, argument),
            "measured" => {
                let (file, key) = match argument.split_once(':') {
                    Some((path, key)) => (include::target(&page.file, path).file, key),
                    None => (self.own_dir(page)?.join("measured.toml"), argument),
                };
                measured::find(&self.root, &file, key).map(|found| found.to_html())
            }
            "timeline" => timeline::to_html(argument, &self.output(page, argument)?),
            "figure" => figure::locate(&page.file, argument).to_html(&self.root),
            "glossary" => match terms::read(&self.root) {
                Ok(terms) => Ok(terms::glossary(&terms)),
                Err(problem) => Err(problem.to_string()),
            },
            "exercises" => crate::exercise::page::expand(self, &page.file),
            other => {
                let known = [
                    "include",
                    "rustdoc_include",
                    "output",
                    "measured",
                    "timeline",
                    "figure",
                    "glossary",
                    "exercises",
                ];
                let near = nearest(other, known).map(|near| format!(" 비슷한 이름: {near}."));
                Err(format!(
                    "모르는 지시문입니다: {other}{}",
                    near.unwrap_or_default()
                ))
            }
        }
    }

    fn own_dir(&self, page: &Page) -> Result<PathBuf, String> {
        self.listing_of(&page.file)
            .map(Listing::dir)
            .ok_or_else(|| "이 쪽과 짝이 되는 예제가 없습니다".to_owned())
    }

    fn output(&self, page: &Page, name: &str) -> Result<String, String> {
        let file = self.own_dir(page)?.join("output.txt");
        let target = include::Target { file, anchor: None };
        let output = include::resolve(&self.root, &target)?;
        if name.is_empty() {
            return Ok(output);
        }
        story::section(&output, name).ok_or_else(|| {
            let names = story::sections(&output).join(", ");
            format!("출력에 '{name}' 대목이 없습니다 (있는 것: {names})")
        })
    }

    fn dead_links(&self, page: &Page) -> Vec<Problem> {
        let mut problems = Vec::new();
        for link in &page.links {
            if let Err(message) = self.follow(page, &link.target) {
                problems.push(Problem::new(&page.file, link.line, message));
            }
        }
        problems
    }

    fn follow(&self, page: &Page, target: &str) -> Result<(), String> {
        if target.contains("://") || target.starts_with("mailto:") {
            return Ok(());
        }
        let (path, anchor) = match target.split_once('#') {
            Some((path, anchor)) => (path, Some(anchor)),
            None => (target, None),
        };
        let file = match path {
            "" => page.file.clone(),
            path => normalize(&page.file.parent().unwrap_or(Path::new("")).join(path)),
        };
        let Some(there) = self.pages.iter().find(|page| page.file == file) else {
            return match file.starts_with("src") && self.root.join(&file).is_file() {
                true => Ok(()),
                false => Err(format!("죽은 링크입니다: {target}")),
            };
        };
        match anchor {
            Some(anchor)
                if !there.anchors.contains(anchor)
                    && !crate::exercise::page::has_anchor(&self.root, &there.file, anchor) =>
            {
                let near = nearest(anchor, there.anchors.iter().map(String::as_str));
                let near = near.map(|near| format!(". 비슷한 이름: #{near}"));
                Err(format!(
                    "죽은 링크입니다: {target}{}",
                    near.unwrap_or_default()
                ))
            }
            _ => Ok(()),
        }
    }

    fn summary_problems(&self) -> Vec<Problem> {
        let summary = &self.summary.file;
        let mut problems = Vec::new();
        let mut listed: HashSet<PathBuf> = HashSet::new();
        for link in self
            .summary
            .links
            .iter()
            .filter(|link| !link.target.is_empty())
        {
            let file = normalize(&Path::new("src").join(&link.target));
            if !self.root.join(&file).is_file() {
                problems.push(Problem::new(
                    summary,
                    link.line,
                    format!("없는 쪽입니다: {}", link.target),
                ));
            }
            listed.insert(file);
        }
        for page in self
            .pages
            .iter()
            .filter(|page| !listed.contains(&page.file) && page.file != Path::new("src/404.md"))
        {
            problems.push(Problem::new(&page.file, 0, "SUMMARY.md에 없는 쪽입니다"));
        }
        problems
    }

    /// 쪽이 없는 예제, 예제를 보이지 않는 쪽.
    fn unpaired(&self) -> Vec<Problem> {
        let shown: BTreeMap<&Path, HashSet<PathBuf>> = self
            .pages
            .iter()
            .map(|page| (page.file.as_path(), included_files(page)))
            .collect();
        let mut problems = Vec::new();
        for listing in &self.listings {
            let wanted = format!("{}-{}", &listing.chapter[..4], listing.section);
            if listing.package != wanted {
                let message = format!("패키지 이름은 {wanted}이어야 합니다: {}", listing.package);
                problems.push(Problem::new(listing.dir().join("Cargo.toml"), 0, message));
            }
            let page = listing.page();
            match shown.get(page.as_path()) {
                None => problems.push(Problem::new(
                    listing.dir(),
                    0,
                    format!("이 예제의 쪽이 없습니다: {}", page.display()),
                )),
                Some(files) if !files.iter().any(|file| file.starts_with(listing.dir())) => {
                    problems.push(Problem::new(
                        page,
                        0,
                        "짝이 되는 예제의 코드가 한 줄도 없습니다",
                    ));
                }
                Some(_) => {}
            }
        }
        problems
    }
}

/// 쪽에 들어온 모든 파일.
pub fn included_files(page: &Page) -> HashSet<PathBuf> {
    page.blocks
        .iter()
        .filter_map(|block| match &block.content {
            Content::Directive(directive) if directive.name.ends_with("include") => {
                Some(include::target(&page.file, &directive.argument).file)
            }
            _ => None,
        })
        .collect()
}
