//! The navigation of a site without `SUMMARY.md`: its folders, each sorted by `order`, number prefix and title.

use std::collections::BTreeMap;

use super::nav::{EntryKind, Nav, NavEntry, NavEntryId};
use crate::site::assemble::addresses::title_from_name;
use crate::site::{PageId, Site, SitePage};
use crate::source::SourcePath;

/// A folder: its index page, its other pages and its subfolders.
#[derive(Default)]
struct NavFolder<'a> {
    index: Option<PageId>,
    pages: Vec<PageId>,
    folders: BTreeMap<&'a str, NavFolder<'a>>,
}

/// An entry of a folder: a page, or a folder in it.
type Listed<'a> = (Rank, Result<PageId, (&'a str, NavFolder<'a>)>);

/// How entries of one folder are ordered: `order` first, then the number its name starts with, then its title.
type Rank = (i64, u64, String);

/// The navigation that the folders of a site give.
pub(crate) fn from_folders(site: &Site) -> Nav {
    let mut root = NavFolder::default();
    for (id, page) in site.pages() {
        // An author's own page for missing addresses is not for readers to visit.
        if page.markdown().is_some() && page.address.as_str() != "/404.html" {
            insert(&mut root, id, page);
        }
    }
    let mut nav = Nav::default();
    // The home page is the first entry and not a folder around the others, which would indent the whole site.
    if let Some(home) = root.index.take() {
        nav.add(None, NavEntry::page(home, site.page(home).title.clone()));
    }
    fill(&mut nav, site, root, None, &SourcePath::root());
    nav.add_playbooks(site);
    nav
}

fn insert<'a>(root: &mut NavFolder<'a>, id: PageId, page: &'a SitePage) {
    let path = page.mounted.as_str().rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut folder = root;
    for part in path.split('/').filter(|part| !part.is_empty()) {
        folder = folder.folders.entry(part).or_default();
    }
    // `README.md` next to `index.md` is an ordinary page: only one of them is served at the folder's address.
    if folder.index.is_none() && stands_for(path, page) {
        folder.index = Some(id);
    } else {
        folder.pages.push(id);
    }
}

/// Whether a page is the one that is served at its folder's address.
fn stands_for(folder: &str, page: &SitePage) -> bool {
    let index = || if folder.is_empty() { "index.html".to_owned() } else { format!("{folder}/index.html") };
    matches!(page.mounted.stem(), "index" | "README") && page.address.output_file() == index()
}

fn fill(nav: &mut Nav, site: &Site, folder: NavFolder<'_>, parent: Option<NavEntryId>, path: &SourcePath) {
    let mut ranked: Vec<Listed> = Vec::new();
    for id in folder.pages {
        let page = site.page(id);
        ranked.push((rank(page.mounted.file_name(), Some(page)), Ok(id)));
    }
    for (name, inner) in folder.folders {
        let rank = rank(name, inner.index.map(|id| site.page(id)));
        ranked.push((rank, Err((name, inner))));
    }
    ranked.sort_by(|a, b| a.0.cmp(&b.0));
    for (_, entry) in ranked {
        match entry {
            Ok(id) => {
                nav.add(parent, NavEntry::page(id, site.page(id).title.clone()));
            }
            Err((name, mut inner)) => {
                let path = path.join(name).expect("a folder's name has no `..`");
                let entry = match inner.index.take() {
                    Some(id) => NavEntry::page(id, site.page(id).title.clone()),
                    None => NavEntry::heading(title_from_name(&path), EntryKind::Chapter),
                };
                let id = nav.add(parent, entry);
                fill(nav, site, inner, Some(id), &path);
            }
        }
    }
}

fn rank(name: &str, page: Option<&SitePage>) -> Rank {
    let order = page
        .and_then(SitePage::markdown)
        .and_then(|page| page.front.order.as_ref())
        .map_or(i64::MAX, |order| order.value);
    let digits = name.split(|c: char| !c.is_ascii_digit()).next();
    // Names without a number sort after all that have one: `01-start`, `02-next`, `appendix`.
    let number = digits.and_then(|digits| digits.parse().ok()).unwrap_or(u64::MAX);
    (order, number, page.map_or(name, |page| &page.title).to_lowercase())
}
