//! 망가진 것들. 무엇이 잘못되었고 무엇을 하면 되는지 한 줄로 말해야 한다.

use std::fs;
use std::path::Path;

use crate::repo::{ADD, Repo, said, stdout};

/// 검사는 실패하고, 말 가운데 한 줄에 `expected`가 모두 있다.
fn fails_with_one_line(repo: &Repo, expected: &[&str]) {
    let output = repo.book(&["check", "02-1"]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    let words = said(&output);
    let has_all = |line: &str| expected.iter().all(|word| line.contains(word));
    assert!(words.lines().any(has_all), "{expected:?}: {words}");
}

#[test]
fn a_deleted_folder_comes_back() {
    let repo = Repo::new();
    fs::remove_dir_all(repo.exercise("01-add", "")).expect("지운다");
    fails_with_one_line(
        &repo,
        &["exercises/ch02-test/01-add", "cargo book reset 02-1"],
    );
    assert!(stdout(&repo.book(&["list"])).contains("02-1"));
    assert!(repo.book(&["reset", "02-1"]).status.success());
    repo.solve("01-add", ADD);
    assert!(repo.book(&["check", "02-1"]).status.success());
}

#[test]
fn deleted_files_come_back_and_the_answer_is_kept() {
    let repo = Repo::new();
    repo.solve("01-add", ADD);
    for file in ["Cargo.toml", "src/tests.rs"] {
        fs::remove_file(repo.exercise("01-add", file)).expect("지운다");
        fails_with_one_line(&repo, &[file, "없습니다", "cargo book reset 02-1"]);
        assert!(repo.book(&["reset", "02-1", "--keep"]).status.success());
        assert!(repo.book(&["check", "02-1"]).status.success(), "{file}");
    }
    fs::remove_file(repo.exercise("01-add", "src/lib.rs")).expect("지운다");
    fails_with_one_line(&repo, &["src/lib.rs", "없습니다", "cargo book reset 02-1"]);
    assert!(repo.book(&["reset", "02-1", "--keep"]).status.success());
    assert!(stdout(&repo.book(&["check", "02-1"])).contains("더하세요"));
}

#[test]
fn a_file_that_is_not_utf8_is_named_with_its_line() {
    let repo = Repo::new();
    let lib = repo.exercise("01-add", "src/lib.rs");
    fs::write(lib, b"// one\n// \xb0\xa1\n").expect("쓴다");
    fails_with_one_line(&repo, &["src/lib.rs:2:", "UTF-8"]);
}

#[test]
fn edited_tests_are_noticed_and_do_not_count() {
    let repo = Repo::new();
    let tests = repo.exercise("01-add", "src/tests.rs");
    fs::write(&tests, "/// 쉽다\n#[test]\nfn basic_easy() {}\n").expect("쓴다");
    let output = repo.book(&["check", "02-1"]);
    let words = said(&output);
    assert!(
        words.contains("처음과 다릅니다") && words.contains("--keep"),
        "{words}"
    );
    assert!(!stdout(&repo.book(&["list"])).contains("✓"));

    fs::write(&tests, "").expect("쓴다");
    fails_with_one_line(&repo, &["테스트가 하나도 없습니다", "--keep"]);

    // 줄 끝만 다른 것은 고친 것이 아니다.
    repo.book(&["reset", "02-1", "--keep"]);
    repo.solve("01-add", ADD);
    let text = fs::read_to_string(&tests)
        .expect("있다")
        .replace('\n', "\r\n");
    fs::write(&tests, text).expect("쓴다");
    assert!(repo.book(&["check", "02-1"]).status.success());
    assert!(stdout(&repo.book(&["list"])).contains("✓ 02-1"));
}

#[test]
fn a_lost_or_broken_progress_file_loses_only_the_progress() {
    let repo = Repo::new();
    repo.solve("01-add", ADD);
    let file = repo.root().join(".progress.toml");
    for broken in [None, Some("=== "), Some("exercises = 3")] {
        match broken {
            None => fs::remove_file(&file).or_else(|_| fs::write(&file, "")),
            Some(text) => fs::write(&file, text),
        }
        .expect("고친다");
        assert!(!stdout(&repo.book(&["list"])).contains("✓"));
        assert!(repo.book(&["check", "02-1"]).status.success());
        assert!(stdout(&repo.book(&["list"])).contains("✓ 02-1"));
    }
}

#[test]
fn without_write_permission_the_check_still_runs_and_says_so() {
    let repo = Repo::new();
    repo.solve("01-add", ADD);
    // 관리자는 권한을 넘어서므로, 쓸 수 없게 파일의 자리에 폴더를 둔다.
    block(&repo.root().join(".progress.toml"));
    let output = repo.book(&["check", "02-1"]);
    let words = said(&output);
    assert!(output.status.success(), "{words}");
    assert!(
        words.contains("진도를 .progress.toml에 적지 못했습니다"),
        "{words}"
    );

    block(&repo.exercise("01-add", "src/lib.rs"));
    fails_with_one_line(&repo, &["src/lib.rs", "읽을 수 없습니다"]);
    let reset = repo.book(&["reset", "02-1"]);
    assert_eq!(reset.status.code(), Some(1));
    assert!(
        said(&reset).contains("src/lib.rs: 쓸 수 없습니다"),
        "{}",
        said(&reset)
    );
}

fn block(path: &Path) {
    let _ = fs::remove_file(path);
    fs::create_dir_all(path.join("안")).expect("만든다");
}
