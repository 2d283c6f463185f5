//! The system's file events: inotify, FSEvents and the like, through `notify`.

use std::collections::BTreeSet;
use std::io::ErrorKind as IoErrorKind;
use std::path::{Path, PathBuf};

use notify::{ErrorKind, Event, RecursiveMode, Watcher as _, WatcherKind};

use super::snapshot::Depth;

/// The folders that the system watches for us. Never single files: most editors replace a file when they save, and
/// the watch would stay with the old one.
///
/// Watches are only ever added. The system knows a folder by its number and the library by its path, and once folders
/// have moved the two disagree: to take away the watch of an old path may take away that of the new one, and the late
/// news that an old folder is gone takes away the watch of the one in its place. So when folders have moved, all watches
/// are given up with what is still on its way from them, and another one of these begins.
pub(super) struct FolderWatches {
    system: Box<dyn notify::Watcher + Send>,
    takes_trees: bool,
    folders: BTreeSet<PathBuf>,
}

impl FolderWatches {
    /// Watches nothing yet.
    pub(super) fn new(tell: impl Fn(notify::Result<Event>) + Send + 'static) -> notify::Result<Self> {
        // A link that leads out of the project would make the whole home folder part of it; what a link leads to inside is
        // watched where it lies.
        let config = notify::Config::default().with_follow_symlinks(false);
        let system = Box::new(notify::RecommendedWatcher::new(tell, config)?);
        let kind = notify::RecommendedWatcher::kind();
        // Elsewhere each folder costs a handle, and those without sources are spared.
        let takes_trees = matches!(kind, WatcherKind::Fsevent | WatcherKind::ReadDirectoryChangesWatcher);
        Ok(Self { system, takes_trees, folders: BTreeSet::new() })
    }

    /// Watches a folder from now on.
    ///
    /// # Errors
    /// When there are more folders than the system watches.
    pub(super) fn enter(&mut self, folder: &Path, depth: Depth) -> notify::Result<()> {
        // One watch of a top folder covers all below it there, and each watch is a stream or a handle of its own.
        let is_known = self.takes_trees && depth == Depth::Below && self.is_below_known(folder);
        if is_known || self.folders.contains(folder) {
            return Ok(());
        }
        let whole = self.takes_trees && depth == Depth::Top;
        let mode = if whole { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
        match self.system.watch(folder, mode) {
            // Came and went, or may not be seen: nothing to watch. What lies in it cannot be read either.
            Err(error) if is_out_of_reach(&error.kind) => return Ok(()),
            // All else ends the attempt: with half of the folders watched, some saves would show and others not.
            watched => watched?,
        }
        self.folders.insert(folder.to_owned());
        Ok(())
    }

    /// Whether a folder is watched by itself.
    pub(super) fn has(&self, folder: &Path) -> bool {
        self.folders.contains(folder)
    }

    fn is_below_known(&self, folder: &Path) -> bool {
        folder.ancestors().any(|above| self.folders.contains(above))
    }
}

fn is_out_of_reach(error: &ErrorKind) -> bool {
    match error {
        ErrorKind::PathNotFound => true,
        ErrorKind::Io(error) => {
            matches!(error.kind(), IoErrorKind::NotFound | IoErrorKind::NotADirectory | IoErrorKind::PermissionDenied)
        }
        _ => false,
    }
}
