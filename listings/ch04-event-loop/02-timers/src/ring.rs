//! 칸을 돌려 쓰는 한 층짜리 고리.

// ANCHOR: ring
pub const SLOTS: usize = 64;

/// 기한을 칸의 수로 나눈 나머지가 자리이다.
pub struct Ring<T> {
    slots: [Vec<(u64, T)>; SLOTS],
    pub now: u64,
    /// 지금까지 들여다본 항목의 수.
    pub looks: u64,
}

impl<T> Ring<T> {
    pub fn insert(&mut self, deadline: u64, value: T) {
        let slot = deadline as usize % SLOTS;
        self.slots[slot].push((deadline, value));
    }

    /// 다음 틱으로 가서 그 칸에서 꺼낸다.
    pub fn tick(&mut self, is_due: fn(u64, u64) -> bool) -> Vec<T> {
        self.now += 1;
        let (now, slot) = (self.now, self.now as usize % SLOTS);
        self.looks += self.slots[slot].len() as u64;
        let due = self.slots[slot].extract_if(.., |(deadline, _)| is_due(*deadline, now));
        due.map(|(_, value)| value).collect()
    }
}
// ANCHOR_END: ring

// ANCHOR: is_due
/// 칸이 돌아왔으면 기한이라고 믿는다.
pub fn trusting(_deadline: u64, _now: u64) -> bool {
    true
}

/// 기한까지 보고 확인한다.
pub fn checking(deadline: u64, now: u64) -> bool {
    deadline == now
}
// ANCHOR_END: is_due

impl<T> Ring<T> {
    pub fn new() -> Ring<T> {
        Ring {
            slots: [const { Vec::new() }; SLOTS],
            now: 0,
            looks: 0,
        }
    }
}
