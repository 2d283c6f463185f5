//! Looks around in the folder that a project is to begin in.

use std::path::{Path, PathBuf};

use super::AnyError;
use crate::cli::project::home;
use crate::git;
use crate::project::settings::book_toml;
use crate::project::{DiskFolder, FileSystem as _, ProjectRoots, WalkScope};
use crate::source::SourceId;
use crate::starter::{FoundFolder, WebAddresses};

/// The folder and what is around it.
#[derive(Debug)]
pub(super) struct Surroundings {
    /// The project folder.
    pub(super) folder: PathBuf,
    /// The repository it is in; the project folder itself outside of any.
    pub(super) repository: PathBuf,
    /// The project folder as the repository knows it: empty at its top.
    pub(super) in_repository: String,
    /// What was found.
    pub(super) found: FoundFolder,
    /// The project that the folder is inside of.
    pub(super) inside: Option<PathBuf>,
    /// The folder as it was named.
    named: PathBuf,
    /// The folder that the command was given in.
    standing: PathBuf,
}

impl Surroundings {
    /// A path as it is seen from where the command was given.
    pub(super) fn shown(&self, place: &Path) -> String {
        match place.strip_prefix(&self.folder) {
            Ok(below) if self.named == Path::new(".") => below.display().to_string(),
            Ok(below) => self.named.join(below).display().to_string(),
            Err(_) => place.strip_prefix(&self.standing).unwrap_or(place).display().to_string(),
        }
    }
}

/// Looks around. The folder need not exist.
pub(super) fn around(named: &Path) -> Result<Surroundings, AnyError> {
    if named.is_file() {
        return Err(format!("`{}` is a file; name a folder for the project", named.display()).into());
    }
    let folder = real(named)?;
    if home().is_some_and(|home| home.canonicalize().ok().as_ref() == Some(&folder)) {
        let help = "name a folder for the project: `partner-docs init partners`";
        return Err(format!("this is your home folder; nothing was written\n  help: {help}").into());
    }
    // Of a new folder, only those around it are known; the nearest may be a repository.
    let existing = folder.ancestors().find(|folder| folder.is_dir()).unwrap_or(&folder);
    let disk = DiskFolder::new(existing, home().as_deref());
    let place = disk.place(None)?;
    let roots = ProjectRoots::new(place.root().to_path_buf(), folder.clone());
    let is_in_repository = place.root().join(".git").exists();
    let is_top = is_in_repository && place.root() == folder;
    let web = git::remote(existing).and_then(|remote| WebAddresses::of(&remote));
    let around = folder.ancestors().filter_map(Path::file_name);
    let mut likely: Vec<String> = around.map(|name| name.to_string_lossy().into_owned()).collect();
    // A clone may have been given any name; a project inside of it has one of its own.
    let second = usize::from(!is_top).min(likely.len());
    likely.splice(second..second, web.iter().map(|web| web.name.clone()));
    let mut found = FoundFolder { names: likely, web, ..FoundFolder::default() };
    if folder.is_dir() {
        let book = disk.book_toml()?;
        found.book_toml = book.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        let settings = book_toml::parse(found.book_toml.as_deref().unwrap_or_default(), SourceId::new(0)).value;
        let files = disk.list(&place, &WalkScope::of(&settings, &place))?;
        let below = files.files().iter().filter_map(|file| file.below(place.project()));
        found.files = below.map(str::to_owned).collect();
    }
    let repository = if is_in_repository { place.root().to_path_buf() } else { folder.clone() };
    let in_repository = if is_in_repository { roots.project().to_string() } else { String::new() };
    let standing = real(Path::new("."))?;
    let inside = folder.ancestors().skip(1).find(|folder| folder.join("book.toml").is_file()).map(Path::to_path_buf);
    Ok(Surroundings { folder, repository, in_repository, found, inside, named: named.to_path_buf(), standing })
}

/// The folder without links, as far as it exists.
fn real(named: &Path) -> std::io::Result<PathBuf> {
    let full = std::path::absolute(named)?;
    let existing = full.ancestors().find(|folder| folder.exists()).unwrap_or(&full);
    let below = full.strip_prefix(existing).unwrap_or(Path::new(""));
    let real = existing.canonicalize()?;
    Ok(if below.as_os_str().is_empty() { real } else { real.join(below) })
}

/// Whether a `.gitignore` names the folder that a build writes to.
pub(super) fn ignores_the_site(gitignore: &Path) -> bool {
    #[expect(clippy::disallowed_methods, reason = "a file that is no part of any project")]
    let text = std::fs::read_to_string(gitignore).unwrap_or_default();
    text.lines().any(|line| line.trim().trim_matches('/') == "book")
}
