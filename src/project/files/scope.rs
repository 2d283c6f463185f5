//! Which folders can contain anything that the site needs.
//! In: the paths in book.toml. Out: for any folder, whether to scan it.

use super::glob::Pattern;
use crate::project::filesystem::roots::ProjectRoots;
use crate::project::settings::book_toml::BookToml;
use crate::project::settings::keys::{PathBase, PathKind, WrittenPath};
use crate::source::SourcePath;

/// Folders of other programs, usually large and private. Nothing links to them.
const FOREIGN: [&str; 4] = [".git", "node_modules", "__pycache__", "bower_components"];
/// Hidden folders that people write in and link to.
const WRITTEN: [&str; 6] = [".github", ".gitlab", ".forgejo", ".vscode", ".devcontainer", ".well-known"];

/// A folder with such a file contains what a program can generate again: caches and build artefacts (`CACHEDIR.TAG`),
/// and sites built by partner-docs.
pub(crate) const MADE: [&str; 2] = ["CACHEDIR.TAG", OWN_MARK];
/// The mark of a site that was built here.
const OWN_MARK: &str = ".partner-docs";
/// The beginning of the marker of a built site. An empty file with its name hides no folder.
const BUILT: [&str; 2] = ["partner-docs site, format ", "Written by partner-docs. "];

/// Whether a folder is git's own. Its settings may contain a token, so nothing can name it. Some file systems are
/// case-insensitive.
pub(crate) fn is_git(name: &str) -> bool {
    name.eq_ignore_ascii_case(".git")
}

/// Which folders to scan.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct WalkScope {
    /// The paths in book.toml. The folders above them are scanned, whatever their names.
    named: Vec<SourcePath>,
    /// The output folder.
    output: Option<SourcePath>,
}

impl WalkScope {
    /// The paths that book.toml needs.
    #[must_use]
    pub fn of(book: &BookToml, place: &ProjectRoots) -> Self {
        let folder = |named: &WrittenPath| match (named.kind, named.base) {
            (PathKind::Pattern, _) => SourcePath::new(Pattern::new(&named.written.value).ok()?.base()).ok(),
            (PathKind::Folder, PathBase::Repository) => SourcePath::new(&named.written.value).ok(),
            (PathKind::Folder, _) => named.from_folder(place.project()),
            (PathKind::File | PathKind::Output, _) => None,
        };
        Self {
            named: book.paths.iter().filter_map(folder).collect(),
            // A site that is built into the project itself would hide the whole project from its next build.
            output: place.from_project(&book.build.build_dir).ok().filter(|output| output != place.project()),
        }
    }

    /// Whether to scan a folder.
    #[must_use]
    pub fn enters(&self, folder: &SourcePath) -> bool {
        if self.output.as_ref() == Some(folder) {
            return false;
        }
        // Fifty thousand files of `node_modules` would be listed before the first page.
        let is_foreign = FOREIGN.contains(&folder.file_name()) && !self.names(folder);
        !is_foreign && self.shows(folder)
    }

    /// Whether a name may be read without being named explicitly: it's neither hidden nor git's own.
    fn shows(&self, path: &SourcePath) -> bool {
        let name = path.file_name();
        let is_hidden = name.starts_with('.') && !WRITTEN.contains(&name);
        !is_git(name) && (!is_hidden || self.names(path))
    }

    /// Whether a link may point here. A link is easily missed in a review, so its target can't be hidden, or inside a
    /// folder that isn't scanned.
    #[must_use]
    pub fn may_link_to(&self, target: &SourcePath) -> bool {
        self.shows(target) && self.reaches(target)
    }

    /// Whether a file with this name affects what is scanned: the marker of a program.
    #[must_use]
    pub fn is_mark(name: &str) -> bool {
        MADE.contains(&name)
    }

    /// Whether book.toml names this folder, or something in it.
    #[must_use]
    pub fn names(&self, folder: &SourcePath) -> bool {
        self.named.iter().any(|named| named.below(folder).is_some())
    }

    /// Whether to skip a folder with a program's marker, unless it's the one requested or book.toml names it.
    #[must_use]
    pub fn leaves_out_made(&self, place: &ProjectRoots, folder: &SourcePath) -> bool {
        let is_start = folder == place.project() || folder.as_str().is_empty();
        !is_start && !self.names(folder)
    }

    /// Whether the content of a marker is real: it starts with these bytes.
    #[must_use]
    pub fn marks(name: &str, bytes: &[u8]) -> bool {
        name != OWN_MARK || BUILT.iter().any(|built| bytes.starts_with(built.as_bytes()))
    }

    /// Removes the files of generated folders from a list. `read` returns the bytes of a marker.
    pub fn leave_out_made(
        &self,
        place: &ProjectRoots,
        files: &mut Vec<SourcePath>,
        read: impl Fn(&SourcePath) -> Option<Vec<u8>>,
    ) {
        let is_mark = |file: &&SourcePath| {
            let name = file.file_name();
            MADE.contains(&name) && read(file).is_some_and(|bytes| Self::marks(name, &bytes))
        };
        let marks = files.iter().filter(is_mark);
        let mut made: Vec<SourcePath> = marks.map(SourcePath::parent).collect();
        made.retain(|folder| self.leaves_out_made(place, folder));
        files.retain(|file| !made.iter().any(|folder| file.below(folder).is_some()));
    }

    /// Whether every folder above this file is scanned.
    #[must_use]
    pub fn reaches(&self, file: &SourcePath) -> bool {
        let folders = std::iter::successors(Some(file.parent()), |folder| Some(folder.parent()));
        let mut folders = folders.take_while(|folder| !folder.as_str().is_empty());
        folders.all(|folder| self.enters(&folder))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceId;

    #[test]
    fn only_folders_that_people_write_in_are_looked_into() {
        let text = "[build]\nbuild-dir = \"public\"\n[[mount]]\nfrom = \".cache/notes/*.md\"\n\
                    [[mount]]\nfrom = \"node_modules/icons/dist/**\"";
        let book = crate::project::settings::book_toml::parse(text, SourceId::new(0)).value;
        let scope = WalkScope::of(&book, &ProjectRoots::new("/repo".into(), "/repo".into()));
        let reached = |file: &str| scope.reaches(&SourcePath::new(file).unwrap());
        for file in ["docs/a.md", ".github/CLA.md", ".cache/notes/a.md", "node_modules/icons/dist/svg/a.svg"] {
            assert!(reached(file), "{file}");
        }
        for file in [".git/config", "docs/.git/config", "public/index.html", "x/.cache/a.md", "web/node_modules/a.md"] {
            assert!(!reached(file), "{file}");
        }
    }
}
