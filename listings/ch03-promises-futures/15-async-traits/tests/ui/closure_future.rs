//! 빌린 인수를 쥔 퓨처를 보통의 클로저 바운드로 받는다.

async fn for_each<F>(names: &[&str], mut visit: impl FnMut(&str) -> F)
where
    F: Future<Output = ()>,
{
    for name in names {
        visit(name).await;
    }
}

fn main() {
    drop(for_each(&["하나"], |name| async move { println!("{name}") }));
}
