//! Where the repository and the project lie on disk.
//! In: two folders, absolute. Out: `SourcePath`s for paths written in book.toml, and back to the disk.
//! Never knows: what is in the folders.

use std::path::{Component, Path, PathBuf};

use crate::source::{OutsideRoot, SourcePath};

/// First part of the paths of a project that lies outside the repository it documents: its book.toml is then
/// `@project/book.toml`, and no file of the repository can be taken for it.
const OUTSIDE: &str = "@project";

/// The repository's folder and the project's: most often one, else one in the other; or apart, when a project
/// documents a repository that it must not write into.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ProjectRoots {
    root: PathBuf,
    project_folder: PathBuf,
    project: SourcePath,
}

impl ProjectRoots {
    /// From the repository's and the project's folder, both absolute, without `.`, `..` and symlinks.
    ///
    /// # Panics
    /// Never: the prefix of a project that lies apart does not climb.
    #[must_use]
    pub fn new(root: PathBuf, project_folder: PathBuf) -> Self {
        // On disk and not in texts: on Windows the two spell separators differently.
        let inside = project_folder.strip_prefix(&root).ok().and_then(|below| SourcePath::new(&slashed(below)).ok());
        let project = inside.unwrap_or_else(|| SourcePath::new(OUTSIDE).expect("the prefix does not climb"));
        Self { root, project_folder, project }
    }

    /// The repository's folder on disk.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The project's folder on disk: the one of book.toml.
    #[must_use]
    pub fn project_folder(&self) -> &Path {
        &self.project_folder
    }

    /// The project's folder as a path like all others.
    #[must_use]
    pub fn project(&self) -> &SourcePath {
        &self.project
    }

    /// Whether the project lies outside the repository.
    #[must_use]
    pub fn is_apart(&self) -> bool {
        !self.project_folder.starts_with(&self.root)
    }

    /// Whether a file is one of the project's own that lie outside the repository.
    #[must_use]
    pub fn is_beside_root(&self, path: &SourcePath) -> bool {
        self.is_apart() && path.below(&self.project).is_some()
    }

    /// The file that `written`, a path relative to book.toml, names.
    ///
    /// # Errors
    /// When it lies neither in the repository nor in the project.
    pub fn from_project(&self, written: &str) -> Result<SourcePath, OutsideRoot> {
        self.source_path(&lexical(&self.project_folder, written)).ok_or(OutsideRoot)
    }

    /// The path of a file on disk, absolute; `None` when it lies neither in the repository nor in the project.
    #[must_use]
    pub fn source_path(&self, on_disk: &Path) -> Option<SourcePath> {
        if let Ok(below) = on_disk.strip_prefix(&self.root) {
            return SourcePath::new(&slashed(below)).ok();
        }
        let below = on_disk.strip_prefix(&self.project_folder).ok()?;
        self.project.join(&slashed(below)).ok()
    }

    /// Where a file lies on disk.
    #[must_use]
    pub fn on_disk(&self, path: &SourcePath) -> PathBuf {
        match path.below(&self.project) {
            Some(below) => self.project_folder.join(below),
            None => self.root.join(path.as_str()),
        }
    }

    /// The folder that `written`, a path relative to book.toml, names; it may lie anywhere.
    #[must_use]
    pub fn folder(&self, written: &str) -> PathBuf {
        lexical(&self.project_folder, written)
    }

    /// A path as reports show it: relative to the project's folder, and to the repository for files outside it.
    #[must_use]
    pub fn shown<'p>(&self, path: &'p SourcePath) -> &'p str {
        path.below(&self.project).filter(|below| !below.is_empty()).unwrap_or(path.as_str())
    }
}

/// `written`, seen from `folder`, without asking the disk.
fn lexical(folder: &Path, written: &str) -> PathBuf {
    let mut path = folder.to_path_buf();
    for part in Path::new(written).components() {
        match part {
            Component::CurDir => {}
            // Without asking the disk: the output folder need not be there, and a link in between must not be
            // followed.
            Component::ParentDir => {
                path.pop();
            }
            other => path.push(other),
        }
    }
    path
}

fn slashed(path: &Path) -> String {
    let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> SourcePath {
        SourcePath::new(text).unwrap()
    }

    #[test]
    fn a_project_in_a_repository_shows_its_own_files_without_its_folder() {
        let place = ProjectRoots::new("/repo".into(), "/repo/docs".into());
        assert_eq!(place.from_project("src/index.md"), Ok(path("docs/src/index.md")));
        assert_eq!(place.from_project("../QUICKSTART.md"), Ok(path("QUICKSTART.md")));
        assert_eq!(place.from_project("../../secret"), Err(OutsideRoot));
        assert_eq!(place.shown(&path("docs/src/index.md")), "src/index.md");
        assert_eq!(place.shown(&path("QUICKSTART.md")), "QUICKSTART.md");
    }

    #[test]
    fn a_project_apart_from_its_repository_keeps_its_files_apart() {
        let place = ProjectRoots::new("/corpus/accelerator".into(), "/projects/site".into());
        let own = place.from_project("SUMMARY.md").unwrap();
        assert_eq!(own, path("@project/SUMMARY.md"));
        assert_eq!(place.on_disk(&own), Path::new("/projects/site/SUMMARY.md"));
        assert_eq!(place.shown(&own), "SUMMARY.md");
        let docs = place.from_project("../../corpus/accelerator/docs").unwrap();
        assert_eq!(docs, path("docs"));
        assert_eq!(place.on_disk(&docs), Path::new("/corpus/accelerator/docs"));
        assert_eq!(place.from_project("../elsewhere"), Err(OutsideRoot));
    }
}
