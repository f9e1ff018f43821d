//! 같은 파일을 서버 세 곳에 청하고 먼저 온 것을 쓰려고 합니다. 서버마다 콜백을 하나씩 건네야 하는데
//! 결과를 받을 콜백 `done`은 하나입니다. `done` 하나를 콜백 여러 개로 나누는 `first`를 완성하세요.
//!
//! - 나눈 콜백 가운데 가장 먼저 불린 것의 값만 `done`에 건넵니다. 나머지 값은 버립니다.
//! - 나눈 콜백은 저마다 다른 스레드에서 불릴 수 있습니다.
//! - `done`이 도는 동안 나머지 콜백이 불려도 됩니다. 같은 스레드에서 `done`이 직접 부르기도 합니다.
//! - `done`이 패닉해도 나머지 콜백은 패닉하지 않습니다. 받은 값만 버립니다.
//! - `count`가 0이면 빈 목록을 돌려줍니다.

/// 나눈 콜백 하나.
pub type Callback<T> = Box<dyn FnOnce(T) + Send>;

/// `done`을 콜백 `count`개로 나눈다. 처음 불린 콜백만 `done`을 부른다.
pub fn first<T, D>(count: usize, done: D) -> Vec<Callback<T>>
where
    D: FnOnce(T) + Send + 'static,
{
    todo!("done을 콜백 {count}개로 나누세요")
}
