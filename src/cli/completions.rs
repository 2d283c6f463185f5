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
    // The generator for bash takes the hyphen in our name for one between a command and its subcommand, where it sets
    // the name of a command and not where it looks for it.
    let script = String::from_utf8_lossy(&script).replace("partner__subcmd__docs", "partner__docs");
    terminal::data(&script);
    Outcome::Done
}
