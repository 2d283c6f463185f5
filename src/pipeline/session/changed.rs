//! Invalidation: from the paths that file events name to the cheapest update that is right.
//!
//! What happened to a path is not asked. Editors save in a dozen ways, and events come late, twice or in another order:
//! only the file system says what is there now, and only the bytes say what is new.

use std::collections::BTreeSet;

use super::state::OpenedProject;
use crate::project::files::file_set::Aliases;
use crate::project::{FileKind, FileSystem, WalkScope};
use crate::source::SourcePath;

/// The paths that may have changed since the last update.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum DirtySet {
    /// Any: after an event-queue overflow, or before anything was watched.
    Everything,
    /// Only these: files and folders, changed, new or gone.
    Paths(BTreeSet<SourcePath>),
}

/// The files whose contents must be read again, and whether the file set itself may differ.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Invalidation {
    /// All files, whatever they are called.
    all: bool,
    /// Whether files may have come or gone.
    names: bool,
    files: BTreeSet<SourcePath>,
    /// Folders with everything below them.
    folders: Vec<SourcePath>,
}

/// The ways to update a project, the cheapest first: see [`super::update`] for why each is right.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum UpdatePlan {
    /// Nothing that the site is made of has changed.
    Nothing,
    /// Compile these pages, which no other page includes.
    Recompile(BTreeSet<SourcePath>),
    /// Assemble the site again: the contents of these files may have changed.
    Reassemble(Invalidation),
    /// Open the project again: the settings may have changed, or the file set.
    Reopen(Invalidation),
}

impl Invalidation {
    /// Of everything.
    pub(crate) fn everything() -> Self {
        Self { all: true, names: true, ..Self::default() }
    }

    /// Of these files, and of nothing else.
    pub(crate) fn of(files: BTreeSet<SourcePath>) -> Self {
        Self { files, ..Self::default() }
    }

    /// Whether a file must be read again.
    pub(crate) fn covers(&self, path: &SourcePath) -> bool {
        self.all || self.files.contains(path) || self.folders.iter().any(|folder| path.below(folder).is_some())
    }

    /// Whether anything below a folder must be read again.
    pub(crate) fn covers_below(&self, folder: &SourcePath) -> bool {
        self.all
            || self.files.iter().any(|file| file.below(folder).is_some())
            // Either way round: a folder that moved may lie in this one, or hold it.
            || self.folders.iter().any(|moved| moved.below(folder).is_some() || folder.below(moved).is_some())
    }

    /// Whether files may have come or gone.
    pub(super) fn covers_names(&self) -> bool {
        self.names
    }

    /// The same, once the file set is known to be the same as before.
    pub(super) fn without_names(self) -> Self {
        Self { names: false, ..self }
    }
}

/// The cheapest update that is right, as far as paths tell. No byte is read for it, so a plan may turn out too careful
/// and never too cheap.
pub(super) fn plan(
    dirty: &DirtySet,
    opened: &OpenedProject,
    is_included: &dyn Fn(&SourcePath) -> bool,
    disk: &dyn FileSystem,
) -> UpdatePlan {
    let DirtySet::Paths(paths) = dirty else { return UpdatePlan::Reopen(Invalidation::everything()) };
    // Behind a symbolic link a file has two paths, and the event names one of them.
    if opened.file_set.aliases() == Aliases::Some && !paths.is_empty() {
        return UpdatePlan::Reopen(Invalidation::everything());
    }
    let mut invalid = Invalidation::default();
    for path in paths {
        match path_change(path, opened, disk) {
            PathChange::Nothing => {}
            PathChange::File => {
                invalid.files.insert(path.clone());
            }
            PathChange::Names(kind) => {
                invalid.names = true;
                match kind {
                    // A folder that is new may have come with files in it, for which no event was sent: they were there
                    // before it was watched.
                    Some(FileKind::Folder) => invalid.folders.push(path.clone()),
                    Some(FileKind::File) | None => {
                        invalid.files.insert(path.clone());
                    }
                }
            }
        }
    }
    if invalid.names {
        return UpdatePlan::Reopen(invalid);
    }
    // Only now: where the file set may differ, a file that nothing uses yet may be what a page was waiting for.
    invalid.files.retain(|path| opened.uses(path) || is_included(path));
    let is_page = |path: &SourcePath| opened.page_file(path).is_some();
    if invalid.files.is_empty() {
        UpdatePlan::Nothing
    } else if invalid.files.iter().all(is_page) && !invalid.files.iter().any(is_included) {
        UpdatePlan::Recompile(invalid.files)
    } else {
        UpdatePlan::Reassemble(invalid)
    }
}

/// What can have happened to a path.
enum PathChange {
    /// Nothing that matters.
    Nothing,
    /// A file that was there is there: it may have other bytes.
    File,
    /// Files may have come or gone: this is there now.
    Names(Option<FileKind>),
}

fn path_change(path: &SourcePath, opened: &OpenedProject, disk: &dyn FileSystem) -> PathChange {
    let kind = disk.kind(&opened.config.place, path);
    let was_file = opened.file_set.contains(path);
    // These files decide which others are read: the settings by mounts, a mark by leaving out its folder. A stray could
    // not be read when the project was opened; now perhaps it can.
    if opened.is_book_toml(path)
        || WalkScope::is_mark(path.file_name())
        || opened.file_set.strays().iter().any(|stray| stray.path == *path)
    {
        return PathChange::Names(kind);
    }
    match kind {
        Some(FileKind::File) if was_file => PathChange::File,
        Some(FileKind::File) if opened.scope.reaches(path) => PathChange::Names(kind),
        Some(FileKind::Folder) if opened.scope.reaches(path) && opened.scope.enters(path) => PathChange::Names(kind),
        None if was_file || opened.file_set.has_folder(path) => PathChange::Names(kind),
        // A file that is now a folder out of scope, and the like.
        Some(_) if was_file => PathChange::Names(kind),
        // What editors write beside a file and take away again; what lies out of scope.
        Some(_) | None => PathChange::Nothing,
    }
}
