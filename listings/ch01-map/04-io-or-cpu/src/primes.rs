//! 기다릴 것이 하나도 없는 계산.

use std::ops::Range;

// ANCHOR: primes
/// 범위 안의 소수를 센다. 나누어 보는 것 말고는 하는 일이 없다.
pub fn count_primes(range: Range<u32>) -> usize {
    range.filter(|&n| is_prime(n)).count()
}

fn is_prime(n: u32) -> bool {
    n >= 2
        && (2..)
            .take_while(|d| d * d <= n)
            .all(|d| !n.is_multiple_of(d))
}
// ANCHOR_END: primes

/// 폭이 `width`인 조각 가운데 `number`번째. 처음부터 이어 붙이면 빈틈이 없다.
pub fn piece(number: usize, width: u32) -> Range<u32> {
    let start = u32::try_from(number).expect("조각은 몇 개 되지 않는다") * width;
    start..start + width
}
