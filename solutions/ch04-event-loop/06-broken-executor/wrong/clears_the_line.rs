// 표시와 끝난 태스크는 고쳤지만 줄의 사본을 돌고 나서 줄을 비웁니다. 도는 사이에 줄에 선 번호가 함께 지워집니다.
// 잡는 테스트: yielding_tasks_take_turns, a_task_wakes_another

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
    /// 끝났으면 없다.
    future: Option<Pin<Box<dyn Future<Output = ()>>>>,
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
            future: Some(Box::pin(future)),
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
        let is_alive = |task: &&Task| task.future.is_some();
        self.tasks.iter().filter(is_alive).count()
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
                task.ticket.queued.swap(false, Ordering::AcqRel);
                let Some(future) = &mut task.future else {
                    continue;
                };
                let waker = Waker::from(Arc::clone(&task.ticket));
                let mut cx = Context::from_waker(&waker);
                polls += 1;
                if future.as_mut().poll(&mut cx).is_ready() {
                    task.future = None;
                }
            }
            self.line.lock().unwrap().clear();
        }
    }
}
