//! 지점 여럿에 재고를 물었는데 `done`이 불리지 않습니다. 어느 지점이 답하지 않았는지도 알 수 없습니다.
//! 답하지 않은 지점의 이름까지 모아 주는 `gather`를 완성하세요.
//!
//! - 이름마다 콜백을 하나씩 만들어 이름의 차례대로 돌려줍니다.
//! - 콜백이 모두 불리거나 버려지면 `done`을 한 번 부릅니다. 일이 패닉해서 버려진 것도 같습니다.
//! - `done`은 이름과 답의 짝을 이름의 차례대로 받습니다. 불리지 않고 버려진 콜백의 답은 `None`입니다.
//! - 같은 이름이 두 번 나와도 서로 다른 요청입니다.
//! - `done`이 패닉해도 다시 부르지 않습니다. 일이 패닉해서 되감는 중에 불린 `done`이 또 패닉해도, 프로세스가
//!   중단되면 안 됩니다.
//! - 이름이 하나도 없으면 `gather`가 돌아오기 전에 빈 목록으로 `done`을 부릅니다.

/// 지점 하나의 답을 받는 콜백.
pub type Callback<T> = Box<dyn FnOnce(T) + Send>;

/// 이름과 답의 짝. 답하지 않았으면 `None`이다.
pub type Answers<T> = Vec<(String, Option<T>)>;

/// `names`마다 콜백을 하나씩 만든다. 모두 불리거나 버려지면 모은 답으로 `done`을 부른다.
pub fn gather<T, D>(names: &[&str], done: D) -> Vec<Callback<T>>
where
    T: Send + 'static,
    D: FnOnce(Answers<T>) + Send + 'static,
{
    let _ = done;
    todo!("{}곳의 답을 모으세요", names.len())
}
