//! What may be other than it was, and what follows from it.
//! In: paths that something happened to, and the project as it was. Out: what to look at again.
//! Never knows: what happened to a path. Only the disk tells what is there now, and only its bytes what is new.

use std::collections::BTreeSet;

use super::state::OpenedProject;
use crate::project::files::file_set::Aliases;
use crate::project::{FileKind, FileSystem, WalkScope};
use crate::source::SourcePath;

/// Paths to look at again.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum DirtySet {
    /// Anything may have changed.
    Everything,
    /// Only these: files and folders, changed, new or gone.
    Paths(BTreeSet<SourcePath>),
}

/// What to look at again.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Invalidation {
    /// All files, whatever they are called.
    all: bool,
    /// Whether there may be other files than before.
    names: bool,
    files: BTreeSet<SourcePath>,
    /// Folders with everything below them.
    folders: Vec<SourcePath>,
}

/// How far a change reaches, as far as paths tell.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum ChangeReach {
    /// Nothing the site is made of.
    Nothing,
    /// The texts of these pages, which no other page includes.
    Texts(BTreeSet<SourcePath>),
    /// The content of files.
    Contents(Invalidation),
    /// The settings, or which files there are.
    Names(Invalidation),
}

impl Invalidation {
    /// At everything.
    pub(crate) fn everything() -> Self {
        Self { all: true, names: true, ..Self::default() }
    }

    /// At these files, and at nothing else.
    pub(crate) fn at(files: BTreeSet<SourcePath>) -> Self {
        Self { files, ..Self::default() }
    }

    /// Whether a file is to be read again.
    pub(crate) fn touches(&self, path: &SourcePath) -> bool {
        self.all || self.files.contains(path) || self.is_below_touched(path)
    }

    /// Whether anything below a folder is to be read again.
    pub(crate) fn touches_below(&self, folder: &SourcePath) -> bool {
        self.all
            || self.files.iter().any(|file| file.below(folder).is_some())
            || self.folders.iter().any(|touched| touched.below(folder).is_some() || folder.below(touched).is_some())
    }

    /// Whether there may be other files than before.
    pub(super) fn sees_new_names(&self) -> bool {
        self.names
    }

    /// The same look, once it is known that there are the same files as before.
    pub(super) fn at_same_names(self) -> Self {
        Self { names: false, ..self }
    }

    fn is_below_touched(&self, path: &SourcePath) -> bool {
        self.folders.iter().any(|folder| path.below(folder).is_some())
    }
}

/// How far a change reaches.
pub(super) fn reach(
    touched: &DirtySet,
    opened: &OpenedProject,
    is_included: &dyn Fn(&SourcePath) -> bool,
    disk: &dyn FileSystem,
) -> ChangeReach {
    let DirtySet::Paths(paths) = touched else { return ChangeReach::Names(Invalidation::everything()) };
    if opened.tree.aliases() == Aliases::Some && !paths.is_empty() {
        return ChangeReach::Names(Invalidation::everything());
    }
    let mut look = Invalidation::default();
    for path in paths {
        match happened(path, opened, disk) {
            PathChange::Nothing => {}
            PathChange::File => {
                look.files.insert(path.clone());
            }
            PathChange::Names(kind) => {
                look.names = true;
                match kind {
                    Some(FileKind::Folder) => look.folders.push(path.clone()),
                    Some(FileKind::File) | None => {
                        look.files.insert(path.clone());
                    }
                }
            }
        }
    }
    if look.names {
        return ChangeReach::Names(look);
    }
    look.files.retain(|path| opened.uses(path) || is_included(path));
    let is_text = |path: &SourcePath| opened.page_file(path).is_some();
    if look.files.is_empty() {
        ChangeReach::Nothing
    } else if look.files.iter().all(is_text) && !look.files.iter().any(is_included) {
        ChangeReach::Texts(look.files)
    } else {
        ChangeReach::Contents(look)
    }
}

/// What can have happened to a path.
enum PathChange {
    /// Nothing that matters.
    Nothing,
    /// A file that was there is there: it may have other bytes.
    File,
    /// There may be other files than before: this is there now.
    Names(Option<FileKind>),
}

fn happened(path: &SourcePath, opened: &OpenedProject, disk: &dyn FileSystem) -> PathChange {
    let kind = disk.kind(&opened.config.place, path);
    let was_file = opened.tree.contains(path);
    let is_settings = opened.is_book_toml(path);
    if is_settings
        || WalkScope::is_mark(path.file_name())
        || opened.tree.strays().iter().any(|stray| stray.path == *path)
    {
        return PathChange::Names(kind);
    }
    match kind {
        Some(FileKind::File) if was_file => PathChange::File,
        Some(FileKind::File) if opened.scope.reaches(path) => PathChange::Names(kind),
        Some(FileKind::Folder) if opened.scope.reaches(path) && opened.scope.enters(path) => PathChange::Names(kind),
        None if was_file || opened.tree.has_folder(path) => PathChange::Names(kind),
        // A file that is now a folder out of scope, and the like.
        Some(_) if was_file => PathChange::Names(kind),
        // What editors write beside a file and take away again; what lies where nobody looks.
        Some(_) | None => PathChange::Nothing,
    }
}
