//! 본 서버와 거울 서버에 차례로 묻는 사슬. 오류마다 갈 곳이 다르다.

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
    // 둘 다 답하지 않으면 첫 까닭을 다시 던진다.
    let from_mirror = move |first| mirror().catch(move |_| Err(first));
    main.catch(from_mirror).then(read).finally(move || {
        hide();
        Ok(())
    })
}
