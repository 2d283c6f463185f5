//! The only module that writes files.
//! In: the paths and bytes of a site. Out: a folder with these files and those that no build wrote, or, on any error,
//! exactly its previous contents. Source files that fixes change are in `sources`.
//!
//! A build first writes its changes to a temporary folder. If the output folder contains only files of builds, the
//! temporary folder becomes a complete new tree that replaces it in one step. A mount point, a git worktree or a folder
//! with other files stays, and is changed file by file. Unchanged files keep their inode and modification time; if no
//! file changed, nothing is written. Concurrent builds wait for each other. A single thread creates the files, because
//! the kernel serializes that anyway.

mod clean;
mod deliver;
mod error;
mod marker;
mod old;
mod refuse;
pub mod sources;
mod swap;
mod tree;
mod within;

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

pub use clean::{CleanSummary, clean};
pub use deliver::{Existing, deliver};
pub use error::{OutputError, OutputRefusal};
pub use marker::MARKER;
pub use refuse::{ProtectedPaths, check};
pub use swap::is_busy;

use error::failed;
use old::{Old, Seat};
use swap::Way;

/// A file of the site.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OutputFile {
    /// Its path relative to the output folder, with slashes.
    pub path: String,
    /// Its content.
    pub content: OutputContent,
}

/// The content of a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum OutputContent {
    /// These bytes.
    Bytes(Vec<u8>),
    /// The same as in this file.
    CopyOf(PathBuf),
}

/// What a build changed in the output folder.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default)]
pub struct WriteSummary {
    /// Files that are new or changed.
    pub written: usize,
    /// Files that are unchanged.
    pub unchanged: usize,
    /// Files that were removed.
    pub removed: usize,
    /// Files that aren't part of the site and stay, since the marker doesn't tell whether a build wrote them.
    pub unknown: usize,
}

/// A site being written. If it's dropped before [`SiteWriter::commit`], the old site is unchanged.
#[derive(Debug)]
pub struct SiteWriter {
    folder: PathBuf,
    old: Old,
    /// The changed files, created with the first one.
    new: Option<tree::New>,
    written: Vec<String>,
    unchanged: Vec<String>,
    seen: HashSet<String>,
    counts: WriteSummary,
    way: Way,
    /// The locks, held until the site is complete.
    _locks: Vec<fs::File>,
}

impl SiteWriter {
    /// Starts a site in `folder`, which is created if needed, and changed only if it's ours.
    ///
    /// # Errors
    /// If the folder must not be changed, or on I/O errors.
    pub fn begin(folder: &Path, around: &ProtectedPaths<'_>) -> Result<Self, OutputError> {
        let folder = check(folder, around)?;
        let parent = swap::parent(&folder);
        #[expect(clippy::disallowed_methods, reason = "the only writer")]
        fs::create_dir_all(parent).map_err(failed("create", parent))?;
        // Before anything is read: another build may be about to change it.
        let locks = swap::lock(&folder);
        swap::clean(&folder, !locks.is_empty());
        let old = Old::read(&folder).map_err(failed("read", &folder))?;
        let way = swap::way(&folder);
        let (written, unchanged, seen) = (Vec::new(), Vec::new(), HashSet::new());
        let counts = WriteSummary::default();
        Ok(Self { folder, old, new: None, written, unchanged, seen, counts, way, _locks: locks })
    }

    /// Adds files. Paths must be unique.
    ///
    /// # Errors
    /// If a path can't be written, is a duplicate, or belongs to a file that no build wrote; or on I/O errors.
    pub fn put(&mut self, files: &[OutputFile]) -> Result<(), OutputError> {
        if let Some(bad) = files.iter().find(|file| !is_inside(&file.path) || file.path == MARKER) {
            return Err(OutputError::BadPath(bad.path.clone()));
        }
        // Two files of one path would overwrite each other, and which of them stays would depend on their order.
        if let Some(twice) = files.iter().find(|file| !self.seen.insert(file.path.clone())) {
            return Err(OutputError::Twice(twice.path.clone()));
        }
        // Comparing means reading, and reading benefits from all cores.
        let seats: Vec<Seat> = files.par_iter().map(|file| self.old.seat(file)).collect::<Result<_, _>>()?;
        // All that stand in the way at once: whoever moves one file away should not meet the next one at the next build.
        self.refuse(seats.iter().filter_map(|seat| match seat {
            Seat::Taken(path) => Some(path.clone()),
            Seat::Free | Seat::Same | Seat::SameOfOthers => None,
        }))?;
        for (file, seat) in files.iter().zip(seats) {
            match seat {
                Seat::Same => self.unchanged.push(file.path.clone()),
                // Theirs, and just as we would write it: it stays theirs, and no later build removes it.
                Seat::SameOfOthers => {}
                Seat::Free | Seat::Taken(_) => {
                    self.counts.written += 1;
                    self.new_tree()?.write(file)?;
                    self.written.push(file.path.clone());
                    continue;
                }
            }
            self.counts.unchanged += 1;
        }
        Ok(())
    }

    /// Puts the site in place.
    ///
    /// # Errors
    /// If something that no build wrote is in the way, or on I/O errors.
    pub fn commit(mut self) -> Result<WriteSummary, OutputError> {
        let own: BTreeSet<String> = self.written.iter().chain(&self.unchanged).cloned().collect();
        let gone: Vec<String> = self.old.gone(|file| self.seen.contains(file)).cloned().collect();
        let unknown = self.old.unknown(|file| self.seen.contains(file)).count();
        let counts = WriteSummary { removed: gone.len(), unknown, ..self.counts };
        // Nothing has changed, so nothing is written: a watcher of the folder, or a sync to a server, sees no work.
        if self.written.is_empty() && gone.is_empty() && self.old.lists(&own) {
            return Ok(counts);
        }
        // Something may have been added while the site was being built.
        let now = Old::read(&self.folder).map_err(failed("read", &self.folder))?;
        let taken: Vec<Option<String>> = self.written.iter().map(|file| now.taken(file)).collect::<Result<_, _>>()?;
        self.refuse(taken.into_iter().flatten())?;
        self.new_tree()?;
        let Some(mut new) = self.new.take() else { return Ok(counts) };
        // A whole new tree would leave out what others put there.
        let keeps_something = !now.is_all_ours() || unknown > 0;
        if self.way == Way::FileByFile || keeps_something {
            let (old, written, own, gone) = (&now, &self.written[..], &own, &gone[..]);
            within::change(&self.folder, &within::FolderChange { old, new: &new, written, own, gone })?;
        } else {
            // Hard links, so that unchanged files keep their inode and time: `rsync` and browsers' caches compare them.
            for path in &self.unchanged {
                new.link(&self.folder, path)?;
            }
            new.mark(&own)?;
            swap::put_in_place(&new.finish(), &self.folder)?;
        }
        Ok(counts)
    }

    /// Stops if files that no build wrote are in the place of the site's.
    fn refuse(&self, taken: impl Iterator<Item = String>) -> Result<(), OutputError> {
        let files: BTreeSet<String> = taken.collect();
        if files.is_empty() {
            return Ok(());
        }
        Err(OutputError::InTheWay { folder: self.folder.clone(), files: files.into_iter().collect() })
    }

    /// The folder for changed files.
    fn new_tree(&mut self) -> Result<&mut tree::New, OutputError> {
        let new = match self.new.take() {
            Some(new) => new,
            None => tree::New::of(&self.folder, self.way)?,
        };
        Ok(self.new.insert(new))
    }
}

/// Whether a path stays inside the folder on every system, and isn't one of git's.
fn is_inside(path: &str) -> bool {
    // A backslash is a letter on one system and parts a path on another.
    !path.contains(|letter: char| letter == '\\' || letter.is_control())
        && path.split('/').all(|part| !matches!(part, "" | "." | "..") && !is_of_git(part))
}

/// Whether a file or folder with this name contains a repository.
fn is_of_git(name: &str) -> bool {
    // In any case: on the disks of macOS and Windows, `.GIT` is the same folder. CVE-2014-9390.
    name.eq_ignore_ascii_case(".git")
}

#[cfg(test)]
mod tests;
