//! 같은 파일을 서버 여럿에 묻고 가장 먼저 온 답을 씁니다. 진 쪽도 버리지 않고 돌려주어, 더 기다릴지를 부른 쪽이
//! 정하게 합니다. `select`를 퓨처의 목록으로 넓힌 `race_all`을 완성하세요.
//!
//! - 하나가 끝나면 그 번호와 결과와 나머지 퓨처를 돌려줍니다. 번호는 `futures`에서의 자리이고 0부터 셉니다.
//! - 나머지는 `futures`에 있던 차례 그대로입니다. 하던 데서 이어서 폴링할 수 있어야 합니다.
//! - 폴링할 때마다 앞에서부터 하나씩 묻습니다. 끝난 것이 없으면 한 번의 폴링에서 모두 꼭 한 번씩 묻습니다.
//! - 끝난 것을 만나면 그것이 이깁니다. 그 뒤의 퓨처는 이번에 묻지 않고 그대로 돌려줍니다.
//! - 빈 목록이면 `race_all`을 부른 자리에서 패닉합니다.

use std::pin::Pin;
use std::task::{Context, Poll};

/// `race_all`이 돌려주는 퓨처.
#[must_use = "폴링해야 시작한다"]
pub struct RaceAll<F> {
    futures: Vec<F>,
}

/// 가장 먼저 끝난 퓨처의 번호와 결과, 그리고 나머지 퓨처를 돌려준다.
///
/// # Panics
///
/// 빈 목록이면 패닉한다.
pub fn race_all<F: Future + Unpin>(futures: Vec<F>) -> RaceAll<F> {
    RaceAll { futures }
}

impl<F: Future + Unpin> Future for RaceAll<F> {
    type Output = (usize, F::Output, Vec<F>);

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let _ = cx;
        todo!(
            "퓨처 {}개 가운데 먼저 끝난 것을 고르세요",
            self.futures.len()
        )
    }
}
