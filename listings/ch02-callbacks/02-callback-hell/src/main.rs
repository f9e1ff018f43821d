//! 앞 단계의 결과로 다음 단계를 부르는 주문. 오류를 삼킨 꼴과 고친 꼴을 같은 검사에 넣는다.

mod flat;
mod gathered;

use std::sync::Arc;

use ch02_02_callback_hell::{Done, OrderError, PlaceOrder, Shop, Step, outcomes, receipt};

// ANCHOR: lossy
fn place_order_lossy(shop: Arc<Shop>, user_id: u32, done: Done) {
    Arc::clone(&shop).find_user(user_id, move |user| match user {
        Err(error) => done(Err(error)),
        Ok(user) => Arc::clone(&shop).load_cart(user.id, move |cart| match cart {
            Err(error) => done(Err(error)),
            Ok(cart) => Arc::clone(&shop).reserve_stock(cart.item, move |stock| {
                if let Ok(stock) = stock {
                    shop.charge(user.id, stock.price, move |payment| match payment {
                        Err(error) => done(Err(error)),
                        Ok(payment) => done(Ok(receipt(user, stock, payment))),
                    });
                }
            }),
        }),
    });
}
// ANCHOR_END: lossy

// ANCHOR: nested
fn place_order_nested(shop: Arc<Shop>, user_id: u32, done: Done) {
    Arc::clone(&shop).find_user(user_id, move |user| match user {
        Err(error) => done(Err(error)),
        Ok(user) => Arc::clone(&shop).load_cart(user.id, move |cart| match cart {
            Err(error) => done(Err(error)),
            Ok(cart) => Arc::clone(&shop).reserve_stock(cart.item, move |stock| match stock {
                Err(error) => done(Err(error)),
                Ok(stock) => shop.charge(user.id, stock.price, move |payment| match payment {
                    Err(error) => done(Err(error)),
                    Ok(payment) => done(Ok(receipt(user, stock, payment))),
                }),
            }),
        }),
    });
}
// ANCHOR_END: nested

fn main() {
    println!("== 사라진 주문 ==");
    println!("재고가 없는 날에 주문을 넣었습니다.");
    println!("결과: {}", summary(place_order_lossy, Some(Step::Stock)));

    println!("== 순조로운 주문 ==");
    println!("결과: {}", summary(place_order_nested, None));

    println!("== 단계마다 실패 ==");
    let forms: [(&str, PlaceOrder); 4] = [
        ("삼킨 판", place_order_lossy),
        ("고친 판", place_order_nested),
        ("펼친 판", flat::place_order),
        ("모은 판", gathered::place_order),
    ];
    for (name, place_order) in forms {
        println!("{name}");
        for step in Step::ALL {
            println!("  {step} 실패: {}", summary(place_order, Some(step)));
        }
    }
}

fn summary(place_order: PlaceOrder, fails_at: Option<Step>) -> String {
    let calls = outcomes(place_order, fails_at);
    if calls.is_empty() {
        return String::from("done 0번, 소식 없음");
    }
    let mut line = format!("done {}번", calls.len());
    for call in calls {
        line += &match call {
            Ok(receipt) => format!(
                ", {} 님, {}, 승인 {}",
                receipt.name, receipt.item, receipt.approval
            ),
            Err(OrderError(step)) => format!(", {step} 오류"),
        };
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    // ANCHOR: check
    /// 단계를 하나씩 실패시킨다. 바로 그 오류로 `done`이 한 번 불리지 않은 단계와 불린 횟수를 모은다.
    fn unreported(place_order: PlaceOrder) -> Vec<(Step, usize)> {
        let mut found = Vec::new();
        for step in Step::ALL {
            let calls = outcomes(place_order, Some(step));
            if calls != [Err(OrderError(step))] {
                found.push((step, calls.len()));
            }
        }
        found
    }

    #[test]
    fn lossy_order_never_reports_the_stock_error() {
        assert_eq!(unreported(place_order_lossy), [(Step::Stock, 0)]);
    }

    #[test]
    fn cured_orders_report_every_error_once() {
        assert_eq!(unreported(place_order_nested), []);
        assert_eq!(unreported(flat::place_order), []);
        assert_eq!(unreported(gathered::place_order), []);
    }
    // ANCHOR_END: check

    #[test]
    fn all_forms_succeed_alike() {
        let lossy = outcomes(place_order_lossy, None);
        assert_eq!(lossy.len(), 1);
        for place_order in [place_order_nested, flat::place_order, gathered::place_order] {
            assert_eq!(outcomes(place_order, None), lossy);
        }
    }
}
