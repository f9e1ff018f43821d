//! 연습문제. 독자의 도구(`cargo book`의 list, next, watch, check, hint, diff, reset, progress)와
//! 관문(`cargo test`가 원본을 검사하는 것)이 함께 쓰는 것이 여기에 있다.

pub mod advice;
pub mod check;
pub mod compile;
pub mod gate;
pub mod handout;
pub mod hang;
pub mod learn;
pub mod list;
pub mod master;
pub mod page;
pub mod progress;
pub mod report;
mod run;
pub mod style;
pub mod threads;
pub mod trial;
pub mod watch;
pub mod wrong;

pub use run::run;

const TEMPLATE: &str = "{about-with-newline}\n사용법: {usage}\n\n{all-args}{after-help}";

/// 연습문제의 명령.
#[derive(clap::Subcommand)]
pub enum Command {
    /// 모든 연습문제와 진도를 보여 준다
    #[command(help_template = TEMPLATE)]
    List,
    /// 다음에 풀 문제를 보여 준다
    #[command(help_template = TEMPLATE)]
    Next,
    /// 문제를 저장할 때마다 검사한다
    #[command(help_template = TEMPLATE)]
    Watch {
        /// `02-1` 같은 문제의 이름. 주지 않으면 지금 푸는 문제
        #[arg(value_name = "문제")]
        name: Option<String>,
        /// 테스트 하나에 줄 시간
        #[arg(long, value_name = "초")]
        limit: Option<u64>,
    },
    /// 문제를 한 번 검사한다
    #[command(help_template = TEMPLATE)]
    Check {
        /// `02-1` 같은 문제의 이름. 주지 않으면 지금 푸는 문제
        #[arg(value_name = "문제")]
        name: Option<String>,
        /// 테스트 하나에 줄 시간
        #[arg(long, value_name = "초")]
        limit: Option<u64>,
    },
    /// 힌트를 본다. 부를 때마다 하나씩 더 보여 준다
    #[command(help_template = TEMPLATE)]
    Hint {
        /// `02-1` 같은 문제의 이름. 주지 않으면 지금 푸는 문제
        #[arg(value_name = "문제")]
        name: Option<String>,
    },
    /// 통과한 답을 풀이와 견준다
    #[command(help_template = TEMPLATE)]
    Diff {
        /// `02-1` 같은 문제의 이름. 주지 않으면 지금 푸는 문제
        #[arg(value_name = "문제")]
        name: Option<String>,
        /// 아직 통과하지 않았어도 보여 준다
        #[arg(long)]
        anyway: bool,
    },
    /// 문제를 처음 모양으로 되돌린다. 쓰던 답은 옆에 남긴다
    #[command(help_template = TEMPLATE)]
    Reset {
        /// `02-1` 같은 문제의 이름. 주지 않으면 지금 푸는 문제
        #[arg(value_name = "문제")]
        name: Option<String>,
        /// 쓰던 답(src/lib.rs)은 그대로 두고 나머지만 되돌린다
        #[arg(long)]
        keep: bool,
    },
    /// 장마다 얼마나 풀었는지 보여 준다
    #[command(help_template = TEMPLATE)]
    Progress,
}
