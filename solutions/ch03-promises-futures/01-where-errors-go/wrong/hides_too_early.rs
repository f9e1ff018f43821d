// `finally`가 되살리는 `catch`보다 앞에 있습니다. 본 서버가 거부하자마자 표시를 끄고, 정작 거울의 답을 기다리는 동안에는 표시가 없습니다.
// 잡는 테스트: the_mark_stays_while_the_mirror_is_asked

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

/// 본 서버나 거울 서버의 답에서 값을 읽는다.
pub fn price<M, H>(main: Answer<String>, mirror: M, hide: H) -> Answer<u32>
where
    M: FnOnce() -> Answer<String> + 'static,
    H: FnOnce() + 'static,
{
    main.finally(move || {
        hide();
        Ok(())
    })
    .catch(move |first| mirror().catch(move |_| Err(first)))
    .then(read)
}
