use ch02_05_exactly_once::{Abandoned, guarded};

fn charge_with_retry(done: impl FnOnce(Result<u32, Abandoned>) + Clone) {
    let on_first = done.clone();
    let on_retry = done;
    on_retry(Ok(2));
    on_first(Ok(1));
}

fn main() {
    charge_with_retry(guarded(|_outcome| {}));
}
