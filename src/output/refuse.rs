//! Decides which output folders must not be replaced.
//! In: the folder requested, and its surroundings. Out: the same folder without links, or the reason for refusing it.

use std::ffi::OsString;
use std::fmt;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::error::{OutputError, failed};
use super::marker::{MARKER, Marker};

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

/// Why a folder must not be replaced.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum OutputRefusal {
    /// It's the project, or contains it.
    HoldsProject,
    /// It's the repository, or contains it.
    HoldsRepository,
    /// It's the home folder, or contains it.
    HoldsHome,
    /// It's a source of the site, or contains one.
    HoldsSource(PathBuf),
    /// It's inside a source of the site.
    InSource(PathBuf),
    /// It is a file.
    IsFile,
    /// Git tracks this file in it, in the project's repository.
    Tracked(String),
    /// It isn't empty, and nothing shows that a build wrote it.
    NotOurs,
    /// A newer version of partner-docs wrote it.
    Newer,
}

impl fmt::Display for OutputRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::HoldsProject => f.write_str("it contains the project"),
            Self::HoldsRepository => f.write_str("it contains the repository"),
            Self::HoldsHome => f.write_str("it contains the home folder"),
            Self::HoldsSource(source) => {
                write!(f, "it contains `{}`, which the site is built from", source.display())
            }
            Self::InSource(source) => write!(f, "it is inside `{}`, which the site is built from", source.display()),
            Self::IsFile => f.write_str("it is a file"),
            Self::Tracked(file) => write!(
                f,
                "it contains `{file}`, which git tracks in the project's repository and a build would replace; run \
                `git rm -r --cached`, or choose another folder"
            ),
            Self::NotOurs => write!(
                f,
                "it is not empty, and has no `{MARKER}` that lists the files of a build, so it may not be a site; \
                empty it, or choose another folder"
            ),
            Self::Newer => f.write_str(
                "a newer version of partner-docs wrote the site in it; update partner-docs, or empty the folder",
            ),
        }
    }
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
