//! `partner-docs completions`: what a shell needs to know to complete commands and options.

use clap::Args;
use clap_complete::Shell;

use super::{Outcome, definition, terminal};

#[derive(Debug, Args)]
pub(super) struct CompletionsOptions {
    /// The shell
    shell: Shell,
}

/// Prints the completions for a shell.
pub(super) fn run(options: &CompletionsOptions) -> Outcome {
    let mut script = Vec::new();
    clap_complete::generate(options.shell, &mut definition(), "partner-docs", &mut script);
    terminal::data(&String::from_utf8_lossy(&script));
    Outcome::Done
}
