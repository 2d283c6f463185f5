//! The one reader.
//! In: a folder on disk. Out: the names of its files, and their bytes when asked for.
//! Never knows: what is in the files.

use std::fs;
use std::io::{Error, ErrorKind};
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::disk::{Disk, DiskError, Kind};
use super::place::Place;
use super::scope::{self, MADE, Scope};
use super::tree::{Aliases, Stray, StrayReason, Tree};
use crate::text::SourcePath;

fn is_mark(entry: &DirEntry) -> bool {
    entry.file_type().is_file() && MADE.iter().any(|made| entry.file_name() == *made)
}

/// How far book.toml is trusted, which may come with a stranger's pull request.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default)]
pub enum Trust {
    /// `root` stays inside the nearest repository, where there is one.
    #[default]
    Repository,
    /// `root` may be any folder: whoever runs the program said so.
    AnyRoot,
}

/// Whether a file with the name of a mark is one by what it says, too.
fn marks_its_folder(entry: &DirEntry) -> bool {
    let bytes = read_regular(entry.path()).unwrap_or_default();
    entry.file_name().to_str().is_some_and(|name| Scope::marks(name, &bytes))
}

/// A project's folder on disk.
#[derive(Clone, Debug)]
pub struct Folder {
    project: PathBuf,
    home: Option<PathBuf>,
    trust: Trust,
}

impl Folder {
    /// The folder that holds book.toml. A repository that is looked for is never the home folder or above it:
    /// some keep their settings in a repository there, and it is large.
    #[must_use]
    pub fn new(project: &Path, home: Option<&Path>) -> Self {
        let canonical = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
        Self { project: canonical(project), home: home.map(canonical), trust: Trust::default() }
    }

    /// The same, with another trust in its book.toml.
    #[must_use]
    pub fn trusting(self, trust: Trust) -> Self {
        Self { trust, ..self }
    }

    fn repositories(&self) -> impl Iterator<Item = &Path> {
        self.project.ancestors().filter(|folder| folder.join(".git").exists())
    }

    /// Below the user's own folder: nobody means all of it.
    fn nearest_repository(&self) -> Option<&Path> {
        let above_home = |folder: &Path| self.home.as_ref().is_some_and(|home| home.starts_with(folder));
        self.repositories().next().filter(|folder| !above_home(folder))
    }

    /// Whether book.toml may make the program read here: in the nearest repository, but not in git's own folder. In
    /// some CI the checkout is the user's own folder.
    fn may_lead_to(&self, target: &Path) -> bool {
        let is_git = |part: std::path::Component<'_>| scope::is_git(&part.as_os_str().to_string_lossy());
        match self.repositories().next() {
            Some(repository) => target.strip_prefix(repository).is_ok_and(|below| !below.components().any(is_git)),
            None => true,
        }
    }
}

impl Disk for Folder {
    fn book_toml(&self) -> Result<Option<Vec<u8>>, DiskError> {
        if !self.project.is_dir() {
            return Err(refused("open", &self.project, Error::from(ErrorKind::NotADirectory)));
        }
        let path = self.project.join("book.toml");
        // What is wrong with a line is reported with the line, and a report in CI is public.
        let is_link = fs::symlink_metadata(&path).is_ok_and(|metadata| metadata.is_symlink());
        if let Some(target) = path.canonicalize().ok().filter(|_| is_link) {
            let base = self.nearest_repository().unwrap_or(&self.project);
            if !target.starts_with(base) || !self.may_lead_to(&target) {
                let reason = Error::new(ErrorKind::PermissionDenied, "it is a link that leads out of the repository");
                return Err(refused("read", &path, reason));
            }
        }
        match read_regular(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            read => read.map(Some).map_err(|reason| refused("read", &path, reason)),
        }
    }

    fn place(&self, root: Option<&str>) -> Result<Place, DiskError> {
        let Some(written) = root else {
            let root = self.nearest_repository().unwrap_or(&self.project).to_path_buf();
            return Ok(Place::new(root, self.project.clone()));
        };
        let root = self.project.join(written);
        let canonical = root.canonicalize().map_err(|reason| refused("open", &root, reason))?;
        if !canonical.is_dir() {
            return Err(refused("open", &root, Error::from(ErrorKind::NotADirectory)));
        }
        if self.trust == Trust::Repository && !self.may_lead_to(&canonical) {
            let reason = "it lies outside the nearest repository; `--trust-root` allows that";
            return Err(refused("take", &root, Error::new(ErrorKind::PermissionDenied, reason)));
        }
        Ok(Place::new(canonical, self.project.clone()))
    }

    fn list(&self, place: &Place, scope: &Scope) -> Result<Tree, DiskError> {
        fs::metadata(place.root()).map_err(|reason| refused("open", place.root(), reason))?;
        let mut walk = Walk { place, scope, files: Vec::new(), strays: Vec::new(), aliases: Aliases::None };
        walk.all_below(Start { on_disk: place.root().to_path_buf(), path: SourcePath::root(), way: Way::Straight });
        if place.is_apart() {
            let on_disk = place.project_folder().to_path_buf();
            walk.all_below(Start { on_disk, path: place.project().clone(), way: Way::Straight });
        }
        Ok(Tree::new(walk.files, walk.strays).with_aliases(walk.aliases))
    }

    fn read(&self, place: &Place, path: &SourcePath) -> Result<Vec<u8>, DiskError> {
        let on_disk = place.on_disk(path);
        read_regular(&on_disk).map_err(|reason| refused("read", &on_disk, reason))
    }

    fn kind(&self, place: &Place, path: &SourcePath) -> Option<Kind> {
        let metadata = fs::metadata(place.on_disk(path)).ok()?;
        let folder = metadata.is_dir().then_some(Kind::Folder);
        folder.or_else(|| metadata.is_file().then_some(Kind::File))
    }
}

fn refused(action: &'static str, path: &Path, reason: Error) -> DiskError {
    DiskError { path: path.to_path_buf(), action, reason }
}

/// Pipes and devices would keep a build waiting for ever, or fill the memory.
#[expect(clippy::disallowed_methods, reason = "the one reader")]
fn read_regular(path: &Path) -> std::io::Result<Vec<u8>> {
    if fs::metadata(path)?.is_file() {
        fs::read(path)
    } else {
        Err(Error::new(ErrorKind::InvalidInput, "it is no regular file"))
    }
}

/// How a folder was come to.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
enum Way {
    /// Through folders alone.
    Straight,
    /// Through a link. Links to folders below are not followed, so that no ring of links is endless.
    Linked,
}

/// A folder to look into with all that lies in it.
struct Start {
    on_disk: PathBuf,
    path: SourcePath,
    way: Way,
}

struct Walk<'a> {
    place: &'a Place,
    scope: &'a Scope,
    files: Vec<SourcePath>,
    strays: Vec<Stray>,
    aliases: Aliases,
}

impl Walk<'_> {
    fn all_below(&mut self, start: Start) {
        let mut starts = vec![start];
        while let Some(start) = starts.pop() {
            self.below(start, &mut starts);
        }
    }

    /// Looks into a folder and those in it; folders behind links are left for later.
    fn below(&mut self, start: Start, linked: &mut Vec<Start>) {
        let Start { on_disk, path, way } = start;
        // A mark comes first, so that nothing of a folder is seen before it is known who made it.
        let marks_first =
            |a: &DirEntry, b: &DirEntry| is_mark(b).cmp(&is_mark(a)).then_with(|| a.file_name().cmp(b.file_name()));
        let mut entries = WalkDir::new(on_disk).sort_by(marks_first).into_iter();
        // The folders on the way to the entry, by their depth.
        let mut way_here = vec![path];
        while let Some(entry) = entries.next() {
            let Ok(entry) = entry else {
                // Said right after the folder that it is about.
                self.strays.extend(way_here.last().map(|path| stray(path.clone(), StrayReason::Unreadable)));
                continue;
            };
            if entry.depth() == 0 {
                continue;
            }
            way_here.truncate(entry.depth());
            let folder = &way_here[entry.depth() - 1];
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
            self.strays.push(stray(path, StrayReason::NameNotUtf8));
        }
        path
    }

    /// Takes a link for what it leads to, when that lies in the repository and could be seen there as well.
    fn link(&mut self, on_disk: &Path, path: SourcePath, way: Way) -> Option<Start> {
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
        self.aliases = Aliases::Some;
        if target.is_file() {
            self.files.push(path);
        } else if target.is_dir() && way == Way::Straight && !on_disk.starts_with(&target) && self.scope.enters(&path) {
            return Some(Start { on_disk: target, path, way: Way::Linked });
        }
        None
    }
}

fn stray(path: SourcePath, reason: StrayReason) -> Stray {
    Stray { path, reason }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "projects on disk are made for these tests")]
mod tests {
    use tempfile::TempDir;

    use super::*;

    fn project(files: &[&str]) -> TempDir {
        let folder = TempDir::new().unwrap();
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, file).unwrap();
        }
        folder
    }

    fn listed(folder: &TempDir) -> Tree {
        let disk = Folder::new(folder.path(), None);
        disk.list(&disk.place(Some(".")).unwrap(), &Scope::default()).unwrap()
    }

    fn names(tree: &Tree) -> Vec<&str> {
        tree.files().iter().map(SourcePath::as_str).collect()
    }

    #[test]
    fn files_are_listed_in_order_without_what_programs_made() {
        let folder = project(&[
            "docs/b.md",
            "docs/a/c.md",
            "a.md",
            ".github/CLA.md",
            ".cache/x",
            "target/CACHEDIR.TAG",
            "target/x",
            "site/index.html",
            "notes/.partner-docs",
            "node_modules/x/readme.md",
        ]);
        fs::write(folder.path().join("site/.partner-docs"), "partner-docs site, format 1\n").unwrap();
        fs::write(folder.path().join("notes/.partner-docs"), "").unwrap();
        assert_eq!(
            names(&listed(&folder)),
            [".github/CLA.md", "a.md", "docs/a/c.md", "docs/b.md", "notes/.partner-docs"]
        );
        let disk = Folder::new(folder.path(), None);
        let place = disk.place(None).unwrap();
        assert_eq!(disk.read(&place, &SourcePath::new("docs/b.md").unwrap()).unwrap(), b"docs/b.md");
    }

    #[test]
    fn a_built_site_is_known_by_the_mark_that_the_writer_gives_it() {
        use crate::output::{Content, File, MARKER, Surroundings, Writer};
        let folder = project(&["content/a.md"]);
        let (root, site) = (folder.path(), folder.path().join("site"));
        let around = Surroundings { project: root, root, home: None, sources: &[], tracked: None };
        let mut writer = Writer::begin(&site, &around).unwrap();
        writer.put(&[File { path: "index.html".to_owned(), content: Content::Bytes(Vec::new()) }]).unwrap();
        writer.commit().unwrap();
        assert!(MADE.contains(&MARKER) && Scope::marks(MARKER, &fs::read(site.join(MARKER)).unwrap()));
        assert_eq!(names(&listed(&folder)), ["content/a.md"]);
    }

    #[test]
    fn the_repository_is_the_nearest_folder_with_git_but_never_the_home() {
        let folder = project(&[".git/HEAD", "handbook/book.toml"]);
        let root = folder.path().canonicalize().unwrap();
        let handbook = folder.path().join("handbook");
        let found = |home: Option<&Path>| Folder::new(&handbook, home).place(None).unwrap();
        assert_eq!(found(None).project().as_str(), "handbook");
        assert_eq!(found(Some(&root)).root(), root.join("handbook"));
        let wider = Folder::new(&handbook, Some(&root));
        assert!(wider.place(Some("..")).is_ok() && wider.place(Some("../..")).is_err());
        assert!(wider.trusting(Trust::AnyRoot).place(Some("../..")).is_ok());
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_inside_the_repository_only_and_never_for_ever() {
        use std::os::unix::fs::symlink;
        let folder = project(&["docs/a.md", "shared/b.md", ".git/config", ".env", ".github/CLA.md"]);
        let outside = project(&["secret.md"]);
        let docs = folder.path().join("docs");
        symlink("../shared", docs.join("shared")).unwrap();
        symlink("../docs", docs.join("ring")).unwrap();
        symlink("../shared/b.md", docs.join("b.md")).unwrap();
        symlink("../.git/config", docs.join("config.md")).unwrap();
        symlink("../.env", docs.join("env.md")).unwrap();
        symlink("../.git", docs.join("git")).unwrap();
        symlink("../.github", docs.join("hub")).unwrap();
        symlink("nowhere.md", docs.join("dangling.md")).unwrap();
        symlink(outside.path(), docs.join("out")).unwrap();
        symlink("/dev/zero", docs.join("zero.md")).unwrap();
        let tree = listed(&folder);
        assert_eq!(
            names(&tree),
            [".env", ".github/CLA.md", "docs/a.md", "docs/b.md", "docs/hub/CLA.md", "docs/shared/b.md", "shared/b.md"]
        );
        let strays: Vec<_> = tree.strays().iter().map(|stray| (stray.path.as_str(), stray.reason)).collect();
        assert_eq!(
            strays,
            [
                ("docs/config.md", StrayReason::Hidden),
                ("docs/dangling.md", StrayReason::Dangling),
                ("docs/env.md", StrayReason::Hidden),
                ("docs/git", StrayReason::Hidden),
                ("docs/out", StrayReason::Outside),
                ("docs/zero.md", StrayReason::Outside),
            ]
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_link_out_of_the_repository_is_an_error_where_it_would_be_published() {
        let folder = project(&["book.toml", "content/a.md"]);
        fs::write(folder.path().join("book.toml"), "[book]\nroot = \".\"").unwrap();
        for link in ["content/passwords.md", "elsewhere.md", "playbooks"] {
            std::os::unix::fs::symlink("/etc/passwd", folder.path().join(link)).unwrap();
        }
        let mut sources = crate::text::Sources::default();
        let opened = super::super::open(&Folder::new(folder.path(), None), &mut sources).unwrap();
        let told: Vec<_> = opened.found.iter().map(|found| (found.rule.code, found.message.as_str())).collect();
        let said = ["passwords.md", "playbooks"].map(|link| format!("the link `{link}` leads out of the repository"));
        assert_eq!(told, said.each_ref().map(|said| ("source/outside-root", said.as_str())));
        assert_eq!(sources.get(opened.found[0].span.source).path().as_str(), "content/passwords.md");
    }

    #[test]
    fn a_project_apart_from_its_repository_is_listed_beside_it() {
        let (repository, own) = (project(&["docs/a.md"]), project(&["book.toml", "SUMMARY.md"]));
        let disk = Folder::new(own.path(), None);
        let place = disk.place(Some(repository.path().to_str().unwrap())).unwrap();
        let tree = disk.list(&place, &Scope::default()).unwrap();
        assert_eq!(names(&tree), ["@project/SUMMARY.md", "@project/book.toml", "docs/a.md"]);
        assert_eq!(disk.read(&place, &SourcePath::new("@project/SUMMARY.md").unwrap()).unwrap(), b"SUMMARY.md");
    }

    #[test]
    fn what_is_no_folder_or_no_file_is_refused() {
        let folder = project(&["docs/a.md"]);
        let disk = Folder::new(folder.path(), None);
        let place = disk.place(None).unwrap();
        assert!(disk.read(&place, &SourcePath::new("docs").unwrap()).is_err());
        assert!(disk.place(Some("nowhere")).is_err());
        assert!(Folder::new(&folder.path().join("none"), None).book_toml().is_err());
    }
}
