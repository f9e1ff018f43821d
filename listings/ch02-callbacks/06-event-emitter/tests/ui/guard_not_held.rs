#![deny(unused_must_use)]
use ch02_06_event_emitter::Emitter;

fn main() {
    let orders = Emitter::<u32>::new();
    orders.on(|order| println!("주문 {order}"));
    orders.emit(&1);
}
