//! 두 스레드가 저마다 읽고 쓰는 걸음을 손으로 늘어놓는다.

use std::fmt;

/// 걸음을 옮기는 쪽.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// 왼쪽 스레드.
    Left,
    /// 오른쪽 스레드.
    Right,
}

impl fmt::Display for Who {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Left => "왼쪽",
            Self::Right => "오른쪽",
        })
    }
}

/// 왼쪽이 `left`걸음, 오른쪽이 `right`걸음을 걷는 모든 차례.
pub fn orders(left: usize, right: usize) -> Vec<Vec<Who>> {
    if left == 0 && right == 0 {
        return vec![vec![]];
    }
    let mut all = vec![];
    for (who, left_after, right_after) in [
        (Who::Left, left.checked_sub(1), Some(right)),
        (Who::Right, Some(left), right.checked_sub(1)),
    ] {
        if let (Some(left), Some(right)) = (left_after, right_after) {
            let rests = orders(left, right).into_iter();
            all.extend(rests.map(|rest| [vec![who], rest].concat()));
        }
    }
    all
}

/// 한 걸음에서 일어난 일.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// 카운터에서 이 값을 읽었다.
    Read(usize),
    /// 카운터에 이 값을 썼다.
    Write(usize),
}

// ANCHOR: play
/// 이 차례대로 걷고, 걸음마다 일어난 일과 카운터에 남은 값을 돌려준다.
/// 첫 걸음에서는 읽고, 다음 걸음에서는 읽은 값에 하나를 더해 쓴다.
pub fn play(order: &[Who]) -> (Vec<(Who, Step)>, usize) {
    let mut counter = 0;
    let mut seen = [None; 2];
    let mut story = vec![];
    for &who in order {
        let mine = &mut seen[who as usize];
        let step = match mine.take() {
            None => Step::Read(*mine.insert(counter)),
            Some(value) => {
                counter = value + 1;
                Step::Write(counter)
            }
        };
        story.push((who, step));
    }
    (story, counter)
}
// ANCHOR_END: play

/// 두 스레드가 저마다 `steps`걸음을 걸을 때 차례는 몇 가지인지.
pub fn count(steps: u64) -> u64 {
    // 2n개의 자리에서 왼쪽이 걸을 n개를 고르는 수. 곱하고 나누는 동안 늘 나누어떨어진다.
    (1..=steps).fold(1, |ways, k| ways * (steps + k) / k)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_six_orders_and_four_lose_an_update() {
        let results: Vec<_> = orders(2, 2).iter().map(|order| play(order).1).collect();
        assert_eq!(results, [2, 1, 1, 1, 1, 2]);
    }

    #[test]
    fn the_formula_counts_the_orders() {
        for steps in 0..=6 {
            assert_eq!(count(steps as u64), orders(steps, steps).len() as u64);
        }
    }
}
