//! Decides which output folders must not be replaced.
//! In: the folder requested, and its surroundings. Out: the same folder without links, or the reason for refusing it.

use std::ffi::OsString;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::error::{OutputError, OutputRefusal, failed};
use super::marker::Marker;

/// What must not be overwritten.
#[derive(Copy, Clone, Debug)]
pub struct ProtectedPaths<'a> {
    /// The folder of book.toml.
    pub project: &'a Path,
    /// The repository.
    pub root: &'a Path,
    /// The home folder, if it's known.
    pub home: Option<&'a Path>,
    /// The folders and files that the site is built from.
    pub sources: &'a [PathBuf],
    /// A file in the folder that git tracks in the project's repository, if there is one.
    pub tracked: Option<&'a str>,
}

/// The canonical path of the folder, if it may be replaced.
///
/// # Errors
/// If it must not be replaced, or on I/O errors.
pub fn check(folder: &Path, around: &ProtectedPaths<'_>) -> Result<PathBuf, OutputError> {
    let real = without_links(folder).map_err(failed("open", folder))?;
    match refusal(&real, around).map_err(failed("read", &real))? {
        Some(reason) => Err(OutputError::Refused { folder: folder.to_path_buf(), reason }),
        None => Ok(real),
    }
}

/// Refuses a folder that book.toml names where only the person who runs the program may choose one: book.toml may be part
/// of a stranger's pull request. `project` is its folder.
///
/// # Errors
/// If the folder is outside the nearest repository, or among git's own files, or on I/O errors.
pub fn check_named(folder: &Path, project: &Path) -> Result<(), OutputError> {
    let real = without_links(folder).map_err(failed("open", folder))?;
    let project = without_links(project).map_err(failed("open", project))?;
    let Some(repository) = project.ancestors().find(|folder| folder.join(".git").exists()) else { return Ok(()) };
    let reason = match real.strip_prefix(repository) {
        Ok(below) if below.iter().any(|part| part.eq_ignore_ascii_case(".git")) => OutputRefusal::InGit,
        Ok(_) => return Ok(()),
        // A site there is from somebody who did choose it.
        Err(_) if matches!(Marker::of(&real), Ok(Marker::Lists(_) | Marker::WithoutList)) => return Ok(()),
        Err(_) => OutputRefusal::OutsideRepository,
    };
    Err(OutputError::Refused { folder: folder.to_path_buf(), reason })
}

fn refusal(folder: &Path, around: &ProtectedPaths<'_>) -> std::io::Result<Option<OutputRefusal>> {
    // Without links on either side: `site -> .` would pass for a folder of its own.
    let holds = |path: &Path| -> std::io::Result<bool> { Ok(without_links(path)?.starts_with(folder)) };
    if holds(around.project)? {
        return Ok(Some(OutputRefusal::HoldsProject));
    }
    if holds(around.root)? {
        return Ok(Some(OutputRefusal::HoldsRepository));
    }
    if let Some(home) = around.home
        && holds(home)?
    {
        return Ok(Some(OutputRefusal::HoldsHome));
    }
    let (project, root) = (without_links(around.project)?, without_links(around.root)?);
    for source in around.sources {
        let real = without_links(source)?;
        if real.starts_with(folder) {
            return Ok(Some(OutputRefusal::HoldsSource(source.clone())));
        }
        // If the whole project is the source, as with mdBook's `src = "."`, or is inside a folder that is mounted as a
        // whole, the output can only be inside the source. The reader then skips the output folder.
        let beside_book_toml = project.starts_with(&real) && folder.starts_with(&project);
        if folder.starts_with(&real) && !beside_book_toml && real != root {
            return Ok(Some(OutputRefusal::InSource(source.clone())));
        }
    }
    // What git tracks comes last: the marker itself may say better what is wrong.
    if let Some(reason) = occupied(folder)? {
        return Ok(Some(reason));
    }
    Ok(around.tracked.map(|file| OutputRefusal::Tracked(file.to_owned())))
}

fn occupied(folder: &Path) -> std::io::Result<Option<OutputRefusal>> {
    match fs::symlink_metadata(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
        Ok(metadata) if !metadata.is_dir() => return Ok(Some(OutputRefusal::IsFile)),
        Ok(_) => {}
    }
    Ok(match Marker::of(folder)? {
        Marker::Lists(_) | Marker::WithoutList => None,
        Marker::Newer => Some(OutputRefusal::Newer),
        Marker::Foreign => Some(OutputRefusal::NotOurs),
        Marker::Missing => is_in_use(folder)?.then_some(OutputRefusal::NotOurs),
    })
}

/// Whether a folder contains more than what git, file systems and desktops add to every folder. A new worktree has a
/// `.git`.
fn is_in_use(folder: &Path) -> std::io::Result<bool> {
    #[expect(clippy::disallowed_methods, reason = "the only writer looks before it writes")]
    let mut entries = fs::read_dir(folder)?;
    let is_hidden = |name: &OsString| name.as_encoded_bytes().starts_with(b".") || name == "lost+found";
    entries.try_fold(false, |found, entry| Ok(found || !is_hidden(&entry?.file_name())))
}

/// The path without links, as far as it exists.
fn without_links(path: &Path) -> std::io::Result<PathBuf> {
    let mut missing: Vec<OsString> = Vec::new();
    let mut existing = std::path::absolute(path)?;
    loop {
        match existing.canonicalize() {
            Ok(real) => return Ok(missing.iter().rev().fold(real, |path, name| path.join(name))),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                // `a/..` where `a` doesn't exist: only the path itself can tell.
                let Some(name) = existing.file_name().map(OsString::from) else { return Err(error) };
                missing.push(name);
                existing.pop();
            }
            // A file where a folder should be: nothing below it can be a folder.
            Err(error) => return Err(error),
        }
    }
}
