//! 한 번 부르고 끝나는 명령.

use std::fs;
use std::process::Stdio;

use crate::repo::{ADD, Repo, said, stderr, stdout};

#[test]
fn a_check_fails_then_passes_and_the_progress_is_kept() {
    let repo = Repo::new();
    let failed = repo.book(&["check", "02-1"]);
    assert_eq!(failed.status.code(), Some(1));
    assert!(
        stdout(&failed).contains("1와 2를 더하세요"),
        "{}",
        said(&failed)
    );
    assert!(
        stderr(&failed).contains("cargo book hint 02-1"),
        "{}",
        said(&failed)
    );

    // 큰 수만 틀린다. 테스트의 말과 테스트가 찍은 것이 함께 보인다.
    repo.solve("01-add", &ADD.replace("a + b", "(a + b).min(2999)"));
    let half = said(&repo.book(&["check"]));
    for word in [
        "통과  작은 수를",
        "실패  큰 수를",
        "3000이어야 합니다",
        "더해 봅니다",
        "1개 통과",
    ] {
        assert!(half.contains(word), "{word}: {half}");
    }
    assert!(!half.contains("RUST_BACKTRACE"), "{half}");
    assert!(!stdout(&repo.book(&["list"])).contains("✓"));

    repo.solve("01-add", ADD);
    let passed = repo.book(&["check", "add"]);
    assert!(passed.status.success(), "{}", said(&passed));
    assert!(
        stdout(&passed).contains("cargo book watch 02-2"),
        "{}",
        said(&passed)
    );
    assert!(stdout(&repo.book(&["list"])).contains("✓ 02-1"));
    assert!(stdout(&repo.book(&["progress"])).contains("1/2"));
    assert!(stdout(&repo.book(&["next"])).contains("02-2 끝내기"));
}

#[test]
fn hints_come_one_more_each_time() {
    let repo = Repo::new();
    let hint = || stdout(&repo.book(&["hint", "2-1"]));
    assert!(!hint().contains("힌트 2/3"));
    let second = hint();
    assert!(
        second.contains("힌트 1/3") && second.contains("힌트 2/3"),
        "{second}"
    );
    assert!(!second.contains("힌트 3/3"));
    for _ in 0..2 {
        let last = hint();
        assert!(
            last.contains("힌트 3/3") && last.contains("힌트는 여기까지"),
            "{last}"
        );
    }
}

#[test]
fn the_solution_is_shown_after_passing_or_when_asked_for() {
    let repo = Repo::new();
    let refused = repo.book(&["diff", "02-1"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(stderr(&refused).contains("--anyway"), "{}", said(&refused));
    let shown = stdout(&repo.book(&["diff", "02-1", "--anyway"]));
    assert!(
        shown.contains("+    a + b") && shown.contains("더하면 됩니다"),
        "{shown}"
    );
    repo.solve("01-add", &ADD.replace("a + b", "b + a"));
    assert!(repo.book(&["check", "02-1"]).status.success());
    let shown = stdout(&repo.book(&["diff", "02-1"]));
    assert!(
        shown.contains("-    b + a") && shown.contains("+    a + b"),
        "{shown}"
    );
    assert!(!shown.contains("//!"), "문제의 글은 견주지 않는다: {shown}");
}

#[test]
fn a_reset_keeps_the_answer_beside() {
    let repo = Repo::new();
    repo.solve("01-add", ADD);
    let reset = stdout(&repo.book(&["reset", "02-1"]));
    assert!(reset.contains("lib.rs.bak에 남겼습니다"), "{reset}");
    let lib = repo.exercise("01-add", "src/lib.rs");
    assert!(fs::read_to_string(lib).expect("있다").contains("todo!"));
    let backup = repo.exercise("01-add", "src/lib.rs.bak");
    assert_eq!(fs::read_to_string(backup).expect("있다"), ADD);
    let again = stdout(&repo.book(&["reset", "02-1"]));
    assert!(again.contains("이미 처음 그대로"), "{again}");
}

#[test]
fn a_reset_takes_the_tick_off() {
    let repo = Repo::new();
    repo.solve("01-add", ADD);
    assert!(repo.book(&["check", "02-1"]).status.success());
    assert!(repo.book(&["diff", "02-1"]).status.success());
    assert!(
        repo.book(&["reset", "02-1", "--keep"]).status.success()
            && repo.book(&["diff", "02-1"]).status.success(),
        "답을 남겼으면 표시도 남는다"
    );
    assert!(repo.book(&["reset", "02-1"]).status.success());
    assert!(!repo.book(&["diff", "02-1"]).status.success());
}

#[test]
fn a_wrong_name_gets_the_nearest_in_one_line() {
    let repo = Repo::new();
    for (words, expected) in [
        (["check", "02-9"], "가장 가까운 것은 02-"),
        (["hint", "01-ad"], "가장 가까운 것은 02-1 (01-add)"),
        (["reset", "없는문제"], "cargo book list"),
        (["chekc", "02-1"], "비슷한 이름: check"),
    ] {
        let output = repo.book(&words);
        let message = stderr(&output);
        assert!(!output.status.success());
        assert!(message.contains(expected), "{words:?}: {message}");
        assert_eq!(message.lines().count(), 1, "{message}");
    }
}

#[test]
fn rustc_speaks_for_itself_and_we_add_one_line() {
    let repo = Repo::new();
    repo.solve(
        "01-add",
        "pub fn add(a: u32, b: u32) -> u32 {\n    a +\n}\n",
    );
    let syntax = repo.book(&["check", "02-1"]);
    assert_eq!(syntax.status.code(), Some(1));
    let words = stdout(&syntax);
    assert!(
        words.contains("error: expected expression, found `}`"),
        "{words}"
    );
    assert!(
        words.contains("01-add/src/lib.rs:3:1") && !words.contains("도움말  "),
        "{words}"
    );

    repo.solve("01-add", &ADD.replace("add(", "plus("));
    let renamed = stdout(&repo.book(&["check", "02-1"]));
    assert!(renamed.contains("error[E0432]"), "{renamed}");
    assert!(
        renamed.contains("도움말  테스트가 부르는 이름이나 타입이"),
        "{renamed}"
    );
}

#[test]
fn two_runners_at_once_lose_nothing() {
    let repo = Repo::new();
    repo.solve("01-add", ADD);
    repo.solve("02-run", "//! 끝.\n\n/// 한다.\npub fn run() {}\n");
    let start = |id| {
        let mut command = repo.command(&["check", id]);
        command
            .stdout(Stdio::null())
            .spawn()
            .expect("실행할 수 있다")
    };
    let runners = ["02-1", "02-2", "02-1"].map(start);
    for mut runner in runners {
        assert!(runner.wait().expect("끝난다").success());
    }
    assert!(stdout(&repo.book(&["progress"])).contains("2/2"));
}

#[test]
fn watch_without_a_terminal_says_what_to_use() {
    let repo = Repo::new();
    let output = repo.book(&["watch", "02-1"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        stderr(&output).contains("cargo book check 02-1"),
        "{}",
        said(&output)
    );
    assert_eq!(stderr(&output).lines().count(), 1);
}
