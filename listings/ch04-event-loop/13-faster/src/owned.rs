//! 런타임이 쥔 태스크의 목록. 칸 하나가 8바이트이고, 넣고 빼는 데 다른 태스크를 건드리지 않는다.

use std::mem;

/// 태스크마다 칸 하나. 빈 칸의 번호는 따로 모아 둔다.
pub(crate) struct Owned<T> {
    slots: Vec<Option<T>>,
    free: Vec<u32>,
}

impl<T> Owned<T> {
    pub(crate) const fn new() -> Owned<T> {
        Owned { slots: Vec::new(), free: Vec::new() }
    }

    /// `make`에 칸의 번호를 주고, 만든 것을 거기에 넣는다. 번호는 2의 31제곱보다 작다.
    pub(crate) fn insert<R>(&mut self, make: impl FnOnce(u32) -> (T, R)) -> R {
        let index = self.free.pop().unwrap_or_else(|| {
            self.slots.push(None);
            self.slots.len() as u32 - 1
        });
        assert!(index < 1 << 31, "태스크가 너무 많습니다");
        let (task, rest) = make(index);
        self.slots[index as usize] = Some(task);
        rest
    }

    pub(crate) fn remove(&mut self, index: u32) {
        self.slots[index as usize] = None;
        self.free.push(index);
    }

    /// 모두 꺼낸다.
    pub(crate) fn drain(&mut self) -> impl Iterator<Item = T> + use<T> {
        self.free.clear();
        mem::take(&mut self.slots).into_iter().flatten()
    }
}
