//! 고치지 마세요. 여러분이 고치는 파일은 `src/lib.rs`입니다.

use std::cell::RefCell;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Wake, Waker};
use std::time::Duration;

use ch04_10_mini_runtime::time::timeout;
use ch04_10_mini_runtime::{Runtime, spawn, yield_now};
use ex04_10_chat_room::{Member, Room};
use futures::FutureExt;

/// 가상 시간으로 돌린다. 모두가 기다리기만 하면 한 시간을 건너뛰고 실패한다.
fn run<T>(future: impl Future<Output = T>) -> T {
    let runtime = Runtime::with_virtual_time().expect("런타임을 만든다");
    let hour = Duration::from_secs(3600);
    let limited = runtime.block_on(async { timeout(hour, future).await });
    limited
        .expect("한 시간이 지나도 끝나지 않습니다. 줄이 오지 않거나 듣던 사람을 깨우지 않았습니다")
}

/// 지금까지 온 줄을 모두 듣는다. 방을 떠나 더 올 줄이 없으면 끝에 `끝`이 있다.
fn heard(member: &mut Member) -> Vec<String> {
    let mut lines = Vec::new();
    while let Some(next) = member.next().now_or_never() {
        assert!(lines.len() <= 100, "줄이 끝없이 나옵니다");
        match next {
            Some(line) => lines.push(line.to_string()),
            None => {
                lines.push("끝".to_owned());
                break;
            }
        }
    }
    lines
}

/// 말한 줄이 모두에게 온다
#[test]
fn basic_everyone_hears_the_line() {
    run(async {
        let room = Room::new(8);
        let mut ga = room.join("가온");
        let mut na = room.join("나래");
        assert!(na.say("안녕"), "방에 있는 사람의 말입니다");
        for member in [&mut ga, &mut na] {
            let mut lines = Vec::new();
            while lines
                .last()
                .is_none_or(|line: &String| line != "나래: 안녕")
            {
                let line = member.next().await;
                lines.push(
                    line.expect("방에 있는 동안에는 끝나지 않습니다")
                        .to_string(),
                );
            }
        }
        assert_eq!(room.len(), 2, "둘 다 방에 있습니다");
    });
}

/// 들어온 줄부터 듣는다
#[test]
fn a_newcomer_hears_from_its_arrival() {
    let room = Room::new(8);
    let mut ga = room.join("가온");
    ga.say("아무도 없나");
    let mut na = room.join("나래");
    assert_eq!(
        heard(&mut na),
        ["나래님이 들어왔습니다"],
        "들어오기 전의 줄은 듣지 못하고, 제가 들어왔다는 줄은 들어야 합니다"
    );
    assert_eq!(
        heard(&mut ga),
        [
            "가온님이 들어왔습니다",
            "가온: 아무도 없나",
            "나래님이 들어왔습니다"
        ],
        "먼저 온 사람은 제 말과 새로 온 소식을 모두 듣습니다"
    );
}

/// 나가면 남은 사람에게 알린다
#[test]
fn leaving_is_announced() {
    let room = Room::new(8);
    let mut ga = room.join("가온");
    let na = room.join("나래");
    heard(&mut ga);
    drop(na);
    assert_eq!(
        heard(&mut ga),
        ["나래님이 나갔습니다"],
        "Member를 버렸으니 나간 것입니다"
    );
    assert_eq!(room.len(), 1, "가온만 남았습니다");
}

/// 태스크를 취소해도 나간 것이다
#[test]
fn an_aborted_task_leaves() {
    run(async {
        let room = Room::new(8);
        let mut ga = room.join("가온");
        let mut na = room.join("나래");
        let task = spawn(async move { while na.next().await.is_some() {} });
        yield_now().await;
        task.abort();
        assert!(task.await.is_err(), "취소한 태스크입니다");
        assert_eq!(
            heard(&mut ga).last().map(String::as_str),
            Some("나래님이 나갔습니다"),
            "태스크가 버려지며 Member도 버려졌습니다"
        );
    });
}

/// 이름이 같아도 다른 사람이다
#[test]
fn the_same_name_is_another_person() {
    let room = Room::new(8);
    let mut first = room.join("가온");
    let second = room.join("가온");
    assert_eq!(room.len(), 2, "이름이 같은 두 사람입니다");
    drop(second);
    heard(&mut first);
    assert!(first.say("아직 있어"), "나간 것은 다른 가온입니다");
    assert_eq!(heard(&mut first), ["가온: 아직 있어"], "방에 남아 있습니다");
}

/// 듣지 않는 사람이 있어도 다른 사람은 모두 듣는다
#[test]
fn a_slow_member_does_not_stop_the_others() {
    let lines = run(async {
        let room = Room::new(3);
        let (mut speaker, mut fast) = (room.join("가온"), room.join("나래"));
        let _slow = room.join("다솜");
        let listening = spawn(async move {
            let mut lines = Vec::new();
            while lines.len() < 13 {
                let line = fast.next().await;
                lines.push(line.expect("따라오는 사람은 내보내지 않습니다").to_string());
            }
            lines
        });
        for count in 0..10 {
            yield_now().await;
            heard(&mut speaker);
            assert!(
                speaker.say(&count.to_string()),
                "제때 듣는 사람은 방에 있어야 합니다"
            );
        }
        listening.await.expect("듣는 태스크가 패닉했습니다")
    });
    let expected = [
        "나래님이 들어왔습니다",
        "다솜님이 들어왔습니다",
        "가온: 0",
        "가온: 1",
        "가온: 2",
        "다솜님이 밀려났습니다",
        "가온: 3",
    ];
    assert_eq!(
        lines[..7],
        expected,
        "다솜은 들어온 줄과 0과 1을 담고 가득 차서, 2에 밀려나야 합니다"
    );
}

/// 밀려난 사람은 담아 둔 줄까지만 듣는다
#[test]
fn a_pushed_out_member_hears_what_was_kept() {
    let room = Room::new(2);
    let mut ga = room.join("가온");
    let mut na = room.join("나래");
    for text in ["하나", "둘", "셋"] {
        heard(&mut ga);
        ga.say(text);
    }
    assert_eq!(room.len(), 1, "나래는 밀려났습니다");
    assert_eq!(
        heard(&mut na),
        ["나래님이 들어왔습니다", "가온: 하나", "끝"],
        "담아 둔 두 줄은 듣고, 넘친 줄부터는 듣지 못하고 끝나야 합니다"
    );
}

/// 밀려난 사람의 말은 전하지 않고, 다시 나가지도 않는다
#[test]
fn a_pushed_out_member_is_out() {
    let room = Room::new(2);
    let mut ga = room.join("가온");
    let na = room.join("나래");
    for text in ["하나", "둘"] {
        heard(&mut ga);
        ga.say(text);
    }
    assert_eq!(
        heard(&mut ga),
        ["가온: 둘", "나래님이 밀려났습니다"],
        "나래를 밀어낸 줄 다음에 소식이 와야 합니다"
    );
    assert!(!na.say("나 아직 있어"), "이미 내보낸 사람입니다");
    drop(na);
    assert_eq!(
        heard(&mut ga),
        [""; 0],
        "밀려났다고 이미 알렸으니, 말도 나갔다는 소식도 전하지 않아야 합니다"
    );
}

/// 누가 밀려나도 남은 사람은 같은 차례로 듣는다
#[test]
fn everyone_hears_one_order() {
    let room = Room::new(4);
    // 앞과 뒤에 앉은 사람은 제때 듣고, 그 사이의 둘은 듣지 않는다.
    let mut first = room.join("가온");
    let (_slow, _slower) = (room.join("나래"), room.join("다솜"));
    let mut last = room.join("라온");
    heard(&mut first);
    heard(&mut last);
    first.say("하나");
    first.say("둘");
    let expected = [
        "가온: 하나",
        "가온: 둘",
        "나래님이 밀려났습니다",
        "다솜님이 밀려났습니다",
    ];
    assert_eq!(
        heard(&mut first),
        expected,
        "나래는 세 사람이 들어온 줄과 하나를 담고 가득 차서 둘에, 다솜은 둘까지 담고 그 소식에 밀려나야 합니다"
    );
    assert_eq!(
        heard(&mut last),
        expected,
        "밀려난 자리의 앞에 앉았든 뒤에 앉았든 같은 차례로 들어야 합니다"
    );
}

/// 밀려났다는 소식이 또 누구를 밀어낸다
#[test]
fn news_may_push_out_another() {
    let room = Room::new(4);
    let members: Vec<Member> = ["나래", "다솜"].map(|name| room.join(name)).into();
    let mut last = room.join("라온");
    let mut hear = Vec::new();
    // 둘 다 가득 채운다. 다솜은 늦게 왔으므로 한 줄을 더 들을 수 있다.
    for text in ["하나", "둘"] {
        hear.extend(heard(&mut last));
        last.say(text);
    }
    hear.extend(heard(&mut last));
    assert_eq!(
        hear,
        [
            "라온님이 들어왔습니다",
            "라온: 하나",
            "라온: 둘",
            "나래님이 밀려났습니다",
            "다솜님이 밀려났습니다",
        ],
        "둘이 나래를 밀어내고, 그 소식이 다솜을 밀어내야 합니다"
    );
    assert_eq!(room.len(), 1, "라온만 남았습니다");
    drop(members);
}

/// 한 줄에 함께 밀려난 사람들은 들어온 차례로 알린다
#[test]
fn one_line_may_push_out_several() {
    let room = Room::new(2);
    let mut ga = room.join("가온");
    let mut slow = Vec::new();
    for name in ["나래", "다솜"] {
        heard(&mut ga);
        slow.push(room.join(name));
    }
    slow.iter_mut().for_each(|member| _ = heard(member));
    for text in ["하나", "둘", "셋"] {
        heard(&mut ga);
        ga.say(text);
    }
    // 셋이 두 사람을 밀어냈다. 가온은 셋과 첫 소식을 담고 가득 차서 둘째 소식에 밀려난다.
    assert_eq!(
        heard(&mut ga),
        ["가온: 셋", "나래님이 밀려났습니다", "끝"],
        "소식은 들어온 차례로 오고, 소식도 담을 자리가 없으면 밀어냅니다"
    );
    assert_eq!(room.len(), 0, "아무도 남지 않았습니다");
}

/// 도중에 그만둔 next는 줄을 잃지 않는다
#[test]
fn a_cancelled_next_loses_nothing() {
    let room = Room::new(8);
    let mut ga = room.join("가온");
    heard(&mut ga);
    for _ in 0..3 {
        assert!(ga.next().now_or_never().is_none(), "아직 온 줄이 없습니다");
    }
    ga.say("하나");
    ga.say("둘");
    assert_eq!(
        heard(&mut ga),
        ["가온: 하나", "가온: 둘"],
        "폴링하고 버린 next가 줄을 가져가면 안 됩니다"
    );
}

thread_local! {
    static TALKER: RefCell<Option<Member>> = const { RefCell::new(None) };
}

/// 처음 불리면 곧바로 말하는 `Waker`.
#[derive(Default)]
struct Eager(AtomicBool);

impl Wake for Eager {
    fn wake(self: Arc<Self>) {
        if !self.0.swap(true, Ordering::SeqCst) {
            TALKER.with_borrow(|talker| {
                talker.as_ref().expect("테스트가 넣어 두었다").say("나도");
            });
        }
    }
}

/// 깨우는 동안 한 말은 지금의 줄 다음에 온다
#[test]
fn a_line_said_while_waking_comes_after() {
    let room = Room::new(8);
    let (mut first, talker, mut last) = (room.join("가온"), room.join("나래"), room.join("다솜"));
    heard(&mut first);
    heard(&mut last);
    TALKER.set(Some(talker));
    let waker = Waker::from(Arc::new(Eager::default()));
    {
        let next = pin!(first.next());
        assert!(
            next.poll(&mut Context::from_waker(&waker)).is_pending(),
            "아직 온 줄이 없습니다"
        );
    }
    last.say("안녕");
    for member in [&mut first, &mut last] {
        assert_eq!(
            heard(member),
            ["다솜: 안녕", "나래: 나도"],
            "안녕을 모두에게 전한 다음에 나도를 전해야 차례가 같습니다"
        );
    }
    drop(TALKER.take());
}
