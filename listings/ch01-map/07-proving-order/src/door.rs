//! 열릴 때까지 기다리는 문.

use crate::sync::{Condvar, Mutex};

/// 한 번 열면 계속 열려 있는 문.
pub struct Door {
    open: Mutex<bool>,
    bell: Condvar,
}

impl Default for Door {
    fn default() -> Self {
        Self::new()
    }
}

impl Door {
    /// 닫힌 문을 만든다.
    pub fn new() -> Self {
        Self {
            open: Mutex::new(false),
            bell: Condvar::new(),
        }
    }

    // ANCHOR: lossy
    /// 문을 열고 종을 울려, 기다리던 스레드를 모두 깨운다.
    pub fn open(&self) {
        *self.open.lock().unwrap() = true;
        self.bell.notify_all();
    }

    /// 닫혀 있으면 종소리를 기다린다. 보고 나서 락을 놓았다가 다시 얻는 것이 잘못이다.
    pub fn wait_after_a_look(&self) {
        if !*self.open.lock().unwrap() {
            let open = self.open.lock().unwrap();
            drop(self.bell.wait(open).unwrap());
        }
    }
    // ANCHOR_END: lossy

    // ANCHOR: wait
    /// 열릴 때까지 기다린다. 이미 열려 있으면 바로 돌아온다.
    pub fn wait(&self) {
        let mut open = self.open.lock().unwrap();
        while !*open {
            open = self.bell.wait(open).unwrap();
        }
    }
    // ANCHOR_END: wait
}
