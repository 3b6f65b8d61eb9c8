//! Builds, shows and checks the book. Learners call it as `cargo course book`.

fn main() -> std::process::ExitCode {
    book::program::main()
}
