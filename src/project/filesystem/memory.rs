//! An in-memory file system, for tests.

use std::collections::BTreeMap;
use std::io::{Error, ErrorKind};
use std::path::{Path, PathBuf};

use super::disk::{DiskError, FileKind, FileSystem, bounded};
use super::roots::ProjectRoots;
use crate::project::files::file_set::FileSet;
use crate::project::files::scope::WalkScope;
use crate::source::SourcePath;

/// The repository of a project in memory.
const ROOT: &str = "/repository";

/// Files in memory.
#[derive(Clone, Debug)]
pub struct MemoryFileSystem {
    files: BTreeMap<PathBuf, Vec<u8>>,
    project: PathBuf,
}

impl MemoryFileSystem {
    /// A project in the root of its repository. Paths are relative to it; `..` leads outside.
    pub fn new<P: AsRef<str>, B: Into<Vec<u8>>>(files: impl IntoIterator<Item = (P, B)>) -> Self {
        let mut memory = Self { files: BTreeMap::new(), project: ROOT.into() };
        for (path, bytes) in files {
            memory.write(path.as_ref(), bytes);
        }
        memory
    }

    /// The same files, with the project in this folder, relative to the repository.
    #[must_use]
    pub fn with_project(mut self, folder: &str) -> Self {
        self.project = absolute(folder);
        self
    }

    /// Writes a file, replacing an older one.
    pub fn write(&mut self, path: &str, bytes: impl Into<Vec<u8>>) {
        self.files.insert(absolute(path), bytes.into());
    }

    /// Deletes a file.
    pub fn remove(&mut self, path: &str) {
        self.files.remove(&absolute(path));
    }

    fn get(&self, path: &Path) -> Result<&Vec<u8>, DiskError> {
        self.files.get(path).ok_or_else(|| not_there(path))
    }
}

fn absolute(path: &str) -> PathBuf {
    ProjectRoots::new(ROOT.into(), ROOT.into()).folder(path)
}

fn not_there(path: &Path) -> DiskError {
    DiskError { path: path.to_path_buf(), action: "read", reason: Error::from(ErrorKind::NotFound) }
}

impl FileSystem for MemoryFileSystem {
    fn book_toml(&self) -> Result<Option<Vec<u8>>, DiskError> {
        Ok(self.files.get(&self.project.join("book.toml")).cloned())
    }

    fn place(&self, root: Option<&str>) -> Result<ProjectRoots, DiskError> {
        let written = root.map(|root| ProjectRoots::new(ROOT.into(), self.project.clone()).folder(root));
        let root = written.unwrap_or_else(|| ROOT.into());
        if !self.files.keys().any(|file| file.starts_with(&root)) {
            return Err(not_there(&root));
        }
        Ok(ProjectRoots::new(root, self.project.clone()))
    }

    fn list(&self, place: &ProjectRoots, scope: &WalkScope) -> Result<FileSet, DiskError> {
        let files = self.files.keys().filter_map(|file| place.source_path(file));
        Ok(FileSet::new(files.filter(|file| scope.reaches(file)).collect(), Vec::new()))
    }

    fn read(&self, place: &ProjectRoots, path: &SourcePath) -> Result<Vec<u8>, DiskError> {
        let on_disk = place.on_disk(path);
        let bytes = self.get(&on_disk)?;
        bounded(&on_disk, bytes.len() as u64).map_err(|reason| DiskError { path: on_disk, action: "read", reason })?;
        Ok(bytes.clone())
    }

    fn beginning(&self, place: &ProjectRoots, path: &SourcePath, most: u64) -> Result<Vec<u8>, DiskError> {
        let bytes = self.get(&place.on_disk(path))?;
        let end = usize::try_from(most).unwrap_or(usize::MAX).min(bytes.len());
        Ok(bytes.iter().take(end).copied().collect())
    }

    fn kind(&self, place: &ProjectRoots, path: &SourcePath) -> Option<FileKind> {
        let on_disk = place.on_disk(path);
        if self.files.contains_key(&on_disk) {
            return Some(FileKind::File);
        }
        self.files.keys().any(|file| file.starts_with(&on_disk)).then_some(FileKind::Folder)
    }
}
