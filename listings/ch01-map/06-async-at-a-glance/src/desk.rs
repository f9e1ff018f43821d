//! 두 서버가 함께 쓰는 접수대. 답을 만들고, 누가 어느 스레드에서 답했는지 적는다.

use std::collections::HashSet;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, ThreadId};

use ch01_01_one_at_a_time::tell;

/// 복제하면 같은 접수대를 나눠 쓴다.
#[derive(Clone, Default)]
pub struct Desk {
    answers: Arc<Mutex<Vec<(ThreadId, String)>>>,
}

impl Desk {
    /// 주문 한 줄에 답한다.
    pub fn answer(&self, line: &str) -> String {
        let number = line.trim_end().strip_prefix("주문 ").unwrap_or("?");
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        answers.push((thread::current().id(), number.to_owned()));
        format!("확인 {number}\n")
    }

    /// 답한 주문을 차례대로.
    pub fn answered(&self) -> Vec<String> {
        let answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        answers.iter().map(|(_, number)| number.clone()).collect()
    }

    /// 답하는 데 쓴 스레드의 수.
    pub fn threads(&self) -> usize {
        let answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        let threads: HashSet<_> = answers.iter().map(|(thread, _)| thread).collect();
        threads.len()
    }
}

/// 손님 하나를 맡은 종업원. 맞고 보낼 때 알린다.
#[derive(Clone)]
pub struct Waiter {
    pub guest: usize,
    pub desk: Desk,
    log: Sender<String>,
}

impl Waiter {
    /// 손님을 맞았다고 알린다.
    pub fn greet(guest: usize, desk: &Desk, log: &Sender<String>) -> Waiter {
        tell(log, format!("손님{guest} 맞음"));
        let (desk, log) = (desk.clone(), log.clone());
        Waiter { guest, desk, log }
    }

    /// 손님을 보냈다고 알린다.
    pub fn see_off(&self) {
        tell(&self.log, format!("손님{} 보냄", self.guest));
    }
}
