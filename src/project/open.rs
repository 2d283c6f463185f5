//! Opens a project: reads its settings, and finds out which files are part of the site and where.
//! In: a file system. Out: the configuration, the names of all files, and the files of the site with their paths.

use std::fmt;
use std::io::ErrorKind;
use std::path::PathBuf;
use std::sync::Arc;

use super::files::file_set::{FileSet, StrayReason};
use super::files::mount::{self, Mounted};
use super::files::moves::Moves;
use super::files::scope::WalkScope;
use super::filesystem::decode::decode;
use super::filesystem::disk::{DiskError, FileSystem};
use super::filesystem::roots::ProjectRoots;
use super::settings::book_toml::{self, BookToml};
use super::settings::config::Config;
use super::settings::keys::VALUE;
use super::settings::settle::{PATH_NOT_FOUND, playbook_dirs, settle, theme_dir};
use crate::diagnostic::{Diagnostic, Diagnostics, Parsed, Rule};
use crate::source::{SourceId, SourcePath, Sources, Span};

/// A symbolic link in the sources that points outside the repository.
pub static OUTSIDE_ROOT: Rule = Rule::error("source/outside-root", include_str!("outside_root.md"));
/// A file or folder in the sources that can't be read.
pub static NOT_READABLE: Rule = Rule::error("source/not-readable", include_str!("not_readable.md"));

/// A project before any of its pages is read.
#[derive(Debug)]
pub struct Project {
    /// The settings.
    pub config: Config,
    /// Which folders to scan.
    pub scope: WalkScope,
    /// The names of all files in the repository.
    pub tree: FileSet,
    /// The files of the site, in order of their source paths.
    pub files: Vec<Mounted>,
}

/// Why a folder isn't a project.
#[derive(Debug)]
pub enum OpenError {
    /// An I/O error.
    Disk(DiskError),
    /// It has neither a book.toml nor a content folder.
    NoProject {
        /// The folder that was taken for one.
        place: ProjectRoots,
        /// A project near it.
        nearby: Option<PathBuf>,
    },
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Disk(error) => {
                error.fmt(f)?;
                let is_missing = matches!(error.reason.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory);
                if is_missing && error.action == "open" {
                    let folder = error.path.display();
                    write!(f, "\n  help: name the folder of a project; `partner-docs init {folder}` starts one there")?;
                }
                Ok(())
            }
            Self::NoProject { place, nearby } => {
                let folder = place.project_folder().display();
                write!(f, "no project in `{folder}`: it has no book.toml, `content` or `src`")?;
                if let Some(nearby) = nearby {
                    let nearby = nearby.display();
                    write!(f, "\n  help: there is one in `{nearby}`; to use it, add `-C {nearby}`")?;
                }
                f.write_str("\n  help: to start one here, run `partner-docs init`, or write a page: `content/index.md`")
            }
        }
    }
}

impl std::error::Error for OpenError {}

impl From<DiskError> for OpenError {
    fn from(error: DiskError) -> Self {
        Self::Disk(error)
    }
}

/// Opens the project in a file system. Problems in book.toml are findings, and the default of the key applies.
///
/// # Errors
/// If there is no project, or on I/O errors.
pub fn open(disk: &dyn FileSystem, sources: &mut Sources) -> Result<Parsed<Project>, OpenError> {
    open_after(disk, sources, &Arc::default())
}

/// The same, with the previous locations of moved files.
///
/// # Errors
/// If there is no project, or on I/O errors.
pub fn open_after(
    disk: &dyn FileSystem,
    sources: &mut Sources,
    moves: &Arc<Moves>,
) -> Result<Parsed<Project>, OpenError> {
    let written = disk.book_toml()?;
    // A folder with pages and no book.toml is a project, too: every key has a default.
    let exists = written.is_some();
    let decoded = decode(written.unwrap_or_default());
    let (place, root_refused) = find_place(disk, &decoded.text)?;
    let path = place.from_project("book.toml").unwrap_or_else(|_| place.project().clone());
    let source = sources.set(path, decoded.text.as_str());

    let Parsed { value: book, mut found } = book_toml::parse(&decoded.text, source);
    found.extend(decoded.broken.map(|broken| broken.finding(source)));
    found.extend(root_refused.and_then(|error| root_not_found(&book, &error)));
    // What book.toml names decides which folders are listed, so it is read before any name is known.
    let scope = WalkScope::of(&book, &place);
    let tree = disk.list(&place, &scope)?.knowing(Arc::clone(moves));
    let settled = settle(&book, source, &place, &tree);
    if !exists && settled.value.source.is_none() {
        return Err(OpenError::NoProject { place, nearby: disk.project_nearby() });
    }
    found.extend(settled.found);
    let mounted = mount::apply(&settled.value, &tree);
    // Mounts are matched once the names are known, and what matches nothing is said at its line.
    found.extend(mounted.found);
    found.extend(unreadable(&settled.value, &tree, sources));
    Ok(Parsed { value: Project { config: settled.value, scope, tree, files: mounted.value }, found })
}

/// book.toml is read twice, because its location in the repository depends on the `root` in it.
fn find_place(disk: &dyn FileSystem, text: &str) -> Result<(ProjectRoots, Option<DiskError>), DiskError> {
    let book = book_toml::parse(text, SourceId::new(0)).value.book;
    match disk.place(book.root.as_ref().map(|root| root.value.as_str())) {
        Ok(place) => Ok((place, None)),
        // A root that is not there is a finding at its key, and the rest of the project is checked from the nearest
        // repository.
        Err(error) if book.root.is_some() => Ok((disk.place(None)?, Some(error))),
        Err(error) => Err(error),
    }
}

fn root_not_found(book: &BookToml, error: &DiskError) -> Option<Diagnostic> {
    let root = book.book.root.as_ref()?;
    if error.reason.kind() == std::io::ErrorKind::PermissionDenied {
        let message = format!("invalid value `{}` for `root`: {}", root.value, error.reason);
        let help = "use a folder in the repository; only the person who runs partner-docs can allow others";
        return Some(VALUE.at(root.span, message).help(help));
    }
    let message = format!("`root` is not a folder: cannot open `{}`: {}", root.value, error.reason);
    Some(PATH_NOT_FOUND.at(root.span, message))
}

/// Whether this path is one of a page, a playbook or a theme file.
fn is_used(config: &Config, path: &SourcePath) -> bool {
    let Config { playbooks, theme, place, .. } = config;
    // A folder that is a link out of the repository, or has nothing else in it, is no folder to those who look for it.
    // Whoever cannot read a folder does not know whether it is used; the default places are.
    let playbooks = playbooks.dir.clone().map_or_else(|| playbook_dirs(place).collect(), |dir| vec![dir]);
    let theme = theme.folder.clone().or_else(|| theme_dir(place));
    let is_beside = playbooks.iter().chain(&theme).any(|folder| path.below(folder).is_some());
    is_beside || mount::place_of(config, path).is_some()
}

/// Reports files that the site uses and that can't be read, at the start of each file.
fn unreadable(config: &Config, tree: &FileSet, sources: &mut Sources) -> Diagnostics {
    let mut found = Diagnostics::new();
    for stray in tree.strays() {
        if !is_used(config, &stray.path) {
            continue;
        }
        let span = Span::start_of(sources.set(stray.path.clone(), ""));
        let name = stray.path.file_name();
        found.push(match stray.reason {
            StrayReason::Outside => OUTSIDE_ROOT
                .at(span, format!("symbolic link `{name}` points outside the repository"))
                .help("copy the file into the repository; nothing outside it is read"),
            StrayReason::Hidden => OUTSIDE_ROOT
                .at(span, format!("symbolic link `{name}` points to a hidden file or folder"))
                .help("remove the link; a hidden file is published only if a `[[mount]]` names it"),
            StrayReason::Dangling => NOT_READABLE.at(span, format!("broken symbolic link `{name}`")),
            StrayReason::Unreadable => NOT_READABLE.at(span, format!("cannot open folder `{name}`")),
            StrayReason::NameNotUtf8 => NOT_READABLE.at(span, format!("file name `{name}` is not UTF-8")),
        });
    }
    found
}
