//! 일 만 개를 처리 함수 하나에서 돌리면 그동안 루프가 멈춥니다. 몇 개씩 나누어 돌리려니, 일마다 걸리는 시간이
//! 달라서 개수로는 조각의 길이를 정할 수 없습니다. 일마다 밝힌 비용으로 조각을 나누는 `each`를 완성하세요.
//!
//! - `each`는 루프에 세우기만 합니다. 일도 `done`도 `each`를 부른 자리에서 돌면 안 됩니다.
//! - 한 차례(`Loop::post`로 세운 처리 함수 하나)에 돌린 일의 `cost`를 더한 것은 `budget`을 넘지 않습니다. 혼자서
//!   `budget`을 넘는 일만은 그 일 하나로 한 차례를 씁니다.
//! - 일은 받은 순서대로 돌립니다. 다음 일이 넘치지 않으면 이번 차례에 돌리고, 넘치면 그 뒤의 작은 일을 먼저 돌리지
//!   않고 차례를 넘깁니다.
//! - 차례를 넘길 때에는 루프의 뒤에 다시 섭니다. 먼저 서 있던 처리 함수가 그 사이에 돕니다.
//! - 마지막 일을 돌린 차례에서 곧바로 `done`을 한 번 부릅니다. 일이 하나도 없으면 첫 차례에 부릅니다.
//! - `Cancel::cancel`을 부르면 같은 차례의 나머지까지 더는 일을 시작하지 않습니다. 일 안에서 불렀으면 그 차례에,
//!   차례 밖에서 불렀으면 다음 차례에 `done`을 부릅니다. 이미 끝났으면 아무 일도 없습니다.

/// 처리 함수를 하나씩 부르는 루프. 테스트가 만들어 줍니다.
pub trait Loop: Sized + 'static {
    /// 루프의 뒤에 세운다. 그 자리에서 부르지는 않는다.
    fn post(&mut self, handler: Box<dyn FnOnce(&mut Self)>);
}

/// 일 하나.
pub struct Job<R> {
    /// 걸린다고 밝힌 비용.
    pub cost: u64,
    /// 할 일.
    pub run: Box<dyn FnOnce() -> R>,
}

/// 다 돌렸거나 그만둔 결과.
#[derive(Debug, PartialEq, Eq)]
pub struct Report<R> {
    /// 돌린 일의 결과. 받은 차례대로이다.
    pub results: Vec<R>,
    /// 시작하지 않은 일의 수. 다 돌렸으면 0이다.
    pub left: usize,
}

/// 그만두게 하는 손잡이. 버려도 그만두지 않는다.
#[derive(Clone)]
pub struct Cancel {
    // 그만두었는지 적어 둘 곳이 필요합니다.
}

impl Cancel {
    /// 남은 일을 시작하지 않게 한다.
    pub fn cancel(&self) {
        todo!("그만두었다고 적으세요")
    }
}

/// `jobs`를 한 차례에 `budget`까지만 돌리고, 끝나면 `done`을 부른다.
pub fn each<L, R, D>(on: &mut L, jobs: Vec<Job<R>>, budget: u64, done: D) -> Cancel
where
    L: Loop,
    R: 'static,
    D: FnOnce(&mut L, Report<R>) + 'static,
{
    let _ = (on, done);
    todo!("일 {}개를 {budget}씩 나누어 돌리세요", jobs.len())
}
