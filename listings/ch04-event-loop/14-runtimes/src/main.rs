//! 프로그램 하나를 네 런타임에서 돌려 견준다.

use ch04_14_runtimes::RUNTIMES;

fn main() {
    let stories = RUNTIMES.iter().map(|runtime| (runtime.tell)());
    let stories: Vec<_> = stories.collect();
    println!("== {} ==\n{}", RUNTIMES[0].name, stories[0].join("\n"));
    println!("== 견주기 ==");
    for (runtime, story) in RUNTIMES.iter().zip(&stories).skip(1) {
        let same = if *story == stories[0] {
            "같은"
        } else {
            "다른"
        };
        println!("{}: 미니 런타임과 {same} {}줄", runtime.name, story.len());
    }
    println!("== 바쁜 태스크 ==");
    // async-std는 스레드 여럿에서 돌아 셀 때마다 다르다.
    for runtime in RUNTIMES
        .iter()
        .filter(|runtime| runtime.name != "async-std")
    {
        let turns = (runtime.turns_before_other)();
        println!("{}: {turns}번 돌고 나서 다음 태스크의 차례", runtime.name);
    }
    println!("== 핸들을 버리면 ==");
    for runtime in RUNTIMES {
        let runs = (runtime.runs_without_handle)();
        println!(
            "{}: {}",
            runtime.name,
            if runs {
                "태스크는 계속 돎"
            } else {
                "태스크도 버려짐"
            }
        );
    }
    println!("== 태스크가 패닉하면 ==");
    for runtime in RUNTIMES {
        let error = (runtime.panic_becomes_error)();
        let waiter = if error {
            "기다린 쪽이 오류를 받음"
        } else {
            "기다린 쪽도 패닉함"
        };
        let survives = (runtime.survives_unheard_panic)();
        let others = if survives {
            "다른 태스크는 계속 돎"
        } else {
            "다른 태스크도 멈춤"
        };
        println!("{}: {waiter}, {others}", runtime.name);
    }
}
