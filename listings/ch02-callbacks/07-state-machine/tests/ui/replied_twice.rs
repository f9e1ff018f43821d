use ch02_02_callback_hell::{OrderError, Step};
use ch02_07_state_machine::State;

fn main() {
    let (state, _call) = State::start(7);
    let _ = state.on_reply(Err(OrderError(Step::User)));
    let _ = state.on_reply(Err(OrderError(Step::User)));
}
