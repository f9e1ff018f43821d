//! `use<>`가 없으면, 빌린 것을 복제해 가져간 퓨처도 빌린 것으로 친다.

fn owned(shop: &String) -> impl Future<Output = usize> + use<> {
    let shop = shop.clone();
    async move { shop.len() }
}

fn captured(shop: &String) -> impl Future<Output = usize> {
    let shop = shop.clone();
    async move { shop.len() }
}

fn main() {
    let shop = String::from("가게");
    let kept = (owned(&shop), captured(&shop));
    drop(shop);
    drop(kept);
}
