//! 런타임들의 태스크, 깨우기, 채널, 타이머, 에코.

use std::cell::RefCell;
use std::collections::HashMap;
use std::time::Duration;

use anyhow::{Context, Result};

use crate::case::{Case, Group, Unit};
use crate::load::Load;
use crate::peer::{Peer, cpu, installed};

pub const GROUP: Group = Group {
    name: "runtime",
    listing: "listings/ch04-event-loop/10-mini-runtime",
    also: &[
        "listings/ch04-event-loop/13-faster",
        "listings/ch04-event-loop/14-runtimes",
    ],
};

/// 10절의 것과 13절의 것.
pub const OURS: [&str; 2] = ["mini", "faster"];
const PEERS: [&str; 5] = ["tokio", "smol", "async_std", "go", "node"];

/// 열쇠와 일의 이름, 표에 찍는 말, 한 번에 되풀이하는 횟수.
const WORKS: [(&str, &str, u64); 7] = [
    ("spawn_all", "백만 개를 띄우고 모두 기다리기", 1_000_000),
    ("spawn_join", "띄우고 바로 기다리기", 300_000),
    ("wake", "기다리는 태스크 깨우기", 1_000_000),
    ("yield2", "둘이 번갈아 양보하기", 1_000_000),
    ("ping_pong", "채널로 주고받기", 200_000),
    ("bounded", "1,024칸 채널", 1_000_000),
    ("timers", "타이머를 걸고 거두기", 200_000),
];

pub fn cases() -> Vec<Case> {
    let mut cases: Vec<_> = WORKS
        .map(|(work, about, times)| plain(work, about, times))
        .into();
    // 메모리와 CPU 시간은 리눅스의 /proc에서 읽는다.
    if cfg!(target_os = "linux") {
        cases.push(bytes());
    }
    for connections in [64, 512] {
        cases.push(echo(connections, false));
        if cfg!(target_os = "linux") {
            cases.push(echo(connections, true));
        }
    }
    cases
}

fn plain(work: &'static str, about: &str, times: u64) -> Case {
    let peers = PEERS.iter().filter(|name| {
        // Node에는 채널이 없다.
        **name != "node" || !matches!(work, "ping_pong" | "bounded")
    });
    with_all(
        Case::new(&GROUP, work, about).times(times),
        peers,
        move |name| {
            move |times| {
                let nanos = kept(work, name, |kept| kept.peer.ask(work, times));
                Duration::from_nanos(nanos)
            }
        },
    )
}

fn bytes() -> Case {
    let case = Case::new(&GROUP, "bytes", "기다리는 태스크 하나의 메모리").times(400_000);
    with_all(case.unit(Unit::Bytes), &PEERS, |name| {
        move |times| {
            // 앞서 쓴 메모리를 다시 쓰지 않도록 잴 때마다 새 프로세스를 띄운다.
            let bytes = Peer::start(name).and_then(|mut peer| peer.ask("bytes", times));
            Duration::from_nanos(bytes.expect("잰다"))
        }
    })
}

fn echo(connections: usize, of_cpu: bool) -> Case {
    let (key, about) = match of_cpu {
        false => ("echo", "걸린 시간"),
        true => ("echo_cpu", "서버의 CPU 시간"),
    };
    let key = format!("{key}{connections}");
    let about = format!("연결 {connections}개의 에코, {about}");
    let peers = PEERS.iter().chain(&["epoll"]);
    let case = Case::new(&GROUP, key.clone(), about).times(24_000);
    with_all(case, peers, move |name| {
        let key = key.clone();
        move |times| {
            let nanos = kept(&key, name, |kept| {
                let id = kept.peer.id();
                let load = kept.load(connections)?;
                let before = cpu(id).unwrap_or(0);
                let took = load.exchange(times)?;
                let used = cpu(id).unwrap_or(0) - before;
                Ok(if of_cpu {
                    used.max(1)
                } else {
                    took.as_nanos() as u64
                })
            });
            Duration::from_nanos(nanos)
        }
    })
}

/// 우리 것과 깔려 있는 상대를 모두 더한다.
fn with_all<R: FnMut(u64) -> Duration + 'static>(
    case: Case,
    peers: impl IntoIterator<Item = &'static &'static str>,
    run: impl Fn(&'static str) -> R,
) -> Case {
    let case = OURS
        .iter()
        .fold(case, |case, name| case.ours(name, run(name)));
    // 할당자를 바꾸어도 남의 프로세스는 그대로이므로 다시 재지 않는다.
    let own_process = |name: &str| matches!(name, "go" | "node");
    let peers = peers
        .into_iter()
        .filter(|name| installed(name) && !(cfg!(feature = "mimalloc") && own_process(name)));
    peers.fold(case, |case, name| case.peer(name, run(name)))
}

/// 한 가지를 재는 동안 띄워 두는 프로세스.
struct Kept {
    peer: Peer,
    load: Option<Load>,
}

impl Kept {
    /// 서버로 삼아 연결을 맺는다. 이미 맺었으면 그것을 쓴다.
    fn load(&mut self, connections: usize) -> Result<&mut Load> {
        if self.load.is_none() {
            let port = self.peer.ask("serve", 0)?;
            self.load = Some(Load::connect(u16::try_from(port)?, connections)?);
        }
        self.load.as_mut().context("맺었다")
    }
}

thread_local! {
    /// 지금 재는 것의 이름과 프로세스들.
    static KEPT: RefCell<(String, HashMap<&'static str, Kept>)> = RefCell::default();
}

/// `case`를 재는 동안 `name`의 프로세스를 띄워 두고 시킨다. 다른 것을 재기 시작하면 앞의 프로세스들은 끝낸다.
fn kept(case: &str, name: &'static str, ask: impl FnOnce(&mut Kept) -> Result<u64>) -> u64 {
    KEPT.with_borrow_mut(|(current, all)| {
        if current != case {
            all.clear();
            *current = case.into();
        }
        let kept = all.entry(name).or_insert_with(|| Kept {
            peer: Peer::start(name).expect("띄운다"),
            load: None,
        });
        ask(kept).unwrap_or_else(|error| panic!("{case}, {name}: {error:#}"))
    })
}
