//! A file system with changes that aren't written yet.

use std::collections::BTreeMap;
use std::io::{Error, ErrorKind};
use std::path::PathBuf;

use super::disk::{DiskError, FileKind, FileSystem};
use super::roots::ProjectRoots;
use crate::project::files::file_set::FileSet;
use crate::project::files::scope::WalkScope;
use crate::source::SourcePath;

/// A file system with changes on top of it.
#[derive(Clone, Debug)]
pub struct OverlayFileSystem<D> {
    disk: D,
    /// The bytes of each changed file, or `None` if it was deleted.
    changed: BTreeMap<SourcePath, Option<Vec<u8>>>,
    /// The bytes of book.toml, which is read before its location is known.
    book_toml: Option<Vec<u8>>,
}

impl<D: FileSystem> OverlayFileSystem<D> {
    /// Starts without changes.
    pub fn new(disk: D) -> Self {
        Self { disk, changed: BTreeMap::new(), book_toml: None }
    }

    /// The underlying file system.
    pub fn below(&self) -> &D {
        &self.disk
    }

    /// Changes or creates a file.
    pub fn write(&mut self, place: &ProjectRoots, path: SourcePath, bytes: Vec<u8>) {
        if place.from_project("book.toml").as_ref() == Ok(&path) {
            self.book_toml = Some(bytes.clone());
        }
        self.changed.insert(path, Some(bytes));
    }

    /// Deletes a file.
    pub fn remove(&mut self, path: SourcePath) {
        self.changed.insert(path, None);
    }

    /// Drops all changes, for callers that only try something.
    pub fn forget(&mut self) {
        self.changed.clear();
        self.book_toml = None;
    }

    /// Each changed file with its bytes, in order, or `None` if it was deleted.
    pub fn changes(&self) -> impl Iterator<Item = (&SourcePath, Option<&[u8]>)> {
        self.changed.iter().map(|(path, bytes)| (path, bytes.as_deref()))
    }
}

impl<D: FileSystem> FileSystem for OverlayFileSystem<D> {
    fn book_toml(&self) -> Result<Option<Vec<u8>>, DiskError> {
        self.book_toml.clone().map_or_else(|| self.disk.book_toml(), |bytes| Ok(Some(bytes)))
    }

    fn place(&self, root: Option<&str>) -> Result<ProjectRoots, DiskError> {
        self.disk.place(root)
    }

    fn list(&self, place: &ProjectRoots, scope: &WalkScope) -> Result<FileSet, DiskError> {
        let below = self.disk.list(place, scope)?;
        let untouched = below.files().iter().filter(|file| !self.changed.contains_key(file)).cloned();
        let new = self.changed.iter().filter(|(path, bytes)| bytes.is_some() && scope.reaches(path));
        let files = untouched.chain(new.map(|(path, _)| path.clone())).collect();
        Ok(FileSet::new(files, below.strays().to_vec()))
    }

    fn read(&self, place: &ProjectRoots, path: &SourcePath) -> Result<Vec<u8>, DiskError> {
        match self.changed.get(path) {
            Some(Some(bytes)) => Ok(bytes.clone()),
            Some(None) => {
                let reason = Error::from(ErrorKind::NotFound);
                Err(DiskError { path: place.on_disk(path), action: "read", reason })
            }
            None => self.disk.read(place, path),
        }
    }

    fn project_nearby(&self) -> Option<PathBuf> {
        self.disk.project_nearby()
    }

    fn kind(&self, place: &ProjectRoots, path: &SourcePath) -> Option<FileKind> {
        match self.changed.get(path) {
            Some(bytes) => bytes.as_ref().map(|_| FileKind::File),
            None => self.disk.kind(place, path),
        }
    }
}
