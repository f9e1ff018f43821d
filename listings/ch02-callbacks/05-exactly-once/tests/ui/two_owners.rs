fn charge_with_retry(done: impl FnOnce(Result<u32, ()>)) {
    let on_first = move |outcome| done(outcome);
    let on_retry = move |outcome| done(outcome);
    on_retry(Ok(2));
    on_first(Ok(1));
}

fn main() {
    charge_with_retry(|_outcome| {});
}
