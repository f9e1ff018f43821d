//! 저장할 때마다 검사하는 화면을 가짜 터미널에서 글쇠로 다룬다.

use std::env;
use std::fs;
use std::net::UdpSocket;
use std::path::Path;
use std::process::{Command, Stdio};

use book::exercise::watch::screen::Screen;
use rustix::process::{Pid, Signal, kill_process};

use crate::repo::{ADD, Repo, stdout};
use crate::terminal::{PATIENCE, Terminal};

/// 끝나지 않는 답. 돌기 시작하면 제 프로세스 번호를 알린다.
struct Endless(UdpSocket);

impl Endless {
    fn new() -> Endless {
        let socket = UdpSocket::bind("127.0.0.1:0").expect("빈 포트가 있다");
        socket.set_read_timeout(Some(PATIENCE)).expect("정한다");
        Endless(socket)
    }

    fn answer(&self) -> String {
        let address = self.0.local_addr().expect("주소가 있다");
        format!(
            "use std::net::UdpSocket;\n\npub fn run() {{\n    let socket = UdpSocket::bind(\"127.0.0.1:0\").unwrap();\n    socket.send_to(&std::process::id().to_le_bytes(), \"{address}\").unwrap();\n    loop {{\n        std::thread::park();\n    }}\n}}\n"
        )
    }

    /// 답이 정말 돌기 시작할 때까지 기다리고, 그 프로세스 번호를 돌려준다.
    fn started(&self) -> u32 {
        let mut bytes = [0; 4];
        self.0.recv(&mut bytes).expect("답이 돌기 시작한다");
        u32::from_le_bytes(bytes)
    }
}

fn watch(repo: &Repo, args: &[&str]) -> Terminal {
    Terminal::start(repo.command(&[&["watch"], args].concat()), 40, 100)
}

#[test]
fn saving_checks_again_and_the_keys_lead_to_the_end() {
    let repo = Repo::new();
    let mut terminal = watch(&repo, &[]);
    terminal.expect(&["02-1 더하기", "실패  작은 수를 더한다", "q 나가기"]);

    assert!(!stdout(&repo.book(&["list"])).contains("✓"));

    repo.solve("01-add", ADD);
    terminal.expect(&["통과  큰 수를 더한다", "n으로 다음 문제로"]);
    assert!(stdout(&repo.book(&["list"])).contains("✓ 02-1"));
    terminal.press("d");
    terminal.expect(&["풀이와 똑같습니다", "더하면 됩니다"]);
    terminal.press("l");
    terminal.expect(&["✓ 02-1", "· 02-2"]);

    terminal.press("n");
    terminal.expect(&["02-2 끝내기", "실패  맡긴 일이 끝난다"]);
    terminal.press("h");
    terminal.expect(&["힌트 1/3"]);
    terminal.press("h");
    terminal.expect(&["힌트 2/3"]);
    terminal.press("d");
    terminal.expect(&["d를 한 번 더 누르면"]);
    terminal.press("d");
    terminal.expect(&["+pub fn run() {}"]);

    repo.solve("02-run", "//! 끝.\n\n/// 한다.\npub fn run() {}\n");
    terminal.expect(&["통과  맡긴 일이 끝난다"]);
    terminal.press("n");
    terminal.expect(&["모두 마쳤습니다"]);
    terminal.press("q");
    assert!(terminal.ends_as_found().success());
}

#[test]
fn a_reset_is_asked_twice() {
    let repo = Repo::new();
    repo.solve("01-add", ADD);
    let mut terminal = watch(&repo, &["02-1"]);
    terminal.expect(&["통과  큰 수를 더한다"]);
    terminal.press("r");
    terminal.expect(&["r을 한 번 더"]);
    terminal.press("x");
    terminal.press("r");
    terminal.expect(&["r을 한 번 더"]);
    assert_eq!(
        fs::read_to_string(repo.exercise("01-add", "src/lib.rs")).expect("있다"),
        ADD
    );
    terminal.press("r");
    terminal.expect(&["lib.rs.bak에 남겼습니다", "실패  큰 수를 더한다"]);
    terminal.press("q");
    assert!(terminal.ends_as_found().success());
}

#[test]
fn keys_work_while_a_check_is_running() {
    let repo = Repo::new();
    let endless = Endless::new();
    repo.solve("02-run", &endless.answer());
    let mut terminal = watch(&repo, &["02-2", "--limit", "600"]);
    let hung = endless.started();
    terminal.expect(&["컴파일하고 테스트합니다"]);
    // 한글 자판에서 누른 h이다.
    terminal.press("ㅗ");
    terminal.expect(&["힌트 1/3", "컴파일하고 테스트합니다"]);
    terminal.press("l");
    terminal.expect(&["테스트하는 장  0/2"]);
    // 저장하면 멈춘 검사를 그만두고 새로 검사한다.
    repo.solve("02-run", &format!("// 다시.\n{}", endless.answer()));
    let again = endless.started();
    assert!(!is_alive(hung), "그만둔 검사의 프로세스가 남았습니다");
    terminal.press("n");
    terminal.expect(&["02-1 더하기", "실패  작은 수를 더한다"]);
    assert!(!is_alive(again), "그만둔 검사의 프로세스가 남았습니다");
    terminal.press("q");
    assert!(terminal.ends_as_found().success());
}

#[test]
fn leaving_in_the_middle_leaves_nothing_behind() {
    for leave in ["q", "\u{3}", "SIGTERM", "SIGINT"] {
        let repo = Repo::new();
        let endless = Endless::new();
        repo.solve("02-run", &endless.answer());
        let mut terminal = watch(&repo, &["02-2", "--limit", "600"]);
        let hung = endless.started();
        let pid = i32::try_from(terminal.id())
            .ok()
            .and_then(Pid::from_raw)
            .expect("번호이다");
        match leave {
            "SIGTERM" => kill_process(pid, Signal::TERM).expect("보낸다"),
            "SIGINT" => kill_process(pid, Signal::INT).expect("보낸다"),
            key => terminal.press(key),
        }
        assert!(terminal.ends_as_found().success(), "{leave}");
        assert!(!is_alive(hung), "{leave}: 검사의 프로세스가 남았습니다");
    }
}

#[test]
fn an_interrupted_check_leaves_nothing_behind() {
    let repo = Repo::new();
    let endless = Endless::new();
    repo.solve("02-run", &endless.answer());
    let mut check = repo
        .command(&["check", "02-2", "--limit", "600"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("띄운다");
    let hung = endless.started();
    let pid = i32::try_from(check.id())
        .ok()
        .and_then(Pid::from_raw)
        .expect("번호이다");
    kill_process(pid, Signal::INT).expect("보낸다");
    assert_eq!(check.wait().expect("끝난다").code(), Some(1));
    assert!(!is_alive(hung), "검사의 프로세스가 남았습니다");
}

#[test]
fn forty_columns_are_enough() {
    let repo = Repo::new();
    repo.solve("01-add", ADD);
    let mut terminal = Terminal::start(repo.command(&["watch", "02-1"]), 40, 40);
    terminal.expect(&["통과  큰 수를 더한다", "q 나가기"]);
    assert_eq!(terminal.overflowing_rows(), Vec::<String>::new());
    for (key, shown) in [("l", "02-2"), ("h", "힌트 1/3"), ("r", "한 번 더")] {
        terminal.press(key);
        terminal.expect(&[shown]);
        assert_eq!(terminal.overflowing_rows(), Vec::<String>::new(), "{key}");
    }
    terminal.press("q");
    assert!(terminal.ends_as_found().success());
}

#[test]
fn a_panic_gives_the_terminal_back() {
    let mut command = Command::new(env::current_exe().expect("나 자신이다"));
    command.args([
        "--exact",
        "watch::panics_with_an_open_screen",
        "--ignored",
        "--nocapture",
    ]);
    let terminal = Terminal::start(command, 40, 100);
    terminal.expect(&["일부러 패닉합니다"]);
    assert!(!terminal.ends_as_found().success());
}

#[test]
#[ignore = "a_panic_gives_the_terminal_back이 가짜 터미널에서 부른다"]
fn panics_with_an_open_screen() {
    let _screen = Screen::open().expect("터미널이다");
    panic!("일부러 패닉합니다");
}

fn is_alive(pid: u32) -> bool {
    let stat = fs::read_to_string(Path::new("/proc").join(pid.to_string()).join("stat"));
    match cfg!(target_os = "linux") {
        // 거두어지기를 기다리는 것(Z)은 이미 끝난 것이다.
        true => stat.is_ok_and(|stat| !stat.contains(") Z ")),
        false => Pid::from_raw(pid.cast_signed())
            .is_some_and(|pid| rustix::process::test_kill_process(pid).is_ok()),
    }
}
