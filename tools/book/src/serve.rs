//! `cargo book`의 서버. 지은 책을 보여 주고, 원고가 바뀌면 다시 지어 브라우저를 새로 고친다.
//!
//! 짓다가 실패하면 마지막으로 잘 지은 책을 계속 보여 준다.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use anyhow::{Context, Result, bail};
use tiny_http::{Header, Request, Response, Server, StatusCode};

use crate::site;

/// 원고가 바뀌었는지 이 간격으로 본다. 열기 알림을 쓰는 감시기는 책을 짓는 동안의 읽기에도 깨어난다.
const POLL: Duration = Duration::from_millis(200);
/// 바뀐 것이 없어도 이 시간이 지나면 답해서, 떠난 브라우저를 기다리는 스레드가 쌓이지 않게 한다.
const LONG_POLL: Duration = Duration::from_secs(20);
const WORKERS: usize = 16;
const RELOAD: &str = concat!(
    "<script>",
    include_str!("../assets/reload.js"),
    "</script></body>"
);

/// 서버가 지금 보여 주는 것.
#[derive(Default)]
struct State {
    /// 마지막으로 잘 지은 책의 폴더와 그 번호.
    good: Option<PathBuf>,
    version: u64,
    /// 지을 때마다 늘어난다. 실패한 때도 센다.
    change: u64,
    error: Option<String>,
}

struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

/// 책을 짓고 보여 준다. 끝내기 전에는 돌아오지 않는다.
///
/// # Errors
///
/// 빈 포트를 찾지 못하면 오류를 돌려준다. 책에 문제가 있는 것은 오류가 아니다.
pub fn serve(root: &Path, port: u16, open: bool) -> Result<()> {
    let (listener, port) = bind(port)?;
    let server = Server::from_listener(listener, None)
        .map_err(|error| anyhow::anyhow!("서버를 열 수 없습니다: {error}"))?;
    let server = Arc::new(server);
    let shared = Arc::new(Shared {
        state: Mutex::default(),
        changed: Condvar::new(),
    });
    let scratch = tempfile::Builder::new()
        .prefix("async-book-")
        .tempdir()
        .context("책을 지을 임시 폴더를 만들 수 없습니다")?;

    let mut seen = snapshot(root);
    rebuild(root, scratch.path(), &shared);
    let address = format!("http://127.0.0.1:{port}/");
    println!("책을 열었습니다: {address}  (끝내려면 Ctrl+C)");
    if open && open::that_detached(&address).is_err() {
        println!("브라우저를 열지 못했습니다. 위의 주소를 직접 여세요.");
    }
    for _ in 0..WORKERS {
        let (server, shared) = (Arc::clone(&server), Arc::clone(&shared));
        thread::spawn(move || {
            while let Ok(request) = server.recv() {
                answer(request, &shared);
            }
        });
    }
    loop {
        thread::sleep(POLL);
        let now = snapshot(root);
        if now != seen {
            seen = now;
            rebuild(root, scratch.path(), &shared);
        }
    }
}

/// `first`부터 차례로 빈 포트를 찾는다.
fn bind(first: u16) -> Result<(TcpListener, u16)> {
    for port in first..=first.saturating_add(50) {
        if let Ok(listener) = TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
            let port = listener.local_addr()?.port();
            if port != first && first != 0 {
                println!("포트 {first}을 다른 프로그램이 쓰고 있어 {port}을 씁니다.");
            }
            return Ok((listener, port));
        }
    }
    bail!("포트 {first}부터 50개가 모두 쓰이고 있습니다. --port로 다른 번호를 주세요.")
}

fn rebuild(root: &Path, scratch: &Path, shared: &Shared) {
    println!("책을 짓습니다 …");
    let started = Instant::now();
    let number = shared.state.lock().expect("패닉하지 않는다").change + 1;
    let dest = scratch.join(number.to_string());
    let result = site::build(root, &dest);
    let mut state = shared.state.lock().expect("패닉하지 않는다");
    state.change = number;
    match result {
        Ok(()) => {
            println!(
                "지었습니다. {:.1}초 걸렸습니다.",
                started.elapsed().as_secs_f32()
            );
            state.version = number;
            state.error = None;
            if let Some(old) = state.good.replace(dest) {
                // 지우지 못해도 임시 폴더라 나중에 함께 사라진다.
                let _ = fs::remove_dir_all(old);
            }
        }
        Err(error) => {
            eprintln!("{error:#}");
            if state.good.is_some() {
                eprintln!("고칠 때까지 마지막으로 지은 책을 보여 줍니다.");
            }
            state.error = Some(format!("{error:#}"));
            let _ = fs::remove_dir_all(dest);
        }
    }
    shared.changed.notify_all();
}

fn answer(request: Request, shared: &Shared) {
    let url = request.url().to_owned();
    let (path, query) = url.split_once('?').unwrap_or((&url, ""));
    let sent = if path == "/__state" {
        request.respond(state_response(
            query.strip_prefix("seen=").unwrap_or(""),
            shared,
        ))
    } else {
        respond_file(request, path, shared)
    };
    // 브라우저가 먼저 떠난 것은 문제가 아니다.
    drop(sent);
}

fn state_response(seen: &str, shared: &Shared) -> Response<std::io::Cursor<Vec<u8>>> {
    let state = shared.state.lock().expect("패닉하지 않는다");
    let key = |state: &State| format!("{}/{}", state.version, state.change).replace('/', "%2F");
    let (state, _) = shared
        .changed
        .wait_timeout_while(state, LONG_POLL, |state| key(state) == seen)
        .expect("패닉하지 않는다");
    let body = serde_json::json!({
        "version": state.version.to_string(),
        "change": state.change.to_string(),
        "error": state.error,
    });
    Response::from_string(body.to_string()).with_header(header("Content-Type", "application/json"))
}

fn respond_file(request: Request, path: &str, shared: &Shared) -> std::io::Result<()> {
    let (good, error) = {
        let state = shared.state.lock().expect("패닉하지 않는다");
        (state.good.clone(), state.error.clone())
    };
    let Some(dir) = good else {
        let text = crate::measured::escape(&error.unwrap_or_default());
        let page = format!(
            "<!doctype html><html lang=\"ko\"><meta charset=\"utf-8\"><title>책을 지을 수 없습니다</title>\
             <body><h1>책을 지을 수 없습니다</h1><pre>{text}</pre>{RELOAD}</html>"
        );
        return request.respond(html(page, 500));
    };
    let relative = percent_decode(path.trim_start_matches('/'));
    // 책 밖의 파일은 내주지 않는다.
    let inside = !relative.split('/').any(|part| part == "..");
    let mut file = dir.join(&relative);
    if file.is_dir() {
        file.push("index.html");
    }
    if !inside || !file.is_file() {
        let missing = fs::read_to_string(dir.join("404.html")).unwrap_or_default();
        return request.respond(html(missing.replace("</body>", RELOAD), 404));
    }
    if file.extension().is_some_and(|end| end == "html") {
        let page = fs::read_to_string(&file)?.replace("</body>", RELOAD);
        return request.respond(html(page, 200));
    }
    let response = Response::from_file(File::open(&file)?)
        .with_header(header("Content-Type", content_type(&file)))
        .with_header(header("Cache-Control", "no-cache"));
    request.respond(response)
}

fn html(page: String, status: u16) -> Response<std::io::Cursor<Vec<u8>>> {
    Response::from_string(page)
        .with_status_code(StatusCode(status))
        .with_header(header("Content-Type", "text/html; charset=utf-8"))
        .with_header(header("Cache-Control", "no-cache"))
}

fn header(name: &str, value: &str) -> Header {
    Header::from_bytes(name, value).expect("아스키 머리글")
}

fn content_type(file: &Path) -> &'static str {
    match file.extension().and_then(|end| end.to_str()).unwrap_or("") {
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        "txt" | "md" | "tsv" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

pub(crate) fn percent_decode(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        let decoded = (byte == b'%').then(|| {
            let hex = [rest.next()?, rest.next()?];
            u8::from_str_radix(std::str::from_utf8(&hex).ok()?, 16).ok()
        });
        bytes.push(decoded.flatten().unwrap_or(byte));
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// 책에 들어가는 모든 파일의 고친 때. 달라지면 다시 짓는다.
fn snapshot(root: &Path) -> BTreeMap<PathBuf, SystemTime> {
    let mut seen = BTreeMap::new();
    let mut todo: Vec<PathBuf> = ["src", "listings", "solutions", "theme", "book.toml"]
        .iter()
        .map(|name| root.join(name))
        .collect();
    while let Some(path) = todo.pop() {
        let Ok(meta) = fs::metadata(&path) else {
            continue;
        };
        if meta.is_dir() {
            let entries = fs::read_dir(&path).into_iter().flatten().flatten();
            todo.extend(entries.map(|entry| entry.path()));
        } else if let Ok(time) = meta.modified() {
            seen.insert(path, time);
        }
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_busy_port_gives_the_next_free_one() {
        let busy = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("빈 포트");
        let taken = busy.local_addr().expect("주소").port();
        let (_next, port) = bind(taken).expect("다음 포트");
        assert!(port > taken);
    }

    #[test]
    fn paths_are_decoded_and_broken_ones_kept() {
        assert_eq!(percent_decode("a%20b/%EA%B0%80.html"), "a b/가.html");
        assert_eq!(percent_decode("100%"), "100%");
    }
}
