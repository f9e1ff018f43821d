//! 소켓의 `read`는 프레임의 경계를 모릅니다. 프레임 하나가 여러 번에 나뉘어 오기도 하고, 여럿이 한 번에 오기도 합니다.
//! 앞에 길이가 붙은 프레임을 잘리는 곳과 상관없이 되찾는 `Decoder`를 완성하세요.
//!
//! - 프레임은 4바이트 길이(빅 엔디언 `u32`)와 그만큼의 본문입니다. 길이가 0인 프레임도 프레임입니다.
//! - `feed`는 읽은 바이트를 받아 둡니다.
//! - `decode`는 다 온 프레임을 앞에서부터 하나씩 꺼냅니다. 덜 왔으면 `Ok(None)`이고, 받아 둔 것은 그대로 남습니다.
//! - 길이가 `limit`보다 크면 본문을 기다리지 않고 길이가 온 때에 `TooLong`을 돌려줍니다. 그 앞의 프레임은 먼저
//!   나옵니다. 한 번 돌려준 다음에는 무엇을 더 받아도 같은 오류만 돌려줍니다.
//! - 상대가 다 보냈으면 `decode` 대신 `decode_eof`를 부릅니다. `decode`와 똑같이 프레임이나 `TooLong`을 돌려줍니다.
//!   더 꺼낼 프레임이 없는데 바이트가 남았으면 그 수를 적은 `Truncated`, 남은 바이트도 없으면 `Ok(None)`입니다.

/// 되찾을 수 없는 까닭.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FrameError {
    /// 길이가 한도를 넘는다.
    TooLong {
        /// 상대가 적은 길이. 단위는 바이트이다.
        length: u32,
    },
    /// 프레임 가운데에서 끝났다.
    Truncated {
        /// 프레임이 되지 못하고 남은 바이트의 수. 길이를 적은 4바이트도 센다.
        left: usize,
    },
}

/// 바이트의 흐름에서 프레임을 되찾는다.
pub struct Decoder {
    limit: u32,
    // 아직 프레임이 되지 못한 바이트를 둘 곳이 필요합니다.
}

impl Decoder {
    /// 본문이 `limit`바이트를 넘는 프레임은 받지 않는다.
    pub fn new(limit: u32) -> Decoder {
        Decoder { limit }
    }

    /// 소켓에서 읽은 바이트를 받아 둔다.
    pub fn feed(&mut self, bytes: &[u8]) {
        todo!("{}바이트를 받아 두세요", bytes.len())
    }

    /// 다 온 프레임의 본문을 하나 꺼낸다. 덜 왔으면 `None`이다.
    pub fn decode(&mut self) -> Result<Option<Vec<u8>>, FrameError> {
        todo!("본문이 {}바이트까지인 프레임을 꺼내세요", self.limit)
    }

    /// 상대가 다 보낸 다음에 하나 꺼낸다. 남은 것이 없으면 `None`이다.
    pub fn decode_eof(&mut self) -> Result<Option<Vec<u8>>, FrameError> {
        todo!("프레임 사이에서 끝났는지 가운데에서 끝났는지 가리세요")
    }
}
