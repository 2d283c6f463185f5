//! `partner-docs check`: everything that is wrong, and nothing written unless asked for.

use super::arguments::{CheckOptions, Deny};
use super::report::Delivery;
use super::{Outcome, against, clock, external, fix, known, project, terminal};
use crate::check::severity;
use crate::diagnostic::Severity;
use crate::pipeline::{self, BuiltSite, Drafts};
use crate::report::{self, Report, TerminalStyle};
use crate::source::Sources;
use crate::theme;

/// Checks a project and reports.
pub(super) fn run(options: &CheckOptions) -> Outcome {
    let clock = clock::Clock::start();
    if options.fix.is_asked() {
        return fix::run(options, &clock);
    }
    let mut session = project::session(&options.project, Drafts::Hidden).asking_for(&options.rules);
    let mut linked = match project::link(&mut session) {
        Ok(linked) => linked,
        Err(error) => return cannot(options, &error.to_string()),
    };
    let in_templates = pipeline::wrong_in_templates(&linked);
    linked.add(in_templates, &[&theme::TEMPLATE], session.sources());
    if let Err(error) = compare(options, &mut linked, session.sources()) {
        return cannot(options, &error);
    }
    if let Some(file) = &options.write_baseline {
        return known::write(file, &linked.found, session.sources())
            .map_or_else(|error| cannot(options, &error), |()| Outcome::Done);
    }
    match print(options, &linked, session.sources(), clock.milliseconds()) {
        Ok(()) => outcome(options, &linked),
        Err(error) => {
            terminal::talk(&format!("error: {error}\n"));
            Outcome::CannotRun
        }
    }
}

/// How the check of a project ends.
pub(super) fn outcome(options: &CheckOptions, linked: &BuiltSite) -> Outcome {
    let outcome = project::outcome(&linked.found, &linked.site.config);
    let warned = linked.found.iter().any(|finding| finding.severity == Severity::Warning);
    if options.deny == Some(Deny::Warnings) && warned { outcome.max(Outcome::ErrorsFound) } else { outcome }
}

/// Reports in the format, and to the place, that was asked for.
pub(super) fn print(
    options: &CheckOptions,
    linked: &BuiltSite,
    sources: &Sources,
    milliseconds: u64,
) -> Result<(), String> {
    let summary = project::summary(linked.counts, &linked.found, milliseconds);
    let delivery = Delivery { format: options.format, output: options.output.as_deref() };
    delivery.deliver(&linked.found, sources, &summary).map_err(|error| error.to_string())
}

/// Looks at what was published, or known, before.
fn compare(options: &CheckOptions, linked: &mut BuiltSite, sources: &Sources) -> Result<(), String> {
    if let Some(what) = &options.against {
        against::published(options, what, linked)?.hold_against(linked, sources);
        project::lower(&options.project, &mut linked.found);
    }
    if options.web.external {
        external::add(&options.web, linked, sources)?;
        project::lower(&options.project, &mut linked.found);
    }
    severity::filter(&mut linked.found, &options.rules);
    known::leave_new(options, &linked.site.config.place, &mut linked.found, sources)
}

/// Says why there is nothing to check.
pub(super) fn cannot(options: &CheckOptions, why: &str) -> Outcome {
    if *options.format == report::json::FORMAT {
        print_nothing();
    }
    terminal::talk(&format!("error: {why}\n"));
    Outcome::CannotRun
}

/// The report of a run that could not begin: one error, which stderr explains.
pub(super) fn print_nothing() {
    let summary = report::Summary { errors: 1, ..report::Summary::default() };
    let report = Report { found: &[], sources: &Sources::default(), summary: &summary, style: TerminalStyle::Plain };
    terminal::data(&(report::json::FORMAT.write)(&report));
}
