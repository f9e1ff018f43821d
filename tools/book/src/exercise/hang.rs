//! 멈춘 테스트의 설명. 스레드들이 하던 일에서 흔한 까닭을 고른다.

use std::time::Duration;

use super::threads::{Doing, Thread};

/// 멈춘 까닭으로 흔한 것들. 가장 그럴듯한 것이 앞에 온다.
pub fn causes(threads: &[Thread], waited: Duration) -> Vec<&'static str> {
    let count = |wanted: &Doing| {
        threads
            .iter()
            .filter(|thread| thread.doing == *wanted)
            .count()
    };
    // 다른 프로그램이 코어를 나누어 쓰면 쉬지 않고 돌아도 CPU 시간은 기다린 시간보다 짧다.
    let busy = threads
        .iter()
        .any(|thread| thread.doing == Doing::Running || thread.cpu * 4 > waited);
    let mut causes = Vec::new();
    if busy {
        causes.push(
            "끝없는 반복입니다. 반복을 끝내는 조건이 참이 될 수 있는지, 조건을 바꿀 스레드가 살아 있는지 보세요.",
        );
    }
    match count(&Doing::Lock) {
        0 => {}
        1 => causes.extend([
            "락을 쥔 채 콜백을 불렀고, 콜백이 같은 락을 다시 얻으려 합니다. 락을 풀고 나서 부르세요.",
            "match나 if의 조건에서 얻은 락은 본문이 끝날 때까지 풀리지 않습니다. 값을 먼저 변수로 꺼내세요.",
        ]),
        _ => causes.extend([
            "락 두 개를 스레드마다 다른 순서로 얻어 서로를 기다립니다(교착 상태). 어디서나 같은 순서로 얻으세요.",
            "락을 쥔 채 다른 스레드를 기다리거나 콜백을 부릅니다. 락을 풀고 나서 하세요.",
        ]),
    }
    if count(&Doing::Condvar) > 0 {
        causes.push(
            "깨움을 놓쳤습니다. notify가 wait보다 먼저 지나가면 아무도 깨지 않습니다. 락 안에서 조건을 바꾸고 wait_while로 조건을 보며 기다리세요.",
        );
    }
    if count(&Doing::Park) > 0 {
        causes.extend([
            "깨우는 쪽이 불리지 않았습니다. 모든 길에서 send나 unpark, 콜백을 부르는지 보세요.",
            "쓰지 않는 송신자가 어딘가 남아 있으면 채널의 recv는 끝나지 않습니다. 다 쓴 송신자를 버리세요.",
            "실행기를 쓴다면, Pending을 돌려주며 웨이커를 남기지 않았거나 poll 안에서 스레드를 막고 있습니다.",
        ]);
    }
    if threads
        .iter()
        .any(|thread| matches!(thread.doing, Doing::Io(_)))
    {
        causes.push(
            "서버나 읽기 반복에 끝내는 길이 없습니다. 연결을 닫거나, 그만 받으라고 알리는 길을 만드세요.",
        );
    }
    if count(&Doing::Sleep) > 0 {
        causes.push("실제 시간을 기다립니다. 테스트가 건네준 시계를 쓰세요.");
    }
    if causes.is_empty() {
        causes = general();
    }
    causes
}

/// 스레드들을 볼 수 없을 때의 까닭들.
fn general() -> Vec<&'static str> {
    vec![
        "락 두 개를 스레드마다 다른 순서로 얻었거나, 락을 쥔 채 콜백을 불렀습니다.",
        "깨우는 쪽(send, notify, unpark, wake)이 불리지 않았거나 먼저 지나갔습니다.",
        "반복을 끝내는 조건이 참이 되지 않습니다.",
    ]
}
