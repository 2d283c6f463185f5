//! A site put in place file by file, in a folder that stays.
//! In: the files of a build, and the folder. Out: the folder with them in it, and without those of former builds that
//! are gone.
//! Never knows: what is in the files.
//!
//! This is the way for a folder that cannot be exchanged as a whole: a mount point, a git worktree, a folder that holds
//! files of others. Each file is the old one or the new one at every moment. The marker lists the files of both sites
//! from before the first change until after the last, so that the next build can repair whatever a kill leaves.

use std::collections::BTreeSet;
use std::fs;
use std::io::{Error, ErrorKind};
use std::path::Path;

use super::error::{OutputError, failed};
use super::marker::MARKER;
use super::old::Old;
use super::tree::{self, New};
use crate::source::folders_above;

/// What a build changes in a folder.
pub(super) struct FolderChange<'a> {
    /// What the folder held before.
    pub(super) old: &'a Old,
    /// Its files that are new or others than before, where they wait.
    pub(super) new: &'a New,
    /// The paths of these.
    pub(super) written: &'a [String],
    /// All files that the build calls its own.
    pub(super) own: &'a BTreeSet<String>,
    /// Files of former builds that are no more.
    pub(super) gone: &'a [String],
}

/// Changes the folder.
pub(super) fn change(folder: &Path, change: &FolderChange<'_>) -> Result<(), OutputError> {
    let FolderChange { old, new, written, own, gone } = change;
    // Before the first change the marker lists the files of both sites: whatever a kill leaves, the next build knows it.
    let both: BTreeSet<String> = old.listed().chain(own.iter()).cloned().collect();
    if !old.lists(&both) {
        mark(folder, new, &both)?;
    }
    let (in_the_way, other): (Vec<&String>, Vec<&String>) = gone.iter().partition(|path| is_in_the_way(path, own));
    // `guide` was a page and is now a folder of pages, or the other way round: only one of them can be there.
    for path in in_the_way {
        remove(folder, path)?;
    }
    // What pages load comes before the pages.
    let is_page = |path: &&String| Path::new(path).extension().is_some_and(|ending| ending == "html");
    for path in written.iter().filter(|path| !is_page(path)).chain(written.iter().filter(is_page)) {
        put(folder, path, &new.path(path))?;
    }
    // Old files last: until the new pages are in place, the old ones load them.
    for path in other {
        remove(folder, path)?;
    }
    if both == **own { Ok(()) } else { mark(folder, new, own) }
}

/// Whether a folder must be where this file is, or a file where its folder is.
fn is_in_the_way(gone: &str, own: &BTreeSet<String>) -> bool {
    let below = format!("{gone}/");
    own.range(below.clone()..).next().is_some_and(|path| path.starts_with(&below))
        || folders_above(gone).any(|folder| own.contains(folder))
}

fn mark(folder: &Path, new: &New, files: &BTreeSet<String>) -> Result<(), OutputError> {
    put(folder, MARKER, &new.mark(files)?)
}

/// Puts a file in its place, in one step.
fn put(folder: &Path, path: &str, from: &Path) -> Result<(), OutputError> {
    let to = folder.join(path);
    make_folders(folder, path).map_err(failed("create the folder of", &to))?;
    let moved = match rename(from, &to) {
        // A folder in the folder that is a mount point itself.
        Err(error) if error.kind() == ErrorKind::CrossesDevices => {
            let beside = to.with_file_name(format!("{MARKER}-{}.tmp", std::process::id()));
            tree::copy(from, &beside).and_then(|()| rename(&beside, &to)).inspect_err(|_| drop(unlink(&beside)))
        }
        moved => moved,
    };
    moved.map_err(failed("replace", &to))
}

/// Makes the folders on the way to a file. Where one is a link, what lies behind it is not ours to change.
fn make_folders(folder: &Path, path: &str) -> std::io::Result<()> {
    folders_above(path).map(|below| folder.join(below)).try_for_each(|folder| match fs::symlink_metadata(&folder) {
        Ok(metadata) if metadata.is_dir() => Ok(()),
        Ok(_) => Err(Error::from(ErrorKind::NotADirectory)),
        Err(error) if error.kind() == ErrorKind::NotFound => fs::create_dir(&folder),
        Err(error) => Err(error),
    })
}

/// Removes a file of a former build, and the folders that are empty without it.
fn remove(folder: &Path, path: &str) -> Result<(), OutputError> {
    let is_folder = |below: &str| fs::symlink_metadata(folder.join(below)).is_ok_and(|metadata| metadata.is_dir());
    let file = folder.join(path);
    if !folders_above(path).all(is_folder) || !fs::symlink_metadata(&file).is_ok_and(|metadata| metadata.is_file()) {
        return Ok(());
    }
    unlink(&file).map_err(failed("remove", &file))?;
    let mut folders: Vec<&str> = folders_above(path).collect();
    folders.reverse();
    // `remove_dir` takes away nothing that holds anything.
    let _ = folders.into_iter().try_for_each(|below| fs::remove_dir(folder.join(below)));
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "the one writer")]
fn rename(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::rename(from, to)
}

#[expect(clippy::disallowed_methods, reason = "the one writer")]
fn unlink(file: &Path) -> std::io::Result<()> {
    fs::remove_file(file)
}
