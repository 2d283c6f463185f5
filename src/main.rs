//! The `partner-docs` program: arguments in, an exit code out. All else is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    partner_docs::cli::run(std::env::args_os())
}
