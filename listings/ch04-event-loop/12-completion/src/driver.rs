//! 끝나면 알려 주는 드라이버. 커널에 맡기는 것과 흉내 내는 것이 같은 트레이트를 쓴다.

use std::io;
use std::time::Duration;

use crate::emulated::Emulated;
use crate::flights::Ticket;
use crate::op::{Done, Op};

/// 맡긴 일의 열쇠. 칸의 번호와 세대를 담은 [1절](ch04_01_readiness)의 토큰이다.
pub type Key = mio::Token;

// ANCHOR: driver
/// 일을 맡기고, 끝난 것을 한꺼번에 돌려받는 곳.
pub trait Driver {
    /// 일을 줄에 세운다. 커널에는 다음 [`Driver::turn`]에서 넘어간다.
    ///
    /// # Errors
    ///
    /// 줄에 세우지 못하면 그 오류를 돌려준다. 일은 시작하지 않았다.
    fn submit(&mut self, op: Op) -> io::Result<Ticket>;

    /// 취소를 부탁한다. 취소되었든 먼저 끝났든 결과는 [`Driver::turn`]으로 온다.
    fn cancel(&mut self, key: Key);

    /// 줄에 선 일을 넘기고 끝난 일을 거둔다. `None`이면 하나라도 끝날 때까지 기다린다.
    ///
    /// # Errors
    ///
    /// 드라이버 자체의 오류만 돌려준다. 맡긴 일의 오류는 [`Done`]에 담긴다.
    fn turn(&mut self, timeout: Option<Duration>) -> io::Result<Vec<(Key, Done)>>;

    /// 맡아 둔 일의 수. 버려졌지만 아직 끝나지 않은 일도 센다.
    fn in_flight(&self) -> usize;

    /// 지금까지 부른 시스템 콜의 수.
    fn calls(&self) -> usize;
}
// ANCHOR_END: driver

/// 제출 큐의 칸 수.
pub const ENTRIES: u32 = 256;

#[cfg(target_os = "linux")]
fn kernel() -> io::Result<Box<dyn Driver>> {
    Ok(Box::new(crate::ring::Ring::new(ENTRIES)?))
}

#[cfg(not(target_os = "linux"))]
fn kernel() -> io::Result<Box<dyn Driver>> {
    Err(io::ErrorKind::Unsupported.into())
}

/// 커널에 맡길 수 있으면 맡기고, 아니면 흉내 낸다. 어느 쪽인지 한 줄로 알린다.
///
/// # Errors
///
/// 흉내 낼 `Poll`도 만들지 못하면 그 오류를 돌려준다.
pub fn open() -> io::Result<(Box<dyn Driver>, String)> {
    open_with(kernel)
}

// ANCHOR: open
/// `make`가 거절당하면 준비 이벤트로 흉내 내는 드라이버를 연다.
///
/// # Errors
///
/// [`open`]과 같다.
pub fn open_with(
    make: impl FnOnce() -> io::Result<Box<dyn Driver>>,
) -> io::Result<(Box<dyn Driver>, String)> {
    match make() {
        Ok(driver) => Ok((driver, "io_uring으로 돕니다".to_owned())),
        Err(error) => {
            let why = format!("io_uring을 쓸 수 없어 준비 이벤트로 흉내 냅니다: {error}");
            Ok((Box::new(Emulated::new()?), why))
        }
    }
}
// ANCHOR_END: open
