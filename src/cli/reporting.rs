//! Where reports go: to stdout, into a file, and, in a workflow on GitHub, to the summary of the run.

use std::fmt::Display;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::{Outcome, terminal};
use crate::diagnostic::Severity;
use crate::git::{ChangedLines, Checkout};
use crate::project::ProjectRoots;
use crate::report::{self, Format, Reader, Report, Summary, TerminalStyle};
use crate::source::Sources;

/// Whether a format is the one for workflows on GitHub.
fn is_github(format: &Format) -> bool {
    *format == report::github::FORMAT
}

/// Writes a report in a format to stdout; or to a file, and a readable one to stdout.
///
/// # Errors
/// When a file cannot be written; what went to stdout is there nevertheless.
pub(super) fn print(format: &Format, file: Option<&Path>, report: &Report<'_>) -> Result<(), NotWritten> {
    // With a file for the machine, stdout is free for people: the log of a run in CI then says what went wrong.
    let shown = if file.is_some() { &report::human::FORMAT } else { format };
    if shown != &report::human::FORMAT || is_worth_saying(report) {
        terminal::data(&(shown.write)(report));
    }
    if let Some(file) = file {
        // No colours in a file, even where stdout is a terminal.
        let reader = &Reader { style: TerminalStyle::Plain, ..report.reader.clone() };
        save(file, &(format.write)(&Report { reader, ..*report }))?;
    }
    match step_summary().filter(|_| is_github(format)) {
        Some(file) => append(&file, &report::markdown(report)),
        None => Ok(()),
    }
}

/// Whether people want to read a report. Who asks for quiet wants to hear what is wrong, and not what is good to know.
pub(super) fn is_worth_saying(report: &Report<'_>) -> bool {
    !terminal::is_quiet() || report.found.iter().any(|finding| finding.severity != Severity::Info)
}

/// Says why there is nothing to report on.
pub(super) fn cannot(format: &Format, why: impl Display) -> Outcome {
    if *format == report::json::FORMAT {
        print_nothing();
    }
    terminal::cannot_run(why)
}

/// The report of a run that could not begin: one error, which stderr explains.
pub(super) fn print_nothing() {
    let summary = Summary { errors: 1, ..Summary::default() };
    let (sources, reader) = (&Sources::default(), &Reader::default());
    let report = Report { found: &[], sources, summary: &summary, reader };
    terminal::data(&(report::json::FORMAT.write)(&report));
}

/// The lines that the pull request changes which a workflow on GitHub runs for. Elsewhere nobody asks.
pub(super) fn changed_lines(format: &Format, place: &ProjectRoots) -> ChangedLines {
    let base = variable("GITHUB_BASE_REF").filter(|_| is_github(format));
    let changed = base.and_then(|base| {
        let checkout = Checkout::of(place).ok()?;
        // Without its history, a pull request is checked out as a merge into its base.
        let base = [format!("origin/{base}"), "HEAD^1".to_owned()];
        let commit = base.iter().find_map(|name| checkout.commit(name).ok())?;
        checkout.changed_lines(&commit).ok()
    });
    // Only the order of annotations depends on it.
    changed.unwrap_or_default()
}

/// The file that GitHub shows as the summary of a step.
fn step_summary() -> Option<PathBuf> {
    variable("GITHUB_STEP_SUMMARY").map(PathBuf::from)
}

#[expect(clippy::disallowed_methods, reason = "cli reads the environment, once")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// A report that could not be written.
pub(super) struct NotWritten(PathBuf, std::io::Error);

impl Display for NotWritten {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "cannot write `{}`: {}", self.0.display(), self.1)
    }
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
