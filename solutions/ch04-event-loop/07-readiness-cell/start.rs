//! 6절의 리액터는 읽는 태스크와 같은 스레드에서 돌았습니다. 이번에는 이벤트를 받는 스레드가 따로 있습니다. 그래서
//! 소켓을 읽어 보는 사이에도, 막힌 것을 보고 `Waker`를 맡기는 사이에도 새 이벤트가 올 수 있습니다. 그런 때에도
//! 깨움을 잃지 않는 `Readiness`를 완성하세요. 소켓 하나의 읽는 방향이고, 기다리는 태스크는 많아야 하나입니다.
//!
//! `poll_read(cx, buf, read)`
//! - 준비되었다고 적혀 있으면 `read`를 불러 봅니다. 적혀 있지 않으면 부르지 않고 기다립니다. 갓 만든 것은
//!   준비되었다고 칩니다.
//! - `read`가 `Interrupted`이면 곧바로 다시 합니다. 그 밖의 오류는 그대로 돌려줍니다.
//! - `WouldBlock`이면 준비와 닫힘을 지우고 기다립니다.
//! - `buf`를 다 채우지 못한 읽기(0보다 크고 `buf.len()`보다 작음)는 더 온 것이 없다는 뜻입니다. 읽은 것을 돌려주되
//!   준비를 지워서, 다음에는 `read`를 부르지 않고 기다리게 합니다. 닫혔다고 적혀 있으면 지우지 않습니다.
//! - `read`를 부른 다음에 새 이벤트가 왔으면 그 읽기의 결과로 준비나 닫힘을 지우지 않습니다. 그때의
//!   `WouldBlock`에는 다시 해 봅니다.
//! - 기다릴 때는 마지막 폴링의 `Waker`를 맡습니다. 맡아 둔 것과 같은 태스크를 깨운다면(`Waker::will_wake`) 복제하지
//!   않습니다.
//!
//! `set_ready`와 `set_closed`
//! - 이벤트가 왔을 때 다른 스레드가 부릅니다. 준비를 적고, 맡은 `Waker`가 있으면 한 번 깨우고 잊습니다.
//! - `set_closed`는 닫혔다고도 적습니다. 상대가 끝냈거나 오류가 났고, 다음 이벤트는 오지 않습니다.
//! - `read`와 `Waker`는 남의 코드입니다. 부르는 동안 락을 쥐지 않습니다. 그 속에서 이 `Readiness`를 또 쓸 수
//!   있습니다.

use std::io;
use std::task::{Context, Poll};

/// 소켓을 읽어 볼 때가 되었는지 적어 두는 곳.
pub struct Readiness {
    // 준비와 닫힘, 기다리는 `Waker`, 그리고 그 사이에 이벤트가 왔는지 알아볼 것이 필요합니다.
}

impl Default for Readiness {
    fn default() -> Readiness {
        Readiness::new()
    }
}

impl Readiness {
    /// 준비된 것으로 시작한다.
    pub fn new() -> Readiness {
        Readiness {}
    }

    /// 읽을 것이 왔다.
    pub fn set_ready(&self) {
        todo!("준비를 적고 깨우세요")
    }

    /// 상대가 끝냈거나 오류가 났다.
    pub fn set_closed(&self) {
        todo!("준비와 닫힘을 적고 깨우세요")
    }

    /// 준비되었으면 읽어 보고, 아니면 기다린다.
    pub fn poll_read(
        &self,
        cx: &mut Context<'_>,
        buf: &mut [u8],
        mut read: impl FnMut(&mut [u8]) -> io::Result<usize>,
    ) -> Poll<io::Result<usize>> {
        let _ = cx;
        let _ = read(buf);
        todo!("읽은 결과에 따라 돌려주거나, 기다리거나, 다시 하세요")
    }
}
