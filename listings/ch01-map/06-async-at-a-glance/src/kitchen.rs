//! `async fn`은 언제 시작하고 어디에서 멈추는가?

use std::io;

use tokio::join;
use tokio::runtime::Builder;
use tokio::sync::Notify;
use tokio::task::yield_now;

// ANCHOR: cook
/// 종이 울릴 때까지 기다렸다가 불에서 내린다.
async fn cook(name: &str, bell: &Notify) {
    println!("{name}: 불에 올린다");
    bell.notified().await;
    println!("{name}: 불에서 내린다");
}
// ANCHOR_END: cook

// ANCHOR: together
/// 한 스레드에서 국과 밥을 함께 한다. 밥이 먼저 된다.
pub fn cook_together() -> io::Result<()> {
    let (soup, rice) = (Notify::new(), Notify::new());
    let ring = async {
        println!("종: 밥");
        rice.notify_one();
        yield_now().await; // 남들이 나아갈 틈을 준다.
        println!("종: 국");
        soup.notify_one();
    };
    let runtime = Builder::new_current_thread().build()?;
    runtime.block_on(async { join!(cook("국", &soup), cook("밥", &rice), ring) });
    Ok(())
}
// ANCHOR_END: together

// ANCHOR: only_called
/// 부르기만 하고, 나중에 기다린다.
pub fn call_then_await() -> io::Result<()> {
    let bell = Notify::new();
    bell.notify_one(); // 종은 이미 울렸다.
    println!("가게: cook을 부른다");
    let cooking = cook("국", &bell);
    println!("가게: 불렀지만 아직 아무 일도 없다");
    let runtime = Builder::new_current_thread().build()?;
    runtime.block_on(cooking);
    Ok(())
}
// ANCHOR_END: only_called
