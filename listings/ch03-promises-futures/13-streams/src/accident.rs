//! 비동기로 보이지만 차례로 돌거나 한도가 없는 꼴.

use futures::StreamExt;
use futures::future::join_all;

use crate::limits::{measured, requests};
use crate::server::Server;

// ANCHOR: by_accident
async fn for_each(server: &Server) {
    requests(server)
        .for_each(async |request| drop(request.await))
        .await;
}

async fn for_each_concurrent(server: &Server) {
    requests(server)
        .for_each_concurrent(3, async |request| drop(request.await))
        .await;
}

async fn joined_stream(server: &Server) {
    let requests: Vec<_> = requests(server).collect().await;
    join_all(requests).await;
}
// ANCHOR_END: by_accident

pub async fn tell() {
    println!("== 이름만 비동기 ==");
    println!("for_each: {}", measured(for_each).await);
    println!("모아서 join_all: {}", measured(joined_stream).await);
    println!(
        "for_each_concurrent(3): {}",
        measured(for_each_concurrent).await
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::report;

    // ANCHOR: tests
    #[tokio::test(start_paused = true)]
    async fn awaiting_in_for_each_is_sequential() {
        assert_eq!(measured(for_each).await, report(120, 1, 0));
        assert_eq!(measured(for_each_concurrent).await, report(40, 3, 0));
        assert_eq!(measured(joined_stream).await, report(10, 12, 8));
    }
    // ANCHOR_END: tests
}
