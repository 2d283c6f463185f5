//! How a check ends, and the report that it prints.

use super::options::{CheckOptions, Deny};
use crate::cli::reporting::{self, NotWritten};
use crate::cli::{Outcome, project};
use crate::diagnostic::Severity;
use crate::pipeline::BuiltSite;
use crate::report::{Reader, Report};
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
    let report = Report { found, sources, summary: &summary, reader: &reader(options, linked) };
    reporting::print(options.format, options.output.as_deref(), &report)
}

/// Who reads the report of a check.
fn reader(options: &CheckOptions, linked: &BuiltSite) -> Reader {
    let place = &linked.site.config.place;
    let reader = Reader {
        changed: reporting::changed_lines(options.format, place),
        ..project::reader_of(&options.project, place)
    };
    // What is left after fixes were applied is not fixed by applying them once more.
    if options.fix.is_asked() { Reader { project: None, ..reader } } else { reader }
}
