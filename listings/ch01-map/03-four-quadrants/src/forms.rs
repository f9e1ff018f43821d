//! 한 소켓을 읽는 네 가지 꼴. 기다리는 동안 가게가 무엇을 했는지 센다.

use std::io::{self, ErrorKind};
use std::sync::mpsc;
use std::thread::{self, Scope, ThreadId};

use crate::guest::{Guest, Seat, wait_ready, welcome};

/// 주문이 올 때까지 가게가 한 일.
#[derive(Debug, Default, PartialEq)]
pub struct Waited {
    /// 닦은 컵.
    pub cups: usize,
    /// 빈손으로 돌아온 `read`.
    pub empty: usize,
    /// 함께 기다린 소켓.
    pub sockets: usize,
    /// 소켓에서 값을 옮긴 것이 도우미였는가?
    pub by_helper: bool,
}

impl Waited {
    fn on(sockets: usize) -> Waited {
        Waited {
            sockets,
            ..Waited::default()
        }
    }

    fn come_back_empty(&mut self) {
        self.empty += 1;
        println!("가게: 빈손으로 돌아왔다");
    }

    fn wash(&mut self) {
        self.cups += 1;
        println!("가게: 컵 {}개째 닦는다", self.cups);
    }
}

// ANCHOR: sync_blocking
pub fn sync_blocking() -> io::Result<Waited> {
    let (guest, mut seat) = welcome("하나")?;
    let waited = Waited::on(1);
    thread::scope(|scope| {
        println!("가게: read를 부른다");
        scope.spawn(|| guest.say("국밥"));
        let order = seat.read()?; // 올 때까지 돌아오지 않는다.
        println!("가게: {order} 받음");
        Ok(waited)
    })
}
// ANCHOR_END: sync_blocking

// ANCHOR: sync_non_blocking
pub fn sync_non_blocking() -> io::Result<Waited> {
    let (guest, mut seat) = welcome("하나")?;
    seat.socket.set_nonblocking(true)?;
    ask_until_it_comes(&mut seat, |cups| {
        if cups == 3 {
            guest.say("국밥");
        }
    })
}
// ANCHOR_END: sync_non_blocking

// ANCHOR: ask
/// 주문이 올 때까지 되묻고, 빈손일 때마다 컵을 하나 닦는다.
pub fn ask_until_it_comes(seat: &mut Seat, washed: impl Fn(usize)) -> io::Result<Waited> {
    let mut waited = Waited::on(1);
    loop {
        match seat.read() {
            Err(error) if error.kind() == ErrorKind::WouldBlock => waited.come_back_empty(),
            order => {
                println!("가게: {} 받음", order?);
                return Ok(waited);
            }
        }
        waited.wash();
        washed(waited.cups);
    }
}
// ANCHOR_END: ask

// ANCHOR: async_blocking
pub fn async_blocking() -> io::Result<Waited> {
    let (guests, mut seats) = three_guests()?;
    thread::scope(|scope| {
        for speaker in [1, 2, 0] {
            println!("가게: 셋을 함께 기다린다");
            let guest = &guests[speaker];
            scope.spawn(|| guest.say("국밥"));
            for ready in wait_ready(&seats)? {
                let Seat { name, .. } = seats[ready];
                println!("가게: {name} 쪽이 왔다는 소식");
                println!("가게: {name}의 {} 받음", seats[ready].read()?);
            }
        }
        Ok(Waited::on(seats.len()))
    })
}
// ANCHOR_END: async_blocking

/// 손님 셋을 맞는다.
pub fn three_guests() -> io::Result<(Vec<Guest>, Vec<Seat>)> {
    let pairs = ["하나", "두리", "세나"].into_iter().map(welcome);
    Ok(pairs.collect::<io::Result<Vec<_>>>()?.into_iter().unzip())
}

// ANCHOR: read_later
/// 읽기를 도우미에게 맡기고 곧바로 돌아온다. 다 읽으면 도우미가 `done`을 부른다.
fn read_later<'scope>(
    scope: &'scope Scope<'scope, '_>,
    mut seat: Seat,
    done: impl FnOnce(io::Result<String>, ThreadId) + Send + 'scope,
) {
    scope.spawn(move || done(seat.read(), thread::current().id()));
}
// ANCHOR_END: read_later

// ANCHOR: async_non_blocking
pub fn async_non_blocking() -> io::Result<Waited> {
    let (guest, seat) = welcome("하나")?;
    let mut waited = Waited::on(1);
    let (report, result) = mpsc::channel();
    thread::scope(|scope| {
        println!("가게: 읽기를 맡긴다");
        read_later(scope, seat, move |order, reader| {
            println!("도우미: 다 읽었다고 알린다");
            report.send((order, reader)).expect("가게가 듣는다");
        });
        (0..3).for_each(|_| waited.wash());
        guest.say("국밥");
    });
    let (order, reader) = result.recv().expect("도우미가 알렸다");
    println!("가게: {} 받음", order?);
    waited.by_helper = reader != thread::current().id();
    Ok(waited)
}
// ANCHOR_END: async_non_blocking
