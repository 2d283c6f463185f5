//! Where reports go: stdout, a file, the summary of a run on GitHub.
//! In: findings, and what the user wants of them. Out: one or two reports, delivered.
//! Never knows: how findings are written.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::terminal;
use crate::diagnostic::Diagnostics;
use crate::report::{self, Format, Report, Summary, TerminalStyle};
use crate::source::Sources;

/// How findings are reported, and where.
pub(super) struct Delivery<'a> {
    pub(super) format: &'static Format,
    /// A file for the report, beside the one for people.
    pub(super) output: Option<&'a Path>,
}

impl Delivery<'_> {
    /// Reports.
    ///
    /// # Errors
    /// When a file cannot be written; what went to stdout is there nevertheless.
    pub(super) fn deliver(&self, found: &Diagnostics, sources: &Sources, summary: &Summary) -> Result<(), NotWritten> {
        let report = Report { found, sources, summary, style: terminal::style() };
        let on_screen = if self.output.is_some() { &report::human::FORMAT } else { self.format };
        terminal::data(&(on_screen.write)(&report));
        if let Some(file) = self.output {
            save(file, &(self.format.write)(&Report { style: TerminalStyle::Plain, ..report }))?;
        }
        match step_summary().filter(|_| *self.format == report::github::FORMAT) {
            Some(file) => append(&file, &report::markdown(&report)),
            None => Ok(()),
        }
    }
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
