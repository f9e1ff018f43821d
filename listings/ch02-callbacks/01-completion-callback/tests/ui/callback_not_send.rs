use std::cell::RefCell;
use std::convert::Infallible;
use std::rc::Rc;

use ch02_01_completion_callback::Pool;

fn main() {
    let pool = Pool::new(1);
    let screen = Rc::new(RefCell::new(String::new()));
    let same_screen = Rc::clone(&screen);
    pool.run(
        || Ok::<_, Infallible>("비가 왔다."),
        move |result| same_screen.borrow_mut().push_str(result.unwrap()),
    );
    screen.borrow_mut().push('_');
}
