//! Moves of pages, folders and files, with every link to them and from them.
//! In: the site as it is, the site with the files at their new paths, and the move. Out: the edits after which every
//! link leads where it led.
//! Never knows: the disk.

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

/// A file or folder that gets a new path.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Move {
    /// Its path before.
    pub from: SourcePath,
    /// Its path after.
    pub to: SourcePath,
}

impl Move {
    /// The path that a file or folder has after the move.
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

/// Before and after.
struct Scene<'a> {
    before: &'a Site,
    sources: &'a Sources,
    moved: &'a Move,
    /// Where every file was published.
    places_before: HashMap<SourcePath, FileLocation>,
    /// Where every file is published, by its path after the move.
    places: HashMap<SourcePath, FileLocation>,
    /// The pages whose files have this name, without its ending.
    by_stem: HashMap<String, Vec<PageId>>,
    edits: Edits,
    /// Spans in texts that two pages include and for which they need different paths.
    contested: Vec<Span>,
}

/// The edits that a move needs, in texts as they are before it; and the spans where no edit helps, because two pages
/// share a text and are now in different folders.
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

/// Where every file of a site is published; the first location, if it has several.
fn published(site: &Site) -> HashMap<SourcePath, FileLocation> {
    let mut places = HashMap::new();
    for (path, whereabouts) in site.published() {
        places.entry(path.clone()).or_insert(whereabouts);
    }
    places
}

impl Scene<'_> {
    /// Replaces the text of a span, unless it is the same already.
    fn replace(&mut self, span: Span, new: &str) {
        if self.sources.text(span) != new && !self.edits.add(&[Edit { span, replacement: new.to_owned() }]) {
            // Two pages include this text and now need different paths in it: no edit can be right for both.
            self.contested.push(span);
        }
    }

    /// Where a file is published after the move.
    fn now(&self, source: &SourcePath) -> Option<&FileLocation> {
        self.places.get(&self.moved.apply(source))
    }
}
