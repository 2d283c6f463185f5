//! Folders that must not be replaced.
//! In: the folder asked for, and what lies around it. Out: the same folder, free of links, or why not.
//! Never knows: what a site is.

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
    /// The user's own folder, where it is known.
    pub home: Option<&'a Path>,
    /// Folders and files that the site is made from.
    pub sources: &'a [PathBuf],
    /// A file in the folder that the project's own repository keeps, if there is one.
    pub tracked: Option<&'a str>,
}

/// Why a folder must not be replaced.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum OutputRefusal {
    /// It is the project, or the project lies in it.
    HoldsProject,
    /// It is the repository, or the repository lies in it.
    HoldsRepository,
    /// It is the home folder, or the home folder lies in it.
    HoldsHome,
    /// It is what the site is made from, or holds it.
    HoldsSource(PathBuf),
    /// It lies in what the site is made from.
    InSource(PathBuf),
    /// It is a file.
    IsFile,
    /// Git keeps this file of it, with the project.
    Tracked(String),
    /// There is something in it, and nothing says that a build of ours put it there.
    NotOurs,
    /// It was written by a later version of the program.
    Newer,
}

impl fmt::Display for OutputRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::HoldsProject => f.write_str("the project lies there"),
            Self::HoldsRepository => f.write_str("the repository lies there"),
            Self::HoldsHome => f.write_str("the home folder lies there"),
            Self::HoldsSource(source) => {
                write!(f, "`{}` lies there, from which the site is made", source.display())
            }
            Self::InSource(source) => write!(f, "it lies in `{}`, from which the site is made", source.display()),
            Self::IsFile => f.write_str("it is a file"),
            Self::Tracked(file) => write!(
                f,
                "git keeps `{file}` there, with the project, and a build would replace it; take it out of the \
                 repository with `git rm -r --cached`, or choose another folder"
            ),
            Self::NotOurs => write!(
                f,
                "it is not empty, and no `{MARKER}` in it lists the files of a build, so it is not known to be a \
                 site; empty it, or choose another folder"
            ),
            Self::Newer => f.write_str("a later version of partner-docs wrote the site there; update, or empty it"),
        }
    }
}

/// The folder as the disk knows it, if it may be replaced.
///
/// # Errors
/// When it must not, or the disk does not say.
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
        // Where all of the project is source, as mdBook's `src = "."` has it, or lies in a folder that is mounted as
        // a whole, there is no other place than inside; the reader leaves the output folder out.
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

/// Whether a folder holds more than what git, disks and desktops put into every folder. A new worktree has a `.git`.
fn is_in_use(folder: &Path) -> std::io::Result<bool> {
    #[expect(clippy::disallowed_methods, reason = "the one writer looks before it writes")]
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
                // `a/..` of an `a` that is not there: nothing to go by but the text.
                let Some(name) = existing.file_name().map(OsString::from) else { return Err(error) };
                missing.push(name);
                existing.pop();
            }
            // A file where a folder should be: what lies below it can be no folder either.
            Err(error) => return Err(error),
        }
    }
}
