//! 연결을 담는 칸들. 칸을 다시 쓸 때마다 세대가 바뀌어, 옛 토큰으로는 새 연결을 얻지 못한다.

use mio::Token;

const _: () = assert!(usize::BITS == 64, "토큰 하나에 번호와 세대를 함께 담는다");

// ANCHOR: slots
/// 번호로 찾는 칸들. 빈 칸을 다시 쓴다.
pub struct Slots<T> {
    pub(crate) slots: Vec<Slot<T>>,
    pub(crate) free: Vec<usize>,
}

pub(crate) struct Slot<T> {
    generation: u32,
    pub(crate) value: Option<T>,
}

/// 위 32비트가 세대, 아래 32비트가 칸의 번호이다.
fn token(index: usize, generation: u32) -> Token {
    Token((generation as usize) << 32 | index)
}

pub(crate) fn parts(token: Token) -> (usize, u32) {
    (token.0 & 0xffff_ffff, (token.0 >> 32) as u32)
}
// ANCHOR_END: slots

impl<T> Slots<T> {
    /// 빈 칸들.
    pub fn new() -> Slots<T> {
        Slots {
            slots: Vec::new(),
            free: Vec::new(),
        }
    }

    /// 값을 빈 칸에 넣고 그 칸의 토큰을 돌려준다. 빈 칸이 없으면 늘린다.
    pub fn insert(&mut self, value: T) -> Token {
        let index = self.free.pop().unwrap_or_else(|| {
            self.slots.push(Slot {
                generation: 0,
                value: None,
            });
            self.slots.len() - 1
        });
        self.slots[index].value = Some(value);
        token(index, self.slots[index].generation)
    }

    // ANCHOR: get
    /// 토큰을 준 뒤로 칸의 주인이 바뀌었으면 `None`을 돌려준다.
    pub fn get_mut(&mut self, token: Token) -> Option<&mut T> {
        let (index, generation) = parts(token);
        let slot = self.slots.get_mut(index)?;
        slot.value
            .as_mut()
            .filter(|_| slot.generation == generation)
    }

    /// 값을 꺼내고 세대를 올린다.
    pub fn remove(&mut self, token: Token) -> Option<T> {
        self.get_mut(token)?;
        let (index, _) = parts(token);
        let slot = &mut self.slots[index];
        slot.generation = slot.generation.wrapping_add(1);
        self.free.push(index);
        slot.value.take()
    }
    // ANCHOR_END: get

    /// 든 칸의 수.
    pub fn len(&self) -> usize {
        self.slots.len() - self.free.len()
    }

    /// 든 칸이 없는가.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// 든 값들을 모두 꺼낸다.
    pub fn into_values(self) -> impl Iterator<Item = T> {
        self.slots.into_iter().filter_map(|slot| slot.value)
    }

    /// 든 값들.
    pub fn values(&self) -> impl Iterator<Item = &T> {
        self.slots.iter().filter_map(|slot| slot.value.as_ref())
    }
}

impl<T> Default for Slots<T> {
    fn default() -> Self {
        Slots::new()
    }
}
