//! Errors of writing a site, one sentence each.

use std::fmt;
use std::path::{Path, PathBuf};

use super::refuse::OutputRefusal;

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
