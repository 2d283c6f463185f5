//! What may go wrong while a site is written.
//! In: refusals of ours and of the disk. Out: `OutputError`, one sentence each.
//! Never knows: what is done about it.

use std::fmt;
use std::path::{Path, PathBuf};

use super::refuse::OutputRefusal;

/// No message names more files.
const MOST_SHOWN: usize = 5;

/// Why a site was not written. The old one is as it was.
#[derive(Debug)]
pub enum OutputError {
    /// The folder must not be replaced.
    Refused {
        /// As it was asked for.
        folder: PathBuf,
        /// Why not.
        reason: OutputRefusal,
    },
    /// A path that leads out of the folder, or cannot be written on every system.
    BadPath(String),
    /// Two files with one path.
    Twice(String),
    /// Files that no build wrote are where files of the site must be.
    InTheWay {
        /// The output folder.
        folder: PathBuf,
        /// Their paths in it.
        files: Vec<String>,
    },
    /// Files are there that must stay.
    Exists {
        /// Where they are.
        folder: PathBuf,
        /// Their names.
        files: Vec<String>,
    },
    /// The disk refused.
    Disk {
        /// What was to be done.
        action: &'static str,
        /// To what.
        path: PathBuf,
        /// Why it was not.
        reason: std::io::Error,
    },
}

/// Says what was to be done when the disk refused.
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
