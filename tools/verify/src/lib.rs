//! 책의 검사를 `cargo test`에 잇는 패키지. 검사는 `tests/`에 있고, 규칙은 `book` 크레이트에 있다.
