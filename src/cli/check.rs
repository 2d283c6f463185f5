//! `partner-docs check`: everything that is wrong, and nothing written.

use super::arguments::{CheckOptions, Deny, Format};
use super::report::Delivery;
use super::{Outcome, against, clock, external, known, project, terminal};
use crate::check::level;
use crate::diagnostic::Severity;
use crate::pipeline::{Drafts, Linked};
use crate::report;
use crate::text::Sources;

/// Checks a project and reports.
pub(super) fn run(options: &CheckOptions) -> Outcome {
    let clock = clock::Clock::start();
    let mut session = project::session(&options.project, Drafts::Hidden).asking_for(&options.rules);
    let mut linked = match project::link(&mut session, &options.project) {
        Ok(linked) => linked,
        Err(error) => return cannot(options, &error.to_string()),
    };
    if let Err(error) = compare(options, &mut linked, session.sources()) {
        return cannot(options, &error);
    }
    let found = linked.found;
    if let Some(file) = &options.write_baseline {
        return known::write(file, &found, session.sources())
            .map_or_else(|error| cannot(options, &error), |()| Outcome::Done);
    }
    let summary = project::summary(linked.counts, &found, clock.milliseconds());
    let delivery = Delivery { format: options.format, output: options.output.as_deref() };
    if let Err(error) = delivery.deliver(&found, session.sources(), &summary) {
        terminal::talk(&format!("error: {error}\n"));
        return Outcome::CannotRun;
    }
    let outcome = project::outcome(&found);
    let warned = found.iter().any(|finding| finding.severity == Severity::Warning);
    if options.deny == Some(Deny::Warnings) && warned { outcome.max(Outcome::ErrorsFound) } else { outcome }
}

/// Looks at what was published, or known, before.
fn compare(options: &CheckOptions, linked: &mut Linked, sources: &Sources) -> Result<(), String> {
    if let Some(what) = &options.against {
        against::add(options, what, linked, sources)?;
        project::lower(&options.project, &mut linked.found);
    }
    if options.web.external {
        external::add(&options.web, linked, sources)?;
        project::lower(&options.project, &mut linked.found);
    }
    level::narrow(&mut linked.found, &options.rules);
    known::leave_new(options, &linked.site.config.place, &mut linked.found, sources)
}

fn cannot(options: &CheckOptions, why: &str) -> Outcome {
    if options.format == Format::Json {
        print_nothing();
    }
    terminal::talk(&format!("error: {why}\n"));
    Outcome::CannotRun
}

/// The report of a run that could not begin: one error, which stderr explains.
pub(super) fn print_nothing() {
    let summary = report::Summary { errors: 1, ..report::Summary::default() };
    terminal::data(&report::json(&[], &Sources::default(), &summary));
}
