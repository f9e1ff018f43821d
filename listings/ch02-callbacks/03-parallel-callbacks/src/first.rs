//! 가장 먼저 성공한 하나 기다리기.

use crate::{Task, all};

// ANCHOR: first
/// `tasks`를 모두 보내고 가장 먼저 성공한 값을 `done`에 건넨다.
///
/// 모두 실패하면 오류를 요청한 차례대로 건넨다. `done`은 한 번만 불린다.
/// 목록이 비었으면 이 함수가 돌아오기 전에 빈 오류 목록으로 불린다.
pub fn first<D>(tasks: Vec<Task>, done: D)
where
    D: FnOnce(Result<String, Vec<String>>) + 'static,
{
    let tasks = tasks.into_iter().map(swapped).collect();
    all(tasks, |outcome| done(swap(outcome)));
}

fn swapped(task: Task) -> Task {
    Box::new(|callback| task(Box::new(|reply| callback(swap(reply)))))
}

fn swap<T, E>(result: Result<T, E>) -> Result<E, T> {
    match result {
        Ok(value) => Err(value),
        Err(error) => Ok(error),
    }
}
// ANCHOR_END: first

#[cfg(test)]
mod tests {
    use super::*;
    use crate::faulty;
    use crate::orders::{run, try_first};

    #[test]
    fn first_is_right_in_every_order() {
        let right = "맞음 384, 틀림 0, 안 불림 0, 두 번 이상 0, 동시 최대 4";
        assert_eq!(try_first(first).to_string(), right);
    }

    #[test]
    fn telling_every_success_repeats_done() {
        let counted = "맞음 120, 틀림 0, 안 불림 0, 두 번 이상 264, 동시 최대 4";
        let tally = try_first(faulty::first_telling_every_success);
        assert_eq!(tally.to_string(), counted);
    }

    #[test]
    fn nobody_succeeds_in_an_empty_list() {
        assert_eq!(run(&[], 0, first).0, [Err(Vec::new())]);
    }
}
