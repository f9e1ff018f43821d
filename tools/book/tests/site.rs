//! 작은 책을 임시 폴더에 만들어 `cargo book`에 먹인다. 잘못된 책에는 파일과 줄이 있는 한 줄로 답해야 한다.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use tempfile::TempDir;

const CONFIG: &str = "[book]\ntitle = \"작은 책\"\nlanguage = \"ko\"\n";
const PAGE: &str = "# 하나\n\n첫 글입니다.\n";

/// 쪽이 `page` 하나인 책.
fn book(page: &str) -> TempDir {
    let dir = tempfile::tempdir().expect("임시 폴더");
    write(dir.path(), "book.toml", CONFIG);
    write(dir.path(), "src/SUMMARY.md", "# 차례\n\n- [하나](one.md)\n");
    write(dir.path(), "src/one.md", page);
    write(dir.path(), "src/terms.tsv", "lock\t락\t잠금\n");
    write(
        dir.path(),
        "listings/ch01-x/01-y/Cargo.toml",
        "[package]\nname = \"ch01-01-y\"\n",
    );
    write(
        dir.path(),
        "listings/ch01-x/01-y/src/main.rs",
        "// ANCHOR: main\nfn main() {}\n// ANCHOR_END: main\n",
    );
    dir
}

fn write(root: &Path, file: &str, text: &str) {
    let path = root.join(file);
    fs::create_dir_all(path.parent().expect("폴더")).expect("폴더를 만든다");
    fs::write(path, text).expect("쓴다");
}

fn command(root: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_book"));
    command.current_dir(root).args(words);
    command
}

fn run(root: &Path, words: &[&str]) -> Output {
    command(root, words).output().expect("book을 돌린다")
}

/// 실패해야 하는 명령의 표준 오류.
fn complaint(root: &Path, words: &[&str]) -> String {
    let output = run(root, words);
    assert!(!output.status.success(), "실패해야 합니다: {words:?}");
    String::from_utf8(output.stderr).expect("UTF-8")
}

#[test]
fn a_sound_book_is_built() {
    let dir = book(PAGE);
    let output = run(dir.path(), &["build", "--dest", "out"]);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let html = fs::read_to_string(dir.path().join("out/one.html")).expect("지은 쪽");
    assert!(html.contains("첫 글입니다."));
}

#[test]
fn broken_pages_are_told_with_file_and_line() {
    let include = |what: &str| format!("# 하나\n\n```rust\n{{{{#rustdoc_include {what}}}}}\n```\n");
    let main = "../listings/ch01-x/01-y/src/main.rs";
    for (page, expected) in [
        (
            include("../listings/none.rs"),
            "src/one.md:4: 넣으려는 파일이 없습니다: listings/none.rs",
        ),
        (
            include(&format!("{main}:mian")),
            "src/one.md:4: 없는 앵커입니다: listings/ch01-x/01-y/src/main.rs:mian 비슷한 이름: main.",
        ),
        (include(&format!("{main}:3:5")), "줄 번호로는 넣지 않습니다"),
        (
            "# 하나\n\n[둘](two.md)\n".to_owned(),
            "src/one.md:3: 죽은 링크입니다: two.md",
        ),
        (
            "# 하나\n\n[둘](#두울)\n".to_owned(),
            "src/one.md:3: 죽은 링크입니다: #두울",
        ),
        (
            "# 하나\n\n{{#figrue x}}\n".to_owned(),
            "src/one.md:3: 모르는 지시문입니다: figrue 비슷한 이름: figure.",
        ),
    ] {
        let dir = book(&page);
        let said = complaint(dir.path(), &["build", "--dest", "out"]);
        assert!(said.contains(expected), "{said}");
        assert!(
            !dir.path().join("out").exists(),
            "문제가 있으면 짓지 않아야 합니다"
        );
    }
}

#[test]
fn unverified_things_and_wrong_terms_are_told() {
    for (page, expected) in [
        (
            "# 하나\n\n잠금을 얻습니다.\n",
            "src/one.md:3: 쓰지 않는 꼴입니다: '잠금'. 쓰는 꼴은 '락'",
        ),
        (
            "# 하나\n\n30밀리초가 걸립니다.\n",
            "src/one.md:3: '30밀리초'의 근거가 없습니다",
        ),
        (
            "# 하나\n\n```text\n출력\n```\n",
            "src/one.md:3: 돌려 보지 않는 코드 블록입니다",
        ),
        (
            "# 하나\n\n```console\n$ cargo run -p ch01-01-z\n```\n",
            "src/one.md:4: 없는 패키지입니다: ch01-01-z 비슷한 이름: ch01-01-y.",
        ),
        (
            "# 하나\n\n```console\n$ cargo run --release -p none\n```\n",
            "src/one.md:4: 모르는 명령입니다: $ cargo run --release -p none",
        ),
        (
            "# 하나\n\n```console\n$ cargo book bild\n```\n",
            "src/one.md:4: 그런 명령이 없습니다: bild",
        ),
        (PAGE, "이 예제의 쪽이 없습니다: src/ch01-x/01-y.md"),
    ] {
        let dir = book(page);
        let said = complaint(dir.path(), &["lint"]);
        assert!(said.contains(expected), "{said}");
    }
}

#[test]
fn a_broken_setting_is_told_with_its_line() {
    let dir = book(PAGE);
    write(dir.path(), "book.toml", "[book]\ntitle = \n");
    assert!(complaint(dir.path(), &["build"]).starts_with("book.toml:2: TOML이 아닙니다"));
    write(dir.path(), "book.toml", "[book]\ntitle = 3\n");
    assert!(complaint(dir.path(), &["build"]).starts_with("book.toml: 설정을 읽을 수 없습니다"));
    write(dir.path(), "book.toml", CONFIG);
    write(
        dir.path(),
        "src/SUMMARY.md",
        "# 차례\n\n- [하나](none.md)\n",
    );
    assert!(complaint(dir.path(), &["build"]).contains("src/SUMMARY.md"));
}

#[test]
fn outside_a_book_the_reader_is_told_where_to_go() {
    let dir = tempfile::tempdir().expect("임시 폴더");
    assert!(complaint(dir.path(), &["build"]).contains("책의 저장소 안에서 실행하세요"));
}

/// 켜 둔 서버. 버리면 끝난다.
struct Running {
    child: Child,
    port: u16,
}

impl Running {
    fn start(root: &Path) -> Running {
        let mut child = command(root, &["--no-open", "--port", "0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("서버를 띄운다");
        let lines = BufReader::new(child.stdout.take().expect("출력")).lines();
        let mut lines = lines.map(|line| line.expect("UTF-8"));
        let line = lines
            .find(|line| line.contains("http://"))
            .expect("주소가 있는 줄");
        let port = line
            .split(':')
            .nth(3)
            .and_then(|rest| rest.split('/').next())
            .expect("포트");
        let port = port.parse().expect("포트 번호");
        // 나머지를 읽어 두지 않으면 파이프가 차서 서버가 선다.
        std::thread::spawn(move || lines.for_each(drop));
        Running { child, port }
    }

    fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("잇는다");
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        )
        .expect("묻는다");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("답을 읽는다");
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// `seen`과 다른 상태가 될 때까지 기다려 그 상태를 받는다.
    fn state_after(&self, seen: &str) -> serde_json::Value {
        let answer = self.get(&format!("/__state?seen={seen}"));
        let body = answer.split("\r\n\r\n").nth(1).expect("본문");
        let json = &body[body.find('{').expect("JSON")..=body.rfind('}').expect("JSON")];
        serde_json::from_str(json).expect("JSON")
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_change_is_rebuilt_and_a_broken_one_keeps_the_last_good_book() {
    let dir = book(PAGE);
    let server = Running::start(dir.path());
    assert!(server.get("/one.html").contains("첫 글입니다."));
    assert!(
        server.get("/one.html").contains("__state"),
        "새로 고침 스크립트가 있어야 합니다"
    );
    assert!(server.get("/none.html").starts_with("HTTP/1.1 404"));
    assert!(server.get("/../book.toml").starts_with("HTTP/1.1 404"));
    assert!(server.get("/%2e%2e/book.toml").starts_with("HTTP/1.1 404"));

    write(dir.path(), "src/one.md", "# 하나\n\n고친 글입니다.\n");
    let state = server.state_after("1%2F1");
    assert_eq!(
        (&state["version"], &state["error"]),
        (&"2".into(), &serde_json::Value::Null)
    );
    assert!(server.get("/one.html").contains("고친 글입니다."));

    write(dir.path(), "src/one.md", "# 하나\n\n[없음](none.md)\n");
    let state = server.state_after("2%2F2");
    assert_eq!(state["version"], "2");
    assert!(
        state["error"]
            .as_str()
            .expect("까닭")
            .contains("src/one.md:3: 죽은 링크입니다")
    );
    assert!(
        server.get("/one.html").contains("고친 글입니다."),
        "마지막으로 지은 책을 보여야 합니다"
    );

    write(dir.path(), "src/one.md", PAGE);
    let state = server.state_after("2%2F3");
    assert_eq!(
        (&state["version"], &state["error"]),
        (&"4".into(), &serde_json::Value::Null)
    );
}
