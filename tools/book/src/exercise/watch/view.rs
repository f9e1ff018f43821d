//! 화면에 그릴 글. 40칸 터미널에서도 읽힌다.

use super::Watch;
use crate::exercise::{learn, list, style};

/// 가운데에 보이는 것.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// 검사의 결과.
    Result,
    /// 문제의 목록.
    List,
    /// 힌트. 몇 개까지 보일지가 함께 있다.
    Hints(usize),
    /// 풀이와의 차이.
    Diff,
}

const KEYS: &str = "n 다음 · h 힌트 · d 풀이 · l 목록 · r 되돌리기 · q 나가기";

impl Watch<'_> {
    /// 화면 전체.
    pub(super) fn draw(&self) -> String {
        let columns = style::columns();
        let mut out = format!(
            "{}{}\n\n{}\n",
            learn::heading(self.exercise),
            self.exercise.lib().display(),
            self.body(columns).trim_end()
        );
        if self.view != View::Result {
            out.push_str(&format!("\n{}\n", style::faint(self.state())));
        }
        if !self.said.is_empty() {
            out.push_str(&format!("\n{}", style::wrap(&self.said, columns, 0)));
        }
        out.push('\n');
        out.push_str(style::wrap(KEYS, columns, 0).trim_end());
        out
    }

    fn body(&self, columns: usize) -> String {
        match self.view {
            View::Result => match &self.result {
                Some(result) => result.clone(),
                None => self.state().to_owned(),
            },
            View::List => list::all(self.root, self.all, &self.progress(), columns),
            View::Hints(shown) => learn::hints(self.exercise, shown, columns),
            View::Diff => learn::diff(self.root, self.exercise, columns)
                .unwrap_or_else(|error| format!("{error:#}")),
        }
    }

    fn state(&self) -> &'static str {
        match (&self.result, self.is_slow) {
            (Some(_), _) => "다른 글쇠를 누르면 결과로 돌아갑니다.",
            (None, false) => "컴파일하고 테스트합니다 …",
            (None, true) => "컴파일하고 테스트합니다 … 처음에는 의존 크레이트까지 컴파일합니다.",
        }
    }
}
