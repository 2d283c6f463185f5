//! What git knows about a project: its files at a commit, renames, and when each file last changed.
//! In: a folder and the name of a commit. Out: a `Snapshot`, renames and dates. Runs the `git` program.

mod changes;
mod error;
mod history;
mod program;
mod snapshot;

use std::path::{Path, PathBuf};

use crate::project::ProjectRoots;
use crate::source::SourcePath;

pub use changes::ChangedLines;
pub use error::GitError;
pub use history::Rename;
pub use snapshot::CommitSnapshot;

use program::Program;

/// A working tree and its history.
#[derive(Clone, Debug)]
pub struct Checkout {
    program: Program,
    /// The absolute path of the working tree.
    top: PathBuf,
    place: ProjectRoots,
}

/// An existing commit, by its full id.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Commit(String);

impl Commit {
    /// Its full id in hexadecimal.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The address that a repository is fetched from: that of `origin`, else of its first remote.
#[must_use]
pub fn remote(folder: &Path) -> Option<String> {
    let program = Program::in_folder(folder);
    let names = program.line(&["remote"]).ok()?;
    let name = names.lines().find(|name| *name == "origin").or_else(|| names.lines().next())?;
    program.line(&["remote", "get-url", "--", name]).ok()
}

impl Checkout {
    /// The working tree that contains a project's repository.
    ///
    /// # Errors
    /// If git isn't installed, or the folder isn't in a working tree.
    pub fn of(place: &ProjectRoots) -> Result<Self, GitError> {
        // The top need not be the root of the project: documentation may be a folder of a larger repository.
        let program = Program::in_folder(place.root());
        let top = program.line(&["rev-parse", "--show-toplevel"])?;
        let top = Path::new(&top);
        // As our own paths are written, which are free of links: they are compared by their beginnings.
        let top = top.canonicalize().unwrap_or_else(|_| top.to_path_buf());
        Ok(Self { program: Program::in_folder(&top), top, place: place.clone() })
    }

    /// The commit that a name refers to: `main`, `v1.2`, `HEAD~3`, a hash.
    ///
    /// # Errors
    /// If it doesn't exist, as is often the case in a shallow clone.
    pub fn commit(&self, name: &str) -> Result<Commit, GitError> {
        // A name must not be parsed as an option.
        let arguments = ["rev-parse", "--verify", "--quiet", "--end-of-options", &format!("{name}^{{commit}}")];
        match self.program.line(&arguments) {
            Ok(commit) => Ok(Commit(commit)),
            Err(GitError::Failed { .. }) => {
                Err(GitError::NoCommit { name: name.to_owned(), is_shallow: self.is_shallow() })
            }
            Err(error) => Err(error),
        }
    }

    /// A file in a folder that this working tree's repository tracks. Files of other repositories or working trees
    /// inside the folder don't count.
    ///
    /// # Errors
    /// If git fails.
    pub fn tracked_below(&self, folder: &Path) -> Result<Option<String>, GitError> {
        let folder = folder.canonicalize().ok();
        let Some(below) = folder.as_ref().and_then(|folder| folder.strip_prefix(&self.top).ok()?.to_str()) else {
            return Ok(None);
        };
        // The trailing slash excludes a submodule at this path.
        let below = format!(":(top,literal){}/", below.replace(std::path::MAIN_SEPARATOR, "/"));
        let files = self.program.output(&["ls-files", "-z", "--", &below])?;
        let first = files.split(|byte| *byte == 0).next().filter(|first| !first.is_empty());
        Ok(first.map(|file| String::from_utf8_lossy(file).into_owned()))
    }

    /// Whether parts of the history are missing.
    fn is_shallow(&self) -> bool {
        self.program.line(&["rev-parse", "--is-shallow-repository"]).is_ok_and(|answer| answer == "true")
    }

    /// The path of a file that git gives relative to the top of the working tree. `None` if it's outside the repository
    /// as the project sees it.
    fn path(&self, from_top: &str) -> Option<SourcePath> {
        self.place.source_path(&self.top.join(from_top))
    }
}

#[cfg(test)]
mod tests;
