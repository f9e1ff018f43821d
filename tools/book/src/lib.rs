//! 책의 도구. `cargo book` 명령과, `cargo test`가 쓰는 검사가 이 한 크레이트에 있다.
//!
//! 쪽을 읽는 일은 [`page`]가 한 번만 정의하고, 전처리기([`preprocess`])와 검사([`check`])와
//! 집계([`audit`])가 같은 결과를 본다.

pub mod alert;
pub mod audit;
pub mod book_dir;
pub mod caption;
pub mod check;
pub mod cli;
pub mod epub;
pub mod exercise;
pub mod figure;
pub mod fonts;
pub mod include;
pub mod measured;
pub mod mend;
pub mod page;
pub mod preprocess;
pub mod process;
pub mod reading;
pub mod record;
pub mod search_index;
pub mod serve;
pub mod site;
pub mod sitemap;
pub mod story;
pub mod terms;
pub mod theme;
pub mod timeline;
pub mod web;

use std::fmt;
use std::path::PathBuf;

/// 책에서 찾은 문제 하나. 한 줄로 찍으면 파일과 줄 번호가 앞에 온다.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// 저장소 뿌리에서 본 경로.
    pub file: PathBuf,
    /// 1부터 세는 줄 번호. 파일 전체의 문제이면 0.
    pub line: usize,
    /// 무엇이 잘못되었고 무엇을 하면 되는지.
    pub message: String,
}

impl Problem {
    /// 파일의 한 줄에 대한 문제를 만든다. `line`이 0이면 파일 전체의 문제이다.
    pub fn new(file: impl Into<PathBuf>, line: usize, message: impl Into<String>) -> Problem {
        Problem {
            file: file.into(),
            line,
            message: message.into(),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.file.display())?;
        if self.line > 0 {
            write!(f, "{}:", self.line)?;
        }
        write!(f, " {}", self.message)
    }
}

/// `wanted`와 가장 가까운 이름을 고른다. 너무 다르면 `None`.
pub fn nearest<'a>(wanted: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    names
        .into_iter()
        .map(|name| (strsim::jaro_winkler(wanted, name), name))
        .filter(|(score, _)| *score > 0.7)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name)
}
