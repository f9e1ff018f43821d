// 울린 때부터 `limit`틱 뒤에 다시 봅니다. 울리기 직전에 말을 그친 연결이 거의 두 배나 오래 남습니다.
// 잡는 테스트: a_late_look_sees_the_last_touch, a_touch_puts_it_off, waking_at_next_check_is_never_late

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use ch04_02_timers::{Key, Timers};

/// 지켜보는 연결 하나.
struct Watched {
    /// 마지막으로 바이트가 온 틱.
    last: u64,
    /// 걸려 있는 하나뿐인 타이머.
    key: Key,
}

/// 조용한 연결을 찾는다.
pub struct Idle<T> {
    timers: T,
    limit: u64,
    watched: HashMap<u64, Watched>,
}

impl<T: Timers<u64>> Idle<T> {
    /// 빈 `timers`에 연결의 번호를 걸어 두고, `limit`틱 동안 조용한 연결을 찾는다.
    pub fn new(timers: T, limit: u64) -> Idle<T> {
        Idle {
            timers,
            limit,
            watched: HashMap::new(),
        }
    }

    /// `now`틱에 `id`번 연결에 바이트가 왔다.
    pub fn touch(&mut self, id: u64, now: u64) {
        match self.watched.entry(id) {
            Entry::Occupied(mut entry) => entry.get_mut().last = now,
            Entry::Vacant(entry) => {
                let key = self.timers.insert(now + self.limit, id);
                entry.insert(Watched { last: now, key });
            }
        }
    }

    /// `id`번을 그만 지켜본다. 지켜보던 번호였으면 `true`이다.
    pub fn remove(&mut self, id: u64) -> bool {
        let Some(watched) = self.watched.remove(&id) else {
            return false;
        };
        self.timers.cancel(watched.key);
        true
    }

    /// `now`틱까지 `limit`틱 동안 조용한 연결을 모두 꺼낸다.
    pub fn expire(&mut self, now: u64) -> Vec<u64> {
        let mut idle = Vec::new();
        while let Some(id) = self.timers.pop(now) {
            let watched = self.watched.get_mut(&id).expect("걸린 것은 지켜본다");
            let deadline = watched.last + self.limit;
            if deadline <= now {
                self.watched.remove(&id);
                idle.push(id);
            } else {
                watched.key = self.timers.insert(now + self.limit, id);
            }
        }
        idle
    }

    /// `expire`를 다음에 부를 틱.
    pub fn next_check(&self) -> Option<u64> {
        self.timers.next_deadline()
    }
}
