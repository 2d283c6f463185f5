//! Moves a page, a folder or a file.
//! In: the site before the move, the site with the files at their new paths, and the move. Out: the edits that keep the
//! target of every link.

mod anchor;
mod around;
mod front;
mod includes;
mod links;
mod path;

use std::collections::HashMap;

pub use anchor::rename_anchor;
pub use around::move_in_settings;

use super::Edits;
use crate::diagnostic::Edit;
use crate::site::{FileLocation, PageId, Site};
use crate::source::{SourcePath, Sources, Span};

/// A file or folder that moves.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Move {
    /// Its old path.
    pub from: SourcePath,
    /// Its new path.
    pub to: SourcePath,
}

impl Move {
    /// The path of a file or folder after the move.
    #[must_use]
    pub fn apply(&self, path: &SourcePath) -> SourcePath {
        match path.below(&self.from) {
            Some("") => self.to.clone(),
            Some(rest) => self.to.join(rest).unwrap_or_else(|_| path.clone()),
            None => path.clone(),
        }
    }

    /// Whether a file moves.
    #[must_use]
    pub fn moves(&self, path: &SourcePath) -> bool {
        path.below(&self.from).is_some()
    }
}

/// The state before and after.
struct Scene<'a> {
    before: &'a Site,
    sources: &'a Sources,
    moved: &'a Move,
    /// The published path of every file before the move.
    places_before: HashMap<SourcePath, FileLocation>,
    /// The published path of every file after the move, by its new path.
    places: HashMap<SourcePath, FileLocation>,
    /// The pages whose files have this name, without its extension.
    by_stem: HashMap<String, Vec<PageId>>,
    edits: Edits,
    /// Spans in a shared include that two pages would have to read differently.
    contested: Vec<Span>,
}

/// The edits that a move requires, in the text before it; and the spans that can't be fixed, because two pages share an
/// include and are now in different folders.
#[must_use]
pub fn move_links(before: &Site, after: &Site, sources: &Sources, moved: &Move) -> (Edits, Vec<Span>) {
    let mut by_stem: HashMap<String, Vec<PageId>> = HashMap::new();
    for (id, page) in before.pages() {
        by_stem.entry(page.mounted.stem().to_owned()).or_default().push(id);
    }
    let mut scene = Scene {
        before,
        sources,
        moved,
        places_before: published(before),
        places: published(after),
        by_stem,
        edits: Edits::default(),
        contested: Vec::new(),
    };
    scene.pages();
    scene.includes();
    scene.drawings();
    scene.outline();
    scene.playbooks();
    scene.settings();
    scene.redirects();
    (scene.edits, scene.contested)
}

/// The published path of every file of a site; the first one, if there are several.
fn published(site: &Site) -> HashMap<SourcePath, FileLocation> {
    let mut places = HashMap::new();
    for (path, whereabouts) in site.published() {
        places.entry(path.clone()).or_insert(whereabouts);
    }
    places
}

impl Scene<'_> {
    /// Replaces the text of a span, unless it's already the same.
    fn replace(&mut self, span: Span, new: &str) {
        if self.sources.text(span) != new && !self.edits.add(&[Edit { span, replacement: new.to_owned() }]) {
            self.contested.push(span);
        }
    }

    /// The published path of a file after the move.
    fn now(&self, source: &SourcePath) -> Option<&FileLocation> {
        self.places.get(&self.moved.apply(source))
    }
}
