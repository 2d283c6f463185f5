//! The parts and the table of contents of a document to print.

use std::collections::HashMap;

use super::chapter::id;
use crate::render::view::TocEntry;
use crate::site::{EntryKind, EntryTarget, NavEntry, NavEntryId, PageId, Site};
use crate::url::{Anchor, Href, SitePath};

/// Up to this many chapters, the contents list the headings in them as well.
const FEW_CHAPTERS: usize = 12;

/// The parts of a document: each with the position of its first chapter.
#[derive(Debug, Default)]
pub(super) struct DocumentParts(HashMap<usize, (usize, String)>);

impl DocumentParts {
    /// The parts among some entries of the navigation.
    pub(super) fn of(site: &Site, roots: &[NavEntryId], pages: &[PageId]) -> Self {
        let listing = Listing::new(site, pages);
        let parts = roots.iter().filter(|root| site.nav.entry(**root).kind == EntryKind::Part);
        let firsts = parts.filter_map(|part| Some((listing.first(*part)?, site.nav.entry(*part).title.clone())));
        Self(firsts.enumerate().map(|(number, (first, title))| (first, (number, title))).collect())
    }

    /// The id and the title of the part that begins with a chapter.
    pub(super) fn part(&self, chapter: usize) -> Option<(String, &str)> {
        self.0.get(&chapter).map(|(number, title)| (part_id(*number), title.as_str()))
    }

    /// How many levels deeper than on their pages headings are.
    pub(super) fn shift(&self) -> u8 {
        if self.0.is_empty() { 1 } else { 2 }
    }
}

fn part_id(number: usize) -> String {
    format!("part-{}", number + 1)
}

/// Makes contents.
pub(super) struct Listing<'a> {
    site: &'a Site,
    chapters: HashMap<PageId, usize>,
}

impl<'a> Listing<'a> {
    pub(super) fn new(site: &'a Site, pages: &[PageId]) -> Self {
        Self { site, chapters: pages.iter().enumerate().map(|(at, page)| (*page, at)).collect() }
    }

    /// The contents of a document that shows these entries of the navigation.
    pub(super) fn of_entries(&self, entries: &[NavEntryId], outline: &DocumentParts) -> Vec<TocEntry<'a>> {
        entries.iter().filter_map(|entry| self.entry(*entry, outline)).collect()
    }

    /// The contents of a document of these pages, in this order, with these titles.
    pub(super) fn of_pages(&self, pages: &[(PageId, String)]) -> Vec<TocEntry<'a>> {
        let entry = |(at, (page, title)): (usize, &(PageId, String))| TocEntry {
            title: title.clone().into(),
            href: link(&id(at)),
            children: self.headings(*page, at),
        };
        pages.iter().enumerate().map(entry).collect()
    }

    fn entry(&self, id_of_entry: NavEntryId, outline: &DocumentParts) -> Option<TocEntry<'a>> {
        let entry = self.site.nav.entry(id_of_entry);
        // Drafts and links to other sites have no chapter here, so the contents leave them out.
        let first = self.first(id_of_entry)?;
        let page = self.page(entry);
        let mut children = page.map(|page| self.headings(page, first)).unwrap_or_default();
        children.extend(self.of_entries(&entry.children, outline));
        let part = outline.part(first).filter(|_| entry.kind == EntryKind::Part);
        let place = part.map_or_else(|| id(first), |(id, _)| id);
        Some(TocEntry { title: entry.title.as_str().into(), href: link(&place), children })
    }

    /// The first chapter below and with an entry.
    fn first(&self, id: NavEntryId) -> Option<usize> {
        let entry = self.site.nav.entry(id);
        let own = self.page(entry).and_then(|page| self.chapters.get(&page).copied());
        own.or_else(|| entry.children.iter().find_map(|child| self.first(*child)))
    }

    fn page(&self, entry: &NavEntry) -> Option<PageId> {
        match entry.target {
            Some(EntryTarget::Page(page)) => Some(page).filter(|page| self.chapters.contains_key(page)),
            _ => None,
        }
    }

    /// The headings below the title of a chapter, where there are few chapters.
    fn headings(&self, page: PageId, chapter: usize) -> Vec<TocEntry<'a>> {
        let Some(page) = self.site.page(page).markdown().filter(|_| self.chapters.len() <= FEW_CHAPTERS) else {
            return Vec::new();
        };
        let entry = |heading: &'a crate::markdown::Heading| TocEntry {
            title: self.site.filled(page, &heading.text),
            href: link(&format!("{}-{}", id(chapter), heading.id)),
            children: Vec::new(),
        };
        page.document.headings.iter().filter(|heading| heading.level == 2).map(entry).collect()
    }
}

/// A link to an anchor in the document.
fn link(place: &str) -> Href {
    // From a page to itself only the fragment is left, whatever the page is.
    let here = SitePath::new("/");
    Href::between(&here, &here, Some(&Anchor::new(place)))
}
