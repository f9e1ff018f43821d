//! 컴파일러의 말 아래에 덧붙이는 한 줄. 연습문제에서만 알 수 있는 것이거나, 콜백과 스레드에서 늘 걸리는 것만 말한다.

use super::compile::Diagnostic;
use super::master::Exercise;

/// 오류들에 덧붙일 말. 같은 말은 한 번만 한다.
pub fn on(exercise: &Exercise, errors: &[Diagnostic]) -> Vec<String> {
    let mut advice: Vec<String> = Vec::new();
    for error in errors {
        let line = match in_tests(error) && !is_about_a_bound(error) {
            true => Some(format!(
                "테스트가 부르는 이름이나 타입이 바뀌었습니다. `cargo book reset {}`로 처음 모양을 되살립니다. 쓰던 답은 옆에 남습니다.",
                exercise.id
            )),
            false => common(error).map(str::to_owned),
        };
        if let Some(line) = line.filter(|line| !advice.contains(line)) {
            advice.push(line);
        }
    }
    advice
}

fn in_tests(error: &Diagnostic) -> bool {
    error
        .spans
        .iter()
        .any(|span| span.is_primary && span.file_name.replace('\\', "/").ends_with("src/tests.rs"))
}

/// 부르는 꼴은 그대로인데 답에 건 바운드 때문에 테스트의 값을 받지 못한다.
fn is_about_a_bound(error: &Diagnostic) -> bool {
    ["cannot be unpinned", "between threads safely"]
        .iter()
        .any(|words| error.message.contains(words))
}

fn common(error: &Diagnostic) -> Option<&'static str> {
    let code = error.code.as_ref()?.code.as_str();
    let says = |word: &str| error.message.contains(word);
    match code {
        "E0277" if says("between threads safely") => Some(
            "다른 스레드로 건너가는 콜백이 그럴 수 없는 값을 쥐고 있습니다. Rc는 Arc로, RefCell은 Mutex로 바꾸고, 트레이트 객체에는 `+ Send`를 붙입니다.",
        ),
        "E0277" if says("cannot be unpinned") => Some(
            "`async` 블록의 퓨처는 `Unpin`이 아닙니다. `Unpin` 바운드를 빼고, 필드의 퓨처는 pin-project-lite로 투영하거나 `Box::pin`에 담아 폴링합니다.",
        ),
        "E0373" => Some(
            "콜백은 이 함수가 돌아간 뒤에 불립니다. 클로저 앞에 `move`를 붙여 값을 넘기고, 둘이 함께 쓰는 값은 Arc를 복제해 넘깁니다.",
        ),
        "E0310" | "E0521" | "E0597" => Some(
            "나중에 불릴 콜백은 빌린 것을 쥘 수 없습니다. 값을 통째로 넘기거나 Arc로 나누어 가집니다.",
        ),
        "E0382" => Some(
            "넘겨준 값을 다시 쓰고 있습니다. FnOnce는 한 번 부르면 사라집니다. 꺼낼 곳이 여럿이면 Option에 넣고 `take()`로 꺼냅니다.",
        ),
        "E0507" if says("`Fn` closure") => Some(
            "`Fn` 클로저는 여러 번 불리므로 쥔 값을 써 버릴 수 없습니다. `Cell<Option<_>>`에 넣고 `take()`로 꺼냅니다.",
        ),
        "E0596" if says("`Fn` closure") => Some(
            "`Fn` 클로저는 쥔 값을 바꾸지 못합니다. `Cell<Option<_>>`에 넣으면 `&self`로도 `take()`할 수 있습니다.",
        ),
        "E0507" => Some(
            "빌린 것의 속을 꺼내려 합니다. Option이면 `take()`로, 아니면 `std::mem::replace`로 꺼냅니다.",
        ),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::master::tests::exercise;
    use super::*;

    fn said(message: &str, file: &str) -> String {
        let error = serde_json::from_value(serde_json::json!({
            "level": "error", "rendered": null, "code": { "code": "E0277" }, "message": message,
            "spans": [{ "file_name": file, "is_primary": true }],
        }));
        let exercise = exercise("ch03-a", "05-b", "03-5");
        on(&exercise, &[error.expect("옳은 꼴")]).join("\n")
    }

    #[test]
    fn a_bound_is_spoken_of_even_where_a_test_calls() {
        let tests = "exercises/ch03-a/05-b/src/tests.rs";
        assert!(said("`{async block}` cannot be unpinned", tests).contains("Unpin"));
        assert!(said("`Rc<u8>` cannot be sent between threads safely", tests).contains("Arc"));
        assert!(said("the trait bound `A: B` is not satisfied", tests).contains("reset 03-5"));
        assert_eq!(
            said("the trait bound `A: B` is not satisfied", "src/lib.rs"),
            ""
        );
    }
}
