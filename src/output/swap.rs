//! Replaces one folder with another.
//! In: a finished tree and the folder to replace. Out: the folder, which is always one of the two, complete; whether
//! replacing is possible, and the names of temporary folders.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use super::error::{OutputError, failed};
use super::marker::Marker;

/// The prefix of temporary folders in an output folder.
const INSIDE: &str = ".partner-docs-new-";

/// The parent of the output folder.
pub(super) fn parent(folder: &Path) -> &Path {
    folder.parent().unwrap_or(folder)
}

/// A hidden name next to the output folder, unique to this process.
pub(super) fn beside(folder: &Path, kind: &str) -> PathBuf {
    // With the number of the process: a build that died may have left a folder, and another may be under way.
    let mut name = prefix(folder);
    name.push(format!("{kind}-{}", std::process::id()));
    parent(folder).join(name)
}

fn prefix(folder: &Path) -> OsString {
    let mut name = OsString::from(".");
    name.push(folder.file_name().unwrap_or_default());
    name.push(".partner-docs-");
    name
}

/// A hidden name in the output folder, unique to this process.
pub(super) fn inside(folder: &Path) -> PathBuf {
    folder.join(format!("{INSIDE}{}", std::process::id()))
}

/// Whether a name in an output folder is that of a temporary folder of a build.
pub(super) fn is_inside_name(name: &str) -> bool {
    name.starts_with(INSIDE)
}

/// How to change an output folder.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) enum Way {
    /// Replace it with a new tree, if it contains only files of builds.
    Whole,
    /// Keep it, and change its files.
    FileByFile,
}

/// How this folder can be changed. A mount point can't be replaced, and in a container, the parent folder may not be
/// writable.
pub(super) fn way(folder: &Path) -> Way {
    let is_there = folder.is_dir();
    if is_there && (is_mount_point(folder) || !may_write_in(parent(folder))) { Way::FileByFile } else { Way::Whole }
}

#[cfg(unix)]
fn is_mount_point(folder: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    // Another disk than the folder above it, or the same one mounted a second time, as containers do.
    let device = |path: &Path| fs::metadata(path).ok().map(|metadata| metadata.dev());
    device(folder) != device(parent(folder)) || is_bind_mount(folder)
}

#[cfg(not(unix))]
fn is_mount_point(_: &Path) -> bool {
    false
}

/// Whether a folder is a mount point, which can be on the same device.
#[cfg(target_os = "linux")]
fn is_bind_mount(folder: &Path) -> bool {
    use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};
    let attributes = statx(CWD, folder, AtFlags::SYMLINK_NOFOLLOW, StatxFlags::empty());
    attributes.is_ok_and(|found| found.stx_attributes.contains(StatxAttributes::MOUNT_ROOT))
}

#[cfg(all(unix, not(target_os = "linux")))]
fn is_bind_mount(_: &Path) -> bool {
    false
}

#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn may_write_in(folder: &Path) -> bool {
    rustix::fs::access(folder, rustix::fs::Access::WRITE_OK | rustix::fs::Access::EXEC_OK).is_ok()
}

#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
fn may_write_in(_: &Path) -> bool {
    true
}

/// Waits until no other build writes to this folder, with a lock next to it and, since containers can share a folder
/// under several names, one in it. On systems without locks, builds don't wait, and nothing of other builds is cleaned
/// up.
pub(super) fn lock(folder: &Path) -> Vec<fs::File> {
    let locked = |folder: &Path| {
        let folder = fs::File::open(folder).ok()?;
        folder.lock().ok()?;
        Some(folder)
    };
    // Always in this order. While others wait for the first lock, the second may become that of a different folder.
    locked(parent(folder)).into_iter().chain(locked(folder)).collect()
}

/// Whether another build is running in this folder, so that a new one has to wait.
#[must_use]
pub fn is_busy(folder: &Path) -> bool {
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf());
    let parent = fs::File::open(parent(&folder));
    parent.is_ok_and(|parent| matches!(parent.try_lock(), Err(fs::TryLockError::WouldBlock)))
}

/// Removes what interrupted builds left, `safely` if no build can be running.
pub(super) fn clean(folder: &Path, safely: bool) {
    if !safely {
        return;
    }
    let own_prefix = prefix(folder);
    for (name, path) in folders_in(parent(folder)) {
        // Only names that we give, and among them only what our marker is in: see `remove_leftover`.
        let Some(kind) = name.as_encoded_bytes().strip_prefix(own_prefix.as_encoded_bytes()) else { continue };
        // A build that was killed between the two steps of `replace` left the site under its old name only.
        #[expect(clippy::disallowed_methods, reason = "the only writer")]
        let restored = kind.starts_with(b"old") && !folder.exists() && fs::rename(&path, folder).is_ok();
        if !restored {
            remove_leftover(&path);
        }
    }
    for (_, path) in folders_in(folder).filter(|(name, _)| name.to_str().is_some_and(is_inside_name)) {
        remove_leftover(&path);
    }
}

fn folders_in(folder: &Path) -> impl Iterator<Item = (OsString, PathBuf)> {
    #[expect(clippy::disallowed_methods, reason = "the only writer")]
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let folders = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
    folders.map(|entry| (entry.file_name(), entry.path()))
}

/// Removes a temporary folder of a build, but no other folder with such a name: unless it's empty, its marker must
/// match.
fn remove_leftover(folder: &Path) {
    if fs::remove_dir(folder).is_err() && Marker::of(folder).is_ok_and(|marker| marker.is_ours()) {
        remove(folder);
    }
}

/// Puts `new` in the place of `folder`.
pub(super) fn put_in_place(new: &Path, folder: &Path) -> Result<(), OutputError> {
    let result =
        if folder.exists() { exchange(new, folder).or_else(|_| replace(new, folder)) } else { rename(new, folder) };
    // After an exchange this is the old tree, after a failure the new one, and otherwise nothing.
    remove(new);
    result.map_err(failed("replace", folder))
}

/// Exchanges both atomically: the folder is never missing.
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn exchange(new: &Path, folder: &Path) -> std::io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, new, CWD, folder, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> std::io::Result<()> {
    Err(std::io::ErrorKind::Unsupported.into())
}

/// In two steps. If the second fails, the first is undone.
fn replace(new: &Path, folder: &Path) -> std::io::Result<()> {
    let old = beside(folder, "old");
    rename(folder, &old)?;
    let result = rename(new, folder);
    if result.is_err() {
        rename(&old, folder)?;
    }
    remove(&old);
    result
}

#[expect(clippy::disallowed_methods, reason = "the only writer")]
fn rename(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::rename(from, to)
}

/// Removes a folder of ours. Links in it are removed, not followed. The next build removes what can't be removed now.
#[expect(clippy::disallowed_methods, reason = "the only writer")]
pub(super) fn remove(folder: &Path) {
    let _ = fs::remove_dir_all(folder);
}
