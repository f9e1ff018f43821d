//! 준비되었다는 소식과 다 왔다는 소식은 다르다.

use std::io::{self, BufRead, BufReader, Read};
use std::mem;
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use crate::guest::{Guest, Seat, wait_ready, welcome};

// ANCHOR: whole_line
/// 준비되었다고 하니 한 줄을 끝까지 읽는다.
pub fn whole_line(seat: &mut Seat) -> io::Result<Option<String>> {
    let mut line = String::new();
    BufReader::new(&seat.socket).read_line(&mut line)?;
    Ok(Some(line))
}
// ANCHOR_END: whole_line

// ANCHOR: what_is_there
/// 와 있는 만큼만 읽어 적어 둔다. 한 줄이 되었을 때만 돌려준다.
pub fn what_is_there(seat: &mut Seat) -> io::Result<Option<String>> {
    let mut buffer = [0; 64];
    let count = seat.socket.read(&mut buffer)?;
    seat.heard.extend_from_slice(&buffer[..count]);
    if !seat.heard.ends_with(b"\n") {
        return Ok(None);
    }
    let line = mem::take(&mut seat.heard);
    Ok(Some(String::from_utf8_lossy(&line).into_owned()))
}
// ANCHOR_END: what_is_there

// ANCHOR: lunch
/// 두리가 '국'까지 말하고 멈춘 사이에 하나가 주문한다. 주문을 받은 차례를 돌려준다.
pub fn lunch(take: fn(&mut Seat) -> io::Result<Option<String>>) -> io::Result<Vec<&'static str>> {
    let (hana, duri) = (welcome("하나")?, welcome("두리")?);
    let mut seats = [hana.1, duri.1];
    let (hana, duri) = (&hana.0, &duri.0);
    let (tell, served) = mpsc::channel();
    let mut taken = Vec::new();
    duri.say("국");
    thread::scope(|scope| {
        let mut others = Some(move || say_the_rest(hana, duri, &served));
        while taken.len() < seats.len() {
            for ready in wait_ready(&seats)? {
                println!("가게: {} 쪽이 왔다는 소식", seats[ready].name);
                if let Some(others) = others.take() {
                    scope.spawn(others);
                }
                if let Some(order) = take(&mut seats[ready])? {
                    println!("가게: {}의 {} 받음", seats[ready].name, order.trim_end());
                    taken.push(seats[ready].name);
                    let _ = tell.send(()); // 더 듣지 않고 떠났을 수 있다.
                }
            }
        }
        Ok(taken)
    })
}
// ANCHOR_END: lunch

/// 두리는 하나가 먼저 받도록 기다려 주지만, 한없이 기다리지는 않는다.
fn say_the_rest(hana: &Guest, duri: &Guest, served: &Receiver<()>) {
    hana.say("김밥\n");
    if served.recv_timeout(Duration::from_millis(500)).is_err() {
        println!("두리: 기다려도 하나의 차례가 오지 않는다");
    }
    duri.say("밥\n");
}
