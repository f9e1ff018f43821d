//! 10절의 테스트를 이 런타임으로 돌린다.

extern crate ch04_13_faster as ch04_10_mini_runtime;

#[path = "../../10-mini-runtime/tests/idle.rs"]
mod of_ten;
