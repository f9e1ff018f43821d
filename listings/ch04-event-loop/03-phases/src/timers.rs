//! 길이마다 줄을 세운 타이머.

use std::collections::{BTreeMap, HashMap, VecDeque};

use crate::Callback;

// ANCHOR: lines
/// 길이가 같은 타이머는 한 줄에 선다. 먼저 걸린 것이 먼저 울리므로 줄의 머리만 보면 된다.
#[derive(Default)]
pub struct Timers {
    lines: HashMap<u64, VecDeque<Timer>>,
    /// 머리가 울릴 시각과 줄의 번호로 늘어놓은 줄의 길이.
    heads: BTreeMap<(u64, u64), u64>,
    next_id: u64,
    /// libuv에 건 하나뿐인 타이머. 이 시각이 되어야 timers 단계가 줄을 본다.
    alarm: Option<u64>,
}

struct Timer {
    start: u64,
    callback: Callback,
}
// ANCHOR_END: lines

impl Timers {
    // ANCHOR: insert
    pub fn insert(&mut self, ms: u64, start: u64, callback: Callback) {
        if !self.lines.contains_key(&ms) {
            self.add_head(start + ms, ms);
            self.alarm = self.alarm.into_iter().chain([start + ms]).min();
        }
        let line = self.lines.entry(ms).or_default();
        line.push_back(Timer { start, callback });
    }

    fn add_head(&mut self, expiry: u64, ms: u64) {
        self.heads.insert((expiry, self.next_id), ms);
        self.next_id += 1;
    }
    // ANCHOR_END: insert

    pub fn alarm(&self) -> Option<u64> {
        self.alarm
    }

    // ANCHOR: alarm
    /// 가장 먼저 울릴 머리에 맞춘다. 이미 지난 시각이어도 적어도 1밀리초 뒤이다.
    pub fn set_alarm(&mut self, time: u64) {
        let first = self.heads.keys().next();
        self.alarm = first.map(|(expiry, _)| (*expiry).max(time + 1));
    }
    // ANCHOR_END: alarm

    // ANCHOR: due
    /// `now`까지 울렸어야 할 것 하나를 꺼낸다.
    pub fn pop_due(&mut self, now: u64) -> Option<Callback> {
        loop {
            let head = self.heads.first_entry()?;
            let ((expiry, _), ms) = (*head.key(), *head.get());
            if expiry > now {
                return None;
            }
            let line = self.lines.get_mut(&ms).expect("머리가 있으면 줄도 있다");
            match line.front().map(|timer| timer.start + ms) {
                Some(due) if due <= now => return line.pop_front().map(|timer| timer.callback),
                Some(due) => {
                    head.remove();
                    self.add_head(due.max(now + 1), ms); // 뒤에 선 것은 아직이다.
                }
                None => {
                    head.remove();
                    self.lines.remove(&ms);
                }
            }
        }
    }
    // ANCHOR_END: due
}
