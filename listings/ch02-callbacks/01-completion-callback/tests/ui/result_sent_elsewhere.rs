use std::convert::Infallible;
use std::rc::Rc;
use std::sync::mpsc;

use ch02_01_completion_callback::Pool;

fn main() {
    let pool = Pool::new(1);
    let (send, received) = mpsc::channel();
    pool.run(
        || Ok::<_, Infallible>(Rc::<str>::from("비가")),
        move |result| send.send(result.unwrap()).unwrap(),
    );
    println!("{:?}", received.recv());
}
