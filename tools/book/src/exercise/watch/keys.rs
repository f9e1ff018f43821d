//! 글쇠마다 하는 일.

use super::view::View;
use super::{Watch, style};
use crate::exercise::progress::Progress;
use crate::exercise::run;
use crate::exercise::run::note;

impl Watch<'_> {
    /// 글쇠 하나를 듣는다.
    pub(super) fn press(&mut self, key: char) {
        self.stale = true;
        self.said.clear();
        // 되돌릴 수 없는 일은 같은 글쇠를 한 번 더 눌러야 한다.
        let confirmed = self.asked.take() == Some(key);
        match key {
            'n' => self.next(),
            'h' => self.hint(),
            'l' => self.toggle(View::List),
            'd' if self.view == View::Diff => self.view = View::Result,
            'd' if confirmed || self.progress().is_done(self.exercise) => self.view = View::Diff,
            'd' => self.ask(
                key,
                "아직 통과하지 않았습니다. d를 한 번 더 누르면 풀이를 봅니다.",
            ),
            'r' if confirmed => self.reset(),
            'r' => self.ask(
                key,
                "처음 모양으로 되돌립니다. r을 한 번 더 누르세요. 쓰던 답은 lib.rs.bak에 남깁니다.",
            ),
            _ => self.view = View::Result,
        }
    }

    pub(super) fn progress(&self) -> Progress {
        Progress::read(self.root)
    }

    fn ask(&mut self, key: char, question: &str) {
        self.asked = Some(key);
        self.said = question.to_owned();
    }

    fn toggle(&mut self, view: View) {
        self.view = match self.view == view {
            true => View::Result,
            false => view,
        };
    }

    fn next(&mut self) {
        let Some(next) = self.progress().next_after(self.all, Some(self.exercise)) else {
            self.said = style::good("모두 마쳤습니다. q로 나갑니다.");
            return;
        };
        if next == self.exercise {
            self.said = "이 문제 하나만 남았습니다.".to_owned();
            return;
        }
        self.open(next);
    }

    fn hint(&mut self) {
        let exercise = self.exercise;
        let most = exercise.meta.hints.len();
        self.view = View::Hints((self.progress().entry(exercise).hints + 1).min(most));
        if let View::Hints(shown) = self.view {
            let warning = note(self.root, |progress| {
                progress.entry_mut(exercise).hints = shown;
            });
            self.said = warning.unwrap_or_default();
        }
    }

    fn reset(&mut self) {
        self.said = run::reset(self.root, self.exercise, false)
            .unwrap_or_else(|error| format!("{error:#}"));
        self.start();
    }
}
