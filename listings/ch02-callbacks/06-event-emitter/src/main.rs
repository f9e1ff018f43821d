//! 주문이 들어올 때마다 창에 그린다. 닫힌 창의 리스너가 남는 꼴과 떨어지는 꼴을 견준다.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use ch02_06_event_emitter::faulty::ByHand;
use ch02_06_event_emitter::live_bytes::{Counting, live_bytes};
use ch02_06_event_emitter::{Emitter, Subscription};

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn main() {
    forget_listeners();
    hold_guards();
    change_while_emitting();
    emit_while_emitting();
}

// ANCHOR: screen
struct Order {
    number: u32,
}

/// 마지막 주문을 그려 둔 화면. 모든 화면이 그린 횟수를 함께 센다.
struct Screen {
    pixels: Cell<[u32; 256]>,
    drawn: Rc<Cell<u32>>,
}

impl Screen {
    fn draw(&self, order: &Order) {
        self.pixels.set([order.number; 256]);
        self.drawn.set(self.drawn.get() + 1);
    }
}
// ANCHOR_END: screen

impl Screen {
    fn new(drawn: &Rc<Cell<u32>>) -> Screen {
        Screen {
            pixels: Cell::new([0; 256]),
            drawn: Rc::clone(drawn),
        }
    }
}

// ANCHOR: forget
fn open_and_forget(orders: &ByHand<Order>, drawn: &Rc<Cell<u32>>) -> Rc<Screen> {
    let screen = Rc::new(Screen::new(drawn));
    let same_screen = Rc::clone(&screen);
    orders.on(move |order| same_screen.draw(order));
    screen
}

fn forget_listeners() {
    println!("== 닫힌 창 ==");
    let (orders, drawn) = (ByHand::default(), Rc::default());
    let before = live_bytes();
    for _ in 0..1000 {
        drop(open_and_forget(&orders, &drawn));
    }
    let kept = live_bytes() - before;
    println!("창 1000개를 열고 닫음");
    println!("남은 리스너: {}", orders.listener_count());
    println!("[Rust] 남은 메모리: {kept}바이트");
    orders.emit_borrowed(&Order { number: 1 });
    println!("주문 하나를 닫힌 창이 그린 횟수: {}", drawn.get());
}
// ANCHOR_END: forget

// ANCHOR: window
/// 열려 있는 동안만 주문을 듣는 창.
struct Window {
    screen: Screen,
    _subscription: Subscription<Order>,
}

impl Window {
    fn open(orders: &Emitter<Order>, drawn: &Rc<Cell<u32>>) -> Rc<Window> {
        Rc::new_cyclic(|window: &Weak<Window>| {
            let window = Weak::clone(window);
            let subscription = orders.on(move |order| {
                if let Some(window) = window.upgrade() {
                    window.screen.draw(order);
                }
            });
            Window {
                screen: Screen::new(drawn),
                _subscription: subscription,
            }
        })
    }
}
// ANCHOR_END: window

fn hold_guards() {
    println!("== 가드를 쥔 창 ==");
    let (orders, drawn) = (Emitter::new(), Rc::default());
    let before = live_bytes();
    for _ in 0..1000 {
        drop(Window::open(&orders, &drawn));
    }
    let kept = live_bytes() - before;
    println!("창 1000개를 열고 닫음");
    println!("남은 리스너: {}", orders.listener_count());
    println!("[Rust] 남은 메모리: {kept}바이트");
    orders.emit(&Order { number: 1 });
    println!("주문 하나를 닫힌 창이 그린 횟수: {}", drawn.get());
}

// ANCHOR: hear
/// 가드를 담아 두는 자리. 비우면 그 리스너가 떨어진다.
type Slot = Rc<RefCell<Option<Subscription<Order>>>>;

fn hear(name: &'static str) -> impl Fn(&Order) {
    move |order| println!("{name}: 주문 {}", order.number)
}
// ANCHOR_END: hear

fn change_while_emitting() {
    println!("== 도는 동안 ==");
    // ANCHOR: during
    let orders = Rc::new(Emitter::<Order>::new());
    let (guest, night, novice) = (Slot::default(), Slot::default(), Slot::default());
    let own_guard = Rc::clone(&guest);
    guest.replace(Some(orders.on(move |order| {
        println!("손님: 주문 {}, 이제 그만 듣기", order.number);
        own_guard.take();
    })));
    let (leaving, joining, hiring) = (night.clone(), novice.clone(), Rc::downgrade(&orders));
    let manager = orders.on(move |order| {
        println!("점장: 주문 {}", order.number);
        if order.number == 1 {
            println!("점장: 야간을 떼고 신입을 붙이기");
            leaving.take();
            joining.replace(hiring.upgrade().map(|orders| orders.on(hear("신입"))));
        }
    });
    night.replace(Some(orders.on(hear("야간"))));
    let log = orders.on(hear("기록"));
    orders.emit(&Order { number: 1 });
    orders.emit(&Order { number: 2 });
    drop((manager, log, novice.take()));
    println!("남은 리스너: {}", orders.listener_count());
    // ANCHOR_END: during
}

fn emit_while_emitting() {
    println!("== 겹친 emit ==");
    // ANCHOR: nested
    let orders = Rc::new(Emitter::<Order>::new());
    let same_orders = Rc::downgrade(&orders);
    let _kitchen = orders.on(move |order| {
        println!("주방: 주문 {}", order.number);
        if order.number == 1 {
            let orders = same_orders.upgrade().expect("emit이 도는 동안은 산다");
            orders.emit(&Order { number: 2 });
        }
    });
    let _log = orders.on(hear("기록"));
    orders.emit(&Order { number: 1 });
    // ANCHOR_END: nested
}
