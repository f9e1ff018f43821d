// 자리를 뒤에서부터 빼며 그 차례로 소식을 넣습니다. 한 줄에 여럿이 밀려나면 소식이 거꾸로 옵니다.
// 잡는 테스트: one_line_may_push_out_several

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::mem;
use std::rc::Rc;

use ch04_10_mini_runtime::channel::{Receiver, Sender, channel};
use futures::FutureExt;

/// 모두가 나누어 쥐는 한 줄.
pub type Line = Rc<str>;

/// 이야기하는 방. 복제하면 같은 방이다.
#[derive(Clone)]
pub struct Room(Rc<RefCell<State>>);

struct State {
    capacity: usize,
    /// 앉은 사람들. 들어온 차례대로 있다.
    seats: BTreeMap<u64, Rc<Seat>>,
    tickets: u64,
    /// 아직 전하지 않은 줄들.
    outbox: VecDeque<Line>,
    /// 누가 이미 전하고 있다. 새 줄은 `outbox`에 넣기만 하면 된다.
    speaking: bool,
}

struct Seat {
    name: String,
    lines: Sender<Line>,
}

impl Room {
    /// 사람마다 듣지 않은 줄을 `capacity`개까지 담아 두는 방.
    ///
    /// # Panics
    ///
    /// `capacity`가 0이면 패닉한다.
    pub fn new(capacity: usize) -> Room {
        assert!(capacity > 0, "한 줄은 담을 수 있어야 합니다");
        Room(Rc::new(RefCell::new(State {
            capacity,
            seats: BTreeMap::new(),
            tickets: 0,
            outbox: VecDeque::new(),
            speaking: false,
        })))
    }

    /// 방에 들어간다.
    pub fn join(&self, name: &str) -> Member {
        let mut state = self.0.borrow_mut();
        let (tx, lines) = channel(state.capacity);
        state.tickets += 1;
        let (id, name) = (state.tickets, name.to_owned());
        let seat = Rc::new(Seat { name, lines: tx });
        state.seats.insert(id, Rc::clone(&seat));
        drop(state);
        self.announce(format!("{}님이 들어왔습니다", seat.name));
        let room = self.clone();
        Member { room, id, lines }
    }

    /// 방에 있는 사람의 수.
    pub fn len(&self) -> usize {
        self.0.borrow().seats.len()
    }

    /// 모두에게 전하고, 가득 찬 사람을 내보낸다.
    fn announce(&self, line: String) {
        let mut state = self.0.borrow_mut();
        state.outbox.push_back(line.into());
        if mem::replace(&mut state.speaking, true) {
            return; // 바깥에서 지금의 줄을 다 전한 다음에 전한다.
        }
        while let Some(line) = state.outbox.pop_front() {
            let mut seats = state.seats.clone();
            drop(state); // 넣으면 남의 `Waker`가 불린다.
            let is_full = |seat: &Seat| seat.lines.send(Rc::clone(&line)).now_or_never().is_none();
            seats.retain(|_, seat| is_full(seat));
            state = self.0.borrow_mut();
            for (id, seat) in seats.iter().rev() {
                if state.seats.remove(id).is_some() {
                    let news = format!("{}님이 밀려났습니다", seat.name);
                    state.outbox.push_back(news.into());
                }
            }
            drop(state);
            drop(seats); // 채널이 끝나며 또 `Waker`가 불린다.
            state = self.0.borrow_mut();
        }
        state.speaking = false;
    }
}

/// 방에 들어온 사람. 버리면 나간다.
pub struct Member {
    room: Room,
    id: u64,
    lines: Receiver<Line>,
}

impl Member {
    /// 모두에게 말한다. 방에 있으면 참이다.
    pub fn say(&self, text: &str) -> bool {
        let seat = self.room.0.borrow().seats.get(&self.id).cloned();
        let line = seat.map(|seat| format!("{}: {text}", seat.name));
        line.map(|line| self.room.announce(line)).is_some()
    }

    /// 다음 줄을 기다린다. 도중에 버려도 줄을 잃지 않는다.
    pub async fn next(&mut self) -> Option<Line> {
        self.lines.recv().await
    }
}

impl Drop for Member {
    fn drop(&mut self) {
        let seat = self.room.0.borrow_mut().seats.remove(&self.id);
        if let Some(seat) = seat {
            self.room.announce(format!("{}님이 나갔습니다", seat.name));
        }
    }
}
