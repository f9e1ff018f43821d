// 이벤트가 올 때마다 줄에 세웁니다. 자주 알리는 손님이 한 바퀴에 여러 몫을 읽고, 끝난 다음에 남은 차례에서 패닉합니다.
// 잡는 테스트: another_event_is_not_another_turn

use std::collections::VecDeque;
use std::io::{ErrorKind, Read};
use std::mem;

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
    /// 끝난 연결의 자리는 비운다.
    sources: Vec<Option<S>>,
    /// 읽을 것이 남았을지 모르는 연결. 끝난 연결은 서지 않는다.
    line: VecDeque<usize>,
    budget: usize,
}

impl<S: Read> Fair<S> {
    /// 한 차례에 연결마다 `budget`바이트까지 읽는다. `budget`은 1 이상이다.
    pub fn new(sources: Vec<S>, budget: usize) -> Fair<S> {
        Fair {
            sources: sources.into_iter().map(Some).collect(),
            line: VecDeque::new(),
            budget,
        }
    }

    /// 이 연결에 읽을 것이 생겼다는 이벤트가 왔다.
    pub fn ready(&mut self, id: usize) {
        if self.sources[id].is_some() {
            self.line.push_back(id);
        }
    }

    /// 줄에 선 연결을 한 번씩 읽는다.
    pub fn turn(&mut self) -> Vec<Turn> {
        // 줄을 통째로 꺼내므로, 다시 선 연결의 차례는 다음 바퀴이다.
        let waiting = mem::take(&mut self.line);
        waiting.into_iter().map(|id| self.serve(id)).collect()
    }

    /// 이어 읽을 연결이 남았으면 참.
    pub fn is_busy(&self) -> bool {
        !self.line.is_empty()
    }

    fn serve(&mut self, id: usize) -> Turn {
        let source = self.sources[id].as_mut().expect("끝난 연결은 서지 않는다");
        let mut bytes = vec![0; self.budget];
        let mut filled = 0;
        let ended = loop {
            if filled == self.budget {
                self.line.push_back(id);
                break false;
            }
            match source.read(&mut bytes[filled..]) {
                Ok(0) => break true,
                Ok(count) => filled += count,
                Err(error) if error.kind() == ErrorKind::WouldBlock => break false,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(_) => break true,
            }
        };
        if ended {
            self.sources[id] = None;
        }
        bytes.truncate(filled);
        Turn { id, bytes, ended }
    }
}
