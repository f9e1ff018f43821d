use std::pin::pin;

async fn number(value: u32) -> u32 {
    value
}

async fn both() -> u32 {
    let (mut a, mut b) = (pin!(number(1)), pin!(number(2)));
    let mut sum = 0;
    for _ in 0..2 {
        futures::select! {
            value = a => sum += value,
            value = b => sum += value,
        }
    }
    sum
}

fn main() {
    drop(both());
}
