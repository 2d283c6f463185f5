//! Updates a site file by file, in a folder that stays.
//! In: the files of a build, and the folder. Out: the folder with these files, without those of former builds that are
//! gone.
//!
//! This is used for folders that can't be replaced as a whole: a mount point, a git worktree, or a folder that contains
//! other files. Each file is either the old one or the new one at any time. From before the first change until after
//! the last, the marker lists the files of both sites, so that the next build can repair an interrupted one.

use std::collections::BTreeSet;
use std::fs;
use std::io::{Error, ErrorKind};
use std::path::Path;

use super::error::{OutputError, failed};
use super::marker::MARKER;
use super::old::Old;
use super::tree::{self, New};
use crate::source::folders_above;

/// The changes of a build to a folder.
pub(super) struct FolderChange<'a> {
    /// The previous contents of the folder.
    pub(super) old: &'a Old,
    /// The new and changed files, in a temporary folder.
    pub(super) new: &'a New,
    /// Their paths.
    pub(super) written: &'a [String],
    /// All files of the build.
    pub(super) own: &'a BTreeSet<String>,
    /// Files of former builds that no longer exist.
    pub(super) gone: &'a [String],
}

/// Applies the changes.
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
    // Files that pages load come before the pages.
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

/// Whether a folder has to replace this file, or a file its folder.
fn is_in_the_way(gone: &str, own: &BTreeSet<String>) -> bool {
    let below = format!("{gone}/");
    own.range(below.clone()..).next().is_some_and(|path| path.starts_with(&below))
        || folders_above(gone).any(|folder| own.contains(folder))
}

fn mark(folder: &Path, new: &New, files: &BTreeSet<String>) -> Result<(), OutputError> {
    put(folder, MARKER, &new.mark(files)?)
}

/// Moves a file to its place atomically.
fn put(folder: &Path, path: &str, from: &Path) -> Result<(), OutputError> {
    let to = folder.join(path);
    make_folders(folder, path).map_err(failed("create the folder of", &to))?;
    let moved = match rename(from, &to) {
        // A folder inside the folder can be a mount point itself.
        Err(error) if error.kind() == ErrorKind::CrossesDevices => {
            let beside = to.with_file_name(format!("{MARKER}-{}.tmp", std::process::id()));
            tree::copy(from, &beside).and_then(|()| rename(&beside, &to)).inspect_err(|_| drop(unlink(&beside)))
        }
        moved => moved,
    };
    moved.map_err(failed("replace", &to))
}

/// Creates the parent folders of a file. If one is a link, its target isn't ours to change.
fn make_folders(folder: &Path, path: &str) -> std::io::Result<()> {
    folders_above(path).map(|below| folder.join(below)).try_for_each(|folder| match fs::symlink_metadata(&folder) {
        Ok(metadata) if metadata.is_dir() => Ok(()),
        Ok(_) => Err(Error::from(ErrorKind::NotADirectory)),
        Err(error) if error.kind() == ErrorKind::NotFound => fs::create_dir(&folder),
        Err(error) => Err(error),
    })
}

/// Removes a file of a former build, and the folders that become empty.
pub(super) fn remove(folder: &Path, path: &str) -> Result<(), OutputError> {
    let is_folder = |below: &str| fs::symlink_metadata(folder.join(below)).is_ok_and(|metadata| metadata.is_dir());
    let file = folder.join(path);
    if !folders_above(path).all(is_folder) || !fs::symlink_metadata(&file).is_ok_and(|metadata| metadata.is_file()) {
        return Ok(());
    }
    unlink(&file).map_err(failed("remove", &file))?;
    let mut folders: Vec<&str> = folders_above(path).collect();
    folders.reverse();
    // `remove_dir` only removes empty folders.
    let _ = folders.into_iter().try_for_each(|below| fs::remove_dir(folder.join(below)));
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "the only writer")]
fn rename(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::rename(from, to)
}

#[expect(clippy::disallowed_methods, reason = "the only writer")]
fn unlink(file: &Path) -> std::io::Result<()> {
    fs::remove_file(file)
}
