//! The options of `partner-docs check`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::cli::arguments::{ProjectOptions, format, known_rule};
use crate::report::{self, Format};

#[derive(Debug, Args)]
pub(in crate::cli) struct CheckOptions {
    #[command(flatten)]
    pub(super) project: ProjectOptions,
    /// The format of the report
    #[arg(long, value_parser = format(), default_value = report::FORMATS[0].name)]
    pub(super) format: &'static Format,
    /// Write the report to this file, and a readable one to stdout
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Check only this rule, even if it is off by default (repeatable)
    #[arg(long = "rule", value_name = "RULE", value_parser = known_rule)]
    pub(super) rules: Vec<String>,
    /// Fail the check also on findings of this severity
    #[arg(long, value_enum, value_name = "WHAT")]
    pub(super) deny: Option<Deny>,
    #[command(flatten)]
    pub(super) fix: FixOptions,
    /// Report only findings that are new since a commit: main, v1.2, HEAD~3
    #[arg(long, value_name = "GIT-REF", conflicts_with_all = ["baseline", "write_baseline", "wanted"])]
    pub(super) new_since: Option<String>,
    /// Report only findings that are not in this file
    #[arg(long, value_name = "FILE", conflicts_with_all = ["write_baseline", "wanted"])]
    pub(super) baseline: Option<PathBuf>,
    #[command(flatten)]
    pub(super) web: ExternalOptions,
    /// Write all findings to this file, and report none
    #[arg(long, value_name = "FILE", conflicts_with = "wanted")]
    pub(super) write_baseline: Option<PathBuf>,
    /// Report published pages, anchors and files that disappeared since a build's manifest.json, or since a commit
    #[arg(long, value_name = "FILE|URL|GIT-REF")]
    pub(super) against: Option<String>,
}

/// Which fixes to apply, and how.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own on the command line")]
pub(super) struct FixOptions {
    /// Apply all safe fixes, and report what is left
    #[arg(long, group = "wanted")]
    pub(super) fix: bool,
    /// Also apply fixes that are likely guesses, and ask about each one
    #[arg(long, requires = "wanted")]
    pub(super) suggested: bool,
    /// Show the fixes as a diff, without making them
    #[arg(long, group = "wanted", conflicts_with = "format")]
    pub(super) diff: bool,
    /// Apply all suggested fixes without asking
    #[arg(long, requires = "suggested")]
    pub(super) yes: bool,
}

impl FixOptions {
    /// Whether fixes are wanted at all.
    pub(super) fn is_asked(&self) -> bool {
        self.fix || self.diff
    }
}

/// Which links to other sites to check.
#[derive(Debug, Args)]
pub(super) struct ExternalOptions {
    /// Check links to other sites over the network
    #[arg(long)]
    pub(super) external: bool,
    /// Check only matching URLs; `*` matches anything (repeatable)
    #[arg(long, value_name = "PATTERN", requires = "external")]
    pub(super) include: Vec<String>,
    /// Skip matching URLs; `*` matches anything (repeatable)
    #[arg(long, value_name = "PATTERN", requires = "external")]
    pub(super) exclude: Vec<String>,
    /// Cache answers in this file: successful ones for a day, others for an hour
    #[arg(long, value_name = "FILE", requires = "external")]
    pub(super) external_cache: Option<PathBuf>,
}

/// Severities that can be made to fail the check.
#[derive(Copy, Clone, PartialEq, Eq, Debug, ValueEnum)]
pub(super) enum Deny {
    /// Warnings
    Warnings,
}
