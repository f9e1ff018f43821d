//! 파일을 여는 편집기. 부른 쪽이 멈춰 서는 호출을 콜백으로 바꾼다.

use std::collections::HashSet;
use std::rc::Rc;
use std::sync::{Arc, mpsc};
use std::thread;

use ch02_01_completion_callback::Pool;

fn main() {
    open_and_wait();
    open_with_callback();
    hand_over_buffer();
    open_missing();
    count_words();
    run_inside_callback();
}

// ANCHOR: read
/// 그런 이름의 파일이 없다.
struct NotFound(String);

/// `buffer`를 받아 파일의 내용으로 채우고 돌려준다. 디스크 대신 메모리에 적어 둔 글을 쓴다.
fn read(name: &str, mut buffer: Vec<u8>) -> Result<Vec<u8>, NotFound> {
    let text = match name {
        "일기.txt" => "비가 왔다. 비가 갰다.",
        "목차.txt" => "일기.txt",
        _ => return Err(NotFound(name.to_owned())),
    };
    println!("디스크: {name} 읽음");
    buffer.clear();
    buffer.extend_from_slice(text.as_bytes());
    Ok(buffer)
}
// ANCHOR_END: read

// ANCHOR: show
fn show(result: Result<Vec<u8>, NotFound>) {
    match result {
        Ok(buffer) => println!("편집기: {}바이트를 화면에 올림", buffer.len()),
        Err(NotFound(name)) => println!("편집기: {name} 없음"),
    }
}

fn type_keys() {
    for key in ["ㄱ", "ㄴ"] {
        println!("편집기: 키 입력 {key}");
    }
}
// ANCHOR_END: show

fn open_and_wait() {
    println!("== 기다리는 호출 ==");
    // ANCHOR: blocking
    println!("편집기: 일기.txt 열기");
    let result = read("일기.txt", Vec::new());
    show(result);
    type_keys();
    // ANCHOR_END: blocking
}

fn open_with_callback() {
    println!("== 콜백 ==");
    // ANCHOR: callback
    let pool = Pool::new(1);
    let (typed, after_typing) = mpsc::channel();
    println!("편집기: 일기.txt 열기");
    pool.run(
        move || {
            // 느린 디스크. 편집기가 키를 다 받을 때까지 대답하지 않는다.
            after_typing.recv().expect("편집기가 신호를 보낸다");
            read("일기.txt", Vec::new())
        },
        |result| {
            show(result);
            let name = thread::current().name().map(str::to_owned);
            println!("[Rust] 콜백을 부른 스레드: {}", name.unwrap_or_default());
        },
    );
    type_keys();
    typed.send(()).expect("일이 신호를 기다린다");
    drop(pool); // 맡은 일을 모두 끝내고 돌아온다.
    // ANCHOR_END: callback
}

fn hand_over_buffer() {
    println!("== 버퍼 ==");
    // ANCHOR: buffer
    let pool = Pool::new(1);
    let (give_back, given_back) = mpsc::channel();
    let buffer = Vec::with_capacity(64);
    let (address, capacity) = (buffer.as_ptr(), buffer.capacity());
    pool.run(
        move || read("일기.txt", buffer),
        move |result| give_back.send(result).expect("편집기가 버퍼를 기다린다"),
    );
    if let Ok(Ok(buffer)) = given_back.recv() {
        let same = buffer.as_ptr() == address;
        let kept = buffer.capacity() == capacity;
        println!("편집기: {}바이트가 담겨 돌아옴", buffer.len());
        println!("편집기: 넘긴 그 버퍼인가? {same}");
        println!("[Rust] 용량이 그대로인가? {kept}");
    }
    // ANCHOR_END: buffer
}

fn open_missing() {
    println!("== 오류 ==");
    let pool = Pool::new(1);
    pool.run(|| read("편지.txt", Vec::new()), show);
}

// ANCHOR: words
/// 같은 낱말은 글자를 한 번만 담고 `Rc`로 함께 쓴다. `Rc`가 들었으니 `Send`가 아니다.
fn split(text: &[u8]) -> Vec<Rc<str>> {
    let mut known = HashSet::<Rc<str>>::new();
    let text = String::from_utf8_lossy(text);
    let words = text.split_whitespace().map(|word| {
        let shared = known.get(word).cloned();
        let shared = shared.unwrap_or_else(|| Rc::from(word));
        known.insert(Rc::clone(&shared));
        shared
    });
    words.collect()
}
// ANCHOR_END: words

fn count_words() {
    println!("== 낱말 세기 ==");
    // ANCHOR: rc
    let pool = Pool::new(1);
    pool.run(
        || read("일기.txt", Vec::new()).map(|text| split(&text)),
        |result| {
            if let Ok(words) = result {
                println!("편집기: 낱말 {}개", words.len());
                let shared = Rc::strong_count(&words[0]);
                println!("[Rust] 첫 낱말을 함께 쓰는 자리 {shared}개");
            }
        },
    );
    // ANCHOR_END: rc
}

fn run_inside_callback() {
    println!("== 콜백 안에서 맡기기 ==");
    let (finish, finished) = mpsc::channel();
    // ANCHOR: inside
    let pool = Arc::new(Pool::new(1));
    let same_pool = Arc::clone(&pool);
    pool.run(
        || read("목차.txt", Vec::new()),
        move |result| {
            let Ok(name) = result else { return };
            let (start, started) = mpsc::channel();
            let read_next = move || {
                let _ = start.send(()); // 그사이 콜백이 끝났으면 받을 쪽이 없다.
                read(&String::from_utf8_lossy(&name), Vec::new())
            };
            same_pool.run(read_next, move |result| {
                show(result);
                finish.send(()).expect("main이 기다린다");
            });
            println!("콜백: 다음 일이 시작했는가? {}", started.try_recv().is_ok());
            println!("콜백: 끝");
        },
    );
    // ANCHOR_END: inside
    finished.recv().expect("마지막 콜백이 알린다");
}
