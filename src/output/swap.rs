//! One folder in the place of another.
//! In: a finished tree and the folder it is for. Out: the folder, always one of the two, whole; whether that can be
//! done, and the names of the folders that builds make for a while.
//! Never knows: what is in them.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use super::error::{OutputError, failed};
use super::marker::Marker;

/// How the names of folders begin that builds make in an output folder.
const INSIDE: &str = ".partner-docs-new-";

/// The folder that the output folder lies in.
pub(super) fn parent(folder: &Path) -> &Path {
    folder.parent().unwrap_or(folder)
}

/// A hidden name beside the output folder, of this process alone.
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

/// A hidden name in the output folder, of this process alone.
pub(super) fn inside(folder: &Path) -> PathBuf {
    folder.join(format!("{INSIDE}{}", std::process::id()))
}

/// Whether a name in an output folder is that of files of a build before they are in place.
pub(super) fn is_inside_name(name: &str) -> bool {
    name.starts_with(INSIDE)
}

/// How an output folder is changed.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) enum Way {
    /// A new tree takes its place, where the folder holds nothing of others.
    Whole,
    /// It stays, and its files change.
    FileByFile,
}

/// How this folder can be changed. A mount point cannot be exchanged, and in a container nothing may be written beside
/// it.
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

/// Whether a folder is a mount point, which need not be on another device.
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

/// Waits until no other build writes this folder: beside it, or, where containers share a folder under several names,
/// in it. Where the system has no locks, nobody waits, and nothing of another build is cleaned up.
pub(super) fn lock(folder: &Path) -> Vec<fs::File> {
    let locked = |folder: &Path| {
        let folder = fs::File::open(folder).ok()?;
        folder.lock().ok()?;
        Some(folder)
    };
    // In this order always. While others wait for the first, the second may become another folder.
    locked(parent(folder)).into_iter().chain(locked(folder)).collect()
}

/// Whether another build is at work beside this folder: one that begins now would wait for it.
#[must_use]
pub fn is_busy(folder: &Path) -> bool {
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf());
    let parent = fs::File::open(parent(&folder));
    parent.is_ok_and(|parent| matches!(parent.try_lock(), Err(fs::TryLockError::WouldBlock)))
}

/// Clears away what builds left that did not come to their end, `safely` when no build can be under way.
pub(super) fn clean(folder: &Path, safely: bool) {
    if !safely {
        return;
    }
    let own_prefix = prefix(folder);
    for (name, path) in folders_in(parent(folder)) {
        // Only names that we give, and among them only what our marker is in: see `remove_leftover`.
        let Some(kind) = name.as_encoded_bytes().strip_prefix(own_prefix.as_encoded_bytes()) else { continue };
        // A build that was killed between the two steps of `replace` left the site under its old name only.
        #[expect(clippy::disallowed_methods, reason = "the one writer")]
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
    #[expect(clippy::disallowed_methods, reason = "the one writer")]
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let folders = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
    folders.map(|entry| (entry.file_name(), entry.path()))
}

/// Removes a folder that a build made, and no other of such a name: unless it is empty, its marker has to say so.
fn remove_leftover(folder: &Path) {
    if fs::remove_dir(folder).is_err() && Marker::of(folder).is_ok_and(|marker| marker.is_ours()) {
        remove(folder);
    }
}

/// Puts `new` in the place of `folder`.
pub(super) fn put_in_place(new: &Path, folder: &Path) -> Result<(), OutputError> {
    let result =
        if folder.exists() { exchange(new, folder).or_else(|_| replace(new, folder)) } else { rename(new, folder) };
    // After an exchange this is the old tree, after a failure the new one, and else nothing.
    remove(new);
    result.map_err(failed("replace", folder))
}

/// Both in one step: at no time is the folder missing.
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn exchange(new: &Path, folder: &Path) -> std::io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, new, CWD, folder, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> std::io::Result<()> {
    Err(std::io::ErrorKind::Unsupported.into())
}

/// In two steps, the first taken back when the second fails.
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

#[expect(clippy::disallowed_methods, reason = "the one writer")]
fn rename(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::rename(from, to)
}

/// Removes a folder of ours; links in it are removed, not followed. What cannot be removed now is removed by the
/// next build.
#[expect(clippy::disallowed_methods, reason = "the one writer")]
pub(super) fn remove(folder: &Path) {
    let _ = fs::remove_dir_all(folder);
}
