//! Moves files with all links to and from them, and renames anchors. The changes stay in the session's overlay until
//! somebody writes them.

use std::fmt;

use crate::pipeline::{BuiltSite, OpenError, Session, new_texts, write_text};
use crate::project::{FileSet, FileSystem, OverlayFileSystem};
use crate::refactor::{self, Edits, Move};
use crate::source::{SourcePath, Span};
use crate::url::Anchor;

/// What came of a move.
#[derive(Debug)]
pub struct Relocated {
    /// The project before.
    pub before: BuiltSite,
    /// The project after.
    pub after: BuiltSite,
    /// Places that could not be led right: text that two pages include, which now lie apart. Spans of the texts before.
    pub contested: Vec<Span>,
}

/// Why something cannot be renamed.
#[derive(Debug)]
pub enum RelocateError {
    /// The project cannot be opened.
    Open(OpenError),
    /// There is no such file or folder, page or place; perhaps this one was meant.
    NotThere(String, Option<String>),
    /// Something of that name is there already.
    Taken(String),
    /// A folder cannot move into itself.
    IntoItself(String),
    /// A file cannot be read.
    Unreadable(String),
}

impl fmt::Display for RelocateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open(error) => error.fmt(f),
            Self::NotThere(name, None) => write!(f, "file not found: `{name}`"),
            Self::NotThere(name, Some(near)) => write!(f, "file not found: `{name}`; did you mean `{near}`?"),
            Self::Taken(name) => write!(f, "`{name}` already exists"),
            Self::IntoItself(name) => write!(f, "`{name}` cannot move into itself"),
            Self::Unreadable(name) => write!(f, "`{name}` cannot be read"),
        }
    }
}

impl std::error::Error for RelocateError {}

impl From<OpenError> for RelocateError {
    fn from(error: OpenError) -> Self {
        Self::Open(error)
    }
}

/// Moves a file or folder, and leads every link to where it led.
///
/// # Errors
/// When there is nothing to move, or no room for it.
pub fn relocate<D: FileSystem + Clone>(
    session: &mut Session<OverlayFileSystem<D>>,
    before: BuiltSite,
    moved: &Move,
) -> Result<Relocated, RelocateError> {
    let config = before.site.config.clone();
    let tree = &before.site.repository;
    refuse(tree, moved)?;
    for file in tree.files().iter().filter(|file| moved.moves(file)) {
        let bytes = session.disk.beginning(&config.place, file, u64::MAX);
        let bytes = bytes.map_err(|_| RelocateError::Unreadable(file.to_string()))?;
        session.disk.remove(file.clone());
        session.disk.write(&config.place, moved.apply(file), bytes);
    }
    let text = session.sources.get(config.book_toml).shared_text();
    // Mounts and redirects name files as well. Without them the moved project would not open.
    let in_settings = refactor::move_in_settings(&text, &config, tree, moved);
    let book_toml = session.sources.get(config.book_toml).path().clone();
    if !in_settings.is_empty() {
        let text = in_settings.apply(config.book_toml, &text);
        write_text(&mut session.disk, &config.place, moved.apply(&book_toml), &text);
    }
    // A session of its own: spans of findings and links are those of the texts before. It tells where each file is
    // published now, which `move_links` needs to know before any link is written.
    let mut there = Session::new(session.disk.clone(), session.drafts).lowering(session.lowered.clone());
    let moved_only = there.link()?;
    let (mut edits, contested) = refactor::move_links(&before.site, &moved_only.site, &session.sources, moved);
    edits.merge(in_settings);
    write(session, &before, &edits, |path| moved.apply(path));
    let after = session.link()?;
    Ok(Relocated { before, after, contested })
}

fn write<D: FileSystem>(
    session: &mut Session<OverlayFileSystem<D>>,
    before: &BuiltSite,
    edits: &Edits,
    now: impl Fn(&SourcePath) -> SourcePath,
) {
    for (path, text) in new_texts(&session.sources, edits) {
        write_text(&mut session.disk, &before.site.config.place, now(&path), &text);
    }
}

fn refuse(tree: &FileSet, moved: &Move) -> Result<(), RelocateError> {
    let Move { from, to } = moved;
    let exists = |path: &SourcePath| tree.contains(path) || tree.has_folder(path);
    if from.as_str().is_empty() || !exists(from) {
        let near = tree.nearest(from.as_str()).map(str::to_owned);
        return Err(RelocateError::NotThere(from.to_string(), near));
    }
    // `mv docs docs/old`: the system would refuse as well, but after half of the edits.
    if to.below(from).is_some_and(|below| !below.is_empty()) {
        return Err(RelocateError::IntoItself(from.to_string()));
    }
    if exists(to) { Err(RelocateError::Taken(to.to_string())) } else { Ok(()) }
}

/// Gives a place in a page another id, and every link to it the new fragment.
///
/// # Errors
/// When there is no such page or place, or the page has a place of the new name.
pub fn rename_anchor<D: FileSystem>(
    session: &mut Session<OverlayFileSystem<D>>,
    before: BuiltSite,
    page: &SourcePath,
    old: &str,
    new: &str,
) -> Result<Relocated, RelocateError> {
    let site = &before.site;
    let Some(id) = site.page_from(page) else {
        let near = site.repository.nearest(page.as_str()).map(str::to_owned);
        return Err(RelocateError::NotThere(page.to_string(), near));
    };
    let (old, new) = (old.trim_start_matches('#'), new.trim_start_matches('#'));
    if site.has_anchor(id, &Anchor::new(new)) {
        return Err(RelocateError::Taken(format!("{page}#{new}")));
    }
    let edits = refactor::rename_anchor(site, &session.sources, id, &Anchor::new(old), new);
    let Some(edits) = edits.filter(|_| site.has_anchor(id, &Anchor::new(old))) else {
        let near = site.places(id).ids.nearest(old);
        return Err(RelocateError::NotThere(format!("{page}#{old}"), near.map(|near| format!("#{near}"))));
    };
    write(session, &before, &edits, SourcePath::clone);
    let after = session.link()?;
    Ok(Relocated { before, after, contested: Vec::new() })
}
