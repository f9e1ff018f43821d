use ch02_02_callback_hell::User;

fn load_cart(user: &User, done: impl FnOnce() + Send + 'static) {
    println!("{}", user.id);
    done();
}

fn place_order(user: User) {
    load_cart(&user, move || println!("{}", user.name));
}

fn main() {
    place_order(User { id: 7, name: String::from("하나") });
}
