//! `origin/net.mjs`가 예제와 같은 줄을 찍는다. Node가 없으면 건너뛰고, `BOOK_REQUIRE=all`이면 실패한다.

use std::collections::BTreeMap;

/// 대목의 이름마다 그 대목의 줄들.
fn sections(output: &str) -> BTreeMap<&str, Vec<&str>> {
    let mut sections = BTreeMap::new();
    let mut name = "";
    for line in output.lines() {
        match line.strip_prefix("== ") {
            Some(heading) => name = heading,
            None => sections.entry(name).or_insert_with(Vec::new).push(line),
        }
    }
    sections
}

#[test]
fn node_tells_the_same_story() {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/origin/net.mjs");
    let Some(theirs) = beside::node(&[script]) else {
        return;
    };
    let (ours, theirs) = (sections(include_str!("../output.txt")), sections(&theirs));
    assert_eq!(theirs.len(), 4);
    for (name, lines) in theirs {
        assert_eq!(Some(&lines), ours.get(name), "{name}");
    }
}

#[test]
fn a_late_answer_needs_half_open() {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/origin/late.mjs");
    if let Some(told) = beside::node(&[script]) {
        assert_eq!(
            told,
            "false, 바로: 6바이트\nfalse, 나중: 0바이트\ntrue, 나중: 6바이트\n"
        );
    }
}

#[test]
fn waiting_for_the_write_stops_node_too() {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/origin/stuck.mjs");
    if let Some(told) = beside::node(&[script]) {
        assert_eq!(told, "멈춤\n");
    }
}
