// 맡긴 것이 이미 있으면 새 `Waker`를 버립니다. 퓨처가 다른 태스크로 옮겨 가면 떠난 쪽을 깨웁니다.
// 잡는 테스트: only_the_latest_waker_is_woken

use std::collections::BTreeMap;
use std::mem;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Context, Poll, Waker};

/// 한 번 서면 내려가지 않는 깃발. 복제해도 같은 깃발이다.
#[derive(Clone, Default)]
pub struct Flag(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    is_set: bool,
    next_id: u64,
    wakers: BTreeMap<u64, Waker>,
}

/// 깃발이 서기를 기다리는 퓨처. 버리면 맡긴 `Waker`도 사라진다.
pub struct Wait {
    flag: Flag,
    id: u64,
}

impl Flag {
    /// 내려가 있는 깃발을 만든다.
    pub fn new() -> Flag {
        Flag::default()
    }

    /// 깃발을 세우고 기다리는 쪽을 모두 깨운다.
    pub fn set(&self) {
        let mut state = self.lock();
        state.is_set = true;
        let wakers = mem::take(&mut state.wakers);
        drop(state);
        wakers.into_values().for_each(Waker::wake);
    }

    /// 깃발이 서면 끝나는 퓨처를 만든다.
    pub fn wait(&self) -> Wait {
        let mut state = self.lock();
        state.next_id += 1;
        let id = state.next_id;
        drop(state);
        let flag = self.clone();
        Wait { flag, id }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().expect("락을 쥔 채 남의 코드를 부르지 않는다")
    }
}

impl Future for Wait {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let waker = cx.waker().clone();
        let mut state = self.flag.lock();
        if state.is_set {
            return Poll::Ready(());
        }
        if state.wakers.contains_key(&self.id) {
            // 이미 맡긴 것이 있다.
            return Poll::Pending;
        }
        state.wakers.insert(self.id, waker);
        Poll::Pending
    }
}

impl Drop for Wait {
    fn drop(&mut self) {
        let waker = self.flag.lock().wakers.remove(&self.id);
        // 위의 문장이 끝나며 락이 풀렸다.
        drop(waker);
    }
}
