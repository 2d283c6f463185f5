//! The writer of sources: what fixes and moves change.
//! In: paths on disk and bytes. Out: files that hold exactly these, or what they held before.
//! Never knows: what is in the files.

use std::fs;
use std::io::{Error, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use super::error::{OutputError, failed};

/// Puts bytes into a file in one step: whoever reads it sees the old ones or the new. Its permissions stay; a
/// symbolic link stays, and the file it leads to gets the bytes. Folders on the way to a new file are made.
///
/// # Errors
/// When the disk refuses; the file is then as it was.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), OutputError> {
    // The link stays and its target changes: a rename over the link would cut the two apart.
    let file = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    let folder = file.parent().unwrap_or_else(|| Path::new("."));
    make_folder(folder)?;
    let beside = beside(&file);
    let written = put(&beside, bytes, &file).and_then(|()| {
        #[expect(clippy::disallowed_methods, reason = "the one writer of sources")]
        fs::rename(&beside, &file)
    });
    written.map_err(|reason| {
        #[expect(clippy::disallowed_methods, reason = "the one writer of sources")]
        let _ = fs::remove_file(&beside);
        failed("write", path)(reason)
    })
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

/// A name that no editor and no build takes for a source.
fn beside(file: &Path) -> PathBuf {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    file.with_file_name(format!(".{name}.{}.tmp", std::process::id()))
}

/// Moves a file to a place where nothing is; folders on the way are made, and those it leaves empty go.
///
/// # Errors
/// When something is there already, or the disk refuses.
pub fn rename(old: &Path, new: &Path) -> Result<(), OutputError> {
    if fs::symlink_metadata(new).is_ok() && !is_same(old, new) {
        return Err(failed("move onto", new)(Error::from(ErrorKind::AlreadyExists)));
    }
    make_folder(new.parent().unwrap_or_else(|| Path::new(".")))?;
    #[expect(clippy::disallowed_methods, reason = "the one writer of sources")]
    fs::rename(old, new).map_err(failed("move", old))?;
    // `remove_dir` takes away nothing that holds anything.
    let _ = old.ancestors().skip(1).try_for_each(fs::remove_dir);
    Ok(())
}

/// Whether two names are one file: another letter case on a system that does not tell them apart.
fn is_same(old: &Path, new: &Path) -> bool {
    matches!((old.canonicalize(), new.canonicalize()), (Ok(old), Ok(new)) if old == new)
}

fn make_folder(folder: &Path) -> Result<(), OutputError> {
    #[expect(clippy::disallowed_methods, reason = "the one writer of sources")]
    fs::create_dir_all(folder).map_err(failed("create", folder))
}
