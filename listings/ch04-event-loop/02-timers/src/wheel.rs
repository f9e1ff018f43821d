//! 여러 층의 타이밍 휠. 넣고 취소하는 데 비교도 검색도 없다.
//!
//! G. Varghese, T. Lauck, "Hashed and Hierarchical Timing Wheels", SOSP 1987.

use std::collections::BTreeMap;

use crate::Timers;
use crate::slots::{Key, Slots};

/// 한 층의 칸은 64개이다. 어느 칸이 찼는지 `u64` 하나에 적는다.
const BITS: u32 = 6;
const SLOTS: usize = 1 << BITS;

struct Node<T> {
    deadline: u64,
    prev: Option<u32>,
    next: Option<u32>,
    value: T,
}

/// 자리의 번호로 이은 목록. 가운데의 것도 바로 뺀다.
#[derive(Clone, Copy, Default)]
struct List {
    head: Option<u32>,
    tail: Option<u32>,
}

// ANCHOR: list
impl List {
    fn push_back<T>(&mut self, nodes: &mut Slots<Node<T>>, index: u32) {
        let node = nodes.get_mut(index);
        (node.prev, node.next) = (self.tail, None);
        match self.tail.replace(index) {
            Some(tail) => nodes.get_mut(tail).next = Some(index),
            None => self.head = Some(index),
        }
    }

    fn remove<T>(&mut self, nodes: &mut Slots<Node<T>>, index: u32) {
        let Node { prev, next, .. } = *nodes.get(index);
        match prev {
            Some(prev) => nodes.get_mut(prev).next = next,
            None => self.head = next,
        }
        match next {
            Some(next) => nodes.get_mut(next).prev = prev,
            None => self.tail = prev,
        }
    }
}
// ANCHOR_END: list

struct Level {
    occupied: u64,
    lists: [List; SLOTS],
}

// ANCHOR: wheel
/// 여러 층의 휠. `next_deadline`은 하한이다.
pub struct Wheel<T> {
    /// 칸들을 여기까지 보았다.
    elapsed: u64,
    /// 받은 `now` 가운데 가장 늦은 것.
    now: u64,
    nodes: Slots<Node<T>>,
    due: List,
    levels: Vec<Level>,
    beyond: BTreeMap<u64, List>,
    moves: u64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// 기한이 되어 꺼내기만 하면 된다.
    Due,
    Slot(usize, usize),
    /// 휠이 이만큼 더 돈 다음의 것이다.
    Beyond(u64),
}
// ANCHOR_END: wheel

impl<T> Wheel<T> {
    /// 6층짜리 휠을 만든다. 1틱이 1밀리초이면 휠 한 바퀴가 두 해를 넘는다.
    pub fn new() -> Wheel<T> {
        Wheel::with_levels(6)
    }

    /// 층의 수를 정해 만든다. 휠의 범위는 64의 `levels`제곱 틱이고, 그 밖의 것은 따로 둔다.
    ///
    /// # Panics
    ///
    /// `levels`가 1부터 10까지가 아니면 패닉한다.
    pub fn with_levels(levels: usize) -> Wheel<T> {
        assert!((1..=10).contains(&levels), "층은 1개부터 10개까지입니다");
        let level = || Level {
            occupied: 0,
            lists: [List::default(); SLOTS],
        };
        Wheel {
            elapsed: 0,
            now: 0,
            nodes: Slots::new(),
            due: List::default(),
            levels: std::iter::repeat_with(level).take(levels).collect(),
            beyond: BTreeMap::new(),
            moves: 0,
        }
    }

    /// 아직 꺼내지 않은 값의 수.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// 남은 값이 없는가.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// 아직 꺼내거나 취소하지 않은 값. 이미 없으면 `None`이다.
    pub fn get_mut(&mut self, key: Key) -> Option<&mut T> {
        let live = self.nodes.contains(key);
        live.then(|| &mut self.nodes.get_mut(key.index).value)
    }

    /// 지금까지 항목을 목록에 건 횟수. 넣은 것과 내려보낸 것을 모두 센다.
    pub fn moves(&self) -> u64 {
        self.moves
    }

    /// 이 열쇠의 항목이 걸린 층과 칸. 기한이 되었거나 범위 밖이면 `None`이다.
    pub fn position(&self, key: Key) -> Option<(usize, usize)> {
        let live = self.nodes.contains(key);
        match self.place(live.then(|| self.nodes.get(key.index).deadline)?) {
            Place::Slot(level, slot) => Some((level, slot)),
            Place::Due | Place::Beyond(_) => None,
        }
    }

    // ANCHOR: place
    /// 기한이 놓일 자리. 지금과 달라지는 가장 높은 자릿수가 층이고, 그 자리의 숫자가 칸이다.
    fn place(&self, deadline: u64) -> Place {
        let Some(bit) = (self.elapsed ^ deadline).checked_ilog2() else {
            return Place::Due;
        };
        let level = (bit / BITS) as usize;
        if level >= self.levels.len() {
            return Place::Beyond(deadline >> self.range_bits());
        }
        Place::Slot(level, digit(deadline, level))
    }
    // ANCHOR_END: place

    fn range_bits(&self) -> u32 {
        BITS * self.levels.len() as u32
    }

    fn link(&mut self, index: u32) {
        let place = self.place(self.nodes.get(index).deadline);
        let list = match place {
            Place::Due => &mut self.due,
            Place::Slot(level, slot) => {
                self.levels[level].occupied |= 1 << slot;
                &mut self.levels[level].lists[slot]
            }
            Place::Beyond(turn) => self.beyond.entry(turn).or_default(),
        };
        list.push_back(&mut self.nodes, index);
        self.moves += 1;
    }

    // ANCHOR: unlink
    fn unlink(&mut self, index: u32) {
        let place = self.place(self.nodes.get(index).deadline);
        let mut list = self.detach(place);
        list.remove(&mut self.nodes, index);
        if list.head.is_some() {
            self.attach(place, list);
        }
    }

    /// 목록을 통째로 뗀다.
    fn detach(&mut self, place: Place) -> List {
        match place {
            Place::Due => std::mem::take(&mut self.due),
            Place::Slot(level, slot) => {
                self.levels[level].occupied &= !(1 << slot);
                std::mem::take(&mut self.levels[level].lists[slot])
            }
            Place::Beyond(turn) => self.beyond.remove(&turn).unwrap_or_default(),
        }
    }
    // ANCHOR_END: unlink

    fn attach(&mut self, place: Place, list: List) {
        match place {
            Place::Due => self.due = list,
            Place::Slot(level, slot) => {
                self.levels[level].occupied |= 1 << slot;
                self.levels[level].lists[slot] = list;
            }
            Place::Beyond(turn) => {
                self.beyond.insert(turn, list);
            }
        }
    }

    // ANCHOR: next_list
    /// 다음에 볼 목록과, 그 목록의 시간이 시작되는 틱. 낮은 층이 늘 먼저이다.
    fn next_list(&self) -> Option<(Place, u64)> {
        let full = |level: &Level| level.occupied != 0;
        if let Some(level) = self.levels.iter().position(full) {
            let slot = self.levels[level].occupied.trailing_zeros() as usize;
            let low = BITS * level as u32;
            let above = self.elapsed >> low >> BITS << BITS;
            return Some((Place::Slot(level, slot), (above | slot as u64) << low));
        }
        let (&turn, _) = self.beyond.first_key_value()?;
        Some((Place::Beyond(turn), turn << self.range_bits()))
    }
    // ANCHOR_END: next_list
}

/// 64진법으로 쓴 `ticks`의 `level`번째 숫자.
fn digit(ticks: u64, level: usize) -> usize {
    (ticks >> (BITS * level as u32)) as usize % SLOTS
}

impl<T> Default for Wheel<T> {
    fn default() -> Wheel<T> {
        Wheel::new()
    }
}

impl<T> Timers<T> for Wheel<T> {
    // ANCHOR: insert
    fn insert(&mut self, deadline: u64, value: T) -> Key {
        let key = self.nodes.insert(Node {
            deadline: deadline.max(self.now),
            prev: None,
            next: None,
            value,
        });
        self.link(key.index);
        key
    }

    fn cancel(&mut self, key: Key) -> Option<T> {
        if !self.nodes.contains(key) {
            return None;
        }
        self.unlink(key.index);
        Some(self.nodes.take(key.index).value)
    }
    // ANCHOR_END: insert

    fn next_deadline(&self) -> Option<u64> {
        match self.due.head {
            Some(_) => Some(self.elapsed),
            None => self.next_list().map(|(_, start)| start),
        }
    }

    // ANCHOR: pop
    fn pop(&mut self, now: u64) -> Option<T> {
        self.now = self.now.max(now);
        while self.due.head.is_none() {
            let next = self.next_list();
            let Some((place, start)) = next.filter(|(_, start)| *start <= self.now) else {
                self.elapsed = self.now;
                return None;
            };
            self.elapsed = start;
            let mut list = self.detach(place);
            while let Some(index) = list.head {
                list.remove(&mut self.nodes, index);
                self.link(index);
            }
        }
        let index = self.due.head?;
        self.due.remove(&mut self.nodes, index);
        Some(self.nodes.take(index).value)
    }
    // ANCHOR_END: pop
}
