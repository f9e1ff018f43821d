//! `cargo book`.

fn main() -> std::process::ExitCode {
    book::cli::main()
}
