//! The names of all files in the repository: whether a path exists, its real capitalization, and the closest name.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use super::moves::Moves;
use super::nearby::Nearby;
use crate::source::SourcePath;

/// The paths of all files, in order.
#[derive(Debug, Default)]
pub struct FileSet {
    files: Vec<SourcePath>,
    /// What exists but can't be read.
    strays: Vec<Stray>,
    aliases: Aliases,
    /// The previous paths of moved files.
    moves: Arc<Moves>,
    /// Files and folders by their lower-case path, with their real spelling. Built on first use.
    folded: OnceLock<HashMap<String, SourcePath>>,
    /// The index of similar names. Built on first use.
    nearby: OnceLock<Nearby>,
}

/// Whether a file can have several names.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default)]
pub enum Aliases {
    /// Each file has one name.
    #[default]
    None,
    /// Some are targets of links, so a change to one name affects others.
    Some,
}

/// A file, folder or link that exists but can't be read.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Stray {
    /// Its path.
    pub path: SourcePath,
    /// Why it can't be read.
    pub reason: StrayReason,
}

/// Why something can't be read.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum StrayReason {
    /// A link that points outside the repository.
    Outside,
    /// A link to something hidden, to git's own files, or into a folder that isn't scanned.
    Hidden,
    /// A broken link.
    Dangling,
    /// A folder without read permission.
    Unreadable,
    /// A name that isn't UTF-8.
    NameNotUtf8,
}

impl FileSet {
    /// Creates it from paths in any order.
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

    /// The same, for files that can have several names.
    #[must_use]
    pub fn with_aliases(self, aliases: Aliases) -> Self {
        Self { aliases, ..self }
    }

    /// The same, with the previous paths of moved files.
    #[must_use]
    pub fn knowing(self, moves: Arc<Moves>) -> Self {
        Self { moves, ..self }
    }

    /// The previous paths of moved files.
    #[must_use]
    pub fn moves(&self) -> &Moves {
        &self.moves
    }

    /// The current path of the file or folder that was at this path.
    #[must_use]
    pub fn moved_to(&self, path: &SourcePath) -> Option<&SourcePath> {
        self.moves.now(path).filter(|now| self.contains(now) || self.has_folder(now))
    }

    /// Whether files can have several names.
    #[must_use]
    pub fn aliases(&self) -> Aliases {
        self.aliases
    }

    /// All files, in order.
    #[must_use]
    pub fn files(&self) -> &[SourcePath] {
        &self.files
    }

    /// What exists but can't be read, in order.
    #[must_use]
    pub fn strays(&self) -> &[Stray] {
        &self.strays
    }

    /// Whether this file exists, with exactly this capitalization.
    #[must_use]
    pub fn contains(&self, path: &SourcePath) -> bool {
        self.files.binary_search(path).is_ok()
    }

    /// Whether any file is inside this folder.
    #[must_use]
    pub fn has_folder(&self, path: &SourcePath) -> bool {
        !self.below(path).is_empty()
    }

    /// The files inside a folder, in order.
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

    /// The file or folder that this path means if case is ignored.
    #[must_use]
    pub fn real_case(&self, path: &str) -> Option<&SourcePath> {
        self.folded().get(&path.to_lowercase())
    }

    /// The file or folder that this path probably means: what was there before it moved; or else the only file with
    /// that name, wherever it is; or the one of several whose folders differ in one segment; or else one with a similar
    /// name in the same folder.
    #[must_use]
    pub fn nearest(&self, path: &str) -> Option<&str> {
        let nearby = self.nearby.get_or_init(|| Nearby::of(&self.files, self.folded().values()));
        let path = SourcePath::new(path).ok()?;
        self.moved_to(&path).or_else(|| nearby.nearest(&path, &self.files)).map(SourcePath::as_str)
    }

    /// Whether two sets contain the same names.
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
