//! 사다리의 칸들과 10절의 런타임과 tokio를 번갈아 재어, 중앙값의 비를 찍는다.
//!
//! `cargo build --release -p ch04-13-faster --examples`로 모두 지은 다음 이것을 돌린다. 인수로 바퀴의 수를 준다.
#![allow(missing_docs)]

use std::collections::BTreeMap;
use std::env;
use std::process::Command;

mod of_tokio {
    use tokio::{spawn, sync::mpsc::channel, time::sleep};

    fn block_on<F: Future>(future: F) -> F::Output {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.expect("런타임").block_on(future)
    }
    include!("shared/works.rs");
}

mod of_mini {
    use ch04_10_mini_runtime::{block_on, channel::channel, spawn, time::sleep};
    include!("shared/works.rs");
}

mod of_final {
    use ch04_13_faster::{block_on, channel::channel, spawn, time::sleep};
    include!("shared/works.rs");
}

const PEERS: [&str; 7] = ["tokio", "mini", "rung1", "rung2", "rung3", "rung4", "final"];
const WORKS: [(&str, usize); 8] = [
    ("spawn_all", 1_000_000),
    ("spawn_join", 1_000_000),
    ("yield2", 1_000_000),
    ("wake", 500_000),
    ("ping_pong", 300_000),
    ("bounded", 1_000_000),
    ("timers", 300_000),
    ("bytes", 400_000),
];

/// 잴 때마다 새 프로세스를 띄운다. 앞서 쓴 메모리가 다음 것을 돕지 않게 한다.
fn ask(peer: &str, work: &str, n: usize) -> f64 {
    let own = env::current_exe().expect("제 이름");
    let mut command = match peer.strip_prefix("rung") {
        Some(_) => Command::new(own.with_file_name(peer)),
        None => Command::new(own),
    };
    let out = command.args([peer, work, &n.to_string()]).output().expect("띄운다");
    let text = String::from_utf8_lossy(&out.stdout);
    text.trim().parse().unwrap_or_else(|_| panic!("{peer} {work}: {text}"))
}

fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}

fn main() {
    match env::args().nth(1).as_deref() {
        Some("tokio") => return of_tokio::answer(),
        Some("mini") => return of_mini::answer(),
        Some("final") => return of_final::answer(),
        _ => {}
    }
    let rounds: usize = env::args().nth(1).map_or(9, |n| n.parse().expect("바퀴의 수"));
    for (work, n) in WORKS {
        let mut took: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
        for _ in 0..rounds {
            PEERS.iter().for_each(|peer| took.entry(peer).or_default().push(ask(peer, work, n)));
        }
        let ratio = |peer: &str, base: &str| {
            median(took[peer].iter().zip(&took[base]).map(|(a, b)| a / b).collect())
        };
        print!("{work:10}");
        for (i, peer) in PEERS.iter().enumerate() {
            let step = ratio(peer, PEERS[i.saturating_sub(1)]);
            print!(
                " {peer} {:.1} {:.2} {step:.2} |",
                median(took[peer].clone()),
                ratio(peer, "tokio")
            );
        }
        println!();
    }
}
