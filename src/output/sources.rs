//! Writes source files: what fixes and moves change, and new ones.
//! In: paths and bytes. Out: files with exactly these bytes, or unchanged.

use std::fs;
use std::io::{Error, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use super::error::{OutputError, failed};

/// Writes a file atomically: readers see either the old bytes or the new ones. Permissions are kept. A symbolic link
/// stays, and its target gets the bytes. Parent folders of a new file are created.
///
/// # Errors
/// On I/O errors. The file is then unchanged.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), OutputError> {
    // The link stays and its target changes: a rename over the link would cut the two apart.
    let file = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    let folder = file.parent().unwrap_or_else(|| Path::new("."));
    make_folder(folder)?;
    let beside = beside(&file);
    let written = put(&beside, bytes, &file).and_then(|()| {
        #[expect(clippy::disallowed_methods, reason = "the only writer of sources")]
        fs::rename(&beside, &file)
    });
    written.map_err(|reason| {
        #[expect(clippy::disallowed_methods, reason = "the only writer of sources")]
        let _ = fs::remove_file(&beside);
        failed("write", path)(reason)
    })
}

/// Writes a new file. Parent folders are created.
///
/// # Errors
/// If something already exists there, which stays as it is; or on I/O errors.
pub fn create(path: &Path, bytes: &[u8]) -> Result<(), OutputError> {
    make_folder(path.parent().unwrap_or_else(|| Path::new(".")))?;
    // Whoever looked whether there is a file has looked a moment ago: the system itself must refuse.
    let new = fs::OpenOptions::new().write(true).create_new(true).open(path);
    new.and_then(|mut new| new.write_all(bytes)).map_err(failed("create", path))
}

fn put(beside: &Path, bytes: &[u8], like: &Path) -> Result<(), Error> {
    // Never over a file that is there: two fixes at the same time must not write into one another's.
    let mut new = fs::OpenOptions::new().write(true).create_new(true).open(beside)?;
    new.write_all(bytes)?;
    if let Ok(metadata) = fs::metadata(like) {
        fs::set_permissions(beside, metadata.permissions())?;
    }
    // These are the author's own words: after a power cut the file is the old one or the new one, and never empty.
    new.sync_all()
}

/// A name that no editor and no build takes for a source file.
fn beside(file: &Path) -> PathBuf {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    file.with_file_name(format!(".{name}.{}.tmp", std::process::id()))
}

/// Moves a file to a path that doesn't exist. Parent folders are created, and folders that become empty are removed.
///
/// # Errors
/// If something already exists there, or on I/O errors.
pub fn rename(old: &Path, new: &Path) -> Result<(), OutputError> {
    if fs::symlink_metadata(new).is_ok() && !is_same(old, new) {
        return Err(failed("move to", new)(Error::from(ErrorKind::AlreadyExists)));
    }
    make_folder(new.parent().unwrap_or_else(|| Path::new(".")))?;
    #[expect(clippy::disallowed_methods, reason = "the only writer of sources")]
    fs::rename(old, new).map_err(failed("move", old))?;
    // `remove_dir` only removes empty folders.
    let _ = old.ancestors().skip(1).try_for_each(fs::remove_dir);
    Ok(())
}

/// Whether two names refer to the same file, on a case-insensitive file system.
fn is_same(old: &Path, new: &Path) -> bool {
    matches!((old.canonicalize(), new.canonicalize()), (Ok(old), Ok(new)) if old == new)
}

fn make_folder(folder: &Path) -> Result<(), OutputError> {
    #[expect(clippy::disallowed_methods, reason = "the only writer of sources")]
    fs::create_dir_all(folder).map_err(failed("create", folder))
}
