// 줄이 빌 때까지 꺼냅니다. 다시 선 연결까지 이번 바퀴에 읽으므로, 그 손님이 조용해지기 전에는 루프가 새 이벤트를 받지 못합니다.
// 잡는 테스트: a_chatterer_gets_only_its_share, a_short_read_is_not_a_dry_socket, another_event_is_not_another_turn, everyone_gets_one_turn_a_round, exactly_one_share_is_asked_again, the_rest_needs_no_new_event

use std::collections::VecDeque;
use std::io::{ErrorKind, Read};

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
        if self.sources[id].is_some() && !self.line.contains(&id) {
            self.line.push_back(id);
        }
    }

    /// 줄에 선 연결을 한 번씩 읽는다.
    pub fn turn(&mut self) -> Vec<Turn> {
        let mut turns = Vec::new();
        while let Some(id) = self.line.pop_front() {
            turns.push(self.serve(id));
        }
        turns
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
