//! The old tree and the new one.
//! In: a folder, and files. Out: what the folder holds, and a second folder beside it that fills.
//! Never knows: when the one takes the place of the other.

use std::collections::HashSet;
use std::fs;
use std::io::{BufReader, Error, ErrorKind, Read};
use std::path::{Path, PathBuf};

use super::error::{OutputError, failed};
use super::swap;
use super::{Content, File};

/// What the output folder held before.
#[derive(Debug)]
pub(super) struct Old {
    folder: PathBuf,
    /// Regular files, in order, with slashes.
    files: Vec<String>,
    /// What no build of ours put there: links, pipes, names that are not UTF-8.
    others: usize,
}

impl Old {
    pub(super) fn read(folder: &Path) -> std::io::Result<Self> {
        let mut old = Self { folder: folder.to_path_buf(), files: Vec::new(), others: 0 };
        let mut folders = vec![String::new()];
        while let Some(below) = folders.pop() {
            #[expect(clippy::disallowed_methods, reason = "the one writer compares")]
            let entries = match fs::read_dir(folder.join(&below)) {
                Err(error) if error.kind() == ErrorKind::NotFound => continue,
                entries => entries?,
            };
            for entry in entries {
                let entry = entry?;
                let kind = entry.file_type()?;
                match entry.file_name().to_str().map(|name| join(&below, name)) {
                    Some(path) if kind.is_dir() => folders.push(path),
                    Some(path) if kind.is_file() => old.files.push(path),
                    _ => old.others += 1,
                }
            }
        }
        old.files.sort_unstable();
        Ok(old)
    }

    pub(super) fn files(&self) -> &[String] {
        &self.files
    }

    pub(super) fn others(&self) -> usize {
        self.others
    }

    pub(super) fn has(&self, path: &str) -> bool {
        self.files.binary_search_by(|file| file.as_str().cmp(path)).is_ok()
    }

    /// Whether this very file is there already. By length first, then by bytes: as cheap as a stored hash, and
    /// never out of date.
    pub(super) fn holds(&self, file: &File) -> Result<bool, OutputError> {
        if !self.has(&file.path) {
            return Ok(false);
        }
        let old = self.folder.join(&file.path);
        match &file.content {
            Content::Bytes(bytes) => same_bytes(&old, bytes).map_err(failed("read", &old)),
            Content::CopyOf(source) => same_files(&old, source).map_err(failed("read", source)),
        }
    }
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

#[expect(clippy::disallowed_methods, reason = "the one writer compares")]
fn same_bytes(path: &Path, bytes: &[u8]) -> std::io::Result<bool> {
    Ok(fs::metadata(path)?.len() == bytes.len() as u64 && fs::read(path)? == bytes)
}

fn same_files(a: &Path, b: &Path) -> std::io::Result<bool> {
    if fs::metadata(a)?.len() != fs::metadata(b)?.len() {
        return Ok(false);
    }
    let (mut a, mut b) = (BufReader::new(open(a)?), BufReader::new(open(b)?));
    let (mut from_a, mut from_b) = ([0; 1 << 14], [0; 1 << 14]);
    loop {
        let (read_a, read_b) = (fill(&mut a, &mut from_a)?, fill(&mut b, &mut from_b)?);
        if from_a[..read_a] != from_b[..read_b] {
            return Ok(false);
        }
        if read_a == 0 {
            return Ok(true);
        }
    }
}

/// Reads until the buffer is full or the file ends.
fn fill(file: &mut impl Read, buffer: &mut [u8]) -> std::io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match file.read(&mut buffer[filled..])? {
            0 => break,
            read => filled += read,
        }
    }
    Ok(filled)
}

/// A tree that grows beside the output folder, and is gone when it is dropped.
#[derive(Debug)]
pub(super) struct New {
    folder: PathBuf,
    made: HashSet<PathBuf>,
}

impl New {
    pub(super) fn beside(output: &Path) -> Result<Self, OutputError> {
        let folder = swap::beside(output, "new");
        fs::create_dir(&folder).map_err(failed("create", &folder))?;
        Ok(Self { made: HashSet::from([folder.clone()]), folder })
    }

    /// Takes a file from the old tree as it is, with its inode and time.
    pub(super) fn link(&mut self, old: &Path, path: &str) -> Result<(), OutputError> {
        let (from, to) = (old.join(path), self.place(path)?);
        // Some disks know no second name for a file.
        fs::hard_link(&from, &to).or_else(|_| copy_with_time(&from, &to)).map_err(failed("link", &from))
    }

    #[expect(clippy::disallowed_methods, reason = "the one writer")]
    pub(super) fn write(&mut self, file: &File) -> Result<(), OutputError> {
        let to = self.place(&file.path)?;
        match &file.content {
            Content::Bytes(bytes) => fs::write(&to, bytes).map_err(failed("write", &to)),
            Content::CopyOf(source) => copy(source, &to).map_err(failed("copy", source)),
        }
    }

    /// The place of a file, in a folder that is there.
    #[expect(clippy::disallowed_methods, reason = "the one writer")]
    fn place(&mut self, path: &str) -> Result<PathBuf, OutputError> {
        let place = self.folder.join(path);
        let folder = place.parent().unwrap_or(&self.folder);
        if !self.made.contains(folder) {
            fs::create_dir_all(folder).map_err(failed("create", folder))?;
            self.made.insert(folder.to_path_buf());
        }
        Ok(place)
    }

    /// The whole tree, which is the caller's from here on.
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

/// The bytes alone: a source that nobody may write must not make a site that nobody may replace.
fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    std::io::copy(&mut open(from)?, &mut fs::File::create(to)?).map(|_| ())
}

/// Opens a file. Pipes and devices would keep a build waiting for ever, or fill the disk.
fn open(path: &Path) -> std::io::Result<fs::File> {
    if fs::metadata(path)?.is_file() {
        fs::File::open(path)
    } else {
        Err(Error::new(ErrorKind::InvalidInput, "it is no regular file"))
    }
}

fn copy_with_time(from: &Path, to: &Path) -> std::io::Result<()> {
    copy(from, to)?;
    fs::File::options().write(true).open(to)?.set_modified(fs::metadata(from)?.modified()?)
}
