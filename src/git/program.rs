//! Git's own program.
//! In: arguments. Out: what it answers.
//! Never knows: what the answers mean.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use super::GitError;

/// What a hook's environment says about the repository it runs in, which need not be the one that is asked about.
const INHERITED: [&str; 4] = ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"];
/// Settings of users that would change the answers, or run programs of theirs.
const SETTINGS: [&str; 4] =
    ["core.fsmonitor=false", "log.showSignature=false", "diff.relative=false", "core.quotePath=false"];

/// Git in a folder.
#[derive(Clone, Debug)]
pub(super) struct Program {
    folder: PathBuf,
    /// Whether what a partial clone left out may be fetched.
    fetches: bool,
}

impl Program {
    pub(super) fn in_folder(folder: &Path) -> Self {
        Self { folder: folder.to_path_buf(), fetches: true }
    }

    /// The same, without ever asking another machine: it fails rather than waits.
    pub(super) fn offline(&self) -> Self {
        Self { folder: self.folder.clone(), fetches: false }
    }

    /// What a command writes.
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

    /// The one line that a command writes.
    pub(super) fn line(&self, arguments: &[&str]) -> Result<String, GitError> {
        let output = self.output(arguments)?;
        Ok(String::from_utf8_lossy(&output).trim_end_matches(['\n', '\r']).to_owned())
    }

    /// A command that is talked to, or read while it writes.
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
        // Answers in one language, no lock for reading, and nobody is asked for a password.
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
