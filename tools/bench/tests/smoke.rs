//! 돌아가는지만 본다. 빠르기는 아무것도 단언하지 않는다.

use std::path::Path;
use std::process::{Command, Output};

use bench::cases::{GROUPS, all};
use bench::measure::{Plan, compare, pooled, sample};
use bench::peer::Peer;

fn bench(words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bench"));
    command.args(words).output().expect("돌릴 수 있다")
}

#[test]
fn every_case_gives_finite_ratios() {
    for mut case in all() {
        let samples = sample(&mut case, Plan::QUICK);
        for one in compare(&case, &samples) {
            let ratio = one.ratio;
            for value in [ratio.min, ratio.median, ratio.max, one.ours, one.peer] {
                assert!(value.is_finite() && value > 0.0, "{}: {one:?}", one.key);
            }
        }
    }
}

#[test]
fn the_program_tells_every_group() {
    let run = bench(&["--quick"]);
    let text = String::from_utf8(run.stdout).expect("UTF-8");
    assert!(run.status.success(), "{text}");
    for group in GROUPS {
        assert!(text.contains(group.listing), "{text}");
    }
}

#[test]
fn samples_of_several_processes_are_joined() {
    let cases = all();
    let program = Path::new(env!("CARGO_BIN_EXE_bench"));
    let found = pooled(program, &["--quick", "--samples"], 2, &cases).expect("모은다");
    let rounds = found.iter().flatten().map(Vec::len);
    assert!(
        rounds
            .clone()
            .all(|rounds| rounds == 2 * Plan::QUICK.rounds)
    );
    assert_eq!(found.len(), cases.len());
    let error = pooled(program, &["--quick"], 1, &cases).expect_err("표는 잰 것이 아니다");
    assert!(error.to_string().starts_with("수가 아닙니다: "), "{error}");
}

#[test]
fn one_group_can_be_chosen() {
    let run = bench(&["--quick", "--only", "block_on"]);
    let text = String::from_utf8(run.stdout).expect("UTF-8");
    assert!(
        text.contains("07-block-on") && !text.contains("11-join-select"),
        "{text}"
    );
}

#[test]
fn help_is_korean_and_a_wrong_word_stops() {
    let help = bench(&["--help"]);
    let text = String::from_utf8(help.stdout).expect("UTF-8");
    assert!(
        help.status.success() && text.contains("사용법: cargo run --release -p bench"),
        "{text}"
    );
    let wrong = bench(&["--fast"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&wrong.stderr).starts_with("모르는 말입니다: --fast."));
}

#[test]
fn a_peer_that_does_not_know_the_work_is_told() {
    let mut mini = Peer::start("mini").expect("띄운다");
    assert!(mini.ask("spawn_join", 3).expect("한다") > 0);
    let error = mini.ask("fly", 3).expect_err("모르는 일이다");
    assert!(
        error.to_string().starts_with("fly를 하지 못했습니다"),
        "{error}"
    );
    let run = bench(&["--work", "nobody"]);
    let said = String::from_utf8_lossy(&run.stderr);
    assert_eq!(said.trim_end(), "모르는 런타임이나 일입니다: nobody");
}
