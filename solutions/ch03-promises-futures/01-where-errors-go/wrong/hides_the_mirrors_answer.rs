// 안쪽 `catch`가 거울의 글을 읽는 `then`보다도 뒤에 있습니다. 거울이 답했는데도 그 글을 읽지 못하면 거울이 답하지 않은 것처럼 본 서버의 까닭을 말합니다.
// 잡는 테스트: an_unreadable_mirror_says_so

use ch03_01_promise::{IntoNext, Next, Promise};

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

/// 본 서버나 거울 서버의 답에서 값을 읽는다.
pub fn price<M, H>(main: Answer<String>, mirror: M, hide: H) -> Answer<u32>
where
    M: FnOnce() -> Answer<String> + 'static,
    H: FnOnce() + 'static,
{
    main.then_both(
        |text| read(text).into_next(),
        move |first| Next::Promise(mirror().then(read).catch(move |_| Err(first))),
    )
    .finally(move || {
        hide();
        Ok(())
    })
}
