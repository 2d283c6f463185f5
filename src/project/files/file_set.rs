//! The files of the repository, by name.
//! In: their paths. Out: whether a file or folder is there, the true letter case of a path, the nearest name.
//! Never knows: the disk, or what is in the files.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use super::moves::Moves;
use super::nearby::Nearby;
use crate::source::SourcePath;

/// The paths of all files, in order.
#[derive(Debug, Default)]
pub struct FileSet {
    files: Vec<SourcePath>,
    /// What is there and cannot be read.
    strays: Vec<Stray>,
    aliases: Aliases,
    /// Where files lay before.
    moves: Arc<Moves>,
    /// Lower-case paths of files and folders, with their true spelling; made when first asked for.
    folded: OnceLock<HashMap<String, SourcePath>>,
    /// The same files by what is near to their names; made when first asked for.
    nearby: OnceLock<Nearby>,
}

/// Whether a file may have several names.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default)]
pub enum Aliases {
    /// Each has one.
    #[default]
    None,
    /// Links lead to some: what happens to one name happens to others.
    Some,
}

/// A file, folder or link that is there and cannot be read.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Stray {
    /// Where it lies.
    pub path: SourcePath,
    /// Why it cannot be read.
    pub reason: StrayReason,
}

/// Why something cannot be read.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum StrayReason {
    /// A link that leads out of the repository.
    Outside,
    /// A link that leads to what is hidden, to git's own files, or into a folder that is not looked into.
    Hidden,
    /// A link that leads nowhere.
    Dangling,
    /// A folder that may not be opened.
    Unreadable,
    /// Its name is not UTF-8.
    NameNotUtf8,
}

impl FileSet {
    /// From paths in any order.
    #[must_use]
    pub fn new(mut files: Vec<SourcePath>, mut strays: Vec<Stray>) -> Self {
        files.sort_unstable();
        files.dedup();
        strays.sort_unstable();
        Self {
            files,
            strays,
            aliases: Aliases::None,
            moves: Arc::default(),
            folded: OnceLock::new(),
            nearby: OnceLock::new(),
        }
    }

    /// The same, where files may have several names.
    #[must_use]
    pub fn with_aliases(self, aliases: Aliases) -> Self {
        Self { aliases, ..self }
    }

    /// The same, where it is known what lay elsewhere before.
    #[must_use]
    pub fn knowing(self, moves: Arc<Moves>) -> Self {
        Self { moves, ..self }
    }

    /// Where files lay before.
    #[must_use]
    pub fn moves(&self) -> &Moves {
        &self.moves
    }

    /// Where the file or folder lies now that lay at this path before.
    #[must_use]
    pub fn moved_to(&self, path: &SourcePath) -> Option<&SourcePath> {
        self.moves.now(path).filter(|now| self.contains(now) || self.has_folder(now))
    }

    /// Whether files may have several names.
    #[must_use]
    pub fn aliases(&self) -> Aliases {
        self.aliases
    }

    /// All files, in order.
    #[must_use]
    pub fn files(&self) -> &[SourcePath] {
        &self.files
    }

    /// What is there and cannot be read, in order.
    #[must_use]
    pub fn strays(&self) -> &[Stray] {
        &self.strays
    }

    /// Whether there is this file, in this very letter case.
    #[must_use]
    pub fn contains(&self, path: &SourcePath) -> bool {
        self.files.binary_search(path).is_ok()
    }

    /// Whether any file lies below this folder.
    #[must_use]
    pub fn has_folder(&self, path: &SourcePath) -> bool {
        !self.below(path).is_empty()
    }

    /// The files below a folder, in order.
    #[must_use]
    pub fn below(&self, folder: &SourcePath) -> &[SourcePath] {
        if folder.as_str().is_empty() {
            return &self.files;
        }
        // With the slash: `docs-old/a.md` begins with `docs` as well. Between sorted names, all of a folder lie
        // together.
        let prefix = format!("{folder}/");
        let start = self.files.partition_point(|file| file.as_str() < prefix.as_str());
        let from_there = self.files.get(start..).unwrap_or_default();
        let length = from_there.partition_point(|file| file.as_str().starts_with(&prefix));
        from_there.get(..length).unwrap_or_default()
    }

    /// The file or folder that this path means when letter case does not count.
    #[must_use]
    pub fn real_case(&self, path: &str) -> Option<&SourcePath> {
        self.folded().get(&path.to_lowercase())
    }

    /// The file or folder that this path means: what lay there before; else the only file of that name, wherever it lies, or the one
    /// of several that lies in the very folder but for one part of its path; else what is spelt nearly so in the same
    /// folder.
    #[must_use]
    pub fn nearest(&self, path: &str) -> Option<&str> {
        let nearby = self.nearby.get_or_init(|| Nearby::of(&self.files, self.folded().values()));
        let path = SourcePath::new(path).ok()?;
        self.moved_to(&path).or_else(|| nearby.nearest(&path, &self.files)).map(SourcePath::as_str)
    }

    /// Whether two trees hold the same names.
    #[must_use]
    pub fn is_same_as(&self, other: &Self) -> bool {
        (&self.files, &self.strays, self.aliases) == (&other.files, &other.strays, other.aliases)
    }

    fn folded(&self) -> &HashMap<String, SourcePath> {
        self.folded.get_or_init(|| {
            let mut all = HashMap::with_capacity(self.files.len() * 2);
            for file in &self.files {
                let mut path = file.clone();
                while !path.as_str().is_empty() && !all.contains_key(&path.as_str().to_lowercase()) {
                    let parent = path.parent();
                    all.insert(path.as_str().to_lowercase(), path);
                    path = parent;
                }
            }
            all
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> SourcePath {
        SourcePath::new(text).unwrap()
    }

    fn tree(files: &[&str]) -> FileSet {
        FileSet::new(files.iter().map(|file| path(file)).collect(), Vec::new())
    }

    #[test]
    fn files_and_folders_are_found_by_name() {
        let tree = tree(&["docs/b.md", "docs-old/x.md", "docs/a/c.md", "docs.md"]);
        assert!(tree.contains(&path("docs/a/c.md")) && !tree.contains(&path("docs/a")));
        assert!(tree.has_folder(&path("docs/a")) && !tree.has_folder(&path("doc")));
        let below: Vec<&str> = tree.below(&path("docs")).iter().map(SourcePath::as_str).collect();
        assert_eq!(below, ["docs/a/c.md", "docs/b.md"]);
    }

    #[test]
    fn the_true_letter_case_of_files_and_folders_is_known() {
        let tree = tree(&["Docs/Partner.md"]);
        assert_eq!(tree.real_case("docs/partner.MD"), Some(&path("Docs/Partner.md")));
        assert_eq!(tree.real_case("docs"), Some(&path("Docs")));
        assert_eq!(tree.real_case("doc"), None);
    }

    #[test]
    fn a_file_that_moved_or_is_misspelt_is_found() {
        let tree = tree(&["docs/start/recruit.md", "docs/onboard.md"]);
        assert_eq!(tree.nearest("docs/recruit.md"), Some("docs/start/recruit.md"));
        assert_eq!(tree.nearest("docs/onbord.md"), Some("docs/onboard.md"));
        assert_eq!(tree.nearest("dosc"), Some("docs"));
        assert_eq!(tree.nearest("docs/exit.md"), None);
    }
}
