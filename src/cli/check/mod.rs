//! `partner-docs check`: everything that is wrong, and nothing written unless asked for.

mod against;
mod baseline;
mod external;
mod fix;
mod options;
mod report;

pub(super) use baseline::{leave_known, write as write_baseline};
pub(super) use options::CheckOptions;

use report::{outcome, print};

use super::{Outcome, clock, project, reporting, terminal};
use crate::check::severity;
use crate::check::url::no_site_url;
use crate::pipeline::{self, BuiltSite, Drafts};
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
        Err(error) => return reporting::cannot(options.format, error),
    };
    project::tell_more(&linked, clock.milliseconds());
    add_late(&mut linked, session.sources());
    if let Err(error) = compare(options, &mut linked, session.sources()) {
        return reporting::cannot(options.format, &error);
    }
    if let Some(file) = &options.write_baseline {
        return baseline::write(file, &linked.found, session.sources())
            .map_or_else(|error| reporting::cannot(options.format, &error), |()| Outcome::Done);
    }
    match print(options, &linked, session.sources(), clock.milliseconds()) {
        Ok(()) => outcome(options, &linked),
        Err(error) => terminal::cannot_run(error),
    }
}

/// Adds what is found only after a project is linked. A template that fails shows only when pages are put through it, which
/// a check does not do otherwise.
pub(super) fn add_late(linked: &mut BuiltSite, sources: &Sources) {
    let in_templates = pipeline::wrong_in_templates(linked);
    linked.add(in_templates, &[&theme::TEMPLATE], sources);
    linked.add(no_site_url::check(&linked.site), &[&no_site_url::RULE], sources);
}

/// Compares with what was published, or known, before.
fn compare(options: &CheckOptions, linked: &mut BuiltSite, sources: &Sources) -> Result<(), String> {
    if let Some(what) = &options.against {
        against::published(options, what, linked)?.compare(linked, sources);
        project::lower(&options.project, &mut linked.found);
    }
    if options.web.external {
        external::add(&options.web, linked, sources)?;
        project::lower(&options.project, &mut linked.found);
    }
    // The baseline comes last, so that it counts as known only what was asked for.
    severity::filter(&mut linked.found, &options.rules);
    let config = &linked.site.config;
    baseline::leave_new(options, config, &mut linked.found, sources)
}
