//! 독자의 도구를 실제 명령으로 테스트한다. 작은 저장소를 만들어 놓고 `cargo book`을 부른다.
//!
//! 저장소에는 git이 없다. 내려받은 압축 파일에서도 같은 일이 되어야 하기 때문이다.
#![cfg(unix)]

mod commands;
mod damage;
mod hang;
mod repo;
mod terminal;
mod watch;
