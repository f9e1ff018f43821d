//! 프로그램 하나를 네 런타임에서 돌린다.
//!
//! 런타임마다 모듈이 하나 있고, 모듈들은 같은 이름의 함수를 같은 꼴로 내놓는다. `program.rs`는 그 이름들만 써서 지었고,
//! 런타임마다 한 번씩 컴파일된다.

pub mod async_std;
pub mod smol;
pub mod tokio;

/// 미니 런타임.
#[allow(missing_docs, reason = "뜻은 어느 런타임에서나 이름 그대로이다")]
pub mod mini {
    use ch04_10_mini_runtime as own;
    include!("own.rs");
}

/// 더 빠르게 고친 미니 런타임.
#[allow(missing_docs, reason = "뜻은 어느 런타임에서나 이름 그대로이다")]
pub mod faster {
    use ch04_13_faster as own;
    include!("own.rs");
}

// ANCHOR: compile
macro_rules! compile {
    ($($runtime:ident $name:literal)*) => {
        /// 같은 파일을 런타임마다 컴파일한 것.
        pub mod on {$(
            #[doc = concat!($name, " 위의 프로그램.")]
            pub mod $runtime {
                use crate::$runtime::*;
                include!("program.rs");
            }
        )*}

        /// 런타임마다, 이름과 할 수 있는 것들.
        pub const RUNTIMES: &[Runtime] = &[$(Runtime {
            name: $name,
            tell: on::$runtime::tell,
            turns_before_other: on::$runtime::turns_before_other,
            runs_without_handle: on::$runtime::runs_without_handle,
            panic_becomes_error: on::$runtime::panic_becomes_error,
            survives_unheard_panic: on::$runtime::survives_unheard_panic,
        }),*];
    };
}

compile!(mini "미니 런타임" tokio "tokio" smol "smol" async_std "async-std");
// ANCHOR_END: compile

/// 런타임 하나와 그 위의 프로그램.
pub struct Runtime {
    /// 이름.
    pub name: &'static str,
    /// 이야기.
    pub tell: fn() -> Vec<String>,
    /// 바쁜 태스크가 다음 태스크에 차례를 주기까지 도는 횟수.
    pub turns_before_other: fn() -> usize,
    /// 핸들을 버린 태스크가 끝까지 도는가.
    pub runs_without_handle: fn() -> bool,
    /// 태스크가 패닉하면 기다린 쪽이 오류를 받는가.
    pub panic_becomes_error: fn() -> bool,
    /// 아무도 기다리지 않은 태스크가 패닉해도 다른 태스크가 도는가.
    pub survives_unheard_panic: fn() -> bool,
}

/// `limit`보다 작은 소수의 수. 일부러 느리게 센다.
fn count_primes(limit: u32) -> usize {
    let is_prime = |n: &u32| {
        (2..*n)
            .take_while(|by| by * by <= *n)
            .all(|by| !n.is_multiple_of(by))
    };
    (2..limit).filter(is_prime).count()
}
