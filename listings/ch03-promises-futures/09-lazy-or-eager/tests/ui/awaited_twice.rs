//! 퓨처를 두 번 기다린다.

async fn twice(stock: impl Future<Output = u32>) -> u32 {
    stock.await + stock.await
}

fn main() {
    drop(twice(async { 7 }));
}
