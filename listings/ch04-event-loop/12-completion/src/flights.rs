//! 맡긴 일의 표. 버퍼의 주인은 일이 끝날 때까지 이 표이다.

use std::cell::RefCell;
use std::mem;
use std::rc::Rc;

use ch04_01_readiness::slots::Slots;
use mio::Token;

use crate::driver::Key;
use crate::op::Op;

// ANCHOR: flights
/// 맡겨서 아직 끝나지 않은 일들.
#[derive(Default)]
pub(crate) struct Flights {
    table: Slots<Flight>,
    /// 번호표를 버린 일들. 버리는 쪽은 드라이버를 빌리지 못해 여기에 적는다.
    dropped: Rc<RefCell<Vec<Key>>>,
    /// 취소해 달라고 한 일들.
    cancels: Vec<Key>,
}

pub(crate) struct Flight {
    key: Key,
    pub(crate) op: Op,
    /// 결과를 기다리는 쪽이 없다.
    pub(crate) abandoned: bool,
}

/// 맡긴 일의 번호표. 버리면 그 일은 취소된다.
#[must_use = "버리면 맡긴 일이 취소된다"]
pub struct Ticket {
    key: Key,
    dropped: Rc<RefCell<Vec<Key>>>,
}
// ANCHOR_END: flights

impl Ticket {
    /// 이 일의 열쇠. 끝난 일의 열쇠는 다시 쓰이지 않는다.
    pub fn key(&self) -> Key {
        self.key
    }
}

// ANCHOR: dropped
impl Drop for Ticket {
    fn drop(&mut self) {
        self.dropped.borrow_mut().push(self.key);
    }
}

impl Flights {
    /// 지금 취소를 부탁해야 할 일들. 이미 끝난 일의 열쇠는 거른다.
    pub(crate) fn take_cancels(&mut self) -> Vec<Key> {
        let mut keys = mem::take(&mut self.cancels);
        for key in self.dropped.take() {
            if let Some(flight) = self.table.get_mut(key) {
                flight.abandoned = true;
                keys.push(key);
            }
        }
        keys.retain(|&key| self.table.get_mut(key).is_some());
        keys
    }
    // ANCHOR_END: dropped

    pub(crate) fn add(&mut self, op: Op) -> Ticket {
        let key = self.table.insert(Flight {
            key: Token(usize::MAX), // 칸이 정해져야 알 수 있다.
            op,
            abandoned: false,
        });
        self.table.get_mut(key).expect("방금 넣었다").key = key;
        let dropped = Rc::clone(&self.dropped);
        Ticket { key, dropped }
    }

    pub(crate) fn cancel(&mut self, key: Key) {
        self.cancels.push(key);
    }

    pub(crate) fn get(&mut self, key: Key) -> Option<&mut Flight> {
        self.table.get_mut(key)
    }

    /// 끝난 일을 표에서 꺼낸다. 버퍼는 이때 비로소 움직인다.
    pub(crate) fn land(&mut self, key: Key) -> Option<Flight> {
        self.table.remove(key)
    }

    /// 남은 일을 모두 버린 것으로 한다.
    #[cfg(target_os = "linux")]
    pub(crate) fn abandon_all(&mut self) {
        let keys = self.table.values().map(|flight| flight.key);
        self.dropped.borrow_mut().extend(keys);
    }

    pub(crate) fn len(&self) -> usize {
        self.table.len()
    }
}

#[cfg(test)]
mod tests {
    use std::net::{TcpListener, TcpStream};

    use super::*;

    // ANCHOR: kept
    #[test]
    fn the_buffer_stays_until_the_completion_lands() -> std::io::Result<()> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let stream = TcpStream::connect(listener.local_addr()?)?;
        let mut flights = Flights::default();
        let ticket = flights.add(Op::Recv(stream, vec![0; 16]));
        let key = ticket.key();

        drop(ticket);
        assert_eq!(flights.take_cancels(), [key]);
        assert_eq!(flights.len(), 1, "취소를 부탁한 것만으로는 해제하지 않는다");

        let landed = flights.land(key).expect("완료가 왔다");
        assert!(landed.abandoned);
        assert_eq!(flights.len(), 0);
        Ok(())
    }
    // ANCHOR_END: kept
}
