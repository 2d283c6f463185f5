//! Errors of writing a site, one sentence each.

use std::fmt;
use std::path::{Path, PathBuf};

use super::marker::MARKER;

/// The maximum number of files in a message.
const MOST_SHOWN: usize = 5;

/// Why a site was not written. The old one is unchanged.
#[derive(Debug)]
pub enum OutputError {
    /// The folder must not be replaced.
    Refused {
        /// The folder as requested.
        folder: PathBuf,
        /// The reason.
        reason: OutputRefusal,
    },
    /// A path that is outside the folder, or can't be written on every system.
    BadPath(String),
    /// Two files with the same path.
    Twice(String),
    /// Files that no build wrote are in the place of files of the site.
    InTheWay {
        /// The output folder.
        folder: PathBuf,
        /// Their paths in it.
        files: Vec<String>,
    },
    /// Files exist that must not be replaced.
    Exists {
        /// Their folder.
        folder: PathBuf,
        /// Their names.
        files: Vec<String>,
    },
    /// An I/O error.
    Disk {
        /// The operation that failed.
        action: &'static str,
        /// The path.
        path: PathBuf,
        /// The cause.
        reason: std::io::Error,
    },
}

/// Why a folder must not be replaced.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum OutputRefusal {
    /// It's the project, or contains it.
    HoldsProject,
    /// It's the repository, or contains it.
    HoldsRepository,
    /// It's the home folder, or contains it.
    HoldsHome,
    /// It's a source of the site, or contains one.
    HoldsSource(PathBuf),
    /// It's inside a source of the site.
    InSource(PathBuf),
    /// It's outside the nearest repository, and only book.toml names it.
    OutsideRepository,
    /// It's among git's own files.
    InGit,
    /// It is a file.
    IsFile,
    /// Git tracks this file in it, in the project's repository.
    Tracked(String),
    /// It isn't empty, and nothing shows that a build wrote it.
    NotOurs,
    /// A newer version of partner-docs wrote it.
    Newer,
}

impl fmt::Display for OutputRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::HoldsProject => f.write_str("it contains the project"),
            Self::HoldsRepository => f.write_str("it contains the repository"),
            Self::HoldsHome => f.write_str("it contains the home folder"),
            Self::HoldsSource(source) => {
                write!(f, "it contains `{}`, which the site is built from", source.display())
            }
            Self::InSource(source) => write!(f, "it is inside `{}`, which the site is built from", source.display()),
            Self::OutsideRepository => f.write_str(
                "`build-dir` is outside the nearest repository; to write there, name it once with `--dest-dir`",
            ),
            Self::InGit => f.write_str("it is among git's own files"),
            Self::IsFile => f.write_str("it is a file"),
            Self::Tracked(file) => write!(
                f,
                "it contains `{file}`, which git tracks in the project's repository and a build would replace; run \
                `git rm -r --cached`, or choose another folder"
            ),
            Self::NotOurs => write!(
                f,
                "it is not empty, and has no `{MARKER}` that lists the files of a build, so it may not be a site; \
                empty it, or choose another folder"
            ),
            Self::Newer => f.write_str(
                "a newer version of partner-docs wrote the site in it; update partner-docs, or empty the folder",
            ),
        }
    }
}

/// Adds the operation to an I/O error.
pub(super) fn failed(action: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> OutputError {
    move |reason| OutputError::Disk { action, path: path.to_path_buf(), reason }
}

impl fmt::Display for OutputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused { folder, reason } => write!(f, "cannot write the site to `{}`: {reason}", folder.display()),
            Self::BadPath(path) => write!(f, "invalid path in the output folder: `{path}`"),
            Self::Twice(path) => write!(f, "two files of the site have the same path: `{path}`"),
            Self::InTheWay { folder, files } => {
                let shown: Vec<&str> = files.iter().take(MOST_SHOWN).map(String::as_str).collect();
                let more = files.len().saturating_sub(MOST_SHOWN);
                let more = if more > 0 { format!(" and {more} more") } else { String::new() };
                write!(
                    f,
                    "`{}` contains `{}`{more}, which no build wrote and this one would replace; nothing was written. \
                    Move or delete it, or build to another folder",
                    folder.display(),
                    shown.join("`, `")
                )
            }
            Self::Exists { folder, files } => {
                write!(f, "`{}` already contains `{}`; nothing was written", folder.display(), files.join("`, `"))
            }
            Self::Disk { action, path, reason } => write!(f, "cannot {action} `{}`: {reason}", path.display()),
        }
    }
}

impl std::error::Error for OutputError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Disk { reason, .. } => Some(reason),
            Self::Refused { .. } | Self::BadPath(_) | Self::Twice(_) | Self::InTheWay { .. } | Self::Exists { .. } => {
                None
            }
        }
    }
}
