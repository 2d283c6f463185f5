//! The state of an output folder before a build.
//! In: a folder, and the files to write. Out: which of its files former builds wrote, which they didn't, and whether a
//! file already exists or is in the way of another.
//!
//! Links are never followed: their targets don't belong to us.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufReader, ErrorKind, Read};
use std::path::{Path, PathBuf};

use super::error::{OutputError, failed};
use super::marker::{MARKER, Marker};
use super::{OutputContent, OutputFile, swap, tree};
use crate::source::{Part as _, folders_above};

/// As many bytes of two files are compared at a time.
const PIECE: u64 = 1 << 14;

/// The contents of an output folder.
#[derive(Debug)]
pub(super) struct Old {
    folder: PathBuf,
    marker: Marker,
    /// Regular files that former builds wrote: those that the marker lists, or all if it has no list.
    files: BTreeSet<String>,
    /// Everything else. The contents of these folders are unknown.
    foreign: BTreeMap<String, Kind>,
}

/// The types of folder entries.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
enum Kind {
    File,
    Folder,
    /// A link, a pipe, or a name that isn't UTF-8.
    Other,
}

/// The state of the path of a file to write.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Seat {
    /// Nothing exists there, or something that a former build wrote.
    Free,
    /// A former build wrote exactly this file.
    Same,
    /// Exactly this file exists, but no build wrote it, so it stays.
    SameOfOthers,
    /// Something that no build wrote is in the way: this path.
    Taken(String),
}

impl Old {
    pub(super) fn read(folder: &Path) -> std::io::Result<Self> {
        let marker = Marker::of(folder)?;
        let folder = folder.to_path_buf();
        let mut old = Self { folder, marker, files: BTreeSet::new(), foreign: BTreeMap::new() };
        let mut folders = vec![String::new()];
        while let Some(below) = folders.pop() {
            #[expect(clippy::disallowed_methods, reason = "the only writer looks before it writes")]
            let entries = match fs::read_dir(old.folder.join(&below)) {
                Err(error) if error.kind() == ErrorKind::NotFound => continue,
                entries => entries?,
            };
            for entry in entries {
                let entry = entry?;
                let name = entry.file_name();
                // A name that is not UTF-8 is none of ours, whatever it looks like once its bytes are replaced.
                let path = join(&below, &name.to_string_lossy());
                let kind = kind(entry.file_type()?).filter(|_| name.to_str().is_some()).unwrap_or(Kind::Other);
                let is_own_tool = below.is_empty() && (path == MARKER || swap::is_inside_name(&path));
                match kind {
                    _ if is_own_tool => {}
                    // Only folders that may hold files of ours are gone into: a folder of others may be a whole disk.
                    Kind::Folder if old.may_hold_files_of_builds(&path) => folders.push(path),
                    Kind::File if old.is_of_a_build(&path) => drop(old.files.insert(path)),
                    Kind::File | Kind::Folder | Kind::Other => drop(old.foreign.insert(path, kind)),
                }
            }
        }
        Ok(old)
    }

    fn is_of_a_build(&self, path: &str) -> bool {
        match &self.marker {
            Marker::Lists(files) => files.contains(path),
            Marker::WithoutList => true,
            Marker::Missing | Marker::Newer | Marker::Foreign => false,
        }
    }

    fn may_hold_files_of_builds(&self, folder: &str) -> bool {
        match &self.marker {
            Marker::Lists(files) => first_below(files.range(format!("{folder}/")..), folder).is_some(),
            Marker::WithoutList => !folder.rsplit('/').next().is_some_and(super::is_of_git),
            Marker::Missing | Marker::Newer | Marker::Foreign => false,
        }
    }

    /// The files that the marker lists, whether they exist or not.
    pub(super) fn listed(&self) -> impl Iterator<Item = &String> {
        match &self.marker {
            Marker::Lists(files) => Some(files),
            Marker::WithoutList | Marker::Missing | Marker::Newer | Marker::Foreign => None,
        }
        .into_iter()
        .flatten()
    }

    /// The files of former builds that the site no longer has, as far as the marker tells.
    pub(super) fn gone<'a>(&'a self, is_in_site: impl Fn(&str) -> bool + 'a) -> impl Iterator<Item = &'a String> {
        let is_known = matches!(self.marker, Marker::Lists(_));
        self.files.iter().filter(move |file| is_known && !is_in_site(file))
    }

    /// Files that a former build may have written, if the marker doesn't say.
    pub(super) fn unknown<'a>(&'a self, is_in_site: impl Fn(&str) -> bool + 'a) -> impl Iterator<Item = &'a String> {
        let is_unknown = self.marker == Marker::WithoutList;
        self.files.iter().filter(move |file| is_unknown && !is_in_site(file))
    }

    /// Whether the folder contains only files of former builds.
    pub(super) fn is_all_ours(&self) -> bool {
        self.foreign.is_empty()
    }

    /// How many files and folders there are that no build wrote.
    pub(super) fn others(&self) -> usize {
        self.foreign.len()
    }

    /// Whether the marker lists exactly these files.
    pub(super) fn lists(&self, files: &BTreeSet<String>) -> bool {
        matches!(&self.marker, Marker::Lists(listed) if listed == files)
    }

    /// The state of the path of a file. Files are compared by length, then by bytes: that's as cheap as a stored hash,
    /// and never stale.
    pub(super) fn seat(&self, file: &OutputFile) -> Result<Seat, OutputError> {
        if self.files.contains(&file.path) {
            return Ok(if self.holds(file)? { Seat::Same } else { Seat::Free });
        }
        Ok(match self.obstacle(&file.path)? {
            None => Seat::Free,
            // A CNAME or a robots.txt that was copied there by hand, and has come to be part of the site.
            Some((path, Kind::File)) if path == file.path && self.holds(file)? => Seat::SameOfOthers,
            Some((path, _)) => Seat::Taken(path),
        })
    }

    /// What is in the way of a file, if no build wrote it.
    pub(super) fn taken(&self, path: &str) -> Result<Option<String>, OutputError> {
        let is_ours = self.files.contains(path);
        Ok(if is_ours { None } else { self.obstacle(path)?.map(|(taken, _)| taken) })
    }

    fn obstacle(&self, path: &str) -> Result<Option<(String, Kind)>, OutputError> {
        // A file of others where we need a folder; a file of others where we need a file; a folder of others where we
        // need a file.
        let above = folders_above(path).find_map(|folder| Some((folder, *self.foreign.get(folder)?)));
        if let Some((folder, Kind::Folder)) = above {
            return self.obstacle_below(folder, path);
        }
        let at = || self.foreign.get(path).map(|kind| (path, *kind));
        let below = || {
            let below = self.foreign.range(format!("{path}/")..).map(|(path, _)| path);
            first_below(below, path).map(|taken| (taken.as_str(), Kind::Folder))
        };
        Ok(above.or_else(at).or_else(below).map(|(path, kind)| (path.to_owned(), kind)))
    }

    /// Scans the disk, starting at a folder that no build created.
    fn obstacle_below(&self, folder: &str, file: &str) -> Result<Option<(String, Kind)>, OutputError> {
        let mut path = folder.to_owned();
        for name in file.part(folder.len() + 1..).split('/') {
            path = join(&path, name);
            let on_disk = self.folder.join(&path);
            let metadata = match fs::symlink_metadata(&on_disk) {
                Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
                metadata => metadata.map_err(failed("open", &on_disk))?,
            };
            let kind = kind(metadata.file_type()).unwrap_or(Kind::Other);
            if path == file || kind != Kind::Folder {
                return Ok(Some((path, kind)));
            }
        }
        Ok(None)
    }

    fn holds(&self, file: &OutputFile) -> Result<bool, OutputError> {
        let old = self.folder.join(&file.path);
        match &file.content {
            OutputContent::Bytes(bytes) => same_bytes(&old, bytes).map_err(failed("read", &old)),
            OutputContent::CopyOf(source) => same_files(&old, source).map_err(failed("read", source)),
        }
    }
}

fn kind(file_type: fs::FileType) -> Option<Kind> {
    let file = file_type.is_file().then_some(Kind::File);
    file.or_else(|| file_type.is_dir().then_some(Kind::Folder))
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

/// The first of sorted paths that is inside a folder.
fn first_below<'a>(mut paths: impl Iterator<Item = &'a String>, folder: &str) -> Option<&'a String> {
    paths.next().filter(|path| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/')))
}

#[expect(clippy::disallowed_methods, reason = "the only writer compares")]
fn same_bytes(path: &Path, bytes: &[u8]) -> std::io::Result<bool> {
    Ok(fs::metadata(path)?.len() == bytes.len() as u64 && fs::read(path)? == bytes)
}

fn same_files(a: &Path, b: &Path) -> std::io::Result<bool> {
    if fs::metadata(a)?.len() != fs::metadata(b)?.len() {
        return Ok(false);
    }
    // Piece by piece: a recording of a call may be larger than the memory of the machine.
    let (mut a, mut b) = (BufReader::new(tree::open(a)?), BufReader::new(tree::open(b)?));
    let (mut from_a, mut from_b) = (Vec::new(), Vec::new());
    loop {
        fill(&mut a, &mut from_a)?;
        fill(&mut b, &mut from_b)?;
        if from_a != from_b {
            return Ok(false);
        }
        if from_a.is_empty() {
            return Ok(true);
        }
    }
}

/// Reads the next piece of a file; at its end, an empty one.
fn fill(file: &mut impl Read, piece: &mut Vec<u8>) -> std::io::Result<()> {
    // One call of `read` may give less than there is, so that two equal files would come in different pieces.
    piece.clear();
    file.take(PIECE).read_to_end(piece).map(drop)
}
