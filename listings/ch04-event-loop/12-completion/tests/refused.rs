//! 커널이 거절해도 같은 이야기가 된다.
#![cfg(unix)]

use std::io::ErrorKind;
use std::process::Command;

use ch04_12_completion::driver::open_with;

// ANCHOR: refused
#[test]
fn a_refusal_is_one_line_and_the_same_story() {
    let tell = |args: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_ch04-12-completion"))
            .args(args)
            .output()
            .unwrap();
        assert!(output.status.success());
        assert_eq!(
            output.stderr.iter().filter(|&&byte| byte == b'\n').count(),
            1
        );
        String::from_utf8(output.stdout).unwrap()
    };
    let (here, refused) = (tell(&[]), tell(&["--refused"]));
    assert_eq!(here, refused);
    assert_eq!(here, include_str!("../output.txt"));
}

#[test]
fn the_line_says_why() {
    let (_, why) = open_with(|| Err(ErrorKind::PermissionDenied.into())).unwrap();
    assert!(why.starts_with("io_uring을 쓸 수 없어"), "{why}");
    assert!(why.ends_with("permission denied"), "{why}");
}
// ANCHOR_END: refused
