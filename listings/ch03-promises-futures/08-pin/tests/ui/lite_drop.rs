//! `pin_project!`를 쓴 타입에 `Drop`을 구현하려 한다.

use std::mem;

pin_project_lite::pin_project! {
    struct Timed<F> {
        #[pin]
        future: Option<F>,
    }
}

impl<F> Drop for Timed<F> {
    fn drop(&mut self) {
        mem::take(&mut self.future);
    }
}

fn main() {}
