//! The file system interface of a project, and its errors.

use std::fmt;
use std::io::{Error, ErrorKind};
use std::path::{Path, PathBuf};

use super::roots::ProjectRoots;
use crate::project::files::file_set::FileSet;
use crate::project::files::scope::WalkScope;
use crate::source::SourcePath;

/// Bytes of a page, a playbook or book.toml. Compiled, a text takes up to a hundred times its size.
pub const LARGEST_PAGE: u64 = 4 << 20;
/// Bytes of any other file that is read: a style sheet, a drawing, an HTML file. What is only copied can be of any size.
pub const LARGEST_READ: u64 = 16 << 20;

/// How many bytes of a file are read.
pub(crate) fn most(path: &Path) -> u64 {
    let is_text = |ending: &std::ffi::OsStr| ["md", "markdown", "yaml", "yml", "toml"].iter().any(|own| *own == ending);
    if path.extension().is_some_and(is_text) { LARGEST_PAGE } else { LARGEST_READ }
}

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

    /// The bytes of a file that is understood, not just copied.
    ///
    /// # Errors
    /// If it can't be read, isn't a regular file, or is larger than [`LARGEST_PAGE`] or [`LARGEST_READ`].
    fn read(&self, place: &ProjectRoots, path: &SourcePath) -> Result<Vec<u8>, DiskError>;

    /// The first bytes of a file of any size, at most this many.
    ///
    /// # Errors
    /// If it can't be read, or isn't a regular file.
    fn beginning(&self, place: &ProjectRoots, path: &SourcePath, most: u64) -> Result<Vec<u8>, DiskError> {
        let mut bytes = self.read(place, path)?;
        bytes.truncate(usize::try_from(most).unwrap_or(usize::MAX));
        Ok(bytes)
    }

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

impl DiskError {
    /// Whether the file is larger than what is read.
    #[must_use]
    pub fn is_too_large(&self) -> bool {
        self.reason.kind() == ErrorKind::FileTooLarge
    }
}

/// Refuses a file of this many bytes if that is more than what is read.
pub(crate) fn bounded(path: &Path, length: u64) -> std::io::Result<()> {
    let most = most(path);
    if length <= most {
        return Ok(());
    }
    Err(Error::new(ErrorKind::FileTooLarge, format!("it is larger than {} MB", most >> 20)))
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
