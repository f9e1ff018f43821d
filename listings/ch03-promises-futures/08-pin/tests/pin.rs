//! 옮기면 깨지는 것, 고정하면 깨지지 않는 것.

use std::cell::{Cell, RefCell};
use std::mem;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use ch03_07_block_on::block_on;
use ch03_08_pin::counted::{counted, counted_lite};
use ch03_08_pin::faulty::{Claimed, Lender, Loose, Stayer, Stray};
use ch03_08_pin::gate::Gate;
use ch03_08_pin::{Reading, Source, is_unpin, moves, poll_once, read_number};

#[test]
fn every_move_but_the_box_leaves_the_pointer_behind() {
    let home: Vec<_> = moves::table(&Source::default())
        .into_iter()
        .filter_map(|(name, home)| home.then_some(name))
        .collect();
    assert_eq!(home, ["Box째 옮기기"]);
}

#[test]
fn a_swapped_loose_reading_aims_at_the_other_buffer() {
    let [first_source, second_source] = [Source::default(), Source::default()];
    let mut first = Loose::new(&first_source);
    let mut second = Loose::new(&second_source);
    assert!(poll_once(Pin::new(&mut first)).is_pending());
    assert!(poll_once(Pin::new(&mut second)).is_pending());
    mem::swap(&mut first, &mut second);
    assert!(first.targets(&second) && second.targets(&first));
    second_source.give("ORDER-08");
    assert_eq!(poll_once(Pin::new(&mut first)), Poll::Ready(Err(Stray)));
}

#[test]
fn a_loose_reading_left_in_place_is_right() {
    let source = Source::default();
    let mut reading = Loose::new(&source);
    assert!(poll_once(Pin::new(&mut reading)).is_pending());
    source.give("ORDER-07");
    let poll = poll_once(Pin::new(&mut reading));
    assert_eq!(poll, Poll::Ready(Ok(String::from("ORDER-07"))));
}

// ANCHOR: swap_pinned
/// 번호를 어디에서 잘라 주든, Box를 맞바꿔도 저마다 제 번호를 끝까지 읽는다.
#[test]
fn pinned_readings_survive_a_swap_of_their_boxes() {
    for cut in 0..8 {
        let sources = [Source::default(), Source::default()];
        let readings = sources.each_ref().map(Reading::new).map(Box::pin);
        let [mut first, mut second] = readings;
        sources[0].give(&"ORDER-07"[..cut]);
        sources[1].give(&"ORDER-08"[..cut]);
        assert!(poll_once(first.as_mut()).is_pending());
        assert!(poll_once(second.as_mut()).is_pending());
        mem::swap(&mut first, &mut second);
        assert!(first.is_home() && second.is_home());
        sources[0].give(&"ORDER-07"[cut..]);
        sources[1].give(&"ORDER-08"[cut..]);
        let polls = [poll_once(first.as_mut()), poll_once(second.as_mut())];
        assert_eq!(
            polls,
            ["ORDER-08", "ORDER-07"].map(String::from).map(Poll::Ready)
        );
    }
}
// ANCHOR_END: swap_pinned

#[test]
fn a_reading_may_move_before_its_first_poll() {
    let source = Source::default();
    let mut list = vec![Reading::new(&source)];
    list.insert(0, Reading::new(&source));
    let mut reading = Box::pin(list.pop().unwrap());
    source.give("ORDER-07");
    assert_eq!(
        poll_once(reading.as_mut()),
        Poll::Ready(String::from("ORDER-07"))
    );
}

#[test]
fn a_claimed_unpin_lets_the_value_move() {
    let source = Source::default();
    let mut first = Claimed::new(&source);
    Pin::new(&mut first).get_mut().reading.start();
    let mut second = Claimed::new(&source);
    mem::swap(
        Pin::new(&mut first).get_mut(),
        Pin::new(&mut second).get_mut(),
    );
    assert!(second.reading.targets(&first.reading) && !second.reading.is_home());
}

#[test]
fn a_lent_field_moves_while_pinned() {
    let source = Source::default();
    let mut lender = Box::pin(Lender::new(Reading::new(&source)));
    assert!(poll_once(lender.as_mut()).is_pending());
    assert!(!lender.as_mut().replace(Reading::new(&source)).is_home());
}

#[test]
fn an_ended_unchecked_pin_does_not_hold_the_value() {
    let source = Source::default();
    let mut reading = Reading::new(&source);
    // SAFETY: 없다. 아래에서 옮긴다. 옮긴 뒤에는 주소만 본다.
    let pinned = unsafe { Pin::new_unchecked(&mut reading) };
    assert!(poll_once(pinned).is_pending());
    let moved = Box::new(reading);
    assert!(!moved.is_home());
}

/// 몇 번 버려졌는지 적는 퓨처.
struct Watched<'a> {
    drops: &'a Cell<usize>,
    reading: Pin<Box<Reading<'a>>>,
}

impl Future for Watched<'_> {
    type Output = String;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<String> {
        self.reading.as_mut().poll(cx)
    }
}

impl Drop for Watched<'_> {
    fn drop(&mut self) {
        self.drops.set(self.drops.get() + 1);
    }
}

#[test]
fn both_projections_count_the_same_and_drop_once() {
    for cut in 0..=8 {
        let (source, drops) = (Source::default(), Cell::new(0));
        let watched = || Watched {
            drops: &drops,
            reading: Box::pin(Reading::new(&source)),
        };
        let finish = |mut future: Pin<&mut dyn Future<Output = (String, usize)>>| {
            let (head, tail) = "ORDER-07".split_at(cut);
            let mut polls = vec![poll_once(future.as_mut())];
            for piece in [head, tail] {
                source.give(piece);
                if polls.last().unwrap().is_pending() {
                    polls.push(poll_once(future.as_mut()));
                }
            }
            polls
        };
        let by_hand = finish(pin!(counted(watched())));
        assert_eq!(drops.replace(0), 1);
        let by_macro = finish(pin!(counted_lite(watched())));
        assert_eq!(drops.get(), 1);
        assert_eq!(by_hand, by_macro);
        let polls = by_hand.len();
        assert_eq!(
            by_hand[polls - 1],
            Poll::Ready((String::from("ORDER-07"), polls))
        );
    }
}

#[test]
fn a_wrapper_is_unpin_exactly_when_its_future_is() {
    assert!(is_unpin!(counted(std::future::ready(()))));
    assert!(is_unpin!(counted_lite(std::future::ready(()))));
    assert!(!is_unpin!(counted(async {})));
    assert!(!is_unpin!(counted_lite(async {})));
}

#[test]
fn a_dropped_node_leaves_from_any_place_in_the_list() {
    for gone in 0..3 {
        let gate = Gate::default();
        let mut waiting: Vec<_> = (0..3).map(|_| Box::pin(gate.wait())).collect();
        for node in &mut waiting {
            assert!(poll_once(node.as_mut()).is_pending());
        }
        drop(waiting.remove(gone));
        assert_eq!(gate.len(), 2);
        gate.open();
        for node in &mut waiting {
            assert!(poll_once(node.as_mut()).is_ready());
        }
        drop(waiting);
        assert!(gate.is_empty());
    }
}

#[test]
fn polling_again_does_not_list_a_node_twice() {
    let gate = Gate::default();
    let mut node = pin!(gate.wait());
    assert!(poll_once(node.as_mut()).is_pending());
    assert!(poll_once(node.as_mut()).is_pending());
    assert_eq!(gate.len(), 1);
}

#[derive(Default)]
struct Count(AtomicUsize);

impl Wake for Count {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

#[test]
fn opening_wakes_everyone_listed_and_nobody_else() {
    let gate = Gate::default();
    let counts = [(); 3].map(|()| Arc::new(Count::default()));
    let mut waiting: Vec<_> = counts.iter().map(|_| Box::pin(gate.wait())).collect();
    for (node, count) in waiting.iter_mut().zip(&counts) {
        let waker = Waker::from(Arc::clone(count));
        let poll = node.as_mut().poll(&mut Context::from_waker(&waker));
        assert!(poll.is_pending());
    }
    drop(waiting.remove(1));
    gate.open();
    assert_eq!(
        counts.map(|count| count.0.load(Ordering::Relaxed)),
        [1, 0, 1]
    );
}

#[test]
fn a_forgotten_box_stays_listed_and_readable() {
    let gate = Gate::default();
    let count = Arc::new(Count::default());
    let waker = Waker::from(Arc::clone(&count));
    let mut node = Box::pin(gate.wait());
    let poll = node.as_mut().poll(&mut Context::from_waker(&waker));
    assert!(poll.is_pending());
    mem::forget(node);
    gate.open();
    assert_eq!((gate.len(), count.0.load(Ordering::Relaxed)), (1, 1));
}

#[test]
#[expect(
    clippy::forget_non_drop,
    reason = "참조자를 잊어도 아무 일이 없음을 보인다"
)]
fn a_forgotten_stack_pin_still_drops_its_value() {
    let gate = Gate::default();
    {
        let mut node = pin!(gate.wait());
        assert!(poll_once(node.as_mut()).is_pending());
        mem::forget(node);
        assert_eq!(gate.len(), 1);
    }
    assert!(gate.is_empty());
}

#[test]
fn a_stayer_leaves_its_address_behind_and_a_waiting_does_not() {
    let gate = Gate::default();
    let mut slot = Box::pin(Some(Stayer::new(&gate)));
    assert!(poll_once(slot.as_mut().as_pin_mut().unwrap()).is_pending());
    slot.set(None);
    assert!(!gate.is_empty());
    slot.set(Some(Stayer::new(&gate)));
    assert_eq!(gate.first(), slot.as_ref().as_pin_ref().unwrap().address());

    let gate = Gate::default();
    let mut slot = Box::pin(Some(gate.wait()));
    assert!(poll_once(slot.as_mut().as_pin_mut().unwrap()).is_pending());
    slot.set(None);
    assert!(gate.is_empty());
}

thread_local! {
    static HELD: RefCell<Option<Pin<Box<dyn Future<Output = ()>>>>> = RefCell::default();
}

/// 깨우면 `HELD`에 든 퓨처를 그 자리에서 버린다.
struct DropHeld;

impl Wake for DropHeld {
    fn wake(self: Arc<Self>) {
        drop(HELD.take());
    }
}

#[test]
fn a_waker_may_drop_the_node_it_woke() {
    let gate: &'static Gate = Box::leak(Box::default());
    let waker = Waker::from(Arc::new(DropHeld));
    let mut cx = Context::from_waker(&waker);
    let mut held = Box::pin(gate.wait());
    let mut other = pin!(gate.wait());
    assert!(held.as_mut().poll(&mut cx).is_pending());
    assert!(other.as_mut().poll(&mut cx).is_pending());
    HELD.set(Some(held));
    gate.open();
    assert_eq!(gate.len(), 1);
}

#[test]
fn a_pinned_reading_runs_under_block_on() {
    let source = Source::default();
    source.give("ORDER-07");
    assert_eq!(block_on(read_number(&source)), "ORDER-07");
    let boxed = Box::pin(Reading::new(&source));
    source.give("ORDER-08");
    assert_eq!(block_on(boxed), "ORDER-08");
}

#[test]
fn a_pin_costs_nothing() {
    type Borrowed<'a> = &'a mut Reading<'a>;
    assert_eq!(size_of::<Pin<Borrowed<'_>>>(), size_of::<Borrowed<'_>>());
}

pin_project_lite::pin_project! {
    /// 버려질 때 할 일이 있는 투영.
    struct Noted<'a, F> {
        #[pin]
        future: F,
        drops: &'a Cell<usize>,
    }

    impl<F> PinnedDrop for Noted<'_, F> {
        fn drop(this: Pin<&mut Self>) {
            let this = this.project();
            this.drops.set(this.drops.get() + 1);
        }
    }
}

#[test]
fn the_macro_gives_drop_a_pinned_self() {
    let (source, drops) = (Source::default(), Cell::new(0));
    {
        let noted = pin!(Noted {
            future: Reading::new(&source),
            drops: &drops,
        });
        assert!(poll_once(noted.project().future).is_pending());
        assert_eq!(drops.get(), 0);
    }
    assert_eq!(drops.get(), 1);
}
