//! 쉬지 않고 보내는 손님의 소켓은 막히지 않습니다. `WouldBlock`이 나올 때까지 읽으면 그 손님 하나가 루프를 붙잡고,
//! 읽다 말면 에지 트리거는 남은 것을 다시 알려 주지 않습니다. 한 차례에 읽을 양을 정해 두고, 덜 읽은 연결은 루프가
//! 기억했다가 이어 읽는 `Fair`를 완성하세요.
//!
//! - `ready`는 연결을 줄의 뒤에 세웁니다. 이미 줄에 있거나 끝난 연결이면 아무 일도 없습니다.
//! - `turn`은 그때 줄에 서 있던 연결을 앞에서부터 한 번씩 읽고, 연결마다 `Turn`을 하나씩 읽은 순서대로 돌려줍니다.
//!   읽은 것이 없어도 빈 `bytes`로 하나를 돌려줍니다.
//! - 한 연결에서 한 차례에 읽는 것은 `budget`바이트까지입니다. 이것을 몫이라고 합시다. `read`는 달라는 것보다 적게
//!   줄 수 있으므로, 몫이 찼거나 `WouldBlock`이 나올 때까지 이어 읽습니다. `Interrupted`이면 다시 읽습니다.
//! - 몫을 다 쓴 연결은 새 이벤트가 없어도 다음 `turn`에서 이어 읽어야 하므로 줄의 뒤에 다시 섭니다.
//! - `WouldBlock`이 나온 연결은 줄에서 나갑니다. 새로 온 것이 있으면 이벤트가 다시 옵니다.
//! - `Ok(0)`이나 그 밖의 오류가 나온 연결은 끝난 것입니다. 그때까지 읽은 것과 함께 `ended`로 알리고, 다시는 읽지
//!   않습니다. 다른 연결은 그대로 돕니다.
//! - `is_busy`는 줄이 비지 않았는지 알려 줍니다. 참이면 `poll`에서 자지 말아야 합니다.

use std::io::Read;

/// 한 연결이 한 차례에 한 일.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// 연결의 번호. `sources`에서의 자리이다.
    pub id: usize,
    /// 이번에 읽은 것.
    pub bytes: Vec<u8>,
    /// 이 연결이 끝났으면 참.
    pub ended: bool,
}

/// 여러 연결을 번갈아 읽는 루프.
pub struct Fair<S> {
    sources: Vec<S>,
    budget: usize,
    // 누가 줄에 서 있고 누가 끝났는지 적어 둘 곳이 필요합니다.
}

impl<S: Read> Fair<S> {
    /// 한 차례에 연결마다 `budget`바이트까지 읽는다. `budget`은 1 이상이다.
    pub fn new(sources: Vec<S>, budget: usize) -> Fair<S> {
        Fair { sources, budget }
    }

    /// 이 연결에 읽을 것이 생겼다는 이벤트가 왔다.
    pub fn ready(&mut self, id: usize) {
        todo!("{id}번을 줄에 세우세요")
    }

    /// 줄에 선 연결을 한 번씩 읽는다.
    pub fn turn(&mut self) -> Vec<Turn> {
        todo!(
            "연결 {}개를 {}바이트씩 번갈아 읽으세요",
            self.sources.len(),
            self.budget
        )
    }

    /// 이어 읽을 연결이 남았으면 참.
    pub fn is_busy(&self) -> bool {
        todo!("줄이 비었는지 보세요")
    }
}
