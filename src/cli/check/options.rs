//! The options of `partner-docs check`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::cli::arguments::{ProjectOptions, known_rule};

#[derive(Debug, Args)]
pub(in crate::cli) struct CheckOptions {
    #[command(flatten)]
    pub(super) project: ProjectOptions,
    /// How findings are reported
    #[arg(long, value_enum, default_value_t = ReportFormat::Human)]
    pub(super) format: ReportFormat,
    /// Write the report to this file, and the one for people to stdout
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Look for what this rule finds and for nothing else, even if it is off; may be given several times
    #[arg(long = "rule", value_name = "RULE", value_parser = known_rule)]
    pub(super) rules: Vec<String>,
    /// What else counts as an error
    #[arg(long, value_enum, value_name = "WHAT")]
    pub(super) deny: Option<Deny>,
    #[command(flatten)]
    pub(super) fix: FixOptions,
    /// Report only what a commit did not have: main, v1.2, HEAD~3
    #[arg(long, value_name = "GIT-REF", conflicts_with_all = ["baseline", "write_baseline", "wanted"])]
    pub(super) new_since: Option<String>,
    /// Report only what this file does not list
    #[arg(long, value_name = "FILE", conflicts_with_all = ["write_baseline", "wanted"])]
    pub(super) baseline: Option<PathBuf>,
    #[command(flatten)]
    pub(super) web: ExternalOptions,
    /// List all findings in this file, as known, and report nothing
    #[arg(long, value_name = "FILE", conflicts_with = "wanted")]
    pub(super) write_baseline: Option<PathBuf>,
    /// Look for published pages, anchors and files that vanished: since a build's manifest.json, or a commit
    #[arg(long, value_name = "FILE|URL|GIT-REF")]
    pub(super) against: Option<String>,
}

/// What is done about findings that can be repaired.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own on the command line")]
pub(super) struct FixOptions {
    /// Repair what can be repaired safely, then report what is left
    #[arg(long, group = "wanted")]
    pub(super) fix: bool,
    /// Also repair where the fix is a good guess: asks about each
    #[arg(long, requires = "wanted")]
    pub(super) suggested: bool,
    /// Show what fixes would change as a diff, and write nothing
    #[arg(long, group = "wanted", conflicts_with = "format")]
    pub(super) diff: bool,
    /// Take all suggested fixes without asking
    #[arg(long, requires = "suggested")]
    pub(super) yes: bool,
}

impl FixOptions {
    /// Whether fixes are wanted at all.
    pub(super) fn is_asked(&self) -> bool {
        self.fix || self.diff
    }
}

/// What is asked of the web, and what is not.
#[derive(Debug, Args)]
pub(super) struct ExternalOptions {
    /// Ask the web whether links to other sites still lead somewhere
    #[arg(long)]
    pub(super) external: bool,
    /// Ask only for addresses like this; `*` stands for anything
    #[arg(long, value_name = "PATTERN", requires = "external")]
    pub(super) include: Vec<String>,
    /// Leave addresses like this out; `*` stands for anything
    #[arg(long, value_name = "PATTERN", requires = "external")]
    pub(super) exclude: Vec<String>,
    /// Remember answers in this file, good ones for a day, others for an hour
    #[arg(long, value_name = "FILE", requires = "external")]
    pub(super) external_cache: Option<PathBuf>,
}

/// How findings are reported.
#[derive(Copy, Clone, PartialEq, Eq, Debug, ValueEnum)]
pub(super) enum ReportFormat {
    /// With the source line and what to do
    Human,
    /// One JSON object
    Json,
    /// Annotations on a pull request, and a table in the summary of the run
    Github,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// The results of tests, in XML
    Junit,
    /// GitLab's code quality report
    Gitlab,
}

/// What else counts as an error.
#[derive(Copy, Clone, PartialEq, Eq, Debug, ValueEnum)]
pub(super) enum Deny {
    /// Warnings
    Warnings,
}
