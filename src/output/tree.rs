//! The files of a build in a temporary folder, before they're moved into place.

use std::collections::HashSet;
use std::fs;
use std::io::{Error, ErrorKind};
use std::path::{Path, PathBuf};

use super::error::{OutputError, failed};
use super::marker::{self, MARKER};
use super::swap::{self, Way};
use super::{OutputContent, OutputFile};

/// A temporary folder next to the output folder or in it, removed on drop.
#[derive(Debug)]
pub(super) struct New {
    folder: PathBuf,
    made: HashSet<PathBuf>,
}

impl New {
    /// Creates the folder with a marker, so that the next build recognizes it if this one is interrupted.
    pub(super) fn of(output: &Path, way: Way) -> Result<Self, OutputError> {
        let folder = match way {
            Way::Whole => swap::beside(output, "new"),
            Way::FileByFile => swap::inside(output),
        };
        #[expect(clippy::disallowed_methods, reason = "the only writer")]
        fs::create_dir_all(folder.parent().unwrap_or(output)).map_err(failed("create", &folder))?;
        fs::create_dir(&folder).map_err(failed("create", &folder))?;
        // The marker lists nothing yet: it says only that the folder is ours to clear away.
        let new = Self { made: HashSet::from([folder.clone()]), folder };
        new.mark(&[])?;
        Ok(new)
    }

    /// Writes the marker that lists these files.
    #[expect(clippy::disallowed_methods, reason = "the only writer")]
    pub(super) fn mark<'a>(&self, files: impl IntoIterator<Item = &'a String>) -> Result<PathBuf, OutputError> {
        let path = self.folder.join(MARKER);
        fs::write(&path, marker::text(files)).map_err(failed("write", &path))?;
        Ok(path)
    }

    /// Takes over an unchanged file from the old tree, with its inode and modification time.
    pub(super) fn link(&mut self, old: &Path, path: &str) -> Result<(), OutputError> {
        let (from, to) = (old.join(path), self.place(path)?);
        // Some file systems don't support hard links.
        fs::hard_link(&from, &to).or_else(|_| copy_with_time(&from, &to)).map_err(failed("link", &from))
    }

    #[expect(clippy::disallowed_methods, reason = "the only writer")]
    pub(super) fn write(&mut self, file: &OutputFile) -> Result<(), OutputError> {
        let to = self.place(&file.path)?;
        match &file.content {
            OutputContent::Bytes(bytes) => fs::write(&to, bytes).map_err(failed("write", &to)),
            OutputContent::CopyOf(source) => copy(source, &to).map_err(failed("copy", source)),
        }
    }

    /// The path of one of its files.
    pub(super) fn path(&self, file: &str) -> PathBuf {
        self.folder.join(file)
    }

    /// The path of a file, after creating its parent folders.
    #[expect(clippy::disallowed_methods, reason = "the only writer")]
    fn place(&mut self, path: &str) -> Result<PathBuf, OutputError> {
        // Remembered: a site has many files in few folders.
        let place = self.folder.join(path);
        let folder = place.parent().unwrap_or(&self.folder);
        if !self.made.contains(folder) {
            fs::create_dir_all(folder).map_err(failed("create", folder))?;
            self.made.insert(folder.to_path_buf());
        }
        Ok(place)
    }

    /// Returns the whole tree, which the caller now owns.
    pub(super) fn finish(mut self) -> PathBuf {
        std::mem::take(&mut self.folder)
    }
}

impl Drop for New {
    fn drop(&mut self) {
        if !self.folder.as_os_str().is_empty() {
            swap::remove(&self.folder);
        }
    }
}

/// Copies only the bytes: a read-only source must not make a site that can't be replaced.
pub(super) fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    std::io::copy(&mut open(from)?, &mut fs::File::create(to)?).map(|_| ())
}

/// Opens a file. Pipes and devices would block the build forever, or fill the disk.
pub(super) fn open(path: &Path) -> std::io::Result<fs::File> {
    if fs::metadata(path)?.is_file() {
        fs::File::open(path)
    } else {
        Err(Error::new(ErrorKind::InvalidInput, "it is not a regular file"))
    }
}

fn copy_with_time(from: &Path, to: &Path) -> std::io::Result<()> {
    copy(from, to)?;
    fs::File::options().write(true).open(to)?.set_modified(fs::metadata(from)?.modified()?)
}
