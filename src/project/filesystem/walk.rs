//! The only module that reads project files from disk.
//! In: a folder. Out: the names of its files, and their bytes on demand.

use std::fs;
use std::io::{Error, ErrorKind};
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::disk::{DiskError, FileKind, FileSystem};
use super::roots::ProjectRoots;
use crate::project::files::file_set::{Aliases, FileSet, Stray, StrayReason};
use crate::project::files::scope::{self, MADE, WalkScope};
use crate::source::SourcePath;

/// How many folders are looked into for a project that somebody may have meant.
const MOST_NEIGHBOURS: usize = 1000;

fn is_mark(entry: &DirEntry) -> bool {
    entry.file_type().is_file() && MADE.iter().any(|made| entry.file_name() == *made)
}

/// How far to trust book.toml, which may be part of a stranger's pull request.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default)]
pub enum Trust {
    /// `root` must be inside the nearest repository, if there is one.
    #[default]
    Repository,
    /// `root` can be any folder, because the person who runs the program allowed it.
    AnyRoot,
}

/// Whether a file with the name of a marker also has the content of one.
fn marks_its_folder(entry: &DirEntry) -> bool {
    let bytes = read_regular(entry.path()).unwrap_or_default();
    entry.file_name().to_str().is_some_and(|name| WalkScope::marks(name, &bytes))
}

/// A project folder on disk.
#[derive(Clone, Debug)]
pub struct DiskFolder {
    project: PathBuf,
    home: Option<PathBuf>,
    trust: Trust,
}

impl DiskFolder {
    /// The folder that contains book.toml. The search for its repository stops below the home folder: some people keep
    /// their settings in a repository there, which is large.
    #[must_use]
    pub fn new(project: &Path, home: Option<&Path>) -> Self {
        // A link on the way to the project would make files of the repository look as if they lay outside.
        let canonical = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
        Self { project: canonical(project), home: home.map(canonical), trust: Trust::default() }
    }

    /// The same, with a different trust in book.toml.
    #[must_use]
    pub fn trusting(self, trust: Trust) -> Self {
        Self { trust, ..self }
    }

    fn repositories(&self) -> impl Iterator<Item = &Path> {
        self.project.ancestors().filter(|folder| folder.join(".git").exists())
    }

    /// Stops below the home folder, which is never meant as a whole.
    fn nearest_repository(&self) -> Option<&Path> {
        // Dotfiles are kept in a repository in the home folder: a project without one of its own would take it all
        // in.
        let above_home = |folder: &Path| self.home.as_ref().is_some_and(|home| home.starts_with(folder));
        self.repositories().next().filter(|folder| !above_home(folder))
    }

    /// Whether book.toml can make the program read this folder: it must be in the nearest repository, but not in git's
    /// own folder. In some CI systems, the checkout is the home folder.
    fn may_lead_to(&self, target: &Path) -> bool {
        // Checked part by part: `.git` may stand anywhere on the way, and `.GIT` is the same folder on macOS.
        let is_git = |part: std::path::Component<'_>| scope::is_git(&part.as_os_str().to_string_lossy());
        match self.repositories().next() {
            Some(repository) => target.strip_prefix(repository).is_ok_and(|below| !below.components().any(is_git)),
            None => true,
        }
    }
}

impl FileSystem for DiskFolder {
    fn book_toml(&self) -> Result<Option<Vec<u8>>, DiskError> {
        if !self.project.is_dir() {
            return Err(refused("open", &self.project, Error::from(ErrorKind::NotADirectory)));
        }
        let path = self.project.join("book.toml");
        // Errors are reported with the line of the file, and reports in CI are public.
        let is_link = fs::symlink_metadata(&path).is_ok_and(|metadata| metadata.is_symlink());
        if let Some(target) = path.canonicalize().ok().filter(|_| is_link) {
            let base = self.nearest_repository().unwrap_or(&self.project);
            if !target.starts_with(base) || !self.may_lead_to(&target) {
                let reason =
                    Error::new(ErrorKind::PermissionDenied, "it is a symbolic link that points outside the repository");
                return Err(refused("read", &path, reason));
            }
        }
        match read_regular(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            read => read.map(Some).map_err(|reason| refused("read", &path, reason)),
        }
    }

    fn project_nearby(&self) -> Option<PathBuf> {
        let is_project = |folder: &&Path| folder.join("book.toml").is_file();
        let around = self.project.ancestors().skip(1).find(is_project).map(Path::to_path_buf);
        let below = || {
            let folders = WalkDir::new(&self.project).min_depth(1).max_depth(1).sort_by_file_name();
            let folders = folders.into_iter().filter_map(Result::ok).map(DirEntry::into_path);
            folders.take(MOST_NEIGHBOURS).find(|folder| is_project(&folder.as_path()))
        };
        around.or_else(below)
    }

    fn place(&self, root: Option<&str>) -> Result<ProjectRoots, DiskError> {
        let Some(written) = root else {
            let root = self.nearest_repository().unwrap_or(&self.project).to_path_buf();
            return Ok(ProjectRoots::new(root, self.project.clone()));
        };
        let root = self.project.join(written);
        let canonical = root.canonicalize().map_err(|reason| refused("open", &root, reason))?;
        if !canonical.is_dir() {
            return Err(refused("open", &root, Error::from(ErrorKind::NotADirectory)));
        }
        if self.trust == Trust::Repository && !self.may_lead_to(&canonical) {
            let reason = "it is outside the nearest repository; use `--trust-root` to allow that";
            return Err(refused("take", &root, Error::new(ErrorKind::PermissionDenied, reason)));
        }
        Ok(ProjectRoots::new(canonical, self.project.clone()))
    }

    fn list(&self, place: &ProjectRoots, scope: &WalkScope) -> Result<FileSet, DiskError> {
        fs::metadata(place.root()).map_err(|reason| refused("open", place.root(), reason))?;
        let mut walk = Walk { place, scope, files: Vec::new(), strays: Vec::new(), aliases: Aliases::None };
        walk.all_below(Start {
            on_disk: place.root().to_path_buf(),
            path: SourcePath::root(),
            way: FoundEntry::Straight,
        });
        if place.is_apart() {
            let on_disk = place.project_folder().to_path_buf();
            walk.all_below(Start { on_disk, path: place.project().clone(), way: FoundEntry::Straight });
        }
        Ok(FileSet::new(walk.files, walk.strays).with_aliases(walk.aliases))
    }

    fn read(&self, place: &ProjectRoots, path: &SourcePath) -> Result<Vec<u8>, DiskError> {
        let on_disk = place.on_disk(path);
        read_regular(&on_disk).map_err(|reason| refused("read", &on_disk, reason))
    }

    fn kind(&self, place: &ProjectRoots, path: &SourcePath) -> Option<FileKind> {
        let metadata = fs::metadata(place.on_disk(path)).ok()?;
        let folder = metadata.is_dir().then_some(FileKind::Folder);
        folder.or_else(|| metadata.is_file().then_some(FileKind::File))
    }
}

fn refused(action: &'static str, path: &Path, reason: Error) -> DiskError {
    DiskError { path: path.to_path_buf(), action, reason }
}

/// Pipes and devices would block the build forever, or fill the memory.
#[expect(clippy::disallowed_methods, reason = "the one reader")]
fn read_regular(path: &Path) -> std::io::Result<Vec<u8>> {
    if fs::metadata(path)?.is_file() {
        fs::read(path)
    } else {
        Err(Error::new(ErrorKind::InvalidInput, "it is not a regular file"))
    }
}

/// How a folder was reached.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
enum FoundEntry {
    /// Only through folders.
    Straight,
    /// Through a link. Links to folders inside aren't followed, so that cycles of links end.
    Linked,
}

/// A folder to scan with everything in it.
struct Start {
    on_disk: PathBuf,
    path: SourcePath,
    way: FoundEntry,
}

struct Walk<'a> {
    place: &'a ProjectRoots,
    scope: &'a WalkScope,
    files: Vec<SourcePath>,
    strays: Vec<Stray>,
    aliases: Aliases,
}

impl Walk<'_> {
    fn all_below(&mut self, start: Start) {
        // A list and no recursion: links could nest as deep as they like.
        let mut starts = vec![start];
        while let Some(start) = starts.pop() {
            self.below(start, &mut starts);
        }
    }

    /// Scans a folder and its subfolders. Folders behind links are left for later.
    fn below(&mut self, start: Start, linked: &mut Vec<Start>) {
        let Start { on_disk, path, way } = start;
        // Markers come first, so that nothing in a folder is read before it's known who wrote it.
        let marks_first =
            |a: &DirEntry, b: &DirEntry| is_mark(b).cmp(&is_mark(a)).then_with(|| a.file_name().cmp(b.file_name()));
        let mut entries = WalkDir::new(on_disk).sort_by(marks_first).into_iter();
        // The folders above the entry, by depth.
        let mut way_here = vec![path];
        while let Some(entry) = entries.next() {
            let Ok(entry) = entry else {
                // Reported directly after the folder.
                self.strays.extend(way_here.last().map(|path| stray(path.clone(), StrayReason::Unreadable)));
                continue;
            };
            if entry.depth() == 0 {
                continue;
            }
            way_here.truncate(entry.depth());
            let Some(folder) = way_here.last() else { continue };
            if is_mark(&entry) && self.scope.leaves_out_made(self.place, folder) && marks_its_folder(&entry) {
                entries.skip_current_dir();
                continue;
            }
            let kind = entry.file_type();
            let path = self.path_of(&entry, folder);
            match path {
                Some(path) if kind.is_symlink() => linked.extend(self.link(entry.path(), path, way)),
                Some(path) if kind.is_file() => self.files.push(path),
                Some(path) if kind.is_dir() && self.scope.enters(&path) && entry.path() != self.place.root() => {
                    way_here.push(path);
                }
                _ if kind.is_dir() => entries.skip_current_dir(),
                _ => {}
            }
        }
    }

    fn path_of(&mut self, entry: &DirEntry, folder: &SourcePath) -> Option<SourcePath> {
        let name = entry.file_name();
        let path = name.to_str().and_then(|name| folder.join(name).ok());
        if path.is_none() {
            let path = folder.join(&name.to_string_lossy()).unwrap_or_else(|_| folder.clone());
            // Such a file has no address that could be written into a link.
            self.strays.push(stray(path, StrayReason::NameNotUtf8));
        }
        path
    }

    /// Resolves a link, if its target is in the repository and could also be read directly.
    fn link(&mut self, on_disk: &Path, path: SourcePath, way: FoundEntry) -> Option<Start> {
        let Ok(target) = on_disk.canonicalize() else {
            self.strays.push(stray(path, StrayReason::Dangling));
            return None;
        };
        let reason = match self.place.source_path(&target) {
            Some(target) if self.scope.may_link_to(&target) => None,
            Some(_) => Some(StrayReason::Hidden),
            None => Some(StrayReason::Outside),
        };
        if let Some(reason) = reason {
            self.strays.push(stray(path, reason));
            return None;
        }
        // `serve` then looks at all files after each event: which names a changed file has is not known to the
        // watcher.
        self.aliases = Aliases::Some;
        if target.is_file() {
            self.files.push(path);
        } else if target.is_dir()
            && way == FoundEntry::Straight
            // A link to a folder above itself holds itself, and so on for ever.
            && !on_disk.starts_with(&target)
            && self.scope.enters(&path)
        {
            return Some(Start { on_disk: target, path, way: FoundEntry::Linked });
        }
        None
    }
}

fn stray(path: SourcePath, reason: StrayReason) -> Stray {
    Stray { path, reason }
}

#[cfg(test)]
mod tests;
