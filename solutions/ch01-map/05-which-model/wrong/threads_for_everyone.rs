// 사람이 많아도 손님마다 스레드를 붙이면 된다고 여깁니다. 백 개까지인 스레드로는 말없는 만 명을 상대할 수 없습니다.
// 잡는 테스트: silent_ten_thousand_in_a_chat, a_fingerprint_in_the_chat

/// 프로그램의 꼴.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Model {
    /// 한 번에 하나. 스레드 하나가 하나를 끝내고 다음으로 갑니다. (1절)
    OneAtATime,
    /// 손님마다 스레드. 손님이나 일이 올 때마다 스레드를 하나 띄웁니다. (2절)
    ThreadPerGuest,
    /// 스레드 풀. 정한 수의 스레드가 큐에서 하나씩 꺼내 끝까지 합니다. 일 하나를 쪼개지는 않습니다. (2절.
    /// 4절처럼 rayon에 작은 계산 여럿을 맡기는 것도 여기에 듭니다.)
    ThreadPool,
    /// 태스크. 손님마다 태스크를 띄우고, 런타임의 스레드 하나가 모두를 기다립니다. (4절, 6절)
    Tasks,
    /// 태스크로 기다리되, 막는 일과 긴 계산만 다른 스레드로 떼어 냅니다. (4절, 6절)
    TasksAndThreads,
    /// 나누어 계산하기. 일 하나를 코어의 수만큼 쪼개어 함께 계산하고 결과를 합칩니다. (5절)
    SplitOverCores,
}

/// 내려받기에 맞는 모델.
pub fn download() -> Model {
    Model::OneAtATime
}

/// 사내 장부에 맞는 모델.
pub fn ledger() -> Model {
    Model::ThreadPerGuest
}

/// 문서 바꾸기에 맞는 모델.
pub fn convert() -> Model {
    Model::ThreadPool
}

/// 채팅에 맞는 모델.
pub fn chat() -> Model {
    Model::ThreadPerGuest
}

/// 그림이 있는 채팅에 맞는 모델.
pub fn upload() -> Model {
    Model::ThreadPerGuest
}

/// 큰 사진에 맞는 모델.
pub fn blur() -> Model {
    Model::SplitOverCores
}
