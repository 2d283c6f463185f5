//! The history of files: renames, and dates of the last changes.
//! In: the log of a working tree. Out: renames, newest first; a date for each file.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::{BufRead as _, BufReader};

use super::{Checkout, Commit, GitError};
use crate::source::SourcePath;

/// A renamed file with similar content.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Rename {
    /// The old path.
    pub from: SourcePath,
    /// The new path.
    pub to: SourcePath,
}

/// The maximum number of commits to search for renames. Older ones cost more than they help.
const MOST_COMMITS: &str = "--max-count=1000";
/// If there are more new files than this, they aren't compared with deleted ones.
const MOST_UNTOLD: usize = 1_000;

/// Starts a commit in the log. Nothing else in the log starts with it.
const MARK: u8 = 1;

impl Checkout {
    /// The files whose names in the working tree differ from those at a commit. Changes that git wasn't told about with
    /// `git add` or `git mv` aren't included.
    ///
    /// # Errors
    /// If git fails.
    pub fn renames_since(&self, commit: &Commit) -> Result<Vec<Rename>, GitError> {
        // `-z` and no quoting: names of files may hold anything, line breaks too.
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

    /// The renames of files, newest first: those that aren't staged, those that aren't committed, and then commit by
    /// commit up to the limit. A file that was renamed twice is listed twice.
    ///
    /// # Errors
    /// If git fails. A repository without commits has no renames.
    pub fn renames(&self) -> Result<Vec<Rename>, GitError> {
        let head = match self.commit("HEAD") {
            Ok(head) => head,
            Err(GitError::NoCommit { .. }) => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        // Newest first, so that a chain of moves can be followed from the old name to the one of today.
        let mut renames = self.renames_untold(&head)?;
        renames.extend(self.renames_since(&head)?);
        let arguments = [
            "log",
            MOST_COMMITS,
            "-z",
            "--format=tformat:",
            "--name-status",
            "--no-ext-diff",
            "--find-renames",
            "--diff-filter=R",
            head.as_str(),
            "--",
        ];
        renames.extend(self.renames_in(&self.program.offline().output(&arguments)?));
        Ok(renames)
    }

    /// Unstaged renames: files with a different name than at a commit, but the same bytes. Identical files are skipped,
    /// since it's unclear which was moved where.
    fn renames_untold(&self, commit: &Commit) -> Result<Vec<Rename>, GitError> {
        let gone = ["diff", "--raw", "-z", "--no-abbrev", "--no-renames", "--no-ext-diff", "--diff-filter=D"];
        let gone = self.program.output(&[gone.as_slice(), &[commit.as_str(), "--"]].concat())?;
        let gone = String::from_utf8_lossy(&gone);
        let mut fields = gone.split('\0');
        let mut before: HashMap<&str, Vec<&str>> = HashMap::new();
        // `:100644 000000 9c36… 0000… D`, then the path.
        while let (Some(head), Some(path)) = (fields.next(), fields.next()) {
            before.entry(head.split(' ').nth(2).unwrap_or_default()).or_default().push(path);
        }
        if before.is_empty() {
            return Ok(Vec::new());
        }
        // What is ignored is left out, or a `node_modules` would be compared with every page that is gone.
        let new = self.program.output(&["ls-files", "--others", "--exclude-standard", "-z"])?;
        let new = String::from_utf8_lossy(&new);
        let new: Vec<&str> = new.split('\0').filter(|path| !path.is_empty()).collect();
        if new.is_empty() || new.len() > MOST_UNTOLD {
            return Ok(Vec::new());
        }
        // Git's own hashes, which it knows of the files that are gone: nothing has to be read twice.
        let hashes = self.program.output(&[&["hash-object", "--"], new.as_slice()].concat())?;
        let hashes = String::from_utf8_lossy(&hashes);
        let mut after: HashMap<&str, Vec<&str>> = HashMap::new();
        for (hash, path) in hashes.lines().zip(&new) {
            after.entry(hash).or_default().push(path);
        }
        let same =
            before.iter().filter_map(|(hash, olds)| match (olds.as_slice(), after.get(hash).map(Vec::as_slice)) {
                ([old], Some([new])) => self.path(old).zip(self.path(new)).map(|(from, to)| Rename { from, to }),
                _ => None,
            });
        let mut renames: Vec<Rename> = same.collect();
        renames.sort();
        Ok(renames)
    }

    /// When a commit last changed each file, in seconds since 1970. It's a single walk from the newest commit that ends
    /// as soon as every file has been seen. Files without commits are left out, and so are those whose date a shallow
    /// clone doesn't know.
    ///
    /// # Errors
    /// If git fails. A repository without commits has no dates.
    pub fn last_changes(&self) -> Result<BTreeMap<SourcePath, i64>, GitError> {
        let Ok(head) = self.commit("HEAD") else { return Ok(BTreeMap::new()) };
        let tracked = self.program.output(&["ls-tree", "-r", "-z", "--full-tree", "--name-only", head.as_str()])?;
        let mut open: HashSet<&[u8]> = tracked.split(|byte| *byte == 0).filter(|path| !path.is_empty()).collect();
        let is_shallow = self.is_shallow();
        let arguments =
            ["log", "-z", "--format=tformat:%x01%ct %P", "--name-only", "--no-renames", head.as_str(), "--"];
        // One walk for all files: `git log -1` for each of them would walk the history once a file.
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
            // The first name of a commit has a line break before it.
            let path = token.strip_prefix(b"\n").unwrap_or(&token);
            let (Some(date), true) = (date, open.remove(path)) else { continue };
            let path = std::str::from_utf8(path).ok().and_then(|path| self.path(path));
            dates.extend(path.map(|path| (path, date)));
        }
        // The rest of its output isn't needed.
        let _ = log.kill();
        let _ = log.wait();
        Ok(dates)
    }

    /// Parses renames from `--name-status -z`: `R100`, old path, new path.
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

/// The date in a commit header: `1795263610 9c36…`. In a shallow clone, a commit without parents stands for everything
/// before it, so its date says nothing about a file.
fn date_of(head: &[u8], is_shallow: bool) -> Option<i64> {
    let head = std::str::from_utf8(head).ok()?.trim_end();
    let (date, parents) = head.split_once(' ').unwrap_or((head, ""));
    if is_shallow && parents.is_empty() { None } else { date.parse().ok() }
}
