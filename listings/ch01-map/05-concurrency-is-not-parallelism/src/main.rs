//! 벌여 놓은 일의 수와 나선 손의 수를 따로 센다. 하나만 여럿일 수도, 둘 다 여럿일 수도 있다.
//!
//! `--measure`를 붙이면 손 둘이 코어 하나와 둘에서 걸린 시간을 잰다.

mod board;
mod forms;
mod measure;
mod steps;
mod tally;
#[cfg(test)]
mod tests;

use std::{env, io};

use steps::{ALONE, PIECES, steps};

fn main() -> io::Result<()> {
    if env::args().nth(1).as_deref() == Some("--measure") {
        return measure::run();
    }
    let neither = forms::neither();
    tell("하나씩", &neither.lines());
    let concurrent = forms::concurrent();
    tell("번갈아", &concurrent.lines());
    let (parallel, sum) = forms::parallel();
    tell("나눠서", &parallel.lines());
    println!("== 합계 ==");
    println!("나눠서 더한 합: {sum}");
    println!("혼자 더한 합: {}", forms::RECEIPTS.sum::<u64>());
    println!("== 세어 보기 ==");
    for (name, board) in [
        ("하나씩", neither),
        ("번갈아", concurrent),
        ("나눠서", parallel),
        ("둘 다", forms::both()),
    ] {
        let (in_progress, running) = board.most();
        println!("{name}: 벌여 놓은 일 {in_progress}개, 함께 나선 손 {running}개");
    }
    for (title, (mut lines, sold)) in [
        ("사라진 한 그릇", tally::lossy()),
        ("기다린 다음에 읽기", tally::tight()),
        ("락을 쥐고 기다리기", tally::locked()),
    ] {
        lines.push(format!("장부: 판 그릇 {sold}개"));
        tell(title, &lines);
    }
    println!("== 혼자 하는 몫 ==");
    for hands in [1, 2, 4, PIECES - ALONE] {
        let steps = steps(hands);
        let ratio = PIECES as f64 / steps as f64;
        println!("손 {hands}개: {steps}걸음, {ratio:.2}배");
    }
    Ok(())
}

fn tell(title: &str, lines: &[String]) {
    println!("== {title} ==\n{}", lines.join("\n"));
}
