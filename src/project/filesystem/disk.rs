//! The file system interface of a project, and its errors.

use std::fmt;
use std::path::PathBuf;

use super::roots::ProjectRoots;
use crate::project::files::file_set::FileSet;
use crate::project::files::scope::WalkScope;
use crate::source::SourcePath;

/// Access to files, on disk or in memory for tests.
pub trait FileSystem: Sync {
    /// The bytes of book.toml, or `None` if there is no such file.
    ///
    /// # Errors
    /// If the project folder doesn't exist, or the file can't be read.
    fn book_toml(&self) -> Result<Option<Vec<u8>>, DiskError>;

    /// The folders of the project and its repository. `root` is the repository as written in book.toml; without it, the
    /// repository is searched for.
    ///
    /// # Errors
    /// If the folder doesn't exist.
    fn place(&self, root: Option<&str>) -> Result<ProjectRoots, DiskError>;

    /// The names of all files in scope.
    ///
    /// # Errors
    /// If the repository's folder can't be read. Anything inside that can't be read is recorded in the result.
    fn list(&self, place: &ProjectRoots, scope: &WalkScope) -> Result<FileSet, DiskError>;

    /// The bytes of a file.
    ///
    /// # Errors
    /// If it can't be read, or isn't a regular file.
    fn read(&self, place: &ProjectRoots, path: &SourcePath) -> Result<Vec<u8>, DiskError>;

    /// A project near this folder, for those who are in the wrong one: around it, else right below it.
    fn project_nearby(&self) -> Option<PathBuf> {
        None
    }

    /// What currently exists at a path. `None` for nothing, or for something that is neither a file nor a folder.
    fn kind(&self, place: &ProjectRoots, path: &SourcePath) -> Option<FileKind>;
}

/// What can exist at a path.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum FileKind {
    /// A file, possibly through a link.
    File,
    /// A folder, possibly through a link.
    Folder,
}

/// An I/O error.
#[derive(Debug)]
pub struct DiskError {
    /// The file or folder.
    pub path: PathBuf,
    /// The operation: `read`.
    pub action: &'static str,
    /// The cause.
    pub reason: std::io::Error,
}

impl fmt::Display for DiskError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot {} `{}`: {}", self.action, self.path.display(), self.reason)
    }
}

impl std::error::Error for DiskError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.reason)
    }
}
