use ch02_07_state_machine::State;

fn undo(state: &State) -> &'static str {
    match state {
        State::FindingUser | State::LoadingCart { .. } => "되돌릴 것 없음",
        State::Charging { .. } => "결제를 무르고 재고를 풀기",
    }
}

fn main() {
    println!("{}", undo(&State::FindingUser));
}
