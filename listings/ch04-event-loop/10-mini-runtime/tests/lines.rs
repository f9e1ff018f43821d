//! 런타임의 코드는 900줄을 넘지 않는다. 빈 줄과 주석은 세지 않는다.
//!
//! 이야기(`main.rs`, `story/`)와 테스트(`tests/`)는 런타임이 아니므로 뺀다.

#[path = "../src/story/lines.rs"]
mod lines;

use std::collections::BTreeSet;
use std::path::Path;

#[test]
fn every_module_is_counted() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let found: BTreeSet<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !["main.rs", "story", "tests"].contains(&name.as_str()))
        .collect();
    let listed: BTreeSet<String> =
        lines::MODULES.iter().map(|(name, ..)| format!("{name}.rs")).collect();
    assert_eq!(found, listed);
}

#[test]
fn the_runtime_stays_small() {
    let total: usize = lines::MODULES.iter().map(|(_, _, source)| lines::count(source)).sum();
    assert!(total <= 900, "{total}줄이다");
}
