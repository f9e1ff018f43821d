//! 답이 왔을 때 누구를 몇 번 깨우는지 센다.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Wake, Waker};

use crate::again::BoxedOrder;
use crate::shop::{Reply, Shop};

// ANCHOR: count
/// 깨운 횟수만 세는 `Waker`의 속.
#[derive(Default)]
struct Count(AtomicUsize);

impl Wake for Count {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

/// 한 번 묻고, 두 번째 `Waker`로 또 묻고, 답을 넣는다. 두 `Waker`가 깨어난 횟수를 돌려준다.
pub fn wakes<F: Future + Unpin>(wrap: fn(Reply) -> F) -> [usize; 2] {
    let shop = Shop::default();
    let mut future = wrap(shop.find_user(7));
    let counts = [(); 2].map(|()| Arc::new(Count::default()));
    for count in &counts {
        let waker = Waker::from(Arc::clone(count));
        let poll = Pin::new(&mut future).poll(&mut Context::from_waker(&waker));
        assert!(poll.is_pending());
    }
    shop.answer("하나");
    counts.map(|count| count.0.load(Ordering::Relaxed))
}
// ANCHOR_END: count

/// 주문을 `asks`번 폴링하고 첫 요청에 답했을 때 깨어난 횟수.
pub fn order_wakes(asks: usize, make: fn(&Shop) -> BoxedOrder<'_>) -> usize {
    let shop = Shop::default();
    let count = Arc::new(Count::default());
    let waker = Waker::from(Arc::clone(&count));
    let mut order = make(&shop);
    for _ in 0..asks {
        let poll = order.as_mut().poll(&mut Context::from_waker(&waker));
        assert!(poll.is_pending());
    }
    shop.answer("하나");
    count.0.load(Ordering::Relaxed)
}
