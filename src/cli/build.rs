//! `partner-docs build`: the site, into its folder.

use std::path::PathBuf;

use super::arguments::BuildOptions;
use super::{Outcome, clock, project, terminal};
// use crate::output;
use crate::pipeline::{self, Drafts, Linked};
use crate::project::Config;
use crate::report;

/// Builds a project. Whatever fails leaves the last good site whole.
pub(super) fn run(options: &BuildOptions) -> Outcome {
    let clock = clock::Clock::start();
    let mut session = project::session(&options.project, Drafts::Hidden);
    let mut linked = match project::link(&mut session, &options.project) {
        Ok(linked) => linked,
        Err(error) => {
            terminal::talk(&format!("error: {error}\n"));
            return Outcome::CannotRun;
        }
    };
    let goes_on = |outcome| outcome == Outcome::Done || (options.keep_going && outcome == Outcome::ErrorsFound);
    let published = goes_on(project::outcome(&linked.found)).then(|| pipeline::publish(&linked, session.disk()));
    if let Some(published) = &published {
        linked.found.extend(published.found.iter().cloned());
        crate::diagnostic::sort(&mut linked.found, session.sources());
    }
    let outcome = project::outcome(&linked.found);
    let summary = project::summary(linked.counts, &linked.found, clock.milliseconds());
    if !linked.found.is_empty() {
        terminal::talk(&report::human(&linked.found, session.sources(), &summary, terminal::style()));
    }
    match published.filter(|_| goes_on(outcome)) {
        Some(published) => write(options, &linked, published, outcome),
        None => {
            terminal::talk("nothing was written; the site is as it was\n");
            outcome
        }
    }
}

fn write(options: &BuildOptions, linked: &Linked, published: pipeline::Published, outcome: Outcome) -> Outcome {
    let _ = (options, linked, published, outcome);
    Outcome::CannotRun
}
