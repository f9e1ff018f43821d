//! 빈자리를 다시 쓰는 목록. 옛 열쇠로는 새 주인을 건드릴 수 없다.

// ANCHOR: key
/// 넣은 값의 열쇠. 자리의 번호와, 다시 쓰지 않는 번호표이다.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    pub(crate) index: u32,
    pub(crate) ticket: u64,
}

struct Slot<N> {
    ticket: u64,
    node: Option<N>,
}

pub(crate) struct Slots<N> {
    slots: Vec<Slot<N>>,
    free: Vec<u32>,
    next_ticket: u64,
}
// ANCHOR_END: key

impl<N> Slots<N> {
    pub(crate) fn new() -> Slots<N> {
        Slots {
            slots: Vec::new(),
            free: Vec::new(),
            next_ticket: 0,
        }
    }

    // ANCHOR: slots
    pub(crate) fn insert(&mut self, node: N) -> Key {
        let (ticket, node) = (self.next_ticket, Some(node));
        self.next_ticket += 1;
        let index = self.free.pop().unwrap_or_else(|| {
            let index = u32::try_from(self.slots.len()).expect("타이머가 너무 많습니다");
            self.slots.push(Slot { ticket, node: None });
            index
        });
        self.slots[index as usize] = Slot { ticket, node };
        Key { index, ticket }
    }

    /// 번호표가 다르면 그 자리에는 이미 다른 것이 있다.
    pub(crate) fn contains(&self, key: Key) -> bool {
        let slot = self.slots.get(key.index as usize);
        slot.is_some_and(|slot| slot.ticket == key.ticket && slot.node.is_some())
    }

    pub(crate) fn take(&mut self, index: u32) -> N {
        self.free.push(index);
        let node = self.slots[index as usize].node.take();
        node.expect("빈자리를 꺼내지 않는다")
    }
    // ANCHOR_END: slots

    pub(crate) fn len(&self) -> usize {
        self.slots.len() - self.free.len()
    }

    pub(crate) fn get(&self, index: u32) -> &N {
        let node = self.slots[index as usize].node.as_ref();
        node.expect("빈자리를 보지 않는다")
    }

    pub(crate) fn get_mut(&mut self, index: u32) -> &mut N {
        let node = self.slots[index as usize].node.as_mut();
        node.expect("빈자리를 보지 않는다")
    }
}
