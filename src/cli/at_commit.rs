//! The project as it was at a commit of its repository, built: what `--against`, `--new-since` and `changes` compare
//! with.

use super::arguments::ProjectOptions;
use super::project;
use crate::git::{Checkout, CommitSnapshot, Rename};
use crate::pipeline::{BuiltSite, Drafts, OpenError, Session};
use crate::project::ProjectRoots;

/// A project at a commit.
pub(super) struct ProjectAtCommit {
    /// The session that built it, with its texts.
    pub(super) session: Session<CommitSnapshot>,
    /// The project; or why the commit holds none.
    pub(super) built: Result<BuiltSite, OpenError>,
    /// The files that have another path today.
    pub(super) renames: Vec<Rename>,
}

/// Builds the project as it was at the commit that a reference names, under the same options as the one of today.
pub(super) fn build(
    options: &ProjectOptions,
    rules: &[String],
    place: &ProjectRoots,
    reference: &str,
) -> Result<ProjectAtCommit, String> {
    let checkout = Checkout::of(place).map_err(|error| error.to_string())?;
    let commit = checkout.commit(reference).map_err(|error| error.to_string())?;
    let now = project::folder(options);
    let snapshot = checkout.snapshot(&commit, now).map_err(|error| error.to_string())?;
    // The commit is read like a disk, through git: a checkout beside the working tree would cost a copy of all files,
    // and would have to be cleared away after Ctrl-C.
    let mut session = project::on(snapshot, options, Drafts::Hidden).asking_for(rules);
    let built = session.link();
    let renames = checkout.renames_since(&commit).map_err(|error| error.to_string())?;
    Ok(ProjectAtCommit { session, built, renames })
}
