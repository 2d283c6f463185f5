//! Options that every command takes: where it works, and how it speaks.

use std::path::PathBuf;

use clap::{Args, ColorChoice};

use crate::cli::terminal::{self, Loudness};

#[derive(Debug, Args)]
#[command(next_help_heading = "Global options")]
pub(in crate::cli) struct GlobalOptions {
    /// Run as if started in this folder
    #[arg(short = 'C', global = true, value_name = "DIR")]
    start_in: Option<PathBuf>,
    /// When to use colours
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: ColorChoice,
    /// Print errors and findings only
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// Print more about what is done, and every finding by itself
    #[arg(short, long, global = true)]
    verbose: bool,
}

impl GlobalOptions {
    /// Takes effect, before the command runs.
    pub(in crate::cli) fn apply(&self) -> Result<(), String> {
        let choice = match self.color {
            ColorChoice::Auto => anstream::ColorChoice::Auto,
            // In the escape sequences that files and pipes take as well: whoever says `always` pipes into a pager.
            ColorChoice::Always => anstream::ColorChoice::AlwaysAnsi,
            ColorChoice::Never => anstream::ColorChoice::Never,
        };
        choice.write_global();
        terminal::speak(match (self.quiet, self.verbose) {
            (true, _) => Loudness::Quiet,
            (false, true) => Loudness::Verbose,
            (false, false) => Loudness::Normal,
        });
        let Some(folder) = &self.start_in else { return Ok(()) };
        std::env::set_current_dir(folder).map_err(|error| format!("cannot open `{}`: {error}", folder.display()))
    }
}
