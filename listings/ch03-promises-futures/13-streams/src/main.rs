//! 프로필 열두 개를 스트림으로 받으며, 한 번에 도는 요청의 수와 걸린 시간을 센다.

mod accident;
mod clock;
mod drops;
mod ended;
mod limits;
mod lock;
mod polls;
mod server;
mod stall;
mod ticks;

use clock::virtual_time;

fn main() {
    virtual_time(async {
        limits::problem().await;
        ticks::tell().await;
        limits::limited().await;
        accident::tell().await;
        limits::slow_head().await;
        stall::tell().await;
        lock::tell().await;
        drops::tell().await;
        polls::tell().await;
    });
    ended::tell();
}
