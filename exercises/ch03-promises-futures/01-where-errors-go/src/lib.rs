//! 책의 값을 서버에 묻습니다. 본 서버가 답하지 않으면 거울 서버에 묻고, 다 끝나면 로딩 표시를 끕니다.
//! 사슬을 이어 두었는데 오류가 엉뚱한 곳으로 갑니다. 조각은 다 있으니 자리를 고쳐 `price`를 완성하세요.
//!
//! - 본 서버가 답하면 그 글에서 값을 읽습니다. 거울에는 묻지 않습니다.
//! - 본 서버가 거부하면 거울에 물어, 거울이 답한 글에서 값을 읽습니다.
//! - 둘 다 거부하면 본 서버의 까닭으로 거부합니다.
//! - 어느 서버의 답이든 수가 아니면 `Unreadable`로 거부합니다. 이 까닭으로 다른 서버에 묻거나, 이 까닭을 다른
//!   까닭으로 바꾸지 않습니다.
//! - 어느 쪽으로 끝나든 `hide`를 꼭 한 번 부릅니다. 거울의 답을 기다리는 동안에는 부르지 않고, `price`의
//!   프로미스에 걸린 콜백보다는 먼저 부릅니다.

use ch03_01_promise::Promise;

/// 값을 알아내지 못한 까닭.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// 이 이름의 서버가 답하지 않는다.
    Down(String),
    /// 답은 왔으나 수가 아니다. 받은 글을 그대로 담는다.
    Unreadable(String),
}

/// 서버 하나의 대답.
pub type Answer<T> = Promise<T, Failure>;

/// 받은 글에서 값(원)을 읽는다.
fn read(text: String) -> Result<u32, Failure> {
    text.parse().map_err(|_| Failure::Unreadable(text))
}

/// 본 서버의 답 `main`에서 값을 읽는다. 본 서버가 답하지 않으면 `mirror`로 거울 서버에 묻는다.
///
/// 어떻게 끝나든 `hide`로 로딩 표시를 끈다.
pub fn price<M, H>(main: Answer<String>, mirror: M, hide: H) -> Answer<u32>
where
    M: FnOnce() -> Answer<String> + 'static,
    H: FnOnce() + 'static,
{
    main.then(read)
        .finally(move || {
            hide();
            Ok(())
        })
        .catch(move |_| mirror().then(read))
}
