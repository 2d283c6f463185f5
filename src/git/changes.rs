//! Which lines of a working tree are new or changed since a branch left another: what a pull request changes.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use super::{Checkout, Commit, GitError};
use crate::source::SourcePath;

/// Lines by file, each range in order.
pub type ChangedLines = BTreeMap<SourcePath, Vec<RangeInclusive<usize>>>;

impl Checkout {
    /// The lines of the working tree that differ from where its branch left that of a commit. Where the history is too
    /// short to know, they are compared with the commit itself.
    ///
    /// # Errors
    /// If git fails.
    pub fn changed_lines(&self, since: &Commit) -> Result<ChangedLines, GitError> {
        let base = self.program.line(&["merge-base", since.as_str(), "HEAD"]);
        let base = base.unwrap_or_else(|_| since.as_str().to_owned());
        let arguments = [
            "diff",
            "--unified=0",
            "--no-color",
            "--no-ext-diff",
            "--no-textconv",
            "--src-prefix=a/",
            "--dst-prefix=b/",
            base.as_str(),
            "--",
        ];
        let diff = self.program.output(&arguments)?;
        let mut changed = ChangedLines::new();
        for (path, lines) in hunks(&String::from_utf8_lossy(&diff)) {
            if let Some(path) = self.path(path) {
                changed.entry(path).or_default().push(lines);
            }
        }
        Ok(changed)
    }
}

/// The new lines of each hunk of a diff, with the file that they are in.
fn hunks(diff: &str) -> Vec<(&str, RangeInclusive<usize>)> {
    let mut found = Vec::new();
    let (mut file, mut lines) = (None, diff.lines());
    while let Some(line) = lines.next() {
        if let Some(path) = line.strip_prefix("+++ ") {
            // A tab follows a name with spaces. Names with line breaks are quoted, and no finding is worth reading those.
            file = path.strip_prefix("b/").map(|path| path.trim_end_matches('\t'));
        } else if let Some((removed, added)) = line.strip_prefix("@@ -").and_then(hunk) {
            // Skipped by number: a changed line may itself read `+++ b/`.
            for _ in 0..removed + added.1 {
                lines.next();
            }
            let last = added.0 + added.1.saturating_sub(1);
            found.extend(file.filter(|_| added.1 > 0).map(|file| (file, added.0..=last)));
        }
    }
    found
}

/// `12,3 +14,5 @@ …`: how many lines are removed, and where how many are added.
fn hunk(head: &str) -> Option<(usize, (usize, usize))> {
    let (removed, rest) = head.split_once(" +")?;
    let added = rest.split(' ').next()?;
    let count = |range: &str| match range.split_once(',') {
        Some((start, count)) => Some((start.parse().ok()?, count.parse().ok()?)),
        None => Some((range.parse().ok()?, 1)),
    };
    Some((count(removed)?.1, count(added)?))
}
