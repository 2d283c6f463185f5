//! A project on disk, opened for a command.
//! In: the options that every command on a project takes. Out: a session, its linked site, and a summary.
//! Never knows: what the command does with them.

use std::path::Path;

use super::Outcome;
use super::arguments::ProjectOptions;
use crate::diagnostic::{Counts, Findings, Severity};
use crate::pipeline::{Drafts, Linked, Session};
use crate::project::{Disk, Folder, OpenError};
use crate::report::Summary;

/// A session on the folder that the options name.
pub(super) fn session(options: &ProjectOptions, drafts: Drafts) -> Session<Folder> {
    on(folder(options), options, drafts)
}

/// A session on another disk, under the same options.
pub(super) fn on<D: Disk>(disk: D, options: &ProjectOptions, drafts: Drafts) -> Session<D> {
    let mut session = Session::new(disk, drafts);
    session.give(options.variables.iter().cloned().collect());
    session
}

/// The folder that the options name.
pub(super) fn folder(options: &ProjectOptions) -> Folder {
    Folder::new(&options.folder, home().as_deref())
}

/// Links the project once.
pub(super) fn link(session: &mut Session<Folder>, options: &ProjectOptions) -> Result<Linked, OpenError> {
    let mut linked = session.link()?;
    lower(options, &mut linked.found);
    Ok(linked)
}

/// Makes warnings of the errors that the options name.
pub(super) fn lower(options: &ProjectOptions, found: &mut Findings) {
    for finding in found {
        let lowered = options.warn.iter().any(|rule| rule == finding.rule.code);
        if lowered && finding.severity == Severity::Error {
            finding.severity = Severity::Warning;
        }
    }
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
    Summary { counts, milliseconds, ..Summary::default() }.count(found)
}
