//! The navigation tree and the reading order, made from `SUMMARY.md`.

#![allow(clippy::indexing_slicing, reason = "ids index the tables that gave them out")]

use std::collections::{BTreeMap, HashMap};

use crate::outline::{ChapterPosition, Outline, OutlineEntry, OutlineItem};
use crate::playbook::folded_name;
use crate::site::{PageId, Site};
use crate::source::{Located, SourcePath, Span};
use crate::url::{Anchor, Destination};

/// An entry of the navigation; means nothing in another site.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct NavEntryId(pub(crate) u32);

/// The navigation of a site.
#[derive(Clone, Debug, Default)]
pub struct Nav {
    entries: Vec<NavEntry>,
    roots: Vec<NavEntryId>,
    of_page: HashMap<PageId, NavEntryId>,
    order: Vec<PageId>,
    place_in_order: HashMap<PageId, usize>,
    /// Entries of the outline whose file is missing, or whose address must not be published.
    pub missing: Vec<Located<String>>,
    /// Entries of the outline whose page an earlier entry has already: the span of that one, and the entry itself.
    pub repeated: Vec<(Span, Located<String>)>,
    /// Entries of the outline that name an anchor in their page.
    pub places: Vec<(Located<String>, PageId, Anchor)>,
    /// For the pages in lists of the outline, where a sibling entry goes, with the list marker that it begins with.
    pub after: BTreeMap<PageId, Located<String>>,
    /// Whether the outline was written by hand, so that pages may be missing from it.
    pub is_written: bool,
}

/// An entry of the navigation.
#[derive(Clone, Debug)]
pub struct NavEntry {
    /// What readers see.
    pub title: String,
    /// What it is.
    pub kind: EntryKind,
    /// Where it leads.
    pub target: Option<EntryTarget>,
    /// The anchor in its page.
    pub anchor: Option<Anchor>,
    /// The entry that contains it.
    pub parent: Option<NavEntryId>,
    /// The entries in it.
    pub children: Vec<NavEntryId>,
    /// Its position among its siblings.
    pub place: usize,
}

/// What an entry is.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum EntryKind {
    /// A page, or a heading above pages.
    Chapter,
    /// A part: a heading above chapters, shown as a tab where there is room.
    Part,
    /// A page yet to be written.
    Draft,
    /// A line between chapters.
    Separator,
}

/// Where an entry leads.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum EntryTarget {
    /// A page of this site.
    Page(PageId),
    /// A web address.
    External(String),
}

impl Nav {
    /// An entry.
    #[must_use]
    pub fn entry(&self, id: NavEntryId) -> &NavEntry {
        &self.entries[id.0 as usize]
    }

    fn entry_mut(&mut self, id: NavEntryId) -> &mut NavEntry {
        &mut self.entries[id.0 as usize]
    }

    /// The entries at the top.
    #[must_use]
    pub fn roots(&self) -> &[NavEntryId] {
        &self.roots
    }

    /// The siblings of an entry, itself included, in order.
    #[must_use]
    pub fn beside(&self, id: NavEntryId) -> &[NavEntryId] {
        self.entry(id).parent.map_or(&self.roots, |parent| &self.entry(parent).children)
    }

    /// The entry of a page: its first, when it has several.
    #[must_use]
    pub fn of_page(&self, page: PageId) -> Option<NavEntryId> {
        self.of_page.get(&page).copied()
    }

    /// The entries from the top down to and with this one.
    #[must_use]
    pub fn path(&self, id: NavEntryId) -> Vec<NavEntryId> {
        let mut path: Vec<NavEntryId> = std::iter::successors(Some(id), |entry| self.entry(*entry).parent).collect();
        path.reverse();
        path
    }

    /// The page that reading starts with.
    #[must_use]
    pub fn first_page(&self) -> Option<PageId> {
        self.order.first().copied()
    }

    /// The pages before and after a page in reading order.
    #[must_use]
    pub fn neighbours(&self, page: PageId) -> (Option<PageId>, Option<PageId>) {
        let Some(place) = self.place_in_order.get(&page).copied() else { return (None, None) };
        let at = |place: usize| self.order.get(place).copied();
        (place.checked_sub(1).and_then(at), at(place + 1))
    }

    /// Adds an entry below `parent`, after those already there.
    pub(crate) fn add(&mut self, parent: Option<NavEntryId>, entry: NavEntry) -> NavEntryId {
        let id = NavEntryId(u32::try_from(self.entries.len()).expect("fewer than 2^32 entries"));
        // A page that is listed twice is read once, where it is listed first.
        if let Some(EntryTarget::Page(page)) = entry.target
            && !self.of_page.contains_key(&page)
        {
            self.of_page.insert(page, id);
            self.place_in_order.insert(page, self.order.len());
            self.order.push(page);
        }
        let place = parent.map_or(self.roots.len(), |parent| self.entry(parent).children.len());
        self.entries.push(NavEntry { parent, place, ..entry });
        match parent {
            Some(parent) => self.entry_mut(parent).children.push(id),
            None => self.roots.push(id),
        }
        id
    }

    /// Adds the generated pages of playbooks, which need not be listed by hand.
    pub(crate) fn add_playbooks(&mut self, site: &Site) {
        let Some(overview) = site.playbooks_page() else { return };
        let unlisted = |page: PageId| self.of_page(page).is_none();
        let playbooks = site.playbooks_in_order();
        let pages: Vec<PageId> = playbooks.iter().map(|entry| entry.page).filter(|page| unlisted(*page)).collect();
        // Ids grow in the order of the outline, so the smallest is the first that readers meet.
        let listed = playbooks.iter().filter_map(|entry| self.of_page(entry.page)).min_by_key(|entry| entry.0);
        let title = site.page(overview).title.clone();
        let around = match (self.of_page(overview), listed) {
            (Some(entry), _) => entry,
            (None, None) => self.add(None, NavEntry::page(overview, title)),
            (None, Some(first)) => self.add_overview(overview, title, first),
        };
        for page in pages {
            self.add(Some(around), NavEntry::page(page, site.page(page).title.clone()));
        }
        // Entries were appended but may belong in the middle, so the reading order is taken from the finished tree.
        self.read_in_order();
    }

    /// Puts the overview where the outline lists single playbooks; returns the entry that the others belong in.
    fn add_overview(&mut self, overview: PageId, title: String, first: NavEntryId) -> NavEntryId {
        let Some(parent) = self.entry(first).parent else {
            let entry = self.add(None, NavEntry::page(overview, title));
            // `add` appends, but the overview belongs before the first playbook that the outline lists.
            self.roots.pop();
            let place = self.roots.iter().position(|root| *root == first).unwrap_or(self.roots.len());
            self.roots.insert(place, entry);
            self.number_beside(entry);
            return entry;
        };
        let group = self.entry_mut(parent);
        if group.target.is_none() && group.kind != EntryKind::Part {
            // The author grouped playbooks under a heading without a page: it becomes the overview, not a second one.
            group.target = Some(EntryTarget::Page(overview));
            group.kind = EntryKind::Chapter;
            self.of_page.insert(overview, parent);
            return parent;
        }
        // A part called `Playbooks` would have an entry `Playbooks` in it.
        let title = if folded_name(&group.title) == folded_name(&title) {
            format!("All {}", title.to_lowercase())
        } else {
            title
        };
        let entry = self.add(Some(parent), NavEntry::page(overview, title));
        let siblings = &mut self.entry_mut(parent).children;
        siblings.pop();
        let place = siblings.iter().position(|child| *child == first).unwrap_or(siblings.len());
        siblings.insert(place, entry);
        self.number_beside(entry);
        parent
    }

    /// Renumbers the siblings of an entry.
    fn number_beside(&mut self, id: NavEntryId) {
        for (place, id) in self.beside(id).to_vec().into_iter().enumerate() {
            self.entry_mut(id).place = place;
        }
    }

    /// Makes the reading order that of the entries, from top to bottom.
    fn read_in_order(&mut self) {
        let mut open: Vec<NavEntryId> = self.roots.iter().rev().copied().collect();
        self.order.clear();
        self.place_in_order.clear();
        while let Some(id) = open.pop() {
            let entry = &self.entries[id.0 as usize];
            if let Some(EntryTarget::Page(page)) = entry.target
                && !self.place_in_order.contains_key(&page)
            {
                self.place_in_order.insert(page, self.order.len());
                self.order.push(page);
            }
            open.extend(entry.children.iter().rev());
        }
    }
}

impl NavEntry {
    /// An entry for a page.
    pub(crate) fn page(page: PageId, title: String) -> Self {
        Self {
            title,
            kind: EntryKind::Chapter,
            target: Some(EntryTarget::Page(page)),
            anchor: None,
            parent: None,
            children: Vec::new(),
            place: 0,
        }
    }

    /// An entry without a link.
    pub(crate) fn heading(title: String, kind: EntryKind) -> Self {
        Self { title, kind, target: None, anchor: None, parent: None, children: Vec::new(), place: 0 }
    }
}

/// The navigation that an outline gives. Its paths are seen from its own folder, in the repository or in the
/// published tree.
pub(crate) fn from_outline(site: &Site, outline: &Outline, summary: &SourcePath) -> Nav {
    let mut nav = Nav { is_written: true, ..Nav::default() };
    let mut listed = HashMap::new();
    let mut part = None;
    for item in &outline.items {
        match item {
            OutlineItem::Part(title) => {
                part = Some(nav.add(None, NavEntry::heading(title.value.clone(), EntryKind::Part)));
            }
            OutlineItem::Separator(_) => {
                nav.add(part, NavEntry::heading(String::new(), EntryKind::Separator));
            }
            OutlineItem::Chapter(chapter) => {
                // As in mdBook: a suffix chapter after the last part is not in that part.
                let parent = part.filter(|_| chapter.position == ChapterPosition::Numbered);
                add_chapter(&mut nav, site, chapter, summary, parent);
                note_places(&mut nav, site, chapter, summary, &mut listed);
            }
        }
    }
    nav.add_playbooks(site);
    nav
}

fn add_chapter(nav: &mut Nav, site: &Site, chapter: &OutlineEntry, summary: &SourcePath, parent: Option<NavEntryId>) {
    let target = chapter.destination.as_ref().and_then(|destination| {
        let target = entry_target(site, &destination.value, summary);
        // A draft is listed on purpose: it is announced, and missing only until it is ready.
        if target.is_none() && !site.leaves_out(summary, &destination.value) {
            nav.missing.push(destination.clone());
        }
        target
    });
    // A chapter without a link but with children is a heading, not a page that is still to be written.
    let leads_nowhere = target.is_none() && (chapter.destination.is_some() || chapter.children.is_empty());
    let kind = if leads_nowhere { EntryKind::Draft } else { EntryKind::Chapter };
    let title = match &target {
        Some(EntryTarget::Page(page)) if chapter.title.value.is_empty() => site.page(*page).title.clone(),
        _ => chapter.title.value.clone(),
    };
    let named = chapter.destination.as_ref().filter(|_| matches!(target, Some(EntryTarget::Page(_))));
    let anchor = named.and_then(|destination| anchor(&destination.value));
    if let (Some(destination), Some(EntryTarget::Page(page)), Some(anchor)) = (named, &target, &anchor) {
        nav.places.push((destination.clone(), *page, anchor.clone()));
    }
    let id = nav.add(parent, NavEntry { title, kind, target, anchor, parent: None, children: Vec::new(), place: 0 });
    for child in &chapter.children {
        add_chapter(nav, site, child, summary, Some(id));
    }
}

/// The anchor that a destination names.
pub(crate) fn anchor(destination: &str) -> Option<Anchor> {
    match Destination::parse(destination) {
        Destination::Local { fragment, .. } => fragment.as_deref().filter(|id| !id.is_empty()).map(Anchor::new),
        Destination::External(_) => None,
    }
}

/// Takes note of where the pages of a chapter are listed.
fn note_places(
    nav: &mut Nav,
    site: &Site,
    chapter: &OutlineEntry,
    summary: &SourcePath,
    listed: &mut HashMap<PageId, Span>,
) {
    if let Some(destination) = &chapter.destination
        && let Some(EntryTarget::Page(page)) = entry_target(site, &destination.value, summary)
    {
        // An entry for an anchor may follow the entry for its page: that is not a repetition.
        let is_whole = !destination.value.contains('#');
        match listed.get(&page) {
            Some(first) if is_whole => nav.repeated.push((*first, destination.clone())),
            Some(_) => {}
            None => {
                listed.insert(page, destination.span);
                nav.after.extend(chapter.after.clone().map(|after| (page, after)));
            }
        }
    }
    for child in &chapter.children {
        note_places(nav, site, child, summary, listed);
    }
}

pub(crate) fn entry_target(site: &Site, destination: &str, summary: &SourcePath) -> Option<EntryTarget> {
    let path = match Destination::parse(destination) {
        Destination::External(url) => {
            return site.config.schemes.refusal(&url).is_none().then_some(EntryTarget::External(url));
        }
        Destination::Local { path, .. } => path,
    };
    site.page_for_outline(summary, &path).map(EntryTarget::Page)
}

impl Site {
    /// Whether an entry of the outline leads to a draft, which is not a mistake.
    fn leaves_out(&self, summary: &SourcePath, destination: &str) -> bool {
        let Destination::Local { path, .. } = Destination::parse(destination) else { return false };
        let folders = [summary.parent(), self.source_folder()];
        folders.iter().filter_map(|folder| folder.join(&path).ok()).any(|path| self.drafts.contains(&path))
    }

    /// How the outline names a page, if it can.
    #[must_use]
    pub fn outline_path(&self, page: PageId) -> Option<String> {
        let summary = self.config.summary.as_ref()?;
        let entry = self.page(page);
        let from_summary = entry.source.as_ref().map(|source| source.relative_to(&summary.parent()));
        // A playbook lies beside the pages, and its file is what everyone calls it by.
        let short = from_summary.filter(|path| !path.starts_with("../") || entry.markdown().is_none());
        let names = [short, Some(entry.mounted.to_string())];
        names.into_iter().flatten().find(|path| self.page_for_outline(summary, path) == Some(page))
    }

    /// The page that a path in the outline means.
    fn page_for_outline(&self, summary: &SourcePath, path: &str) -> Option<PageId> {
        let from_summary = summary.parent().join(path).ok();
        let from_source = self.source_folder().join(path).ok();
        let in_site = SourcePath::new(path).ok();
        let page = |place| match place {
            crate::site::PublishedPlace::Page(id) => Some(id),
            crate::site::PublishedPlace::Asset(_) => None,
        };
        // mdBook reads paths from the folder of `SUMMARY.md`. An outline kept elsewhere may name them from the folder
        // of the pages, and a mounted page has only its mounted path.
        from_summary
            .and_then(|path| self.index.of_source(&path))
            .or_else(|| from_source.and_then(|path| self.index.of_source(&path)))
            .or_else(|| in_site.and_then(|path| self.index.at_mounted(&path)))
            .and_then(page)
    }
}
