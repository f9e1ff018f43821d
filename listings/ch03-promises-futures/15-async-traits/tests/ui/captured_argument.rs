//! 이름을 복사해 두었는데도 퓨처가 빌린 채로 남는다.

fn greeting(name: &str) -> impl Future<Output = String> {
    let name = String::from(name);
    async move { format!("안녕하세요, {name} 님") }
}

fn main() {
    let future = {
        let name = String::from("하나");
        greeting(&name)
    };
    drop(future);
}
