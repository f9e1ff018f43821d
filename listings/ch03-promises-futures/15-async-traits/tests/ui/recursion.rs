//! 상자 없이 자기 자신을 기다린다.

async fn count(depth: u32) -> u32 {
    if depth == 0 {
        return 0;
    }
    1 + count(depth - 1).await
}

fn main() {
    drop(count(5));
}
