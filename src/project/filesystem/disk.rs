//! What a project needs of the disk.
//! In: nothing. Out: `Disk`, the one way to files, and what may go wrong on it.
//! Never knows: what is in the files.

use std::fmt;
use std::path::PathBuf;

use super::roots::ProjectRoots;
use crate::project::files::file_set::FileSet;
use crate::project::files::scope::WalkScope;
use crate::source::SourcePath;

/// Files, wherever they are kept: in a folder, or in memory for tests.
pub trait FileSystem: Sync {
    /// The bytes of book.toml; `None` when there is no such file.
    ///
    /// # Errors
    /// When the project's folder is none, or the file cannot be read.
    fn book_toml(&self) -> Result<Option<Vec<u8>>, DiskError>;

    /// Where project and repository lie. `root` is the repository as written in book.toml; without it, it is looked
    /// for.
    ///
    /// # Errors
    /// When there is no such folder.
    fn place(&self, root: Option<&str>) -> Result<ProjectRoots, DiskError>;

    /// The names of all files in scope.
    ///
    /// # Errors
    /// When the repository's folder cannot be read. What cannot be read inside is noted in the tree.
    fn list(&self, place: &ProjectRoots, scope: &WalkScope) -> Result<FileSet, DiskError>;

    /// The bytes of a file.
    ///
    /// # Errors
    /// When it cannot be read, or is no regular file.
    fn read(&self, place: &ProjectRoots, path: &SourcePath) -> Result<Vec<u8>, DiskError>;

    /// What lies at a path now; `None` for nothing, and for what is neither file nor folder.
    fn kind(&self, place: &ProjectRoots, path: &SourcePath) -> Option<FileKind>;
}

/// What can lie at a path.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum FileKind {
    /// A file, perhaps behind a link.
    File,
    /// A folder, perhaps behind a link.
    Folder,
}

/// Something the disk refused.
#[derive(Debug)]
pub struct DiskError {
    /// The file or folder.
    pub path: PathBuf,
    /// What was to be done with it: `read`.
    pub action: &'static str,
    /// Why it was not.
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
