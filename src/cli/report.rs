//! Where reports go: stdout, a file, the summary of a run on GitHub.
//! In: findings, and what the user wants of them. Out: one or two reports, delivered.
//! Never knows: how findings are written.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::arguments::ReportFormat;
use super::terminal;
use crate::diagnostic::Diagnostics;
use crate::report::{self, Summary, TerminalStyle};
use crate::source::Sources;

/// How findings are reported, and where.
pub(super) struct Delivery<'a> {
    pub(super) format: ReportFormat,
    /// A file for the report, beside the one for people.
    pub(super) output: Option<&'a Path>,
}

impl Delivery<'_> {
    /// Reports.
    ///
    /// # Errors
    /// When a file cannot be written; what went to stdout is there nevertheless.
    pub(super) fn deliver(&self, found: &Diagnostics, sources: &Sources, summary: &Summary) -> Result<(), NotWritten> {
        let report = |style| write(self.format, style, (found, sources, summary));
        if self.output.is_some() && self.format != ReportFormat::Human {
            terminal::data(&write(ReportFormat::Human, terminal::style(), (found, sources, summary)));
        } else {
            terminal::data(&report(terminal::style()));
        }
        if let Some(file) = self.output {
            save(file, &report(TerminalStyle::Plain))?;
        }
        match (self.format, step_summary()) {
            (ReportFormat::Github, Some(file)) => append(&file, &report::markdown(found, sources, summary)),
            _ => Ok(()),
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

fn write(
    format: ReportFormat,
    style: TerminalStyle,
    (found, sources, summary): (&Diagnostics, &Sources, &Summary),
) -> String {
    match format {
        ReportFormat::Human => report::human(found, sources, summary, style) + &report::learn_more(found),
        ReportFormat::Json => report::json(found, sources, summary),
        ReportFormat::Github => report::github(found, sources, summary),
        ReportFormat::Sarif => report::sarif(found, sources),
        ReportFormat::Junit => report::junit(found, sources, summary),
        ReportFormat::Gitlab => report::gitlab(found, sources),
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
