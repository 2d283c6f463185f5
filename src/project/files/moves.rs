//! Where moved files are now.
//! In: renames, in order. Out: for each old path, the current path of that file or folder.

use std::collections::{BTreeMap, BTreeSet};

use crate::source::SourcePath;

/// The previous and current paths of files and folders.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Moves {
    now: BTreeMap<SourcePath, SourcePath>,
    /// The last previous path of each moved file.
    before: BTreeMap<SourcePath, SourcePath>,
}

impl Moves {
    /// Follows each file through its renames, newest first. A folder counts as moved if all files that left it went to
    /// the same folder.
    #[must_use]
    pub fn follow(moves: impl IntoIterator<Item = (SourcePath, SourcePath)>) -> Self {
        let mut files: BTreeMap<SourcePath, SourcePath> = BTreeMap::new();
        let mut before: BTreeMap<SourcePath, SourcePath> = BTreeMap::new();
        for (old, new) in moves {
            before.entry(new.clone()).or_insert_with(|| old.clone());
            // Newest first: where a file went later is known when its older move is read.
            let last = files.get(&new).cloned().unwrap_or(new);
            // If a newer file has that name, or a file was moved there and back, the newer rename decides.
            if last != old {
                files.entry(old).or_insert(last);
            }
        }
        let mut folders: BTreeMap<SourcePath, BTreeSet<SourcePath>> = BTreeMap::new();
        for (old, new) in &files {
            let (mut from, mut to) = (old.clone(), new.clone());
            // `a/x/y.md` to `b/x/y.md` says as much of `x` as of `y.md`; once the names differ, the file was renamed
            // and the folder was not.
            while from.file_name() == to.file_name() && !from.parent().as_str().is_empty() {
                (from, to) = (from.parent(), to.parent());
                if to.as_str().is_empty() {
                    break;
                }
                folders.entry(from.clone()).or_default().insert(to.clone());
            }
        }
        let only = |(from, to): (SourcePath, BTreeSet<SourcePath>)| {
            (to.len() == 1).then(|| to.into_iter().next())?.filter(|to| *to != from).map(|to| (from, to))
        };
        for (from, to) in folders.into_iter().filter_map(only) {
            files.entry(from).or_insert(to);
        }
        Self { now: files, before }
    }

    /// The current path of what was at a path.
    #[must_use]
    pub fn now(&self, old: &SourcePath) -> Option<&SourcePath> {
        self.now.get(old)
    }

    /// The path before the last move of what is at a path.
    #[must_use]
    pub fn before(&self, now: &SourcePath) -> Option<&SourcePath> {
        self.before.get(now)
    }

    /// All old paths with their new ones, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&SourcePath, &SourcePath)> {
        self.now.iter()
    }

    /// Whether nothing was moved.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.now.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn follow(moves: &[(&str, &str)]) -> Moves {
        let path = |text: &str| SourcePath::new(text).unwrap();
        Moves::follow(moves.iter().map(|(old, new)| (path(old), path(new))))
    }

    fn now(moves: &Moves, old: &str) -> Option<String> {
        moves.now(&SourcePath::new(old).unwrap()).map(ToString::to_string)
    }

    #[test]
    fn a_file_that_moved_twice_is_found_where_it_is() {
        let moves = follow(&[("start/nda.md", "legal/nda.md"), ("nda.md", "start/nda.md")]);
        assert_eq!(now(&moves, "nda.md").as_deref(), Some("legal/nda.md"));
        assert_eq!(now(&moves, "start/nda.md").as_deref(), Some("legal/nda.md"));
    }

    #[test]
    fn a_folder_went_where_all_its_files_went() {
        let moves = follow(&[("a/legal/nda.md", "b/terms/nda.md"), ("a/legal/x/msa.md", "b/terms/x/msa.md")]);
        assert_eq!(now(&moves, "a/legal").as_deref(), Some("b/terms"));
        assert_eq!(now(&moves, "a/legal/x").as_deref(), Some("b/terms/x"));
        assert_eq!(now(&moves, "a"), None);
        let apart = follow(&[("legal/nda.md", "b/nda.md"), ("legal/msa.md", "c/msa.md")]);
        assert_eq!(now(&apart, "legal"), None);
    }
}
