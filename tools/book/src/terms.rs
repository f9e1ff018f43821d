//! 용어표. `src/terms.tsv` 하나가 검사와 용어 사전 쪽을 함께 만든다.

use std::fs;
use std::path::Path;

use crate::Problem;
use crate::measured::escape;
use crate::page::{MASK, Page};

/// 용어표의 한 줄.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// 영어 용어.
    pub english: String,
    /// 쪽에서 쓰는 한국어.
    pub korean: String,
    /// 쓰지 않는 꼴.
    pub avoid: Vec<String>,
    /// 설명.
    pub note: String,
    /// 쓰지 않는 꼴로 시작해도 괜찮은 낱말.
    pub except: Vec<String>,
}

/// 용어표를 읽는다. `#`으로 시작하는 줄은 설명이다.
///
/// # Errors
///
/// 파일이 없거나 칸이 모자라면 문제를 돌려준다.
pub fn read(root: &Path) -> Result<Vec<Term>, Problem> {
    let file = Path::new("src/terms.tsv");
    let text = fs::read_to_string(root.join(file))
        .map_err(|_| Problem::new(file, 0, "용어표를 읽을 수 없습니다"))?;
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.starts_with('#') && !line.trim().is_empty())
        .map(|(at, line)| {
            parse(line).ok_or_else(|| {
                Problem::new(
                    file,
                    at + 1,
                    "칸이 모자랍니다: 영어, 한국어는 반드시 있어야 합니다",
                )
            })
        })
        .collect()
}

fn parse(line: &str) -> Option<Term> {
    let mut cells = line.split('\t');
    let list = |cell: Option<&str>| -> Vec<String> {
        cell.unwrap_or("")
            .split(',')
            .map(str::trim)
            .filter(|form| !form.is_empty())
            .map(str::to_owned)
            .collect()
    };
    Some(Term {
        english: cells.next().filter(|cell| !cell.is_empty())?.to_owned(),
        korean: cells.next().filter(|cell| !cell.is_empty())?.to_owned(),
        avoid: list(cells.next()),
        note: cells.next().unwrap_or("").to_owned(),
        except: list(cells.next()),
    })
}

/// 쪽의 산문에서 쓰지 않는 꼴을 찾는다.
pub fn check(page: &Page, terms: &[Term]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (at, line) in page.prose.lines().enumerate() {
        for term in terms {
            for form in &term.avoid {
                if stands_in(line, form, &term.except) {
                    let message = format!(
                        "쓰지 않는 꼴입니다: '{form}'. 쓰는 꼴은 '{}' ({})",
                        term.korean, term.english
                    );
                    problems.push(Problem::new(&page.file, at + 1, message));
                }
            }
        }
    }
    problems
}

/// `form`이 낱말의 첫머리에 있으면 참. 예외로 적힌 낱말의 첫머리이면 거짓.
fn stands_in(line: &str, form: &str, except: &[String]) -> bool {
    line.match_indices(form).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let at_start = before.is_none_or(|c| c != MASK && !c.is_alphanumeric());
        at_start
            && !except
                .iter()
                .any(|word| line[at..].starts_with(word.as_str()))
    })
}

/// 용어 사전 쪽의 표와, 찾기가 색인에서 되찾는 숨은 글.
pub fn glossary(terms: &[Term]) -> String {
    let mut rows: Vec<&Term> = terms.iter().collect();
    rows.sort_by(|a, b| a.korean.cmp(&b.korean));
    let mut out = String::from("| 한국어 | 영어 | 설명 |\n|---|---|---|\n");
    for term in rows {
        let note = escape(&term.note).replace('|', "\\|");
        out.push_str(&format!(
            "| {} | {} | {note} |\n",
            term.korean, term.english
        ));
    }
    out + &for_search(terms)
}

/// 같은 말의 묶음: `영어=한국어=쓰지 않는 꼴=코드의 이름`. 쪽에는 보이지 않지만 mdBook의 색인에는 들어가므로,
/// `데드락`이나 `deadlock`으로 찾아도 교착 상태가 나온다. 읽는 쪽은 `web/search/terms.mjs`이다.
fn for_search(terms: &[Term]) -> String {
    let rows: Vec<String> = terms
        .iter()
        .map(|term| {
            let code: Vec<&str> = term.note.split('`').skip(1).step_by(2).collect();
            [
                &term.english,
                &term.korean,
                &term.avoid.join(","),
                &code.join(","),
            ]
            .map(|cell| escape(&cell.replace(['=', ';', '[', ']'], " ")))
            .join("=")
        })
        .collect();
    format!("\n<p hidden>[[terms: {}]]</p>\n", rows.join(";"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let terms = [parse("lock\t락\t잠금,데드락\t\t잠금쇠").expect("옳은 줄")];
        let page = Page::parse(Path::new("src/x.md"), text.to_owned());
        check(&page, &terms)
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    #[test]
    fn a_form_not_to_use_is_found_with_line_and_right_form() {
        assert_eq!(
            found("하나\n그 잠금을\n"),
            ["src/x.md:2: 쓰지 않는 꼴입니다: '잠금'. 쓰는 꼴은 '락' (lock)"]
        );
        assert_eq!(found("(잠금)\n").len(), 1);
        assert_eq!(found("**잠금**이\n").len(), 1);
    }

    #[test]
    fn the_glossary_carries_synonyms_for_the_search() {
        let row = "deadlock\t교착 상태\t데드락,데드록\t`Mutex` 두 개\n";
        let html = glossary(&[parse(row.trim_end()).expect("옳은 줄")]);
        let (table, hidden) = html.split_once("\n<p hidden>").expect("숨은 글이 있다");
        assert!(table.contains("| 교착 상태 | deadlock |"), "{table}");
        assert_eq!(
            hidden,
            "[[terms: deadlock=교착 상태=데드락,데드록=Mutex]]</p>\n"
        );
    }

    #[test]
    fn code_quotations_inner_syllables_and_exceptions_are_left_alone() {
        assert!(found("`잠금`\n\n```text\n잠금\n```\n\n> 잠금\n\n재잠금 잠금쇠\n").is_empty());
    }
}
