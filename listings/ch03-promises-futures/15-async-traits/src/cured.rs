//! `tests/ui`의 컴파일되지 않는 코드를 고친 것들.

use std::rc::Rc;
use std::sync::Mutex;

use tokio::task::yield_now;

// ANCHOR: rc
/// `Rc`를 `.await`에 이르기 전에 스코프 밖으로 보낸다.
pub async fn rc_in_a_block() -> usize {
    let length = {
        let name = Rc::new(String::from("하나"));
        name.len()
    };
    yield_now().await;
    length
}
// ANCHOR_END: rc

// ANCHOR: guard
/// 값만 꺼내고 가드는 문장이 끝날 때 버린다.
pub async fn guard_in_a_statement(stock: &Mutex<u32>) -> u32 {
    let left = *stock.lock().expect("오염되지 않는다");
    yield_now().await;
    left
}

/// 기다리는 동안에도 꼭 쥐어야 하면 기다릴 줄 아는 뮤텍스를 쓴다.
pub async fn guard_held(stock: &tokio::sync::Mutex<u32>) -> u32 {
    let guard = stock.lock().await;
    yield_now().await;
    *guard
}
// ANCHOR_END: guard

// ANCHOR: recursion
/// `depth`층을 걸어 내려가며 층을 센다. 층마다 상자가 하나 생긴다.
pub async fn count(depth: u32) -> u32 {
    yield_now().await;
    if depth == 0 {
        return 0;
    }
    1 + Box::pin(count(depth - 1)).await
}
// ANCHOR_END: recursion

// ANCHOR: captures
/// 이름을 먼저 복사해 둔다. `use<>`는 `name`을 빌린 채로 있지 않겠다는 약속이다.
pub fn greeting(name: &str) -> impl Future<Output = String> + use<> {
    let name = String::from(name);
    async move {
        yield_now().await;
        format!("안녕하세요, {name} 님")
    }
}
// ANCHOR_END: captures

// ANCHOR: async_closure
/// 이름마다 `visit`을 부르고 끝나기를 기다린다.
pub async fn for_each(names: &[&str], mut visit: impl AsyncFnMut(&str)) {
    for name in names {
        visit(name).await;
    }
}
// ANCHOR_END: async_closure
