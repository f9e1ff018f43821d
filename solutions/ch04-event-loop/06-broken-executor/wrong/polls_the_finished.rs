// 표시와 줄은 고쳤지만 끝난 태스크를 그대로 둡니다. 남이 쥐고 있던 Waker가 늦게 깨우면 끝난 퓨처를 또 폴링합니다.
// 잡는 테스트: a_late_wake_polls_nobody, a_task_that_wakes_itself_and_ends_is_done, a_finished_future_is_dropped_at_once, only_unfinished_tasks_are_counted, waking_a_queued_task_adds_nothing, another_thread_wakes_a_task, yielding_tasks_take_turns, a_future_may_wake_while_it_is_dropped

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
            // 락은 이 줄에서 풀린다. 폴링하는 동안 쥐고 있으면 스스로를 깨우는 태스크가 멈춘다.
            let next = self.line.lock().unwrap().pop_front();
            let Some(number) = next else {
                return polls;
            };
            let task = &mut self.tasks[number];
            // 폴링하는 사이에 온 깨움이 다시 줄을 세우도록 먼저 지운다.
            task.ticket.queued.swap(false, Ordering::AcqRel);
            let waker = Waker::from(Arc::clone(&task.ticket));
            let mut cx = Context::from_waker(&waker);
            polls += 1;
            let _ = task.future.as_mut().poll(&mut cx);
        }
    }
}
