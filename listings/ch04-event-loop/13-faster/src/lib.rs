//! 10절의 런타임을 빠르게 고친 것. 태스크와 큐만 새로 쓰고, 나머지 파일은 10절의 것을 그대로 가져온다.

#[cfg(all(test, feature = "loom"))]
mod models;
mod tuning;

include!("parts.rs");
