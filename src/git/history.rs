//! What happened to files: moves, and dates of last changes.
//! In: the log of a working tree. Out: renames, newest first; a date for each file.
//! Never knows: what is in the files.

use std::collections::{BTreeMap, HashSet};
use std::io::{BufRead as _, BufReader};

use super::{Checkout, Commit, GitError};
use crate::text::SourcePath;

/// A file that has another name now, and much the same text.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Rename {
    /// Its path before.
    pub from: SourcePath,
    /// Its path after.
    pub to: SourcePath,
}

/// Starts a commit in the log; no text of a log that is not a commit's head begins so.
const MARK: u8 = 1;

impl Checkout {
    /// The files that have another name in the working tree than they had at a commit. What git was not told of
    /// yet, by `git add` or `git mv`, it does not see.
    ///
    /// # Errors
    /// When git refuses.
    pub fn renames_since(&self, commit: &Commit) -> Result<Vec<Rename>, GitError> {
        let arguments = [
            "diff",
            "--name-status",
            "-z",
            "--no-ext-diff",
            "--find-renames",
            "--diff-filter=R",
            commit.as_str(),
            "--",
        ];
        let mut renames = self.renames_in(&self.program.output(&arguments)?);
        renames.sort();
        Ok(renames)
    }

    /// All moves of files, newest first: those not committed yet, then commit by commit. A file that moved twice
    /// is there twice.
    ///
    /// # Errors
    /// When git refuses; a repository without commits has no moves.
    pub fn renames(&self) -> Result<Vec<Rename>, GitError> {
        let head = match self.commit("HEAD") {
            Ok(head) => head,
            Err(GitError::NoCommit { .. }) => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let mut renames = self.renames_since(&head)?;
        let arguments = [
            "log",
            "-z",
            "--format=tformat:",
            "--name-status",
            "--no-ext-diff",
            "--find-renames",
            "--diff-filter=R",
            head.as_str(),
            "--",
        ];
        renames.extend(self.renames_in(&self.program.output(&arguments)?));
        Ok(renames)
    }

    /// When each file was last changed by a commit, in seconds since 1970, in one walk from the newest commit on that
    /// ends as soon as every file has been met. Files that no commit has are left out; so are those that a shallow
    /// clone does not know the date of.
    ///
    /// # Errors
    /// When git refuses; a repository without commits has no dates.
    pub fn last_changes(&self) -> Result<BTreeMap<SourcePath, i64>, GitError> {
        let Ok(head) = self.commit("HEAD") else { return Ok(BTreeMap::new()) };
        let tracked = self.program.output(&["ls-tree", "-r", "-z", "--full-tree", "--name-only", head.as_str()])?;
        let mut open: HashSet<&[u8]> = tracked.split(|byte| *byte == 0).filter(|path| !path.is_empty()).collect();
        let is_shallow = self.is_shallow();
        let arguments =
            ["log", "-z", "--format=tformat:%x01%ct %P", "--name-only", "--no-renames", head.as_str(), "--"];
        let mut log = self.program.start(&arguments)?;
        let mut dates = BTreeMap::new();
        let mut date = None;
        let mut tokens = log.stdout.take().map(BufReader::new).into_iter().flat_map(|log| log.split(0));
        while let Some(Ok(token)) = tokens.next() {
            if open.is_empty() {
                break;
            }
            if let Some(head) = token.strip_prefix(&[MARK]) {
                date = date_of(head, is_shallow);
                continue;
            }
            let path = token.strip_prefix(b"\n").unwrap_or(&token);
            let (Some(date), true) = (date, open.remove(path)) else { continue };
            let path = std::str::from_utf8(path).ok().and_then(|path| self.path(path));
            dates.extend(path.map(|path| (path, date)));
        }
        // Whatever else it has to say is not needed.
        let _ = log.kill();
        let _ = log.wait();
        Ok(dates)
    }

    /// Renames as `--name-status -z` lists them: `R100`, before, after.
    fn renames_in(&self, listed: &[u8]) -> Vec<Rename> {
        let text = String::from_utf8_lossy(listed);
        let mut fields = text.split('\0').map(|field| field.trim_start_matches('\n')).filter(|field| !field.is_empty());
        let mut renames = Vec::new();
        while let (Some(status), Some(from), Some(to)) = (fields.next(), fields.next(), fields.next()) {
            debug_assert!(status.starts_with('R'), "only renames are asked for");
            renames.extend(self.path(from).zip(self.path(to)).map(|(from, to)| Rename { from, to }));
        }
        renames
    }
}

/// The date in the head of a commit: `1795263610 9c36…`. In a shallow clone, a commit without parents stands for all
/// that came before it, and its date is nobody's.
fn date_of(head: &[u8], is_shallow: bool) -> Option<i64> {
    let head = std::str::from_utf8(head).ok()?.trim_end();
    let (date, parents) = head.split_once(' ').unwrap_or((head, ""));
    if is_shallow && parents.is_empty() { None } else { date.parse().ok() }
}
