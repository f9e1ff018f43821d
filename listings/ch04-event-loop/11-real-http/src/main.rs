//! hyper의 서버와 클라이언트를 미니 런타임 위에서 만나게 한다.

mod pitfalls;
mod shop;
mod story;
#[cfg(test)]
mod tests;

use ch04_10_mini_runtime::Runtime;

fn main() {
    let real = |title, part: fn() -> shop::Part| tell(title, Runtime::new(), part);
    let virtual_time = |title, part| tell(title, Runtime::with_virtual_time(), part);

    real("한 연결로 여러 요청", || Box::pin(story::keep_alive()));
    real("몰아 보낸 요청", || Box::pin(story::pipelining()));
    real("큰 본문", || Box::pin(story::large_body()));
    virtual_time("느린 손님", || Box::pin(story::slow_clients()));
    real("끊고 달아난 손님", || Box::pin(story::abrupt_reset()));
    real("하던 것을 마치고 닫기", || Box::pin(story::drain()));

    virtual_time("한도가 없으면", || Box::pin(pitfalls::no_limit()));
    real("막는 처리 함수", || Box::pin(pitfalls::blocking_handler()));
    real("맡긴 처리 함수", || Box::pin(pitfalls::offloaded_handler()));
    virtual_time("손님이 읽지 않은 본문", || Box::pin(pitfalls::unread_response()));
    real("서버가 읽지 않은 본문", || Box::pin(pitfalls::unread_request()));
    real("자르고 닫기", || Box::pin(pitfalls::cut_off()));
}

fn tell(title: &str, runtime: std::io::Result<Runtime>, part: fn() -> shop::Part) {
    println!("== {title} ==");
    runtime.expect("런타임을 만들 수 없습니다").block_on(part());
}
