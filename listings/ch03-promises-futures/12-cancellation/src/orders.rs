//! 상품 번호를 늘어놓은 주문을 바이트로 주고받는다. 앞에 붙은 한 바이트가 상품의 수이다.

use std::io;
use std::pin::pin;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt, DuplexStream};
use tokio::select;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::sleep;

/// 상품 번호들. 255개까지.
pub type Order = Vec<u8>;

/// 주문을 연결에 실을 바이트로 바꾼다.
pub fn encode(orders: &[Order]) -> Vec<u8> {
    let frame = |order: &Order| [&[order.len() as u8], &order[..]].concat();
    orders.iter().flat_map(frame).collect()
}

// ANCHOR: read_order
/// 주문 하나를 읽는다. 연결이 닫혔으면 `None`. 취소하면 읽던 바이트를 잃는다.
pub async fn read_order(io: &mut (impl AsyncRead + Unpin)) -> io::Result<Option<Order>> {
    let count = match io.read_u8().await {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        count => count?,
    };
    let mut order = vec![0; count.into()];
    io.read_exact(&mut order).await?;
    Ok(Some(order))
}
// ANCHOR_END: read_order

// ANCHOR: pinned
/// 읽던 퓨처를 안쪽 반복문 밖에 고정해, 틱이 와도 버리지 않는다.
pub async fn pinned(mut io: Pipe, mut ticks: Ticks, tell: Tell<'_>) -> io::Result<usize> {
    let mut orders = 0;
    loop {
        let mut reading = pin!(read_order(&mut io));
        let order = loop {
            select! {
                order = &mut reading => break order?,
                Some(()) = ticks.recv() => tell(format!("틱, 지금까지 {orders}건")),
            }
        };
        let Some(order) = order else {
            return Ok(orders);
        };
        orders += 1;
        tell(format!("주문 {order:?}"));
    }
}
// ANCHOR_END: pinned

// ANCHOR: reader
/// 읽던 바이트를 퓨처가 아니라 자기에게 쌓는다.
pub struct OrderReader<R> {
    io: R,
    buffer: Vec<u8>,
}

impl<R: AsyncRead + Unpin> OrderReader<R> {
    /// 주문 하나를 읽는다. 연결이 닫혔으면 `None`. 취소해도 바이트를 잃지 않는다.
    pub async fn next(&mut self) -> io::Result<Option<Order>> {
        loop {
            if let Some(order) = self.take_order() {
                return Ok(Some(order));
            }
            if self.io.read_buf(&mut self.buffer).await? == 0 {
                let cut = !self.buffer.is_empty();
                return if cut { Err(eof()) } else { Ok(None) };
            }
        }
    }
    // ANCHOR_END: reader

    /// 아직 아무것도 읽지 않은 채로 만든다.
    pub fn new(io: R) -> Self {
        let buffer = Vec::new();
        OrderReader { io, buffer }
    }

    // ANCHOR: take_order
    /// 쌓인 바이트에 주문이 통째로 있으면 꺼낸다.
    fn take_order(&mut self) -> Option<Order> {
        let count = usize::from(*self.buffer.first()?);
        let order = self.buffer.get(1..=count)?.to_vec();
        self.buffer.drain(..=count);
        Some(order)
    }
    // ANCHOR_END: take_order
}

fn eof() -> io::Error {
    io::ErrorKind::UnexpectedEof.into()
}

// ANCHOR: kept
/// 버려도 잃는 것이 없는 메서드라 반복문 안에서 바로 기다린다.
pub async fn kept(io: Pipe, mut ticks: Ticks, tell: Tell<'_>) -> io::Result<usize> {
    let mut reader = OrderReader::new(io);
    let mut orders = 0;
    loop {
        select! {
            order = reader.next() => {
                let Some(order) = order? else { return Ok(orders) };
                orders += 1;
                tell(format!("주문 {order:?}"));
            }
            Some(()) = ticks.recv() => tell(format!("틱, 지금까지 {orders}건")),
        }
    }
}
// ANCHOR_END: kept

/// 메모리로 이은 연결의 한쪽 끝.
pub type Pipe = DuplexStream;
/// 틱이 오는 쪽.
pub type Ticks = UnboundedReceiver<()>;
/// 읽는 쪽이 한 일을 알리는 곳.
pub type Tell<'a> = &'a dyn Fn(String);

/// 보내는 쪽에서 일어나는 일.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// 바이트가 온다.
    Bytes(Vec<u8>),
    /// 틱이 온다.
    Tick,
}

// ANCHOR: feed
/// 일을 하나씩 일으킨다. 가상 시간이라 모두가 멈춘 뒤에야 다음 일로 넘어간다.
async fn feed(events: Vec<Event>, mut io: Pipe, ticks: UnboundedSender<()>, tell: Tell<'_>) {
    for event in events {
        match event {
            Event::Bytes(bytes) => {
                tell(format!("{bytes:?}"));
                io.write_all(&bytes).await.expect("읽는 쪽이 받는다");
            }
            Event::Tick => ticks.send(()).expect("읽는 쪽이 받는다"),
        }
        sleep(Duration::from_millis(1)).await;
    }
}
// ANCHOR_END: feed

/// `events`를 일으키며 `serve`를 돌린다. 두 쪽이 한 일을 `보내는 쪽: …`, `읽는 쪽: …`으로 `tell`에 알린다.
///
/// 시계를 멈춘 런타임에서 불러야 한다.
pub async fn play(
    serve: impl AsyncFn(Pipe, Ticks, Tell<'_>) -> io::Result<usize>,
    events: Vec<Event>,
    tell: Tell<'_>,
) {
    let (ours, theirs) = tokio::io::duplex(1024);
    let (ticking, ticks) = unbounded_channel();
    let sender = |what| tell(format!("보내는 쪽: {what}"));
    let reader = |what| tell(format!("읽는 쪽: {what}"));
    let (served, ()) = tokio::join!(
        serve(theirs, ticks, &reader),
        feed(events, ours, ticking, &sender)
    );
    match served {
        Ok(orders) => reader(format!("끝, 모두 {orders}건")),
        Err(error) => reader(format!("오류, {:?}", error.kind())),
    }
}
