use std::convert::Infallible;

use ch02_01_completion_callback::Pool;

fn open(pool: &Pool) {
    let mut screen = String::new();
    let line = &mut screen;
    pool.run(
        || Ok::<_, Infallible>("비가 왔다."),
        move |result| line.push_str(result.unwrap()),
    );
}

fn main() {
    open(&Pool::new(1));
}
