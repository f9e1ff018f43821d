//! 고장을 심을 수 있는 결제. 어느 길로 가든 콜백이 한 번 불리는지 세어 본다.

use std::convert::Infallible;
use std::fmt;
use std::sync::mpsc;

use ch02_01_completion_callback::Pool;
use ch02_05_exactly_once::Abandoned;

// ANCHOR: outcome
/// 결제가 끝나지 못한 까닭.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChargeError {
    /// 카드사가 거절했다.
    Refused,
    /// 결제를 맡은 쪽이 대답하지 않고 콜백을 버렸다.
    Abandoned,
}

impl From<Abandoned> for ChargeError {
    fn from(_: Abandoned) -> ChargeError {
        ChargeError::Abandoned
    }
}

/// 결제의 결과. 성공하면 승인 번호를 담는다.
pub type Outcome = Result<u32, ChargeError>;
// ANCHOR_END: outcome

/// 결제의 세 단계.
#[derive(Clone, Copy, PartialEq)]
pub enum Step {
    Check,
    Approve,
    Record,
}

/// 단계를 지나지 못하는 두 모습.
#[derive(Clone, Copy)]
pub enum Fault {
    Fail,
    Panic,
}

/// 고장 날 단계와 그 모습. `None`이면 아무 탈이 없다.
#[derive(Clone, Copy)]
pub struct Trouble(Option<(Step, Fault)>);

impl Trouble {
    /// 탈이 없는 길부터, 단계마다 두 고장까지 일곱 길.
    pub fn all() -> Vec<Trouble> {
        let mut all = vec![Trouble(None)];
        for fault in [Fault::Fail, Fault::Panic] {
            for step in [Step::Check, Step::Approve, Step::Record] {
                all.push(Trouble(Some((step, fault))));
            }
        }
        all
    }

    fn fails(self, step: Step) -> bool {
        match self.0 {
            Some((at, Fault::Panic)) if at == step => panic!("{self}"),
            Some((at, Fault::Fail)) => at == step,
            _ => false,
        }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some((step, fault)) = self.0 else {
            return f.write_str("탈 없음");
        };
        let step = match step {
            Step::Check => "검사",
            Step::Approve => "승인",
            Step::Record => "기록",
        };
        let fault = match fault {
            Fault::Fail => "실패",
            Fault::Panic => "패닉",
        };
        write!(f, "{step}에서 {fault}")
    }
}

// ANCHOR: charge
/// 검사하고, 승인받고, 장부에 적은 다음 승인 번호로 `done`을 부른다.
fn charge(trouble: Trouble, done: impl FnOnce(Outcome)) {
    if trouble.fails(Step::Check) {
        return;
    }
    if trouble.fails(Step::Approve) {
        return done(Err(ChargeError::Refused));
    }
    if trouble.fails(Step::Record) {
        return;
    }
    done(Ok(1));
}
// ANCHOR_END: charge

/// 결제가 받는 콜백의 모양.
pub type Done = Box<dyn FnOnce(Outcome) + Send>;

// ANCHOR: calls
/// 작업 스레드에서 결제하고, 콜백이 받은 것을 모두 모은다. `wrap`으로 콜백을 감싼다.
pub fn calls(trouble: Trouble, wrap: fn(Done) -> Done) -> Vec<Outcome> {
    let (report, inbox) = mpsc::channel();
    let done = wrap(Box::new(move |outcome| {
        report.send(outcome).expect("inbox는 아래에서 읽는다");
    }));
    let pool = Pool::new(1);
    let work = move || {
        charge(trouble, done);
        Ok::<_, Infallible>(())
    };
    pool.run(work, |_| {});
    // 송신자는 콜백 안에만 있다. 불렸든 버려졌든 사라지면 반복이 끝난다.
    inbox.iter().collect()
}
// ANCHOR_END: calls

#[cfg(test)]
mod tests {
    use super::*;
    use ch02_05_exactly_once::guarded;

    // ANCHOR: check
    /// 콜백이 정확히 한 번 불리지 않은 길과 불린 횟수.
    fn wrong(wrap: fn(Done) -> Done) -> Vec<(String, usize)> {
        let counted = Trouble::all()
            .into_iter()
            .map(|trouble| (trouble.to_string(), calls(trouble, wrap).len()));
        counted.filter(|(_, calls)| *calls != 1).collect()
    }

    #[test]
    fn a_bare_callback_is_lost_on_five_paths_of_seven() {
        let lost = [
            "검사에서 실패",
            "기록에서 실패",
            "검사에서 패닉",
            "승인에서 패닉",
            "기록에서 패닉",
        ];
        assert_eq!(wrong(|done| done), lost.map(|path| (path.to_owned(), 0)));
    }

    #[test]
    fn a_guarded_callback_is_called_once_on_every_path() {
        assert_eq!(wrong(|done| Box::new(guarded(done))), []);
    }
    // ANCHOR_END: check

    #[test]
    fn the_guard_changes_no_answer() {
        for trouble in Trouble::all() {
            let bare = calls(trouble, |done| done);
            let guarded = calls(trouble, |done| Box::new(guarded(done)));
            let expected = if bare.is_empty() {
                vec![Err(ChargeError::Abandoned)]
            } else {
                bare
            };
            assert_eq!(guarded, expected);
        }
    }
}
