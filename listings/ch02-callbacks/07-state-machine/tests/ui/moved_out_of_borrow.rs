use ch02_07_state_machine::State;

struct Order {
    state: State,
}

impl Order {
    fn start_charging(&mut self) {
        if let State::ReservingStock { user } = self.state {
            println!("{}", user.name);
        }
    }
}

fn main() {
    let state = State::FindingUser;
    Order { state }.start_charging();
}
