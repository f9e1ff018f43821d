//! 견줄 것의 목록.

use std::time::{Duration, Instant};

/// 한 예제에 딸린 것의 묶음.
#[derive(Debug, PartialEq)]
pub struct Group {
    /// `--only`로 부르는 이름.
    pub name: &'static str,
    /// 비율을 적을 예제의 폴더. 저장소의 뿌리에서 본 경로이다.
    pub listing: &'static str,
    /// 같은 비율을 함께 적을 다른 예제의 폴더.
    pub also: &'static [&'static str],
}

/// 재는 것의 단위.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Unit {
    /// 나노초.
    Time,
    /// 바이트. `Duration`의 나노초 자리에 담는다.
    Bytes,
}

/// 재는 것 하나.
pub struct Contender {
    /// 열쇠에 쓰는 이름.
    pub name: &'static str,
    /// 주어진 횟수만큼 되풀이하고 걸린 시간을 돌려준다. 준비하는 시간은 빼고 잰다.
    pub run: Box<dyn FnMut(u64) -> Duration>,
}

/// 같은 일을 하는 우리 것과 상대.
pub struct Case {
    /// 딸린 묶음.
    pub group: &'static Group,
    /// 열쇠에 쓰는 이름.
    pub name: String,
    /// 표에 찍는 말.
    pub about: String,
    /// 단위.
    pub unit: Unit,
    /// 한 번에 되풀이할 횟수. 없으면 시간에 맞추어 찾는다.
    pub times: Option<u64>,
    /// 손으로 만든 것.
    pub ours: Vec<Contender>,
    /// 라이브러리의 것.
    pub peers: Vec<Contender>,
}

impl Case {
    /// 아직 아무도 없는 것을 만든다.
    pub fn new(group: &'static Group, name: impl Into<String>, about: impl Into<String>) -> Case {
        Case {
            group,
            name: name.into(),
            about: about.into(),
            unit: Unit::Time,
            times: None,
            ours: Vec::new(),
            peers: Vec::new(),
        }
    }

    /// 횟수에 따라 값이 달라지는 일이면 횟수를 정한다.
    pub fn times(mut self, times: u64) -> Case {
        self.times = Some(times);
        self
    }

    /// 시간이 아닌 것을 잰다.
    pub fn unit(mut self, unit: Unit) -> Case {
        self.unit = unit;
        self
    }

    /// 우리 것을 더한다.
    pub fn ours(mut self, name: &'static str, run: impl FnMut(u64) -> Duration + 'static) -> Case {
        let run = Box::new(run);
        self.ours.push(Contender { name, run });
        self
    }

    /// 상대를 더한다.
    pub fn peer(mut self, name: &'static str, run: impl FnMut(u64) -> Duration + 'static) -> Case {
        let run = Box::new(run);
        self.peers.push(Contender { name, run });
        self
    }
}

/// `work`를 `times`번 하고 걸린 시간을 돌려준다.
pub fn repeat(times: u64, mut work: impl FnMut()) -> Duration {
    let start = Instant::now();
    for _ in 0..times {
        work();
    }
    start.elapsed()
}
