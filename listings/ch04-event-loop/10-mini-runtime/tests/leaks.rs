//! 마구 끊긴 뒤에 퓨처도 파일 서술자도 남지 않는다. 프로세스 전체를 세므로 테스트가 하나뿐이다.
#![cfg(target_os = "linux")]

mod storm;

use std::rc::Rc;

use ch04_10_mini_runtime::Runtime;

fn open_files() -> usize {
    std::fs::read_dir("/proc/self/fd").unwrap().count()
}

// ANCHOR: leaks
#[test]
fn nothing_is_left_after_three_thousand_cut_connections() {
    let before = open_files();
    let runtime = Runtime::new().unwrap();
    let with_runtime = open_files();
    let alive = Rc::new(());
    for seed in [1, 0x9e37_79b9_7f4a_7c15] {
        let report = runtime.block_on(storm::storm(seed, &alive));
        println!("{report:?}");
        let each = [report.finished, report.reset, report.cut, report.aborted];
        assert!(each.iter().all(|count| *count > 0), "{report:?}");
        assert_eq!(Rc::strong_count(&alive), 1);
        assert_eq!(open_files(), with_runtime);
    }
    drop(runtime);
    assert_eq!(open_files(), before);
}
// ANCHOR_END: leaks
