//! 고치지 마세요. 여러분이 고치는 파일은 `src/lib.rs`입니다.
//!
//! 아래에는 답과 까닭이 모두 적혀 있습니다. 풀기 전이라면 여기까지만 읽으세요.

use ex01_05_which_model::Model::{
    self, OneAtATime, SplitOverCores, Tasks, TasksAndThreads, ThreadPerGuest, ThreadPool,
};
use ex01_05_which_model::{blur, chat, convert, download, ledger, upload};

/// 맞는 모델이면 `None`, 아니면 왜 맞지 않는지.
type Reason = Option<&'static str>;

/// 고른 모델이 맞지 않으면 그 까닭을 말하며 실패한다.
fn check(scene: &str, picked: Model, reason: Reason) {
    if let Some(reason) = reason {
        panic!("{scene}: {picked:?} 모델은 맞지 않습니다. {reason}");
    }
}

/// 파일 하나를 내려받는다
#[test]
fn basic_one_file_is_downloaded() {
    let picked = download();
    let reason = match picked {
        OneAtATime => None,
        ThreadPerGuest => Some(
            "기다릴 것이 하나뿐입니다. 스레드를 더 띄워도 메인 스레드가 그 스레드를 기다릴 뿐, 빨라지는 것이 없습니다.",
        ),
        ThreadPool => Some(
            "일이 하나뿐이라 큐에 설 것이 없습니다. 풀을 띄워도 한 스레드만 일하고 나머지는 잡니다.",
        ),
        Tasks => Some(
            "함께 기다릴 다른 일이 없으니 런타임이 할 일도 없습니다. 막는 호출 하나와 걸리는 시간이 같고 코드만 늘어납니다.",
        ),
        TasksAndThreads => {
            Some("함께 기다릴 것도, 떼어 낼 계산도 없습니다. 막고 기다려도 막히는 사람이 없습니다.")
        }
        SplitOverCores => Some(
            "이 일은 계산이 아니라 기다림입니다. 코어가 아무리 많아도 네트워크는 빨라지지 않습니다.",
        ),
    };
    check("파일 하나 내려받기", picked, reason);
}

/// 손님 스무 명과 막는 드라이버
#[test]
fn twenty_guests_of_a_blocking_driver() {
    let picked = ledger();
    let reason = match picked {
        OneAtATime => Some(
            "말없는 손님 한 명이 접속해 있는 동안 나머지 열아홉 명은 맞아 주지도 않습니다. 1절의 서버입니다.",
        ),
        ThreadPerGuest => None,
        ThreadPool => Some(
            "손님이 접속한 채로 말이 없으면 작업 스레드를 차지하고 있습니다. 작업 스레드가 스물보다 적으면 늦게 온 손님이 서고, 스물이면 손님마다 스레드를 띄우는 것과 같은데 큐만 더 있습니다.",
        ),
        Tasks => Some(
            "드라이버의 막는 함수를 태스크에서 부르면 하나뿐인 런타임의 스레드가 섭니다. 한 손님의 조회가 끝날 때까지 모두가 기다립니다.",
        ),
        TasksAndThreads => Some(
            "되기는 합니다. 그러나 조회마다 스레드로 떼어 내야 하니 스무 명을 위해 런타임까지 들일 까닭이 없습니다. 스레드 스무 개는 값이 거의 없고 코드는 더 단순합니다.",
        ),
        SplitOverCores => Some("손님들을 기다리는 일입니다. 쪼개어 계산할 큰 일이 없습니다."),
    };
    check("사내 장부", picked, reason);
}

/// 한꺼번에 몰리는 짧은 계산
#[test]
fn short_computations_in_a_rush() {
    let picked = convert();
    let reason = match picked {
        OneAtATime => Some(
            "줄은 서지만 코어 셋이 놉니다. 앞의 한 건이 끝날 때까지 나머지 수백 건이 기다립니다.",
        ),
        ThreadPerGuest => Some(
            "몰리면 스레드의 수를 손님이 정합니다. 코어는 넷인데 스레드 수백 개가 번갈아 돌아, 모두 함께 늦어지고 메모리만 더 듭니다.",
        ),
        ThreadPool => None,
        Tasks => Some(
            "기다리는 곳이 없는 계산에는 `.await`할 곳이 없습니다. 런타임의 스레드 하나가 한 건씩 하게 되어 한 번에 하나와 같습니다.",
        ),
        TasksAndThreads => Some(
            "문서는 이미 다 받았고 기다리는 것이 없습니다. 모든 일을 떼어 내게 되니 태스크가 할 일이 남지 않습니다.",
        ),
        SplitOverCores => Some(
            "한 건은 차례대로만 계산할 수 있어 쪼갤 것이 없습니다. rayon을 쓰더라도 하는 일은 풀입니다. 여러 건을 몇 개까지 함께 돌리고 나머지를 줄 세울지가 문제입니다.",
        ),
    };
    check("문서 바꾸기", picked, reason);
}

/// 말없는 만 명이 있는 채팅
#[test]
fn silent_ten_thousand_in_a_chat() {
    let picked = chat();
    let reason = match picked {
        OneAtATime => Some("말없는 첫 손님이 나머지 9,999명을 모두 세웁니다."),
        ThreadPerGuest => Some(
            "만 명이면 스레드도 만 개인데 백 개까지만 띄울 수 있습니다. 한도가 없더라도 거의 모두가 잠만 자는 스레드입니다.",
        ),
        ThreadPool => Some(
            "말없는 손님이 작업 스레드의 수만큼 모이면 그다음 손님은 답을 듣지 못합니다. 스레드는 백 개, 말없는 손님은 만 명입니다.",
        ),
        Tasks => None,
        TasksAndThreads => Some(
            "받은 줄을 전하기만 하고 라이브러리도 모두 `async`입니다. 떼어 낼 계산도 막는 일도 아직 없습니다.",
        ),
        SplitOverCores => Some("하는 일은 거의 모두 기다림입니다. 쪼개어 계산할 것이 없습니다."),
    };
    check("채팅", picked, reason);
}

/// 채팅 서버에서 그림의 지문을 계산한다
#[test]
fn a_fingerprint_in_the_chat() {
    let picked = upload();
    let reason = match picked {
        OneAtATime => Some("말없는 첫 손님이 나머지 9,999명을 모두 세웁니다."),
        ThreadPerGuest => Some(
            "지문을 계산하는 동안 남을 막지는 않지만, 말없는 만 명에게 스레드 만 개를 줄 수 없습니다. 백 개까지입니다.",
        ),
        ThreadPool => Some(
            "계산은 풀에 맞지만 손님이 맞지 않습니다. 말없는 손님들이 작업 스레드를 모두 차지합니다.",
        ),
        Tasks => Some(
            "`async` 함수로 감싸도 계산하는 0.5초 동안에는 `.await`가 없습니다. 하나뿐인 런타임의 스레드가 붙들려 만 명의 말이 모두 늦습니다.",
        ),
        TasksAndThreads => None,
        SplitOverCores => Some(
            "계산을 쪼개면 지문은 빨리 나오지만, 말없는 만 명을 누가 기다릴지는 그대로 남습니다.",
        ),
    };
    check("그림이 있는 채팅", picked, reason);
}

/// 큰 사진 한 장을 빨리 흐리게 한다
#[test]
fn one_big_photo() {
    let picked = blur();
    let reason = match picked {
        OneAtATime => Some(
            "맞는 결과는 나오지만 코어 일곱이 놉니다. 줄마다 따로 계산할 수 있으니 나누면 됩니다.",
        ),
        ThreadPerGuest => Some(
            "손님도 일도 하나뿐이니 띄울 스레드도 하나입니다. 사진 한 장을 쪼개지 않으면 나머지 코어가 놉니다.",
        ),
        ThreadPool => {
            Some("풀은 일을 통째로 맡깁니다. 사진이 한 장이면 스레드 하나가 맡고 나머지는 잡니다.")
        }
        Tasks => Some(
            "기다리는 곳이 없는 계산입니다. 태스크로 옮겨도 코어 하나가 하던 계산을 그대로 합니다.",
        ),
        TasksAndThreads => Some(
            "떼어 내면 다른 일을 막지는 않지만, 이 도구에는 다른 일이 없습니다. 떼어 낸 계산은 여전히 코어 하나가 합니다.",
        ),
        SplitOverCores => None,
    };
    check("큰 사진", picked, reason);
}
