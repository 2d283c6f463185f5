//! How a check ends and where its report goes: stdout, a file, the summary of a run on GitHub.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::options::{CheckOptions, Deny};
use crate::cli::{Outcome, project, terminal};
use crate::diagnostic::Severity;
use crate::pipeline::BuiltSite;
use crate::report::{self, Report, Summary, TerminalStyle};
use crate::source::Sources;

/// How the check of a project ends.
pub(super) fn outcome(options: &CheckOptions, linked: &BuiltSite) -> Outcome {
    let outcome = project::outcome(&linked.found, &linked.site.config);
    let warned = linked.found.iter().any(|finding| finding.severity == Severity::Warning);
    if options.deny == Some(Deny::Warnings) && warned { outcome.max(Outcome::ErrorsFound) } else { outcome }
}

/// Reports in the format, and to the place, that was asked for.
///
/// # Errors
/// When a file cannot be written; what went to stdout is there nevertheless.
pub(super) fn print(
    options: &CheckOptions,
    linked: &BuiltSite,
    sources: &Sources,
    milliseconds: u64,
) -> Result<(), NotWritten> {
    let found = &linked.found;
    let summary = project::summary(linked.counts, found, milliseconds);
    let report = Report { found, sources, summary: &summary, style: terminal::style() };
    // With a file for the machine, stdout is free for people: the log of a run in CI then says what went wrong.
    let shown = if options.output.is_some() { &report::human::FORMAT } else { options.format };
    // Who asks for quiet wants to hear of findings, and not that there are none.
    let has_nothing_to_say = found.is_empty() && shown == &report::human::FORMAT && terminal::is_quiet();
    if !has_nothing_to_say {
        terminal::data(&(shown.write)(&report));
    }
    if let Some(file) = &options.output {
        // No colours in a file, even where stdout is a terminal.
        save(file, &(options.format.write)(&Report { style: TerminalStyle::Plain, ..report }))?;
    }
    match step_summary().filter(|_| *options.format == report::github::FORMAT) {
        Some(file) => append(&file, &report::markdown(&report)),
        None => Ok(()),
    }
}

/// Says why there is nothing to check.
pub(super) fn cannot(options: &CheckOptions, why: &str) -> Outcome {
    if *options.format == report::json::FORMAT {
        print_nothing();
    }
    terminal::cannot_run(why)
}

/// The report of a run that could not begin: one error, which stderr explains.
pub(in crate::cli) fn print_nothing() {
    let summary = Summary { errors: 1, ..Summary::default() };
    let report = Report { found: &[], sources: &Sources::default(), summary: &summary, style: TerminalStyle::Plain };
    terminal::data(&(report::json::FORMAT.write)(&report));
}

/// A report that could not be written.
pub(super) struct NotWritten(PathBuf, std::io::Error);

impl std::fmt::Display for NotWritten {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "cannot write `{}`: {}", self.0.display(), self.1)
    }
}

/// The file that GitHub shows as the summary of a step.
#[expect(clippy::disallowed_methods, reason = "cli reads the environment, once")]
fn step_summary() -> Option<PathBuf> {
    std::env::var("GITHUB_STEP_SUMMARY").ok().filter(|file| !file.is_empty()).map(PathBuf::from)
}

/// Writes a file that the user asked for by name.
#[expect(clippy::disallowed_methods, reason = "a report is where the user says, outside the site")]
pub(super) fn save(file: &Path, text: &str) -> Result<(), NotWritten> {
    std::fs::write(file, text).map_err(|error| NotWritten(file.to_path_buf(), error))
}

/// Adds to the summary, in which other steps may have written.
fn append(file: &Path, text: &str) -> Result<(), NotWritten> {
    let opened = std::fs::OpenOptions::new().append(true).create(true).open(file);
    opened
        .and_then(|mut opened| opened.write_all(text.as_bytes()))
        .map_err(|error| NotWritten(file.to_path_buf(), error))
}
