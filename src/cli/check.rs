//! `partner-docs check`: everything that is wrong, and nothing written unless asked for.

use super::arguments::{CheckOptions, Deny, Format};
use super::{Outcome, clock, fix, project, terminal};
use crate::diagnostic::{Findings, Severity};
use crate::pipeline::{Drafts, Linked, OpenError};
use crate::report;
use crate::text::Sources;

/// Checks a project and reports.
pub(super) fn run(options: &CheckOptions) -> Outcome {
    let clock = clock::Clock::start();
    if options.fix.is_asked() {
        return fix::run(options, &clock);
    }
    let mut session = project::session(&options.project, Drafts::Hidden).asking_for(&options.rules);
    match session.link() {
        Ok(linked) => {
            print(options, &linked, session.sources(), clock.milliseconds());
            outcome(options, &linked.found)
        }
        Err(error) => cannot_run(options, &error),
    }
}

/// How a check with these findings ends.
pub(super) fn outcome(options: &CheckOptions, found: &Findings) -> Outcome {
    let outcome = project::outcome(found);
    let warned = found.iter().any(|finding| finding.severity == Severity::Warning);
    if options.deny == Some(Deny::Warnings) && warned { outcome.max(Outcome::ErrorsFound) } else { outcome }
}

/// Says why there is nothing to check.
pub(super) fn cannot_run(options: &CheckOptions, error: &OpenError) -> Outcome {
    if options.format == Format::Json {
        print_nothing();
    }
    terminal::talk(&format!("error: {error}\n"));
    Outcome::CannotRun
}

/// Reports in the format that was asked for.
pub(super) fn print(options: &CheckOptions, linked: &Linked, sources: &Sources, milliseconds: u64) {
    let found = &linked.found;
    let summary = project::summary(linked.counts, found, milliseconds);
    terminal::data(&match options.format {
        Format::Human => report::human(found, sources, &summary, terminal::style()),
        Format::Json => report::json(found, sources, &summary),
        Format::Github => report::github(found, sources, &summary),
    });
}

/// The report of a run that could not begin: one error, which stderr explains.
pub(super) fn print_nothing() {
    let summary = report::Summary { errors: 1, ..report::Summary::default() };
    terminal::data(&report::json(&[], &Sources::default(), &summary));
}
