// 대화방 하나와 손님들. 런타임의 이름이 한 번도 나오지 않는다.

use std::io::Result;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Duration;

use crate::count_primes;

/// 방에 전하는 소식.
enum News {
    Came(String, Sender<String>),
    Said(String, String),
    Left(String),
}

// ANCHOR: room
/// 손님들을 쥔 태스크. 소식이 올 때마다 말한 사람을 뺀 모두에게 전한다.
async fn room(mut news: Receiver<News>) {
    let mut guests: Vec<(String, Sender<String>)> = Vec::new();
    while let Some(one) = recv(&mut news).await {
        let (from, line) = match one {
            News::Came(name, guest) => {
                let line = format!("{name} 들어옴");
                send(&guest, format!("어서 오세요, {name}")).await;
                guests.push((name.clone(), guest));
                (name, line)
            }
            News::Said(name, words) => (name.clone(), format!("{name}: {words}")),
            News::Left(name) => {
                guests.retain(|(guest, _)| *guest != name);
                (name.clone(), format!("{name} 나감"))
            }
        };
        for (name, guest) in &guests {
            if *name != from {
                send(guest, line.clone()).await;
            }
        }
    }
}
// ANCHOR_END: room

/// 줄을 하나씩 읽는다.
struct Lines<R> {
    reader: R,
    held: Vec<u8>,
}

impl<R: AsyncRead + Unpin> Lines<R> {
    fn new(reader: R) -> Lines<R> {
        Lines {
            reader,
            held: Vec::new(),
        }
    }

    /// 다음 줄. 끊겼으면 `None`이다. 도중에 버려도 읽은 것은 남는다.
    async fn next(&mut self) -> Option<String> {
        loop {
            if let Some(end) = self.held.iter().position(|byte| *byte == b'\n') {
                let line: Vec<u8> = self.held.drain(..=end).collect();
                return Some(String::from_utf8_lossy(&line[..end]).into_owned());
            }
            let mut buf = [0; 256];
            match read(&mut self.reader, &mut buf).await {
                Ok(count @ 1..) => self.held.extend_from_slice(&buf[..count]),
                _ => return None,
            }
        }
    }
}

// ANCHOR: deliver
/// 손님에게 갈 줄들을 차례로 쓴다. 채널이 닫히거나 손님이 떠나면 끝난다.
async fn deliver(mut letters: Receiver<String>, mut writer: impl AsyncWrite + Unpin) {
    while let Some(letter) = recv(&mut letters).await {
        let line = format!("{letter}\n");
        if write_all(&mut writer, line.as_bytes()).await.is_err() {
            break;
        }
    }
}
// ANCHOR_END: deliver

// ANCHOR: guest
/// 손님 하나를 맡는다. 처음의 한 줄은 이름이고, `limit` 안에 오지 않으면 끊는다.
async fn guest(stream: Stream, news: Sender<News>, limit: Duration) -> Option<()> {
    let (reader, writer) = split(stream);
    let mut lines = Lines::new(reader);
    let name = timeout(limit, lines.next()).await??;
    let (letters, received) = channel(8);
    let writing = spawn(deliver(received, writer));
    send(&news, News::Came(name.clone(), letters.clone())).await;
    while let Some(words) = lines.next().await {
        if let Some(limit) = words.strip_prefix("/소수 ") {
            let limit = limit.parse().unwrap_or(0);
            let count = blocking(move || count_primes(limit)).await;
            send(&letters, format!("{limit}까지 소수 {count}개")).await;
        } else {
            send(&news, News::Said(name.clone(), words)).await;
        }
    }
    send(&news, News::Left(name)).await;
    drop(letters);
    settle(writing).await.ok()
}
// ANCHOR_END: guest

// ANCHOR: server
/// 손님을 `guests`명까지 받고, 모두 나가면 끝난다.
async fn server(mut listener: Listener, guests: usize, limit: Duration) -> Result<()> {
    let (news, received) = channel(8);
    let room = spawn(room(received));
    let mut all = Vec::new();
    for _ in 0..guests {
        let stream = accept(&mut listener).await?;
        all.push(spawn(guest(stream, news.clone(), limit)));
    }
    drop(news); // 마지막 손님이 나가면 방도 닫힌다.
    for guest in all {
        _ = settle(guest).await;
    }
    _ = settle(room).await;
    Ok(())
}
// ANCHOR_END: server

/// 손님 쪽. 말하고 들은 것을 적는다.
struct Client {
    name: &'static str,
    lines: Lines<Stream>,
}

impl Client {
    async fn come(port: u16, name: &'static str) -> Result<Client> {
        let lines = Lines::new(connect(port).await?);
        Ok(Client { name, lines })
    }

    async fn say(&mut self, words: &str, log: &mut Vec<String>) -> Result<()> {
        log.push(format!("{}: {words}", self.name));
        write_all(&mut self.lines.reader, format!("{words}\n").as_bytes()).await
    }

    async fn hear(&mut self, log: &mut Vec<String>) {
        let heard = self.lines.next().await;
        let heard = heard.map_or("끊김".into(), |line| format!("들음 \"{line}\""));
        log.push(format!("{}: {heard}", self.name));
    }
}

// ANCHOR: story
async fn story() -> Result<Vec<String>> {
    let mut log = Vec::new();
    let (listener, port) = bind().await?;
    let open = spawn(server(listener, 3, Duration::from_secs(60)));
    let mut guests: Vec<Client> = Vec::new();
    for name in ["가람", "나래", "다온"] {
        let mut new = Client::come(port, name).await?;
        new.say(name, &mut log).await?;
        new.hear(&mut log).await;
        for guest in &mut guests {
            guest.hear(&mut log).await;
        }
        guests.push(new);
    }
    guests[0].say("안녕하세요", &mut log).await?;
    guests[1].hear(&mut log).await;
    guests[2].hear(&mut log).await;
    guests[1].say("/소수 20000", &mut log).await?;
    guests[1].hear(&mut log).await;
    guests.pop(); // 다온이 연결을 닫는다.
    guests[0].hear(&mut log).await;
    guests[1].hear(&mut log).await;
    drop(guests);
    _ = settle(open).await;
    // ANCHOR_END: story
    let (listener, port) = bind().await?;
    let open = spawn(server(listener, 1, Duration::from_millis(20)));
    let mut silent = Client::come(port, "라온").await?;
    silent.hear(&mut log).await;
    _ = settle(open).await;
    Ok(log)
}

/// 이야기를 끝까지 돌리고, 손님들이 말하고 들은 것을 차례로 돌려준다.
///
/// # Panics
///
/// 소켓을 만들 수 없으면 패닉한다.
pub fn tell() -> Vec<String> {
    run(story()).expect("소켓을 만들 수 있다")
}

// ANCHOR: dropped
/// 핸들을 버린 태스크가 끝까지 도는가.
pub fn runs_without_handle() -> bool {
    run(async {
        let (sender, mut receiver) = channel(1);
        drop(spawn(async move { send(&sender, ()).await }));
        recv(&mut receiver).await.is_some()
    })
}
// ANCHOR_END: dropped

// ANCHOR: busy
/// 늘 자리가 있는 채널에 천 번 넣고 꺼내는 태스크가, 다음 태스크에 차례가 갈 때까지 도는 횟수.
///
/// 스레드가 하나인 런타임에서만 늘 같다.
pub fn turns_before_other() -> usize {
    run(async {
        let turns = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&turns);
        let busy = spawn(async move {
            let (sender, mut receiver) = channel(1);
            for _ in 0..1_000 {
                send(&sender, ()).await;
                recv(&mut receiver).await;
                counted.fetch_add(1, Relaxed);
            }
        });
        let other = spawn(async move { turns.load(Relaxed) });
        let before = settle(other).await;
        _ = settle(busy).await;
        before.unwrap_or(0)
    })
}
// ANCHOR_END: busy

/// 패닉하는 태스크. 메시지는 찍지 않는다.
async fn fall() {
    resume_unwind(Box::new("넘어졌다"));
}

// ANCHOR: panics
/// 태스크가 패닉하면 기다린 쪽이 오류를 받는가. 거짓이면 기다린 쪽도 패닉한 것이다.
pub fn panic_becomes_error() -> bool {
    let run = || run(async { settle(spawn(fall())).await.is_err() });
    catch_unwind(AssertUnwindSafe(run)).unwrap_or(false)
}

/// 아무도 기다리지 않은 태스크가 패닉해도 다른 태스크가 도는가.
pub fn survives_unheard_panic() -> bool {
    let run = || {
        run(async {
            detach(spawn(fall()));
            settle(spawn(async { true })).await.unwrap_or(false)
        })
    };
    catch_unwind(AssertUnwindSafe(run)).unwrap_or(false)
}
// ANCHOR_END: panics
