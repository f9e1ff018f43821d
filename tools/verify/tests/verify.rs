//! 자리.
fn main() {}
