//! A project on disk, opened for a command.
//! In: the options that every command on a project takes. Out: a session, and a summary.
//! Never knows: what the command does with them.

use std::path::Path;

use super::Outcome;
use super::arguments::ProjectOptions;
use crate::diagnostic::{Findings, Severity};
use crate::pipeline::{Counts, Disk, Drafts, Session};
use crate::project::{Folder, Overlay};
use crate::report::Summary;

/// A session on the folder that the options name.
pub(super) fn session(options: &ProjectOptions, drafts: Drafts) -> Session<Folder> {
    prepared(folder(options), drafts, options)
}

/// A session on the folder that the options name, whose changes stay in memory.
pub(super) fn overlaid(options: &ProjectOptions) -> Session<Overlay<Folder>> {
    prepared(Overlay::new(folder(options)), Drafts::Hidden, options)
}

fn prepared<D: Disk>(disk: D, drafts: Drafts, options: &ProjectOptions) -> Session<D> {
    let mut session = Session::new(disk, drafts).lowering(options.warn.clone());
    session.give(options.variables.iter().cloned().collect());
    session
}

fn folder(options: &ProjectOptions) -> Folder {
    Folder::new(&options.folder, home().as_deref())
}

/// The home folder, which is never taken for a repository.
#[expect(clippy::disallowed_methods, reason = "cli reads the environment, once")]
pub(super) fn home() -> Option<std::path::PathBuf> {
    let name = if cfg!(windows) { "USERPROFILE" } else { "HOME" };
    std::env::var(name).ok().map(|home| Path::new(&home).to_path_buf())
}

/// How a command ends with these findings: broken configuration weighs more than broken content.
pub(super) fn outcome(found: &Findings) -> Outcome {
    let errors = || found.iter().filter(|finding| finding.severity == Severity::Error);
    if errors().any(|finding| finding.rule.code.starts_with("config/")) {
        Outcome::CannotRun
    } else if errors().next().is_some() {
        Outcome::ErrorsFound
    } else {
        Outcome::Done
    }
}

/// What a run looked at, for its report.
pub(super) fn summary(counts: Counts, found: &Findings, milliseconds: u64) -> Summary {
    let summary = Summary {
        pages: counts.pages,
        links: counts.links,
        anchors: counts.anchors,
        images: counts.images,
        diagrams: counts.diagrams,
        playbooks: counts.playbooks,
        milliseconds,
        ..Summary::default()
    };
    summary.count(found)
}
