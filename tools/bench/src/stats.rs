//! 바퀴마다 얻은 수를 줄인다.

/// 흩어진 정도.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// 가장 작은 것.
    pub min: f64,
    /// 아래 사분위.
    pub low: f64,
    /// 중앙값.
    pub median: f64,
    /// 위 사분위.
    pub high: f64,
    /// 가장 큰 것.
    pub max: f64,
}

impl Spread {
    /// `samples`가 흩어진 정도를 센다.
    ///
    /// # Panics
    ///
    /// 비어 있으면 패닉한다.
    pub fn of(samples: &[f64]) -> Spread {
        assert!(!samples.is_empty(), "잰 것이 없습니다");
        let mut sorted = samples.to_vec();
        sorted.sort_by(f64::total_cmp);
        Spread {
            min: quantile(&sorted, 0.0),
            low: quantile(&sorted, 0.25),
            median: quantile(&sorted, 0.5),
            high: quantile(&sorted, 0.75),
            max: quantile(&sorted, 1.0),
        }
    }
}

/// 사이의 값은 곧은 선으로 잇는다.
fn quantile(sorted: &[f64], part: f64) -> f64 {
    let at = part * (sorted.len() - 1) as f64;
    let (below, above) = (sorted[at.floor() as usize], sorted[at.ceil() as usize]);
    below + (above - below) * at.fract()
}

/// 같은 바퀴에서 잰 것끼리 나눈다. `ours`가 느릴수록 크다.
///
/// # Panics
///
/// 길이가 다르면 패닉한다.
pub fn ratios(ours: &[f64], peer: &[f64]) -> Vec<f64> {
    assert_eq!(ours.len(), peer.len(), "바퀴의 수가 다릅니다");
    ours.iter()
        .zip(peer)
        .map(|(ours, peer)| ours / peer)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_does_not_see_one_wild_sample() {
        let spread = Spread::of(&[900.0, 2.0, 1.0, 3.0, 4.0]);
        let expected = Spread {
            min: 1.0,
            low: 2.0,
            median: 3.0,
            high: 4.0,
            max: 900.0,
        };
        assert_eq!(spread, expected);
    }

    #[test]
    fn between_two_samples_the_quantiles_are_interpolated() {
        let spread = Spread::of(&[2.0, 1.0]);
        assert_eq!((spread.low, spread.median, spread.high), (1.25, 1.5, 1.75));
        assert_eq!(Spread::of(&[7.0]).low, 7.0);
    }

    #[test]
    fn samples_of_one_round_are_paired() {
        // 시간은 백 배로 흔들리지만 바퀴 안에서는 늘 두 배이다.
        let (ours, peer) = ([2.0, 200.0, 20.0], [1.0, 100.0, 10.0]);
        assert_eq!(ratios(&ours, &peer), [2.0, 2.0, 2.0]);
    }

    #[test]
    fn the_median_of_ratios_is_not_the_ratio_of_medians() {
        let (ours, peer) = ([1.0, 6.0, 8.0], [1.0, 2.0, 8.0]);
        assert_eq!(Spread::of(&ratios(&ours, &peer)).median, 1.0);
        assert_eq!(Spread::of(&ours).median / Spread::of(&peer).median, 3.0);
    }
}
