//! Errors of running git, one for each problem that users can fix.

use std::fmt;
use std::path::PathBuf;

/// Why git failed.
#[derive(Debug)]
pub enum GitError {
    /// The program could not be run.
    NotInstalled(std::io::Error),
    /// The folder isn't in a working tree.
    NoCheckout(PathBuf),
    /// The commit doesn't exist.
    NoCommit {
        /// Its name as requested.
        name: String,
        /// Whether parts of the history are missing.
        is_shallow: bool,
    },
    /// Anything else.
    Failed {
        /// The command: `diff`.
        command: String,
        /// Git's own message.
        reason: String,
    },
}

impl fmt::Display for GitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotInstalled(reason) => write!(f, "cannot run `git`: {reason}"),
            Self::NoCheckout(folder) => write!(f, "`{}` is not in a git repository", folder.display()),
            Self::NoCommit { name, is_shallow: false } => write!(f, "unknown git commit `{name}`"),
            Self::NoCommit { name, is_shallow: true } => {
                write!(f, "unknown git commit `{name}`; this clone is shallow: fetch the commit first")
            }
            Self::Failed { command, reason } => write!(f, "`git {command}` failed: {reason}"),
        }
    }
}

impl std::error::Error for GitError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::NotInstalled(reason) => Some(reason),
            Self::NoCheckout(_) | Self::NoCommit { .. } | Self::Failed { .. } => None,
        }
    }
}
