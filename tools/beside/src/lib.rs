//! 예제의 테스트가 같은 일을 시켜 견주는 Node. Node가 없으면 건너뛰고, `BOOK_REQUIRE=all`이면 실패한다.

use std::io::{ErrorKind, Write};
use std::process::{Command, Output, Stdio};

use serde::Serialize;

/// Node를 `arguments`로 돌려 출력을 받는다. Node가 없으면 `None`이다.
///
/// # Panics
///
/// Node가 실패로 끝나면 패닉한다. `BOOK_REQUIRE=all`인데 Node가 없어도 패닉한다.
pub fn node(arguments: &[&str]) -> Option<String> {
    run(arguments, None).map(text)
}

/// [`node`]와 같고, `input`을 JSON으로 적어 표준 입력에 준다. Node는 입력을 끝까지 읽은 다음에 써야 한다.
///
/// # Panics
///
/// [`node`]와 같다. `input`을 JSON으로 적을 수 없어도 패닉한다.
pub fn node_given(arguments: &[&str], input: &(impl Serialize + ?Sized)) -> Option<String> {
    let input = serde_json::to_vec(input).expect("JSON으로 적는다");
    run(arguments, Some(&input)).map(text)
}

/// Node를 돌려 어떻게 끝났든 그 결과를 받는다. Node가 없으면 `None`이다.
///
/// # Panics
///
/// `BOOK_REQUIRE=all`인데 Node가 없으면 패닉한다.
pub fn run(arguments: &[&str], input: Option<&[u8]>) -> Option<Output> {
    let mut command = Command::new("node");
    command
        .args(arguments)
        .stdin(input.map_or_else(Stdio::null, |_| Stdio::piped()))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut node = match command.spawn() {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let required = std::env::var_os("BOOK_REQUIRE").is_some_and(|value| value == "all");
            assert!(!required, "BOOK_REQUIRE=all인데 node가 없다");
            println!("건너뜀: node가 없다");
            return None;
        }
        node => node.expect("node를 띄운다"),
    };
    if let Some(input) = input {
        // 다 쓰고 버려야 Node가 입력의 끝을 안다.
        let mut stdin = node.stdin.take().expect("이었다");
        stdin.write_all(input).expect("Node가 읽는다");
    }
    Some(node.wait_with_output().expect("Node가 끝난다"))
}

fn text(output: Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "Node가 실패했다: {}\n{said}",
        output.status
    );
    String::from_utf8(output.stdout).expect("UTF-8이다")
}
