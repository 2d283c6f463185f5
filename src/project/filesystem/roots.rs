//! The locations of the repository and the project on disk.
//! In: two absolute folders. Out: `SourcePath`s for paths in book.toml, and their paths on disk.

use std::path::{Component, Path, PathBuf};

use crate::source::{OutsideRoot, SourcePath};

/// The first segment of the paths of a project outside the repository that it documents. Its book.toml is
/// `@project/book.toml`, which can't be mistaken for a file of the repository.
const OUTSIDE: &str = "@project";

/// The folders of the repository and the project. Usually they are the same, or one is inside the other. They are
/// separate if a project documents a repository that it must not write to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ProjectRoots {
    root: PathBuf,
    project_folder: PathBuf,
    project: SourcePath,
}

impl ProjectRoots {
    /// Creates it from the folders of the repository and the project. Both must be absolute, without `.`, `..` and
    /// symbolic links.
    ///
    /// # Panics
    /// Never: the prefix of a separate project stays inside the root.
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

    /// The project folder on disk: the one with book.toml.
    #[must_use]
    pub fn project_folder(&self) -> &Path {
        &self.project_folder
    }

    /// The project folder as a source path.
    #[must_use]
    pub fn project(&self) -> &SourcePath {
        &self.project
    }

    /// Whether the project is outside the repository.
    #[must_use]
    pub fn is_apart(&self) -> bool {
        !self.project_folder.starts_with(&self.root)
    }

    /// Whether a file belongs to a project outside the repository.
    #[must_use]
    pub fn is_beside_root(&self, path: &SourcePath) -> bool {
        self.is_apart() && path.below(&self.project).is_some()
    }

    /// The file at `written`, a path relative to book.toml.
    ///
    /// # Errors
    /// If it's in neither the repository nor the project.
    pub fn from_project(&self, written: &str) -> Result<SourcePath, OutsideRoot> {
        self.source_path(&lexical(&self.project_folder, written)).ok_or(OutsideRoot)
    }

    /// The source path of an absolute path on disk. `None` if it's in neither the repository nor the project.
    #[must_use]
    pub fn source_path(&self, on_disk: &Path) -> Option<SourcePath> {
        if let Ok(below) = on_disk.strip_prefix(&self.root) {
            return SourcePath::new(&slashed(below)).ok();
        }
        let below = on_disk.strip_prefix(&self.project_folder).ok()?;
        self.project.join(&slashed(below)).ok()
    }

    /// The path of a file on disk.
    #[must_use]
    pub fn on_disk(&self, path: &SourcePath) -> PathBuf {
        match path.below(&self.project) {
            Some(below) => self.project_folder.join(below),
            None => self.root.join(path.as_str()),
        }
    }

    /// The folder at `written`, a path relative to book.toml. It can be anywhere.
    #[must_use]
    pub fn folder(&self, written: &str) -> PathBuf {
        lexical(&self.project_folder, written)
    }

    /// A path as shown in reports: relative to the project folder or, for files outside it, to the repository.
    #[must_use]
    pub fn shown<'p>(&self, path: &'p SourcePath) -> &'p str {
        path.below(&self.project).filter(|below| !below.is_empty()).unwrap_or(path.as_str())
    }
}

/// Resolves `written` against `folder` without accessing the disk.
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
