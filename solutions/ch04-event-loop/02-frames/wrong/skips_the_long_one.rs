// 너무 긴 프레임의 길이를 꺼내고 나서 거절합니다. 다시 물으면 그 본문의 첫 4바이트를 길이로 읽습니다.
// 잡는 테스트: a_refusal_is_final

use std::collections::VecDeque;

/// 길이를 적은 바이트의 수.
const HEADER: usize = 4;

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
    /// 늘 프레임의 첫 바이트에서 시작한다.
    buffer: VecDeque<u8>,
}

impl Decoder {
    /// 본문이 `limit`바이트를 넘는 프레임은 받지 않는다.
    pub fn new(limit: u32) -> Decoder {
        let buffer = VecDeque::new();
        Decoder { limit, buffer }
    }

    /// 소켓에서 읽은 바이트를 받아 둔다.
    pub fn feed(&mut self, bytes: &[u8]) {
        self.buffer.extend(bytes);
    }

    /// 다 온 프레임의 본문을 하나 꺼낸다. 덜 왔으면 `None`이다.
    pub fn decode(&mut self) -> Result<Option<Vec<u8>>, FrameError> {
        let Some(length) = self.length() else {
            return Ok(None);
        };
        if length > self.limit {
            self.buffer.drain(..HEADER);
            return Err(FrameError::TooLong { length });
        }
        let end = HEADER + length as usize;
        if self.buffer.len() < end {
            return Ok(None);
        }
        Ok(Some(self.buffer.drain(..end).skip(HEADER).collect()))
    }

    /// 상대가 다 보낸 다음에 하나 꺼낸다. 남은 것이 없으면 `None`이다.
    pub fn decode_eof(&mut self) -> Result<Option<Vec<u8>>, FrameError> {
        match self.decode()? {
            None if !self.buffer.is_empty() => Err(FrameError::Truncated {
                left: self.buffer.len(),
            }),
            frame => Ok(frame),
        }
    }

    /// 맨 앞의 프레임이 적은 길이.
    fn length(&self) -> Option<u32> {
        let header: Vec<u8> = self.buffer.iter().take(HEADER).copied().collect();
        header.try_into().ok().map(u32::from_be_bytes)
    }
}
