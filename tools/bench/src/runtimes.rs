//! 견주는 런타임들. 같은 일을 런타임마다 한 번씩 컴파일한다.
//!
//! 런타임들은 4장 14절의 예제에서 온다. 하나를 더하려면 거기에 모듈을 두고 아래의 목록에 이름을 적는다.

mod epoll;

use std::io::{self, BufRead, Write};
use std::process::exit;
use std::thread;

/// 일의 이름과 횟수를 받아 걸린 나노초, 또는 쓴 바이트를 돌려준다.
type Work = fn(&str, u64) -> Option<u64>;

macro_rules! runtimes {
    ($($name:ident)*) => {
        $(mod $name {
            use ch04_14_runtimes::$name::*;
            include!("runtimes/work.rs");
        })*

        fn find(name: &str) -> Option<Work> {
            match name {
                $(stringify!($name) => Some($name::call),)*
                "epoll" => Some(epoll::call),
                _ => None,
            }
        }
    };
}

runtimes!(mini faster tokio smol async_std);

/// 표준 입력으로 `일 횟수`를 한 줄씩 받아 시키고 수를 찍는다. 입력이 끝나면 끝난다.
pub fn answer(name: &str) -> bool {
    let Some(work) = find(name) else { return false };
    let mut line = String::new();
    // 표준 입력의 락을 쥐고 있지 않는다. 서버가 되면 다른 스레드가 이어서 읽는다.
    while matches!(io::stdin().read_line(&mut line), Ok(1..)) {
        let Some((what, count)) = line.trim_end().split_once(' ') else {
            return false;
        };
        if what == "serve" {
            // 서버는 끝나지 않는다. 시킨 쪽이 입력을 닫으면 프로세스를 끝낸다.
            thread::spawn(|| {
                for _ in io::stdin().lock().lines() {}
                exit(0);
            });
        }
        let number = count.parse().ok().and_then(|count| work(what, count));
        let Some(number) = number else { return false };
        tell(number);
        line.clear();
    }
    true
}

/// 수 하나를 찍는다.
fn tell(number: u64) {
    println!("{number}");
    _ = io::stdout().flush();
}
