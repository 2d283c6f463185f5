//! A disk with changes that nobody has written yet.
//! In: a disk, and files as they shall be. Out: a `Disk` that shows the files so.
//! Never knows: who changes files, or whether the changes are ever written.

use std::collections::BTreeMap;
use std::io::{Error, ErrorKind};

use super::disk::{DiskError, FileKind, FileSystem};
use super::roots::ProjectRoots;
use crate::project::files::file_set::FileSet;
use crate::project::files::scope::WalkScope;
use crate::source::SourcePath;

/// A disk with changes over it.
#[derive(Clone, Debug)]
pub struct OverlayFileSystem<D> {
    disk: D,
    /// The bytes of each file that changed; `None` for one that is no more.
    changed: BTreeMap<SourcePath, Option<Vec<u8>>>,
    /// The bytes of book.toml, which is read before anybody knows where it lies.
    book_toml: Option<Vec<u8>>,
}

impl<D: FileSystem> OverlayFileSystem<D> {
    /// No changes yet.
    pub fn new(disk: D) -> Self {
        Self { disk, changed: BTreeMap::new(), book_toml: None }
    }

    /// The disk below.
    pub fn below(&self) -> &D {
        &self.disk
    }

    /// Gives a file other bytes, or makes it.
    pub fn write(&mut self, place: &ProjectRoots, path: SourcePath, bytes: Vec<u8>) {
        if place.from_project("book.toml").as_ref() == Ok(&path) {
            self.book_toml = Some(bytes.clone());
        }
        self.changed.insert(path, Some(bytes));
    }

    /// Takes a file away.
    pub fn remove(&mut self, path: SourcePath) {
        self.changed.insert(path, None);
    }

    /// Forgets all changes: for who only tries something.
    pub fn forget(&mut self) {
        self.changed.clear();
        self.book_toml = None;
    }

    /// Each file that changed with its bytes, in order; `None` for one that is no more.
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

    fn kind(&self, place: &ProjectRoots, path: &SourcePath) -> Option<FileKind> {
        match self.changed.get(path) {
            Some(bytes) => bytes.as_ref().map(|_| FileKind::File),
            None => self.disk.kind(place, path),
        }
    }
}
