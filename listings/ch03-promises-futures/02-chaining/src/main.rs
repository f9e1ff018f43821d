//! 네 단계의 주문을 납작한 사슬 하나로 잇고, 오류를 한곳에서 받는다.

mod order;

use std::cell::RefCell;
use std::rc::Rc;

use ch03_01_promise::Microtasks;
use ch03_02_chaining::{Answer, OrderError, Shop, Step};
use order::{cart_or_default, order_forgetting, order_or_wait, order_remembering, place_order};

type Order = fn(&Shop, u32) -> Answer<String>;

fn main() {
    println!("== 순조로운 주문 ==");
    println!("{}", summary(place_order, None));

    println!("== 단계마다 실패 ==");
    for step in Step::ALL {
        println!("{step} 실패: {}", summary(place_order, Some(step)));
    }

    println!("== 되살리기 ==");
    let cart: Order = |shop, id| cart_or_default(shop, id).then(|cart| Ok(cart.item));
    println!("장바구니 실패: {}", summary(cart, Some(Step::Cart)));

    println!("== 골라 받기 ==");
    for step in [Step::Stock, Step::Payment] {
        println!("{step} 실패: {}", summary(order_or_wait, Some(step)));
    }

    println!("== 뒷정리 ==");
    for fails_at in [None, Some(Step::Payment)] {
        cleaned(fails_at).iter().for_each(|line| println!("{line}"));
    }

    println!("== 나란히와 이어서 ==");
    println!("나란히: {}", caught(beside));
    println!("이어서: {}", caught(after));

    println!("== 잊은 결제 ==");
    let forms: [(&str, Order); 2] = [
        ("잊은 꼴", order_forgetting),
        ("이은 꼴", order_remembering),
    ];
    for (name, order) in forms {
        println!("{name}: {}", summary(order, Some(Step::Payment)));
    }
}

// ANCHOR: outcomes
/// 7번 사용자로 주문을 넣고, 사슬의 끝이 들은 것을 모두 모은다. 부른 단계도 함께 준다.
fn outcomes(order: Order, fails_at: Option<Step>) -> (Vec<Result<String, OrderError>>, Vec<Step>) {
    let (queue, heard) = (Microtasks::default(), Rc::new(RefCell::new(Vec::new())));
    let shop = Shop::new(&queue, fails_at);
    let hear = Rc::clone(&heard);
    order(&shop, 7).done(move |result| hear.borrow_mut().push(result));
    queue.run();
    (heard.take(), shop.asked())
}
// ANCHOR_END: outcomes

fn summary(order: Order, fails_at: Option<Step>) -> String {
    let (heard, asked) = outcomes(order, fails_at);
    let heard = heard.into_iter().map(told).collect::<Vec<_>>().join(", ");
    let asked = asked.iter().map(Step::to_string).collect::<Vec<_>>();
    format!("{heard} (부른 단계 {})", asked.join(", "))
}

fn told(result: Result<String, OrderError>) -> String {
    result.unwrap_or_else(|OrderError(step)| format!("{step} 오류"))
}

// ANCHOR: finally
/// 성공해도 실패해도 로딩 표시를 끈다.
fn cleaned(fails_at: Option<Step>) -> Vec<String> {
    let (queue, log) = (Microtasks::default(), Rc::new(RefCell::new(Vec::new())));
    let (off, shown) = (Rc::clone(&log), Rc::clone(&log));
    log.borrow_mut().push(String::from("로딩 표시를 켠다"));
    place_order(&Shop::new(&queue, fails_at), 7)
        .finally(move || {
            off.borrow_mut().push(String::from("로딩 표시를 끈다"));
            Ok(())
        })
        .done(move |result| shown.borrow_mut().push(told(result)));
    queue.run();
    log.take()
}
// ANCHOR_END: finally

// ANCHOR: beside
/// 처리 함수 둘을 한 번에 건다.
fn beside(answer: Answer<String>) -> Answer<String> {
    answer.then_both(reject_receipt, |_| Ok(String::from("사과문")))
}

/// 처리 함수 뒤에 `catch`를 잇는다.
fn after(answer: Answer<String>) -> Answer<String> {
    answer
        .then(reject_receipt)
        .catch(|_| Ok(String::from("사과문")))
}

/// 영수증을 쓰다가 실패하는 처리 함수.
fn reject_receipt(_: String) -> Result<String, OrderError> {
    Err(OrderError(Step::Payment))
}
// ANCHOR_END: beside

fn caught(chain: fn(Answer<String>) -> Answer<String>) -> String {
    let (queue, heard) = (Microtasks::default(), Rc::new(RefCell::new(String::new())));
    let hear = Rc::clone(&heard);
    let answer = chain(place_order(&Shop::new(&queue, None), 7));
    answer.done(move |result| *hear.borrow_mut() = told(result));
    queue.run();
    heard.take()
}

#[cfg(test)]
mod tests {
    use super::*;

    // ANCHOR: check
    /// 단계를 하나씩 실패시킨다. 바로 그 오류를 한 번 듣지 않은 단계와 들은 횟수를 모은다.
    fn unreported(order: Order) -> Vec<(Step, usize)> {
        let mut found = Vec::new();
        for step in Step::ALL {
            let (heard, asked) = outcomes(order, Some(step));
            if asked.contains(&step) && heard != [Err(OrderError(step))] {
                found.push((step, heard.len()));
            }
        }
        found
    }

    #[test]
    fn the_chain_reports_every_error_once() {
        assert_eq!(unreported(place_order), []);
        assert_eq!(unreported(order_remembering), []);
    }

    #[test]
    fn a_forgotten_promise_loses_the_payment_error() {
        assert_eq!(unreported(order_forgetting), [(Step::Payment, 1)]);
        let (heard, _) = outcomes(order_forgetting, Some(Step::Payment));
        assert_eq!(heard, [Ok(String::from("하나 님, 결제 완료"))]);
    }
    // ANCHOR_END: check

    // ANCHOR: skipped
    #[test]
    fn steps_after_the_failed_one_are_not_asked() {
        for (at, step) in Step::ALL.into_iter().enumerate() {
            let (_, asked) = outcomes(place_order, Some(step));
            assert_eq!(asked, Step::ALL[..=at]);
        }
    }
    // ANCHOR_END: skipped

    // ANCHOR: swallowed
    #[test]
    fn a_catch_for_every_error_swallows_the_wrong_ones() {
        let greedy: Order = |shop, id| {
            let order = place_order(shop, id);
            order.catch(|_| Ok(String::from("대기 명단에 올림")))
        };
        assert_eq!(unreported(order_or_wait), [(Step::Stock, 1)]);
        assert_eq!(unreported(greedy).len(), 4);
    }
    // ANCHOR_END: swallowed

    // ANCHOR: dropped
    #[test]
    fn an_answer_that_never_comes_is_never_heard() {
        let (queue, heard) = (Microtasks::default(), Rc::new(RefCell::new(Vec::new())));
        let [catch, finally, done] = [(); 3].map(|()| Rc::clone(&heard));
        let (answer, resolver) = Answer::<String>::pending(&queue);
        let answer = answer.catch(move |error| {
            catch.borrow_mut().push("catch");
            Err(error)
        });
        let answer = answer.finally(move || {
            finally.borrow_mut().push("finally");
            Ok(())
        });
        answer.done(move |_| done.borrow_mut().push("done"));
        drop(resolver);
        queue.run();
        assert!(heard.take().is_empty());
    }
    // ANCHOR_END: dropped

    #[test]
    fn the_loading_mark_goes_off_either_way() {
        for fails_at in [None, Some(Step::Payment)] {
            let lines = cleaned(fails_at);
            assert_eq!(lines[..2], ["로딩 표시를 켠다", "로딩 표시를 끈다"]);
        }
    }

    #[test]
    fn only_a_catch_after_hears_the_handler() {
        assert_eq!(caught(beside), "결제 오류");
        assert_eq!(caught(after), "사과문");
    }
}
