//! 하는 일 없이 기다리기만 하는 스레드의 무리.

use std::io;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{Builder, JoinHandle};

/// 기다리고 있는 스레드들.
pub struct Crowd {
    threads: Vec<JoinHandle<()>>,
    gate: Sender<()>,
    /// 다 띄우지 못했다면 그 까닭.
    pub stopped_by: Option<io::Error>,
}

impl Crowd {
    /// 스레드를 `count`개 띄우고, 모두 시작해서 기다릴 때까지 기다린다. 운영체제가 거절하면 거기까지만 띄운다.
    ///
    /// `stack`은 스택으로 잡을 바이트이고, `None`이면 표준 라이브러리가 정한다.
    // ANCHOR: gather
    pub fn gather(count: usize, stack: Option<usize>) -> Self {
        let (gate, wait) = mpsc::channel();
        let wait = Arc::new(Mutex::new(wait));
        let (started, starts) = mpsc::channel();
        let mut crowd = Self {
            threads: Vec::new(),
            gate,
            stopped_by: None,
        };
        for _ in 0..count {
            let builder = stack.map_or_else(Builder::new, |bytes| Builder::new().stack_size(bytes));
            let (started, wait) = (started.clone(), Arc::clone(&wait));
            match builder.spawn(move || stand(&started, &wait)) {
                Ok(thread) => crowd.threads.push(thread),
                Err(error) => {
                    crowd.stopped_by = Some(error);
                    break;
                }
            }
        }
        starts.iter().take(crowd.len()).for_each(drop);
        crowd
    }
    // ANCHOR_END: gather

    /// 기다리는 스레드의 수.
    pub fn len(&self) -> usize {
        self.threads.len()
    }

    /// 모두 보내 주고 조인한다.
    pub fn dismiss(self) {
        drop(self.gate);
        for thread in self.threads {
            thread.join().expect("기다리기만 하는 스레드이다");
        }
    }
}

/// 시작했다고 알리고, 송신자가 버려질 때까지 잔다.
fn stand(started: &Sender<()>, wait: &Mutex<Receiver<()>>) {
    let _ = started.send(());
    let _ = wait.lock().unwrap_or_else(PoisonError::into_inner).recv();
}
