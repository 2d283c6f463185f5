//! One folder in the place of another.
//! In: a finished tree and the folder it is for. Out: the folder, always one of the two, whole.
//! Never knows: what is in them.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use super::error::{OutputError, failed};

/// The folder that the output folder lies in.
pub(super) fn parent(folder: &Path) -> &Path {
    folder.parent().unwrap_or(folder)
}

/// A hidden name beside the output folder, of this process alone.
pub(super) fn beside(folder: &Path, kind: &str) -> PathBuf {
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

/// Waits until no other build writes beside this folder. Where the system has no locks, nobody waits, and nothing
/// of another build is cleaned up.
pub(super) fn lock(parent: &Path) -> Option<fs::File> {
    let parent = fs::File::open(parent).ok()?;
    parent.lock().ok()?;
    Some(parent)
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
    #[expect(clippy::disallowed_methods, reason = "the one writer")]
    let entries = if safely { fs::read_dir(parent(folder)).ok() } else { None };
    let prefix = prefix(folder);
    for entry in entries.into_iter().flatten().flatten() {
        let is_ours = entry.file_name().as_encoded_bytes().starts_with(prefix.as_encoded_bytes());
        if !is_ours || !entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            continue;
        }
        let is_old = entry.file_name().as_encoded_bytes()[prefix.len()..].starts_with(b"old");
        #[expect(clippy::disallowed_methods, reason = "the one writer")]
        let restored = is_old && !folder.exists() && fs::rename(entry.path(), folder).is_ok();
        if !restored {
            remove(&entry.path());
        }
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
