//! 테스트에 쓰는 작은 저장소. 쉬운 문제 하나(02-1)와 멈출 수 있는 문제 하나(02-2)가 있다.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// 02-1의 풀이.
pub const ADD: &str =
    "//! 더하기.\n\n/// 더한다.\npub fn add(a: u32, b: u32) -> u32 {\n    a + b\n}\n";

const ADD_START: &str = "//! 두 수를 더하세요.\n\n/// 더한다.\npub fn add(a: u32, b: u32) -> u32 {\n    todo!(\"{a}와 {b}를 더하세요\")\n}\n";

const ADD_TESTS: &str = r#"//! 고치지 마세요.

use ex02_01_add::add;

/// 작은 수를 더한다
#[test]
fn basic_small() {
    assert_eq!(add(1, 2), 3, "1과 2를 더하면 3이어야 합니다");
}

/// 큰 수를 더한다
#[test]
fn large() {
    println!("큰 수를 더해 봅니다");
    assert_eq!(add(1000, 2000), 3000, "1000과 2000을 더하면 3000이어야 합니다");
}
"#;

const RUN_START: &str =
    "//! 끝나게 하세요.\n\n/// 한다.\npub fn run() {\n    todo!(\"끝나게 하세요\")\n}\n";

const RUN_TESTS: &str = r#"//! 고치지 마세요.

/// 금방 끝나는 테스트이다
#[test]
fn basic_ends() {
    assert_eq!(1 + 1, 2, "늘 통과해야 합니다");
}

/// 맡긴 일이 끝난다
#[test]
fn the_run_ends() {
    ex02_02_run::run();
}
"#;

const WORKSPACE: &str = r#"[workspace]
resolver = "3"
members = ["exercises/*/*", "solutions/*/*"]

[workspace.package]
version = "0.1.0"
edition = "2024"

[workspace.lints.rust]
unused_must_use = "deny"
"#;

/// 작은 저장소. 버리면 지워진다.
pub struct Repo {
    dir: TempDir,
}

impl Repo {
    /// 처음 나누어 준 모양으로 만든다.
    pub fn new() -> Repo {
        let scratch = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let dir = tempfile::Builder::new().prefix("repo-").tempdir_in(scratch);
        let repo = Repo {
            dir: dir.expect("임시 폴더를 만들 수 있다"),
        };
        repo.write("book.toml", "");
        repo.write("Cargo.toml", WORKSPACE);
        repo.write("src/ch02-test/README.md", "# 테스트하는 장\n");
        repo.write("src/ch02-test/01-a.md", "# 절\n");
        repo.add("01-add", "더하기", ADD_START, ADD, ADD_TESTS);
        repo.add(
            "02-run",
            "끝내기",
            RUN_START,
            "pub fn run() {}\n",
            RUN_TESTS,
        );
        repo
    }

    fn add(&self, name: &str, title: &str, start: &str, solution: &str, tests: &str) {
        let master = format!("solutions/ch02-test/{name}");
        let manifest = format!(
            "[package]\nname = \"sol02-{name}\"\nversion.workspace = true\nedition.workspace = true\n\n[lints]\nworkspace = true\n"
        );
        let meta = format!(
            "title = \"{title}\"\nlevel = \"쉬움\"\nminutes = 10\nafter = \"01-a\"\nhints = [\"하나를 보세요.\", \"하나와 둘을 보세요.\", \"하나와 둘과 셋을 보세요.\"]\n"
        );
        for (file, text) in [
            ("Cargo.toml", manifest),
            ("exercise.toml", meta),
            ("start.rs", start.to_owned()),
            ("tests.rs", tests.to_owned()),
            ("src/lib.rs", solution.to_owned()),
            ("README.md", "더하면 됩니다.\n".to_owned()),
        ] {
            self.write(&format!("{master}/{file}"), &text);
        }
        let id = name
            .split('-')
            .next()
            .expect("번호가 있다")
            .trim_start_matches('0');
        let reset = self.book(&["reset", &format!("02-{id}")]);
        assert!(reset.status.success(), "{}", stderr(&reset));
    }

    /// 저장소의 뿌리.
    pub fn root(&self) -> &Path {
        self.dir.path()
    }

    /// 독자의 폴더에 있는 파일.
    pub fn exercise(&self, name: &str, file: &str) -> PathBuf {
        self.root()
            .join("exercises/ch02-test")
            .join(name)
            .join(file)
    }

    /// 저장소의 파일을 쓴다.
    pub fn write(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().expect("폴더가 있다")).expect("만들 수 있다");
        fs::write(path, text).expect("쓸 수 있다");
    }

    /// 독자가 답을 고친다.
    pub fn solve(&self, name: &str, text: &str) {
        fs::write(self.exercise(name, "src/lib.rs"), text).expect("쓸 수 있다");
    }

    /// `cargo book`을 부를 준비를 한다.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_book"));
        command
            .args(args)
            .current_dir(self.root())
            .env("CARGO_TARGET_DIR", self.root().join("target"))
            .env_remove("NO_COLOR");
        command
    }

    /// `cargo book`을 부르고 끝나기를 기다린다.
    pub fn book(&self, args: &[&str]) -> Output {
        self.command(args).output().expect("실행할 수 있다")
    }
}

/// 표준 출력의 글.
pub fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// 표준 오류의 글.
pub fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// 모든 출력을 잇는다.
pub fn said(output: &Output) -> String {
    stdout(output) + &stderr(output)
}
