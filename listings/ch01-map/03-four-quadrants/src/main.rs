//! 소켓 하나를 읽는 네 가지 꼴을, 기다리는 동안 부른 쪽이 무엇을 하는지로 가른다.

mod forms;
mod guest;
mod half;
#[cfg(test)]
mod tests;

use std::io;

use forms::{Waited, async_blocking, async_non_blocking, sync_blocking, sync_non_blocking};
use half::{lunch, what_is_there, whole_line};

type Form = fn() -> io::Result<Waited>;

const FORMS: [(&str, Form); 4] = [
    ("동기·블로킹", sync_blocking),
    ("동기·논블로킹", sync_non_blocking),
    ("비동기·블로킹", async_blocking),
    ("비동기·논블로킹", async_non_blocking),
];

fn main() -> io::Result<()> {
    let mut summary = Vec::new();
    for (name, form) in FORMS {
        println!("== {name} ==");
        let waited = form()?;
        let who = if waited.by_helper {
            "도우미"
        } else {
            "가게"
        };
        summary.push(format!(
            "{name}: 닦은 컵 {}개, 빈손 {}번, 기다린 소켓 {}개, 옮긴 쪽 {who}",
            waited.cups, waited.empty, waited.sockets
        ));
    }
    println!("== 기다리는 동안 ==");
    summary.iter().for_each(|line| println!("{line}"));
    println!("== 다 왔다고 여기기 ==");
    lunch(whole_line)?;
    println!("== 온 만큼만 읽기 ==");
    lunch(what_is_there)?;
    Ok(())
}
