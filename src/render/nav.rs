//! The navigation next to a page, whose size does not grow with the site.
//!
//! It shows the ancestors, the siblings and the top level; of many siblings, those nearby. It is rendered once for all
//! pages of one section and depth; in a large section, once for all that see the same siblings.

use std::ops::Range;

use super::view::{LinkView, NavItem, NavKind, NavView, TabView};
use crate::html::escaped;
use crate::site::{EntryKind, EntryTarget, NavEntry, NavEntryId, PageId, Site};
use crate::source::Part as _;
use crate::url::{Anchor, Href};
use crate::wording::Wording;

/// Up to this many entries, a navigation contains all folded sections; above, only the way to the page.
pub(super) const SHOWN_WHOLE: usize = 80;
/// Up to this many siblings are all shown; of more, the first, the last, and those nearby.
pub(super) const MOST_BESIDE: usize = 100;
/// This many neighbours on a long level share a navigation. One for each page would cost the square of the level.
const SHARING: usize = 20;
/// At least this many entries are shown before and after a page.
const NEARBY: usize = 20;

/// The part of the navigation that a page shares with its neighbours: its section, its folder depth, and in a section
/// of many entries those that are near.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub(super) struct NavSection {
    entry: Option<NavEntryId>,
    depth: usize,
    near: Option<NavEntryId>,
}

/// The section of a page: its own entry when that holds others, else the one around it.
pub(super) fn section(site: &Site, page: PageId) -> NavSection {
    let own = site.nav.of_page(page);
    let is_leaf = |id: &NavEntryId| site.nav.entry(*id).children.is_empty();
    let entry = own.and_then(|id| if is_leaf(&id) { site.nav.entry(id).parent } else { Some(id) });
    let near = own.filter(is_leaf).and_then(|id| {
        let level = site.nav.beside(id);
        let first = site.nav.entry(id).place / SHARING * SHARING;
        level.get(first).filter(|_| level.len() > MOST_BESIDE).copied()
    });
    NavSection { entry, depth: site.page(page).address.depth(), near }
}

/// What the navigation of a section shows: its own part, and the entries outside all parts. For a page outside all
/// parts it shows them all, so that there is somewhere to go.
pub(super) fn view(site: &Site, section: NavSection) -> NavView<'_> {
    let path = section.entry.map(|entry| site.nav.path(entry)).unwrap_or_default();
    let is_part = |id: &NavEntryId| site.nav.entry(*id).kind == EntryKind::Part;
    // Other parts have tabs, so the navigation of a page in one part need not repeat them.
    let own = path.first().copied().filter(is_part);
    let top: Vec<NavEntryId> =
        site.nav.roots().iter().copied().filter(|id| own.is_none() || own == Some(*id) || !is_part(id)).collect();
    let whole = size(site, &top, SHOWN_WHOLE) <= SHOWN_WHOLE;
    let drawing = NavDrawing { site, path, depth: section.depth, whole, near: section.near };
    let mut items = drawing.items(&top);
    // The heading of a part ends what comes before it, but nothing ends the part.
    if let Some(at) = items.iter().position(|item| item.kind == NavKind::Part && item.open)
        && items.get(at + 1).is_some_and(|next| next.kind != NavKind::Separator)
    {
        items.insert(at + 1, NavItem { kind: NavKind::Separator, ..NavItem::default() });
    }
    NavView { items }
}

/// Marks where runs of list items start and end: separators and headings interrupt them.
fn bound_lists(items: &mut [NavItem<'_>]) {
    let interrupts = |item: &NavItem<'_>| {
        item.kind == NavKind::Separator || (item.kind == NavKind::Part && (item.href.is_none() || item.open))
    };
    let listed: Vec<bool> = items.iter().map(|item| !interrupts(item)).collect();
    let is_listed = |at: Option<usize>| at.and_then(|at| listed.get(at)).copied().unwrap_or(false);
    for (at, item) in items.iter_mut().enumerate().filter(|(at, _)| is_listed(Some(*at))) {
        item.starts_list = !is_listed(at.checked_sub(1));
        item.ends_list = !is_listed(at.checked_add(1));
    }
}

/// The number of entries below and with these; counting stops above `limit`.
fn size(site: &Site, entries: &[NavEntryId], limit: usize) -> usize {
    let mut count = 0;
    for id in entries {
        count += 1;
        if count > limit {
            break;
        }
        // Never past the limit: made for each section, a full count would grow with the square of the site.
        count += size(site, &site.nav.entry(*id).children, limit - count);
    }
    count
}

struct NavDrawing<'a> {
    site: &'a Site,
    path: Vec<NavEntryId>,
    depth: usize,
    whole: bool,
    /// The entry that the page is near to, if it has too many siblings to show them all.
    near: Option<NavEntryId>,
}

impl<'a> NavDrawing<'a> {
    /// A level of the tree, with separators only between entries.
    fn items(&self, ids: &[NavEntryId]) -> Vec<NavItem<'a>> {
        let shown = self.shown(ids);
        let mut all: Vec<NavItem<'a>> = Vec::with_capacity(shown.len() + 4);
        let (before, rest) = ids.split_at(shown.start);
        let (shown, after) = rest.split_at(shown.len());
        if let [first, left_out @ ..] = before {
            all.push(self.item(*first));
            all.push(self.left_out(left_out, left_out.iter().rev()));
        }
        all.extend(shown.iter().map(|id| self.item(*id)));
        if let [left_out @ .., last] = after {
            all.push(self.left_out(left_out, left_out.iter()));
            all.push(self.item(*last));
        }
        let mut items: Vec<NavItem<'a>> = Vec::with_capacity(all.len());
        for item in all {
            // Separators at the start or in a row separate nothing; entries between them may have been left out.
            let needless = items.last().is_none_or(|last| last.kind == NavKind::Separator);
            if item.kind != NavKind::Separator || !needless {
                items.push(item);
            }
        }
        items.pop_if(|last| last.kind == NavKind::Separator);
        bound_lists(&mut items);
        items
    }

    /// Which entries of a level are shown in a row: all, or those around the one that contains the page or is near it.
    fn shown(&self, ids: &[NavEntryId]) -> Range<usize> {
        if ids.len() <= MOST_BESIDE {
            return 0..ids.len();
        }
        let is_near = |id: &NavEntryId| self.near == Some(*id) || self.path.contains(id);
        let first = ids.iter().position(is_near).unwrap_or_default() / SHARING * SHARING;
        let (start, end) = (first.saturating_sub(NEARBY), first + SHARING + NEARBY);
        // A line "2 more" takes as much room as one of the two entries.
        let start = if start < 3 { 0 } else { start };
        start..if end + 3 > ids.len() { ids.len() } else { end }
    }

    /// The line in place of the entries that a long level leaves out. It links the list of all pages, or else the
    /// nearest of them, whose navigation shows those around it.
    fn left_out<'i>(&self, ids: &[NavEntryId], mut from_here: impl Iterator<Item = &'i NavEntryId>) -> NavItem<'a> {
        let list = self.site.all_pages().map(|list| {
            let level = ids.first().and_then(|id| self.site.nav.entry(*id).parent);
            through_root(self.site, list, self.depth).at(level.map(|level| anchor_in_list(self.site, level)).as_ref())
        });
        let mut nearest = || from_here.find_map(|id| first_page(self.site, *id));
        let href = list.or_else(|| nearest().map(|page| through_root(self.site, page, self.depth)));
        let count = ids.iter().filter(|id| self.site.nav.entry(**id).kind != EntryKind::Separator).count();
        let title = Wording::english().with("nav.left_out", &[("count", &count.to_string())]);
        NavItem { kind: NavKind::LeftOut, title: title.into(), href, ..NavItem::default() }
    }

    fn item(&self, id: NavEntryId) -> NavItem<'a> {
        let entry = self.site.nav.entry(id);
        let open = self.path.contains(&id);
        // A part is opened only for its own pages: elsewhere its tab is enough.
        let shown = open || (self.whole && entry.kind != EntryKind::Part);
        let children = if shown { self.items(&entry.children) } else { Vec::new() };
        NavItem {
            kind: match entry.kind {
                EntryKind::Chapter => NavKind::Item,
                EntryKind::Part => NavKind::Part,
                EntryKind::Separator => NavKind::Separator,
                EntryKind::Draft => NavKind::Draft,
            },
            title: entry.title.as_str().into(),
            href: href(self.site, entry, self.depth).or_else(|| {
                // A folded heading without a page of its own leads to the first page in it: otherwise nothing would
                // open it.
                let folded = !shown && !entry.children.is_empty();
                folded
                    .then(|| first_page(self.site, id))
                    .flatten()
                    .map(|page| through_root(self.site, page, self.depth))
            }),
            current: false,
            open,
            more: !shown && !entry.children.is_empty(),
            starts_list: false,
            ends_list: false,
            children,
        }
    }
}

/// The anchor of an entry's children in the list of all pages.
pub(super) fn anchor_in_list(site: &Site, id: NavEntryId) -> Anchor {
    let places = site.nav.path(id).into_iter().map(|id| format!("-{}", site.nav.entry(id).place + 1));
    Anchor::new(&format!("section{}", places.collect::<String>()))
}

fn href(site: &Site, entry: &NavEntry, depth: usize) -> Option<Href> {
    match entry.target.as_ref()? {
        EntryTarget::Page(page) => Some(through_root(site, *page, depth).at(entry.anchor.as_ref())),
        EntryTarget::External(url) => Href::as_written(url, &site.config.schemes),
    }
}

fn through_root(site: &Site, page: PageId, depth: usize) -> Href {
    // Not the shortest way: through the root, all pages of one depth have the same addresses and share the
    // navigation.
    Href::through_root(depth, &site.page(page).address)
}

/// The first page in an entry, itself included.
pub(super) fn first_page(site: &Site, id: NavEntryId) -> Option<PageId> {
    let entry = site.nav.entry(id);
    match entry.target {
        Some(EntryTarget::Page(page)) => Some(page),
        _ => entry.children.iter().find_map(|child| first_page(site, *child)),
    }
}

/// Marks a page in the navigation its section shares: the first link to it becomes the current one.
pub(super) fn mark_current(site: &Site, page: PageId, shared: &str) -> String {
    let address = &site.page(page).address;
    // A text search in the shared HTML. Themes must write `href="{{ item.href }}"`, as the theme reference says.
    let link = format!("href=\"{}", escaped(through_root(site, page, address.depth()).as_str()));
    // If only an anchor in the page is listed, that entry is the current one.
    let found = shared.find(&format!("{link}\"")).or_else(|| shared.find(&format!("{link}#")));
    let end = found.and_then(|at| Some(at + link.len() + shared.part(at + link.len()..).find('"')? + 1));
    match end {
        Some(end) => {
            let (before, after) = shared.split_at(end);
            format!("{before} aria-current=\"page\"{after}")
        }
        None => shared.to_owned(),
    }
}

/// The parts of the outline as tabs; the tab of the page's own part is current.
pub(super) fn tabs(site: &Site, page: PageId) -> Vec<TabView<'_>> {
    // A path holds at least the entry itself.
    let own = site.nav.of_page(page).and_then(|id| site.nav.path(id).first().copied());
    let parts = site.nav.roots().iter().filter(|id| site.nav.entry(**id).kind == EntryKind::Part);
    parts
        .filter_map(|id| {
            let first = first_page(site, *id)?;
            let href = Href::between(&site.page(page).address, &site.page(first).address, None);
            Some(TabView { title: site.nav.entry(*id).title.as_str().into(), href, current: own == Some(*id) })
        })
        .collect()
}

/// The way from the top down to a page, without the page itself.
pub(super) fn breadcrumbs(site: &Site, page: PageId) -> Vec<LinkView<'_>> {
    let Some(own) = site.nav.of_page(page) else { return Vec::new() };
    let mut path = site.nav.path(own);
    path.pop();
    path.into_iter()
        .map(|id| {
            let entry = site.nav.entry(id);
            let target = match entry.target {
                Some(EntryTarget::Page(page)) => Some(page),
                _ => None,
            };
            match target {
                Some(to) => link(site, page, to, &entry.title),
                None => LinkView::unlinked(entry.title.as_str()),
            }
        })
        .collect()
}

/// A link from one page to another.
pub(super) fn link<'a>(site: &Site, from: PageId, to: PageId, title: &'a str) -> LinkView<'a> {
    LinkView::new(title, Href::between(&site.page(from).address, &site.page(to).address, None))
}

/// `time_required` reads `Time required`.
pub(super) fn label(key: &str) -> String {
    let words = key.replace(['_', '-'], " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
