fn measure(name: &str, done: impl FnOnce(Result<usize, &str>)) {
    if name.is_empty() {
        done(Err("이름이 비었다"));
        // return을 잊었다.
    }
    done(Ok(name.len()));
}

fn main() {
    measure("", |_| {});
}
