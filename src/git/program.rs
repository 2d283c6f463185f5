//! Runs the `git` program.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use super::GitError;

/// Environment variables that hooks set for the repository they run in, which may be a different one.
const INHERITED: [&str; 4] = ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"];
/// User settings that would change the output, or run other programs.
const SETTINGS: [&str; 4] =
    ["core.fsmonitor=false", "log.showSignature=false", "diff.relative=false", "core.quotePath=false"];

/// Git in a folder.
#[derive(Clone, Debug)]
pub(super) struct Program {
    folder: PathBuf,
    /// Whether objects missing from a partial clone may be fetched.
    fetches: bool,
}

impl Program {
    pub(super) fn in_folder(folder: &Path) -> Self {
        Self { folder: folder.to_path_buf(), fetches: true }
    }

    /// The same, but never over the network: reading local history should fail rather than wait.
    pub(super) fn offline(&self) -> Self {
        Self { folder: self.folder.clone(), fetches: false }
    }

    /// The output of a command.
    pub(super) fn output(&self, arguments: &[&str]) -> Result<Vec<u8>, GitError> {
        let Output { status, stdout, stderr } = self.command(arguments).output().map_err(GitError::NotInstalled)?;
        if status.success() {
            return Ok(stdout);
        }
        let reason = String::from_utf8_lossy(&stderr).trim().to_owned();
        // Git ends with 128 whatever is wrong. Its words are English, as the environment below asks for.
        if reason.contains("not a git repository") {
            return Err(GitError::NoCheckout(self.folder.clone()));
        }
        Err(GitError::Failed { command: arguments.first().copied().unwrap_or_default().to_owned(), reason })
    }

    /// The only line of a command's output.
    pub(super) fn line(&self, arguments: &[&str]) -> Result<String, GitError> {
        let output = self.output(arguments)?;
        Ok(String::from_utf8_lossy(&output).trim_end_matches(['\n', '\r']).to_owned())
    }

    /// A command with piped input and output.
    pub(super) fn start(&self, arguments: &[&str]) -> Result<Child, GitError> {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        command.spawn().map_err(GitError::NotInstalled)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        // The user's own program: a library of ours would know other formats of repositories than the one that wrote them.
        let mut command = Command::new("git");
        command.arg("-C").arg(&self.folder);
        for setting in SETTINGS {
            command.args(["-c", setting]);
        }
        command.args(arguments).stdin(Stdio::null());
        // English output, no optional locks, and no password prompts.
        command.env("LC_ALL", "C").env("GIT_OPTIONAL_LOCKS", "0").env("GIT_TERMINAL_PROMPT", "0");
        if !self.fetches {
            command.env("GIT_NO_LAZY_FETCH", "1");
        }
        for name in INHERITED {
            command.env_remove(name);
        }
        command
    }
}
