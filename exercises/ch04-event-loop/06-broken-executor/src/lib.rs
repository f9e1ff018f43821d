//! 작은 실행기가 있습니다. 한 번에 끝나는 태스크는 차례대로 한 번씩 돌렸는데, 태스크가 기다리기 시작하자 탈이
//! 납니다. 어떤 태스크는 깨워도 다시 돌지 않고, 어떤 태스크는 끝난 다음에 또 폴링되어 패닉합니다. 끝난 태스크도
//! 남은 수에 듭니다. 결함은 하나가 아닙니다. 이 실행기를 고쳐 다음 약속을 지키게 하세요. 공개된 것의 이름과
//! 타입은 그대로 두고, 속은 바꾸어도 됩니다.
//!
//! - `run`은 줄에 선 태스크를 앞에서부터 하나씩 폴링하고, 줄이 비면 폴링한 수를 돌려줍니다.
//! - 띄운 태스크와 깨운 태스크는 줄의 맨 뒤에 섭니다. 폴링되는 동안 스스로를 깨우거나 다른 태스크를 깨워도
//!   같습니다. 이때 온 깨움도 같은 `run`에서 처리합니다.
//! - 폴링되기 전에 여러 번 깨워도 줄에는 한 번만 섭니다.
//! - 끝난 태스크는 다시 폴링하지 않습니다. 누가 `Waker`를 쥐고 있다가 깨워도 그렇고, 깨운 다음에 끝나도 그렇습니다.
//! - 끝난 퓨처는 다음 태스크를 폴링하기 전에 버립니다. `Waker`가 어딘가에 남아 있어도 버립니다.
//! - `Waker`는 어느 스레드에서나 부릅니다. `run` 밖에서 깨운 태스크는 다음 `run`에서 폴링합니다.
//! - `len`은 아직 끝나지 않은 태스크의 수입니다.
//! - 퓨처를 폴링하거나 버리는 동안 줄의 락을 쥐지 않습니다. 퓨처도, 퓨처의 `Drop`도 `Waker`를 부를 수 있습니다.
//!
//! 스스로를 끝없이 깨우는 태스크가 있으면 `run`은 끝나지 않아도 됩니다. 태스크의 패닉은 다루지 않습니다.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Wake, Waker};

/// 깨운 태스크의 번호가 서는 줄.
type Line = Arc<Mutex<VecDeque<usize>>>;

/// 태스크의 번호표. 깨우면 줄에 선다.
struct Ticket {
    number: usize,
    /// 이미 줄에 서 있는가.
    queued: AtomicBool,
    line: Line,
}

impl Wake for Ticket {
    fn wake(self: Arc<Self>) {
        if !self.queued.swap(true, Ordering::AcqRel) {
            self.line.lock().unwrap().push_back(self.number);
        }
    }
}

struct Task {
    future: Pin<Box<dyn Future<Output = ()>>>,
    ticket: Arc<Ticket>,
}

/// 스레드 하나에서 도는 실행기.
#[derive(Default)]
pub struct Executor {
    tasks: Vec<Task>,
    line: Line,
}

impl Executor {
    /// 빈 실행기를 만든다.
    pub fn new() -> Executor {
        Executor::default()
    }

    /// 퓨처를 태스크로 띄운다. 번호는 다시 쓰지 않는다.
    pub fn spawn(&mut self, future: impl Future<Output = ()> + 'static) {
        let number = self.tasks.len();
        self.tasks.push(Task {
            future: Box::pin(future),
            ticket: Arc::new(Ticket {
                number,
                queued: AtomicBool::new(true),
                line: Arc::clone(&self.line),
            }),
        });
        self.line.lock().unwrap().push_back(number);
    }

    /// 아직 끝나지 않은 태스크의 수.
    pub fn len(&self) -> usize {
        self.tasks.len()
    }

    /// 줄이 빌 때까지 폴링하고, 폴링한 수를 돌려준다.
    pub fn run(&mut self) -> usize {
        let mut polls = 0;
        loop {
            let line = self.line.lock().unwrap().clone();
            if line.is_empty() {
                return polls;
            }
            for number in line {
                let task = &mut self.tasks[number];
                let waker = Waker::from(Arc::clone(&task.ticket));
                let mut cx = Context::from_waker(&waker);
                polls += 1;
                let _ = task.future.as_mut().poll(&mut cx);
                task.ticket.queued.store(false, Ordering::Release);
            }
            self.line.lock().unwrap().clear();
        }
    }
}
