//! `.await`를 넘어 살아남는 값에 따라 달라지는 크기.

use std::future::pending;

// ANCHOR: buffers
async fn made_after() {
    pending::<()>().await;
    println!("{}", sum(&[1; 1024]));
}

async fn used_after() {
    let buffer = [1; 1024];
    pending::<()>().await;
    println!("{}", sum(&buffer));
}

async fn used_before() {
    let buffer = [1; 1024];
    let total = sum(&buffer);
    pending::<()>().await;
    println!("{total}");
}

async fn scoped() {
    let total = sum(&[1; 1024]);
    pending::<()>().await;
    println!("{total}");
}
// ANCHOR_END: buffers

// ANCHOR: nested
async fn argument(buffer: [u8; 1024]) {
    pending::<()>().await;
    println!("{}", sum(&buffer));
}

async fn nested() {
    used_after().await;
}

async fn boxed() {
    Box::pin(used_after()).await;
}
// ANCHOR_END: nested

fn sum(bytes: &[u8]) -> u32 {
    bytes.iter().map(|&byte| u32::from(byte)).sum()
}

/// 퓨처마다 하는 일과 크기(바이트).
pub fn table() -> [(&'static str, usize); 7] {
    [
        ("기다린 뒤에 만든 버퍼", size_of_val(&made_after())),
        ("기다린 뒤에 쓰는 버퍼", size_of_val(&used_after())),
        ("기다리기 전에 다 쓴 버퍼", size_of_val(&used_before())),
        ("식 하나에만 있던 버퍼", size_of_val(&scoped())),
        ("인수로 받은 버퍼", size_of_val(&argument([1; 1024]))),
        ("기다린 뒤에 쓰는 버퍼를 부른 퓨처", size_of_val(&nested())),
        ("그 퓨처를 Box에 담은 퓨처", size_of_val(&boxed())),
    ]
}
