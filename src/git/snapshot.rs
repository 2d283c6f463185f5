//! A project as it was at a commit, readable like any file system.
//! In: a commit. Out: the names of its files immediately, their bytes on demand.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Error, ErrorKind, Read as _, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout};
use std::sync::Mutex;

use super::{Checkout, Commit, GitError};
use crate::diagnostic::bug;
use crate::project::files::scope::WalkScope;
use crate::project::filesystem::disk::bounded;
use crate::project::filesystem::disk::{DiskError, FileKind, FileSystem};
use crate::project::{DiskFolder, FileSet, ProjectRoots};
use crate::source::SourcePath;

/// The mode of a symbolic link.
const LINK: &str = "120000";

/// The files of a commit, on top of the project folder. What is outside the working tree is read from disk as it is
/// now, such as the book.toml of a project that is separate from the repository it documents.
#[derive(Debug)]
pub struct CommitSnapshot {
    checkout: Checkout,
    now: DiskFolder,
    /// The blob id of each file, by its path relative to the top of the working tree.
    blobs: BTreeMap<String, String>,
    reader: Mutex<BlobReader>,
}

impl Checkout {
    /// The files of a commit. `now` is the project folder.
    ///
    /// # Errors
    /// If git fails.
    pub fn snapshot(&self, commit: &Commit, now: DiskFolder) -> Result<CommitSnapshot, GitError> {
        let listed = self.program.output(&["ls-tree", "-r", "-z", "--full-tree", commit.as_str()])?;
        let mut reader = BlobReader::start(self)?;
        let mut blobs = BTreeMap::new();
        let mut linked = Vec::new();
        for entry in listed.split(|byte| *byte == 0).filter_map(|entry| std::str::from_utf8(entry).ok()) {
            // `100644 blob 9c36…<tab>content/index.md`
            let Some((head, path)) = entry.split_once('\t') else { continue };
            let mut head = head.split(' ');
            match (head.next(), head.next(), head.next()) {
                (Some(LINK), Some("blob"), Some(blob)) => linked.push((path, blob)),
                (Some(_), Some("blob"), Some(blob)) => drop(blobs.insert(path.to_owned(), blob.to_owned())),
                _ => {}
            }
        }
        // A commit holds a symbolic link as a file whose text is the target. Files behind it get their paths as on a disk,
        // one link deep: a link to a link is rare, and a circle of them would not end.
        let mut behind_links = Vec::new();
        for (path, blob) in linked {
            let Ok(says) = reader.read(blob, &self.top) else { continue };
            let Some(target) = link_target(path, &String::from_utf8_lossy(&says)) else { continue };
            behind_links
                .extend(files_at(&blobs, &target).map(|(below, blob)| (format!("{path}{below}"), blob.clone())));
        }
        blobs.extend(behind_links);
        Ok(CommitSnapshot { checkout: self.clone(), now, blobs, reader: Mutex::new(reader) })
    }
}

/// The target of a symbolic link, relative to the top of the working tree. `None` if it's outside.
fn link_target(link: &str, says: &str) -> Option<String> {
    if says.starts_with('/') {
        return None;
    }
    let folder = SourcePath::new(link).ok()?.parent();
    Some(folder.join(says).ok()?.as_str().to_owned())
}

/// A file, or all files in a folder, each with the rest of its path.
fn files_at<'a>(blobs: &'a BTreeMap<String, String>, path: &'a str) -> impl Iterator<Item = (&'a str, &'a String)> {
    let from = blobs.range(path.to_owned()..);
    let rest = from.map_while(move |(file, blob)| Some((file.strip_prefix(path)?, blob)));
    rest.filter(|(below, _)| below.is_empty() || below.starts_with('/'))
}

impl CommitSnapshot {
    /// The blob id of a file. `None` for files outside the repository, an error for files that the commit doesn't have.
    fn blob(&self, on_disk: &Path) -> Option<Result<&str, DiskError>> {
        let from_top = on_disk.strip_prefix(&self.checkout.top).ok()?;
        let parts: Vec<_> = from_top.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        let blob = self.blobs.get(&parts.join("/")).map(String::as_str);
        Some(blob.ok_or_else(|| refused(on_disk, Error::from(ErrorKind::NotFound))))
    }

    fn bytes(&self, on_disk: &Path, blob: &str) -> Result<Vec<u8>, DiskError> {
        // One process answers for all threads: pages compile in parallel, and git reads packs faster than they do.
        let mut reader = bug::lock(&self.reader);
        reader.read(blob, on_disk).map_err(|reason| refused(on_disk, reason))
    }
}

impl FileSystem for CommitSnapshot {
    fn book_toml(&self) -> Result<Option<Vec<u8>>, DiskError> {
        let path = self.now.place(None)?.project_folder().join("book.toml");
        match self.blob(&path) {
            None => self.now.book_toml(),
            Some(Err(_)) => Ok(None),
            Some(Ok(blob)) => self.bytes(&path, blob).map(Some),
        }
    }

    fn place(&self, root: Option<&str>) -> Result<ProjectRoots, DiskError> {
        self.now.place(root)
    }

    fn list(&self, place: &ProjectRoots, scope: &WalkScope) -> Result<FileSet, DiskError> {
        let top = &self.checkout.top;
        let all = self.blobs.keys().filter_map(|file| place.source_path(&top.join(file)));
        let mut files: Vec<SourcePath> = all.filter(|file| scope.reaches(file)).collect();
        scope.leave_out_made(place, &mut files, |mark| self.read(place, mark).ok());
        // A book.toml apart from the repository it documents has no commit of its own: it is taken as it is now.
        if !place.project_folder().starts_with(top) {
            let now = self.now.list(place, scope)?;
            files.extend(now.files().iter().filter(|file| place.is_beside_root(file)).cloned());
        }
        Ok(FileSet::new(files, Vec::new()))
    }

    fn read(&self, place: &ProjectRoots, path: &SourcePath) -> Result<Vec<u8>, DiskError> {
        let on_disk = place.on_disk(path);
        match self.blob(&on_disk) {
            None => self.now.read(place, path),
            Some(blob) => self.bytes(&on_disk, blob?),
        }
    }

    /// A commit never changes.
    fn kind(&self, place: &ProjectRoots, path: &SourcePath) -> Option<FileKind> {
        match self.blob(&place.on_disk(path)) {
            None => self.now.kind(place, path),
            Some(blob) => blob.ok().map(|_| FileKind::File),
        }
    }
}

fn refused(path: &Path, reason: Error) -> DiskError {
    DiskError { path: path.to_path_buf(), action: "read", reason }
}

/// A running `git cat-file --batch`.
#[derive(Debug)]
struct BlobReader {
    process: Child,
    asks: Option<ChildStdin>,
    answers: Option<BufReader<ChildStdout>>,
}

impl BlobReader {
    fn start(checkout: &Checkout) -> Result<Self, GitError> {
        let mut process = checkout.program.start(&["cat-file", "--batch"])?;
        let (asks, answers) = (process.stdin.take(), process.stdout.take().map(BufReader::new));
        Ok(Self { process, asks, answers })
    }

    /// The bytes of a blob. Git answers with `9c36… blob 1234`, that many bytes, and a line break.
    fn read(&mut self, blob: &str, path: &Path) -> std::io::Result<Vec<u8>> {
        let broken = || Error::from(ErrorKind::BrokenPipe);
        let asks = self.asks.as_mut().ok_or_else(broken)?;
        writeln!(asks, "{blob}")?;
        asks.flush()?;
        let answers = self.answers.as_mut().ok_or_else(broken)?;
        let mut head = String::new();
        answers.read_line(&mut head)?;
        let size = head.trim_end().rsplit(' ').next().and_then(|size| size.parse::<u64>().ok());
        let size = size.ok_or_else(|| Error::new(ErrorKind::NotFound, "not in git"))?;
        if let Err(too_large) = bounded(path, size) {
            // All of the answer has to be taken, or the next one would begin in the middle of it.
            std::io::copy(&mut answers.take(size + 1), &mut std::io::sink())?;
            return Err(too_large);
        }
        let mut bytes = Vec::new();
        answers.take(size + 1).read_to_end(&mut bytes)?;
        if bytes.pop() == Some(b'\n') { Ok(bytes) } else { Err(broken()) }
    }
}

impl Drop for BlobReader {
    fn drop(&mut self) {
        // It ends when its input is closed.
        self.asks = None;
        self.answers = None;
        let _ = self.process.wait();
    }
}
