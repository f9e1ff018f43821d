//! 말이 없는 연결을 끊으려고 연결마다 타이머를 겁니다. 바이트가 올 때마다 타이머를 취소하고 다시 걸었더니, 가장
//! 바쁜 연결이 타이머를 가장 많이 건드립니다. 바이트가 오면 시각만 적고, 타이머가 울린 때에 정말 조용했는지 보는
//! `Idle`을 완성하세요. 타이머는 2절의 `Timers`입니다.
//!
//! - `touch`는 이 연결에 `now`틱에 바이트가 왔다고 적습니다. 처음 보는 번호이면 이때부터 지켜봅니다.
//! - 마지막으로 온 때부터 `limit`틱이 지나면 조용한 연결입니다. 꼭 `limit`틱이 지난 때부터 그렇습니다.
//! - `expire`는 `now`틱에 조용한 연결의 번호를 모두 돌려주고 잊습니다. 순서는 정하지 않습니다. 조용했더라도
//!   `expire`를 부르기 전에 `touch`했으면 살아난 것입니다.
//! - `remove`는 지켜보기를 그만두고 걸어 둔 타이머도 취소합니다. 그만둔 번호는 나오지 않습니다. 지켜보던 번호였으면
//!   `true`입니다.
//! - 잊거나 그만둔 번호도 다시 `touch`하면 처음부터 지켜봅니다.
//! - `next_check`는 `expire`를 다음에 부를 틱입니다. 조용한 연결이 생기는 때보다 늦으면 안 되고, 일러도 됩니다.
//!   지켜보는 연결이 없으면 `None`입니다.
//! - 이미 지켜보는 연결의 `touch`는 타이머를 건드리지 않습니다. 연결 하나에 걸린 타이머는 늘 하나이고, `limit`틱에
//!   많아야 두 번 다시 겁니다.
//!
//! `now`는 뒤로 가지 않고, `limit`은 1 이상입니다.

use ch04_02_timers::Timers;

/// 조용한 연결을 찾는다.
pub struct Idle<T> {
    timers: T,
    limit: u64,
    // 연결마다 적어 둘 것이 있습니다.
}

impl<T: Timers<u64>> Idle<T> {
    /// 빈 `timers`에 연결의 번호를 걸어 두고, `limit`틱 동안 조용한 연결을 찾는다.
    pub fn new(timers: T, limit: u64) -> Idle<T> {
        Idle { timers, limit }
    }

    /// `now`틱에 `id`번 연결에 바이트가 왔다.
    pub fn touch(&mut self, id: u64, now: u64) {
        todo!("{id}번에 {now}틱에 바이트가 왔다고 적으세요")
    }

    /// `id`번을 그만 지켜본다. 지켜보던 번호였으면 `true`이다.
    pub fn remove(&mut self, id: u64) -> bool {
        todo!("{id}번을 그만 지켜보세요")
    }

    /// `now`틱까지 `limit`틱 동안 조용한 연결을 모두 꺼낸다.
    pub fn expire(&mut self, now: u64) -> Vec<u64> {
        todo!("{now}틱에 {}틱 동안 조용한 연결을 찾으세요", self.limit)
    }

    /// `expire`를 다음에 부를 틱.
    pub fn next_check(&self) -> Option<u64> {
        self.timers.next_deadline()
    }
}
