//! The one writer.
//! In: the paths and bytes of a site. Out: a folder that holds exactly these, or, when anything fails, exactly what
//! it held before. Sources that fixes change have their own file.
//! Never knows: pages.
//!
//! A new tree grows beside the folder and takes its place at the end. Files that did not change are linked into it,
//! so they keep their inode and time; when no file changed, nothing is written at all. Builds at the same time wait
//! for each other. Files are made by one thread: the kernel makes them one after the other anyway.

mod deliver;
mod error;
mod refuse;
pub mod sources;
mod swap;
mod tree;

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

pub use deliver::{Existing, deliver};
pub use error::OutputError;
pub use refuse::{Refusal, Surroundings, check};
pub use swap::is_busy;

use error::failed;
use tree::Old;

/// The file that marks a folder as one that may be replaced.
pub const MARKER: &str = ".partner-docs";
const MARK: &str = "Written by partner-docs. Every build replaces this folder and all that is in it.\n";

/// A file of the site.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct File {
    /// Where it goes, relative to the output folder, with slashes.
    pub path: String,
    /// What is in it.
    pub content: Content,
}

/// What is in a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Content {
    /// These bytes.
    Bytes(Vec<u8>),
    /// The same as in this file.
    CopyOf(PathBuf),
}

/// What a build did to the output folder.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default)]
pub struct Written {
    /// Files that are new or have other bytes than before.
    pub written: usize,
    /// Files that are as they were.
    pub unchanged: usize,
    /// Files that are no more.
    pub removed: usize,
}

/// A site while it is written. Dropped before [`Writer::commit`], it leaves the old one as it was.
#[derive(Debug)]
pub struct Writer {
    folder: PathBuf,
    old: Old,
    /// The new tree, from the first change on.
    new: Option<tree::New>,
    /// Files that did not change, while there is no new tree to link them into.
    unchanged: Vec<String>,
    seen: HashSet<String>,
    counts: Written,
    /// Held until the site is whole.
    _lock: Option<fs::File>,
}

impl Writer {
    /// Begins a site in `folder`, which is made when it is not there, and replaced only when it is ours.
    ///
    /// # Errors
    /// When the folder must not be replaced, or the disk refuses.
    pub fn begin(folder: &Path, around: &Surroundings<'_>) -> Result<Self, OutputError> {
        let folder = check(folder, around)?;
        let parent = swap::parent(&folder);
        #[expect(clippy::disallowed_methods, reason = "the one writer")]
        fs::create_dir_all(parent).map_err(failed("create", parent))?;
        let lock = swap::lock(parent);
        swap::clean(&folder, lock.is_some());
        let old = Old::read(&folder).map_err(failed("read", &folder))?;
        let (unchanged, seen) = (Vec::new(), HashSet::new());
        Ok(Self { folder, old, new: None, unchanged, seen, counts: Written::default(), _lock: lock })
    }

    /// Adds files; no path twice.
    ///
    /// # Errors
    /// When a path leaves the folder or comes twice, or the disk refuses.
    pub fn put(&mut self, files: &[File]) -> Result<(), OutputError> {
        // Comparing is reading, and reading gains from every core.
        let same: Vec<bool> = files.par_iter().map(|file| self.old.holds(file)).collect::<Result<_, _>>()?;
        for (file, same) in files.iter().zip(same) {
            if !is_inside(&file.path) {
                return Err(OutputError::BadPath(file.path.clone()));
            }
            if !self.seen.insert(file.path.clone()) {
                return Err(OutputError::Twice(file.path.clone()));
            }
            if same {
                self.keep(file)?;
            } else {
                self.write(file)?;
            }
        }
        Ok(())
    }

    /// Puts the site in the place of the old one.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn commit(mut self) -> Result<Written, OutputError> {
        // Before the marker, which is nobody's page.
        let counts = self.counts;
        self.put(&[File { path: MARKER.to_owned(), content: Content::Bytes(MARK.as_bytes().to_vec()) }])?;
        let gone = self.old.files().iter().filter(|file| !self.seen.contains(*file)).count();
        let removed = gone + self.old.others();
        if removed > 0 {
            self.new_tree()?;
        }
        if let Some(new) = self.new.take() {
            swap::put_in_place(&new.finish(), &self.folder)?;
        }
        Ok(Written { removed, ..counts })
    }

    fn keep(&mut self, file: &File) -> Result<(), OutputError> {
        self.counts.unchanged += 1;
        if let Some(new) = &mut self.new {
            return new.link(&self.folder, &file.path);
        }
        self.unchanged.push(file.path.clone());
        Ok(())
    }

    fn write(&mut self, file: &File) -> Result<(), OutputError> {
        self.counts.written += 1;
        self.new_tree()?.write(file)
    }

    /// The new tree; from the first time on with all that did not change so far.
    fn new_tree(&mut self) -> Result<&mut tree::New, OutputError> {
        let new = if let Some(new) = self.new.take() {
            new
        } else {
            let mut new = tree::New::beside(&self.folder)?;
            for path in std::mem::take(&mut self.unchanged) {
                new.link(&self.folder, &path)?;
            }
            new
        };
        Ok(self.new.insert(new))
    }
}

/// Whether a path stays in the folder, on every system.
fn is_inside(path: &str) -> bool {
    !path.contains(['\\', '\0']) && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

#[cfg(test)]
mod tests;
