// 폴링할 때마다 목록에 밀어 넣습니다. 같은 퓨처의 옛 `Waker`까지 깨우고, 헛물음이 잦으면 목록이 끝없이 자랍니다. 버려진 기다림의 것도 남습니다.
// 잡는 테스트: only_the_latest_waker_is_woken, a_wait_is_woken_once, a_dropped_wait_lets_its_waker_go, a_dropped_wait_leaves_the_others, a_dropped_waker_may_drop_another_wait

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
    wakers: Vec<Waker>,
}

/// 깃발이 서기를 기다리는 퓨처. 버리면 맡긴 `Waker`도 사라진다.
pub struct Wait {
    flag: Flag,
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
        wakers.into_iter().for_each(Waker::wake);
    }

    /// 깃발이 서면 끝나는 퓨처를 만든다.
    pub fn wait(&self) -> Wait {
        let flag = self.clone();
        Wait { flag }
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
        state.wakers.push(waker);
        Poll::Pending
    }
}
