//! 검사의 결과를 사람이 읽을 글로 옮긴다.

use std::time::Duration;

use super::check::Outcome;
use super::hang;
use super::master::Exercise;
use super::style::{bad, faint, good, strong, wrap};
use super::threads::Thread;
use super::trial::{Trial, Verdict};

/// 결과 전체. `columns`는 터미널의 너비이다.
pub fn text(exercise: &Exercise, outcome: &Outcome, columns: usize) -> String {
    match outcome {
        Outcome::Cancelled => "그만두었습니다.\n".to_owned(),
        Outcome::Damaged(damages) => damages
            .iter()
            .map(|damage| wrap(&damage.explain(&exercise.id), columns, 0))
            .collect(),
        Outcome::Broken { words, advice } => {
            let advice: String = advice
                .iter()
                .map(|line| wrap(&format!("도움말  {line}"), columns, 0))
                .collect();
            format!("{}\n{advice}", words.trim_end())
        }
        Outcome::Tested {
            trials,
            warnings,
            edited,
        } => {
            let mut out = String::new();
            for damage in edited {
                out.push_str(&wrap(&damage.explain(&exercise.id), columns, 0));
            }
            if trials.is_empty() {
                let said = "테스트가 하나도 없습니다. `cargo book reset {} --keep`으로 되살립니다.";
                out.push_str(&wrap(&said.replace("{}", &exercise.id), columns, 0));
            }
            out.push_str(&tested(trials, columns));
            if outcome.passed() && !warnings.is_empty() {
                out.push_str("\n통과했지만 컴파일러가 남긴 말이 있습니다.\n\n");
                out.push_str(warnings);
            }
            out
        }
    }
}

fn tested(trials: &[Trial], columns: usize) -> String {
    let mut out: String = trials.iter().map(|trial| line(trial, columns)).collect();
    let passed = |trial: &&Trial| trial.verdict == Verdict::Passed;
    let wrong: Vec<&Trial> = trials
        .iter()
        .filter(|trial| !passed(trial) && trial.verdict != Verdict::Skipped)
        .collect();
    // 한 번에 하나씩 고치는 것이 빠르다. 그래서 첫 실패만 자세히 보인다.
    if let Some(first) = wrong.first() {
        out.push('\n');
        out.push_str(&detail(first, columns));
    }
    if wrong.len() > 1 {
        let rest = format!(
            "\n실패한 테스트가 {}개 더 있습니다. 이것부터 고치면 나머지를 보여 줍니다.",
            wrong.len() - 1
        );
        out.push_str(&wrap(&rest, columns, 0));
    }
    let count = trials.iter().filter(passed).count();
    out.push_str(&format!(
        "\n테스트 {}개 가운데 {count}개 통과\n",
        trials.len()
    ));
    out
}

fn line(trial: &Trial, columns: usize) -> String {
    let mark = match trial.verdict {
        Verdict::Passed => good("통과"),
        Verdict::Failed(_) => bad("실패"),
        Verdict::Hung { .. } => bad("멈춤"),
        Verdict::Skipped => faint("안 함"),
    };
    let gap = match trial.verdict {
        Verdict::Skipped => " ",
        _ => "  ",
    };
    // 색을 입힌 표시는 너비를 셀 수 없으므로 글만 나눈 뒤에 붙인다.
    let title = wrap(&format!("      {}", trial.title), columns, 6);
    format!("{mark}{gap}{}", title.trim_start())
}

fn detail(trial: &Trial, columns: usize) -> String {
    let heading = |word: &str| strong(&format!("{word}: {}", trial.name));
    match &trial.verdict {
        Verdict::Failed(output) => format!("{}\n{output}", heading("실패한 테스트")),
        Verdict::Hung {
            after,
            threads,
            output,
        } => format!(
            "{}\n{output}{}",
            heading("멈춘 테스트"),
            hung(threads, *after, columns)
        ),
        Verdict::Passed | Verdict::Skipped => String::new(),
    }
}

fn hung(threads: &[Thread], after: Duration, columns: usize) -> String {
    let mut out = wrap(
        &format!(
            "{:.1}초를 기다려도 끝나지 않아 프로세스를 끝냈습니다.",
            after.as_secs_f32()
        ),
        columns,
        0,
    );
    if !threads.is_empty() {
        out.push_str("\n그때 스레드가 하던 일\n");
    }
    for thread in threads {
        let line = format!(
            "  {}: {}, CPU {:.1}초",
            thread.name,
            thread.doing,
            thread.cpu.as_secs_f32()
        );
        out.push_str(&wrap(&line, columns, 4));
    }
    out.push_str("\n흔한 까닭\n");
    for cause in hang::causes(threads, after) {
        out.push_str(&wrap(&format!("  - {cause}"), columns, 4));
    }
    out
}

/// 통과하지 못했을 때 다음에 할 일.
pub fn what_next(exercise: &Exercise, outcome: &Outcome) -> String {
    match outcome {
        Outcome::Damaged(_) => "위에 적힌 것을 먼저 바로잡으세요.".to_owned(),
        _ => format!(
            "{}를 고치고 다시 검사하세요. 막히면 `cargo book hint {}`입니다.",
            exercise.lib().display(),
            exercise.id
        ),
    }
}
