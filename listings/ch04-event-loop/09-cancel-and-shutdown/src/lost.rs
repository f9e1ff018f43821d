//! 채널과 `select`의 이야기.

use std::rc::Rc;

use ch04_08_sleep_timeout_interval::{block_on_virtual, yield_now};
use ch04_09_cancel_and_shutdown::channel::{Receiver, SendError, Sender, channel};
use ch04_09_cancel_and_shutdown::faulty::{LeftBehind, send_and_keep_turn};
use ch04_09_cancel_and_shutdown::{Either, Shutdown, select, spawn};

// ANCHOR: backpressure
/// 자리가 둘인 채널에 넷을 보낸다. 받는 쪽이 비워야 나머지가 들어간다.
pub fn backpressure() {
    block_on_virtual(async {
        let (door, mut orders) = channel(2);
        let sender = spawn(async move {
            for number in 1..=4 {
                door.send(number).await.expect("받는 쪽이 있다");
                println!("[Rust] 손님: {number}번 주문을 넣음");
            }
        });
        yield_now().await;
        println!("[Rust] 주방: 문을 엶");
        while let Some(number) = orders.recv().await {
            println!("[Rust] 주방: {number}번 주문을 받음");
        }
        sender.await.expect("패닉하지 않는다");
    });
}
// ANCHOR_END: backpressure

// ANCHOR: set
/// 음식과 음료 한 벌. 음식을 받은 다음 음료를 기다린다.
async fn set(orders: &mut Receiver<&'static str>) -> Option<[&'static str; 2]> {
    Some([orders.recv().await?, orders.recv().await?])
}

/// 하나씩 받아 밖에 모은다.
async fn set_into(
    held: &mut Option<&'static str>,
    orders: &mut Receiver<&'static str>,
) -> Option<[&'static str; 2]> {
    if held.is_none() {
        *held = Some(orders.recv().await?);
    }
    let drink = orders.recv().await?;
    held.take().map(|food| [food, drink])
}
// ANCHOR_END: set

// ANCHOR: sets
/// 음식 하나를 받았을 때 틱이 온다. `kept`면 받은 것을 퓨처 밖에 둔다.
async fn sets_with_a_tick(kept: bool) -> Vec<[&'static str; 2]> {
    let (door, mut orders) = channel(4);
    let (tick, mut ticks) = channel(1);
    spawn(async move {
        door.send("파스타").await.expect("받는 쪽이 있다");
        yield_now().await;
        tick.send(()).await.expect("받는 쪽이 있다");
        yield_now().await;
        for order in ["물", "피자", "주스"] {
            door.send(order).await.expect("받는 쪽이 있다");
        }
    });
    let (mut sets, mut held) = (Vec::new(), None);
    loop {
        let chosen = match kept {
            false => select(set(&mut orders), ticks.recv()).await,
            true => select(set_into(&mut held, &mut orders), ticks.recv()).await,
        };
        match chosen {
            Either::Left(Some(set)) => sets.push(set),
            Either::Left(None) => return sets,
            Either::Right(_) => {}
        }
    }
}
// ANCHOR_END: sets

pub fn sets() {
    for (name, kept) in [("set", false), ("set_into", true)] {
        let sets = block_on_virtual(sets_with_a_tick(kept));
        println!("[Rust] {name}: {sets:?}");
    }
}

// ANCHOR: heard
/// 주문이 1,000개 밀려 있을 때 신호를 듣기까지 받은 주문의 수.
async fn orders_before_hearing(stop_first: bool) -> usize {
    let (stop, (door, mut orders)) = (Shutdown::new(), channel(1_000));
    for number in 0..1_000 {
        door.send(number).await.expect("자리가 있다");
    }
    stop.request();
    for received in 0..1_000 {
        let heard = match stop_first {
            true => matches!(
                select(stop.requested(), orders.recv()).await,
                Either::Left(())
            ),
            false => matches!(
                select(orders.recv(), stop.requested()).await,
                Either::Right(())
            ),
        };
        if heard {
            return received;
        }
    }
    1_000
}
// ANCHOR_END: heard

pub fn heard() {
    for (name, stop_first) in [("주문부터 물으면", false), ("신호부터 물으면", true)]
    {
        let orders = block_on_virtual(orders_before_hearing(stop_first));
        println!("[Rust] {name}: 주문 {orders}개를 받고 들음");
    }
}

type Door = Rc<Sender<u32>>;
type Sent = Result<(), SendError<u32>>;

// ANCHOR: turns
/// 자리는 하나이고 손님 둘이 줄을 섰다. 앞의 손님은 차례가 되자마자 떠난다.
///
/// 실행기를 돌려 보고, 뒤의 손님이 주문을 넣었으면 참을 돌려준다.
async fn second_gets_in<F: Future<Output = Sent> + 'static>(send: fn(Door) -> F) -> bool {
    let (door, mut orders) = channel(1);
    let door = Rc::new(door);
    door.send(0).await.expect("자리가 있다");
    let first = spawn(send(Rc::clone(&door)));
    let second = spawn(async move { door.send(2).await });
    yield_now().await; // 둘이 줄을 선다.
    orders.recv().await; // 자리가 나고 앞의 손님이 깨어난다.
    first.abort();
    for _ in 0..100 {
        yield_now().await;
    }
    second.is_finished()
}
// ANCHOR_END: turns

pub fn turns() {
    let keeps = second_gets_in(|door| async move { send_and_keep_turn(&door, 1).await });
    println!(
        "[Rust] 차례를 쥐고 떠나면: {}",
        told(block_on_virtual(keeps))
    );
    let passes = second_gets_in(|door| async move { door.send(1).await });
    println!(
        "[Rust] 차례를 넘기고 떠나면: {}",
        told(block_on_virtual(passes))
    );
}

fn told(got_in: bool) -> &'static str {
    match got_in {
        true => "뒤의 손님이 들어감",
        false => "뒤의 손님이 빈자리를 두고 기다림",
    }
}

// ANCHOR: piled
/// 주문을 하나 받을 때마다 신호도 함께 기다린다. 10,000개를 받은 뒤 남은 `Waker`를 센다.
async fn wakers_left<W: Future<Output = ()>>(requested: fn(&Shutdown) -> W) -> usize {
    let (stop, (door, mut orders)) = (Shutdown::new(), channel(1));
    spawn(async move {
        for number in 0..10_000 {
            door.send(number).await.expect("받는 쪽이 있다");
        }
    });
    while let Either::Right(Some(_)) = select(requested(&stop), orders.recv()).await {}
    stop.waiting()
}

pub fn piled() {
    let left = block_on_virtual(wakers_left(|stop| LeftBehind::new(stop.requested())));
    println!("[Rust] LeftBehind: {left}개");
    let left = block_on_virtual(wakers_left(Shutdown::requested));
    println!("[Rust] requested: {left}개");
}
// ANCHOR_END: piled
