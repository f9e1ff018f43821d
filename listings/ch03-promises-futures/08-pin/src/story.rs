//! 출력의 대목들.

use std::cell::Cell;
use std::marker::PhantomPinned;
use std::mem;
use std::pin::{Pin, pin};

use ch03_08_pin::counted::{counted, counted_lite};
use ch03_08_pin::faulty::{Claimed, Lender, Loose, Stayer};
use ch03_08_pin::gate::Gate;
use ch03_08_pin::source::fill;
use ch03_08_pin::{Reading, Source, is_unpin, moves as moving, poll_once, read_number};

fn place(home: bool) -> &'static str {
    if home { "제자리" } else { "딴 곳" }
}

pub fn language() {
    println!("== 언어가 써 준 읽기 ==");
    // ANCHOR: language
    let source = &Source::default();
    let buffer_at = &Cell::new(0);
    let mut reading = pin!(async {
        let mut buffer = [b'.'; 8];
        buffer_at.set((&raw const buffer).addr());
        fill(source, &mut buffer).await;
        String::from_utf8_lossy(&buffer).into_owned()
    });
    for piece in ["ORD", "ER-07"] {
        println!("poll: {:?}", poll_once(reading.as_mut()));
        println!("조각: {piece}");
        source.give(piece);
    }
    let start = (&raw const *reading).addr();
    let inside = (start..start + size_of_val(&*reading)).contains(&buffer_at.get());
    println!("빌려준 버퍼가 퓨처 안에 있다: {inside}");
    println!("poll: {:?}", poll_once(reading.as_mut()));
    // ANCHOR_END: language
}

pub fn moves() {
    println!("== 옮긴 뒤 ==");
    for (name, home) in moving::table(&Source::default()) {
        println!("{name}: {}", place(home));
    }
}

pub fn swapped() {
    println!("== 맞바꾼 읽기 ==");
    // ANCHOR: swapped
    let [first_source, second_source] = [Source::default(), Source::default()];
    let mut first = Loose::new(&first_source);
    let mut second = Loose::new(&second_source);
    first_source.give("ORD");
    println!("첫째 poll: {:?}", poll_once(Pin::new(&mut first)));
    println!("둘째 poll: {:?}", poll_once(Pin::new(&mut second)));
    mem::swap(&mut first, &mut second);
    println!("둘을 맞바꿨다");
    println!("둘째가 쓸 곳은 첫째의 버퍼: {}", second.targets(&first));
    first_source.give("ER-07");
    println!("둘째 poll: {:?}", poll_once(Pin::new(&mut second)));
    // ANCHOR_END: swapped
}

pub fn pinned() {
    println!("== 고정한 읽기 ==");
    // ANCHOR: pinned
    let [first_source, second_source] = [Source::default(), Source::default()];
    let mut first = Box::pin(Reading::new(&first_source));
    let mut second = Box::pin(Reading::new(&second_source));
    first_source.give("ORD");
    println!("첫째 poll: {:?}", poll_once(first.as_mut()));
    println!("둘째 poll: {:?}", poll_once(second.as_mut()));
    mem::swap(&mut first, &mut second);
    let mut list = [first, second];
    println!("Box를 맞바꾸고 배열에 옮겼다");
    println!("둘째가 쓸 곳: {}", place(list[1].is_home()));
    first_source.give("ER-07");
    println!("둘째 poll: {:?}", poll_once(list[1].as_mut()));
    // ANCHOR_END: pinned
}

pub fn unpin() {
    println!("== Unpin ==");
    let source = &Source::default();
    let mut reading = Reading::new(source);
    println!("String: {}", is_unpin!(String::new()));
    println!("Fill: {}", is_unpin!(fill(source, &mut [0; 8])));
    println!("*const u8: {}", is_unpin!(&raw const *"주소"));
    println!("Loose: {}", is_unpin!(Loose::new(source)));
    println!("PhantomPinned: {}", is_unpin!(PhantomPinned));
    println!("Reading: {}", is_unpin!(reading));
    println!("async fn의 퓨처: {}", is_unpin!(read_number(source)));
    println!("기다리지 않는 async: {}", is_unpin!(async {}));
    println!("&mut Reading: {}", is_unpin!(&mut reading));
    println!("Box<Reading>: {}", is_unpin!(Box::new(reading)));
    let boxed = Box::pin(read_number(source));
    println!("Pin<Box<async fn의 퓨처>>: {}", is_unpin!(boxed));
}

type Counting<'a> = Pin<&'a mut dyn Future<Output = (String, usize)>>;

fn count(name: &str, source: &Source, mut future: Counting<'_>) {
    assert!(poll_once(future.as_mut()).is_pending());
    source.give("ORD");
    assert!(poll_once(future.as_mut()).is_pending());
    source.give("ER-07");
    println!("{name}: {:?}", poll_once(future));
}

pub fn wrapped() {
    println!("== 감싼 퓨처 ==");
    // ANCHOR: wrapped
    let source = &Source::default();
    let by_hand = pin!(counted(read_number(source)));
    count("Counted", source, by_hand);
    let by_macro = pin!(counted_lite(read_number(source)));
    count("CountedLite", source, by_macro);
    // ANCHOR_END: wrapped
}

pub fn unlisted() {
    println!("== 목록에서 빠지기 ==");
    let gate = Gate::default();
    let mut first = Box::pin(gate.wait());
    let mut second = Box::pin(gate.wait());
    println!("폴링하기 전: {}명", gate.len());
    assert!(poll_once(first.as_mut()).is_pending());
    assert!(poll_once(second.as_mut()).is_pending());
    println!("둘을 폴링했다: {}명", gate.len());
    drop(first);
    println!("하나를 버렸다: {}명", gate.len());
    gate.open();
    println!("열었다: {:?}", poll_once(second.as_mut()));
    drop(second);
    println!("나머지도 버렸다: {}명", gate.len());
}

#[expect(
    clippy::forget_non_drop,
    reason = "참조자를 잊어도 아무 일이 없음을 보인다"
)]
pub fn forgotten() {
    println!("== 잊은 노드 ==");
    // ANCHOR: forgotten
    let gate = Gate::default();
    let mut boxed = Box::pin(gate.wait());
    assert!(poll_once(boxed.as_mut()).is_pending());
    mem::forget(boxed);
    println!("Box를 잊었다: {}명", gate.len());

    let gate = Gate::default();
    {
        let mut on_stack = pin!(gate.wait());
        assert!(poll_once(on_stack.as_mut()).is_pending());
        mem::forget(on_stack);
        println!("스택의 Pin을 잊었다: {}명", gate.len());
    }
    println!("블록이 끝났다: {}명", gate.len());
    // ANCHOR_END: forgotten
}

pub fn claimed() {
    println!("== Unpin이라고 우기기 ==");
    let source = Source::default();
    let mut first = Claimed::new(&source);
    let mut second = Claimed::new(&source);
    Pin::new(&mut first).get_mut().reading.start();
    mem::swap(
        Pin::new(&mut first).get_mut(),
        Pin::new(&mut second).get_mut(),
    );
    println!("쓸 곳: {}", place(second.reading.is_home()));
}

pub fn unpinned() {
    println!("== Pin이 사라진 뒤 ==");
    // ANCHOR: unpinned
    let source = Source::default();
    let mut reading = Reading::new(&source);
    {
        // SAFETY: 없다. 이 블록이 끝난 뒤에 옮긴다.
        let pinned = unsafe { Pin::new_unchecked(&mut reading) };
        assert!(poll_once(pinned).is_pending());
    }
    let moved = Box::new(reading);
    println!("쓸 곳: {}", place(moved.is_home()));
    // ANCHOR_END: unpinned
}

pub fn lent() {
    println!("== 내준 필드 ==");
    let source = Source::default();
    let mut lender = Box::pin(Lender::new(Reading::new(&source)));
    source.give("ORD");
    assert!(poll_once(lender.as_mut()).is_pending());
    let taken = lender.as_mut().replace(Reading::new(&source));
    println!("꺼낸 읽기가 쓸 곳: {}", place(taken.is_home()));
}

pub fn stayed() {
    println!("== 빠지지 않은 노드 ==");
    // ANCHOR: stayed
    let gate = Gate::default();
    let mut slot = Box::pin(Some(Stayer::new(&gate)));
    assert!(poll_once(slot.as_mut().as_pin_mut().unwrap()).is_pending());
    slot.set(None);
    println!("버린 뒤에도 적혀 있다: {}", !gate.is_empty());
    slot.set(Some(Stayer::new(&gate)));
    let newcomer = slot.as_ref().as_pin_ref().unwrap().address();
    println!("새로 온 쪽의 주소와 같다: {}", gate.first() == newcomer);
    // ANCHOR_END: stayed
}
