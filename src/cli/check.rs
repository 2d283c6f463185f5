//! `partner-docs check`: everything that is wrong, and nothing written.

use super::arguments::{CheckOptions, Deny, Format};
use super::{Outcome, clock, project, terminal};
use crate::diagnostic::{Findings, Severity};
use crate::pipeline::{Counts, Drafts};
use crate::report;
use crate::text::Sources;

/// Checks a project and reports.
pub(super) fn run(options: &CheckOptions) -> Outcome {
    let clock = clock::Clock::start();
    let mut session = project::session(&options.project, Drafts::Hidden).asking_for(&options.rules);
    match project::link(&mut session, &options.project) {
        Ok(linked) => {
            print(options.format, &linked.found, (session.sources(), linked.counts), clock.milliseconds());
            let outcome = project::outcome(&linked.found);
            let warned = linked.found.iter().any(|finding| finding.severity == Severity::Warning);
            if options.deny == Some(Deny::Warnings) && warned { outcome.max(Outcome::ErrorsFound) } else { outcome }
        }
        Err(error) => {
            if options.format == Format::Json {
                print_nothing();
            }
            terminal::talk(&format!("error: {error}\n"));
            Outcome::CannotRun
        }
    }
}

fn print(format: Format, found: &Findings, (sources, counts): (&Sources, Counts), milliseconds: u64) {
    let summary = project::summary(counts, found, milliseconds);
    terminal::data(&match format {
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
