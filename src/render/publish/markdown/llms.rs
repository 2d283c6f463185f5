//! `llms.txt`: the pages of a site for assistants, as <https://llmstxt.org> describes it, and their order in
//! `llms-full.txt`.

use std::fmt::Write as _;

use super::{link, overview, plain};
use crate::fill::{Addresses, Job};
use crate::render::{page, print, search};
use crate::site::{NavEntryId, PageId, Site};
use crate::url::SitePath;
use crate::wording::Wording;

/// The list of pages.
pub(in crate::render) const LIST: &str = "llms.txt";
/// All pages in one file.
pub(in crate::render) const ALL_PAGES: &str = "llms-full.txt";

/// A part of the list.
struct Section<'a> {
    title: &'a str,
    pages: Vec<PageId>,
}

/// The list of all pages that are published as Markdown, by the parts of the navigation; none if there is none.
pub(in crate::render) fn list(site: &Site) -> Option<String> {
    if !site.config.written.html.markdown {
        return None;
    }
    let job = Job { addresses: Addresses::From(SitePath::new(LIST)), ..Job::default() };
    let mut text = title(site);
    for Section { title, pages } in sections(site) {
        let _ = write!(text, "\n## {}\n\n", plain(title));
        for id in pages {
            let description = page::description(site, id);
            let link = overview::page_link(site, &job, id, plain);
            let _ = writeln!(text, "- {link}{}", overview::said(description.as_deref()));
        }
    }
    let words = Wording::english();
    let _ = write!(text, "\n## {}\n\n", words.say("llms.data"));
    let files = [("manifest.json", "llms.manifest", true), (ALL_PAGES, "llms.all_pages", has_all_pages(site))];
    for (file, what, _) in files.iter().filter(|(.., is_there)| *is_there) {
        let address = job.address(site, &SitePath::new(file), None);
        let _ = writeln!(text, "- {}: {}", link(&plain(file), Some(&address)), words.say(what));
    }
    Some(text)
}

/// How the list and the file of all pages begin.
pub(in crate::render) fn title(site: &Site) -> String {
    let book = &site.config.written.book;
    let title = format!("# {}\n", plain(&book.title));
    let description = book.description.as_deref().filter(|text| !text.trim().is_empty());
    title + &description.map(|text| format!("\n> {}\n", plain(text))).unwrap_or_default()
}

/// Whether the site has a file with all pages.
pub(in crate::render) fn has_all_pages(site: &Site) -> bool {
    let html = &site.config.written.html;
    html.markdown && html.llms_full.in_site_of(site.pages.len()) && site.has_room_for(ALL_PAGES)
}

/// All pages that are published as Markdown, in the order of the list.
pub(in crate::render) fn order(site: &Site) -> Vec<PageId> {
    sections(site).into_iter().flat_map(|section| section.pages).collect()
}

/// The pages of each part of the navigation; first those that are no part, last those that it leaves out.
fn sections(site: &Site) -> Vec<Section<'_>> {
    let words = Wording::english();
    let mut listed = print::Listed::default();
    // What search goes without, such as an old price list, is no answer to a question either.
    let is_listed = |page: &PageId| site.markdown_file(*page).is_some() && search::is_found(site, *page);
    let is_leaf = |root: &&NavEntryId| site.nav.entry(**root).children.is_empty();
    let (leaves, parts): (Vec<&NavEntryId>, Vec<&NavEntryId>) = site.nav.roots().iter().partition(is_leaf);
    let mut pages_of = |entries: &[NavEntryId]| {
        let pages = listed.next(site, entries).into_iter();
        pages.filter(is_listed).collect::<Vec<_>>()
    };
    let leaves: Vec<NavEntryId> = leaves.into_iter().copied().collect();
    let mut sections = vec![Section { title: words.say("llms.pages"), pages: pages_of(&leaves) }];
    for part in parts {
        sections.push(Section { title: &site.nav.entry(*part).title, pages: pages_of(&[*part]) });
    }
    let left = site.pages().map(|(id, _)| id).filter(|id| !listed.has(*id) && is_listed(id));
    sections.push(Section { title: words.say("llms.other"), pages: left.collect() });
    sections.retain(|section| !section.pages.is_empty());
    sections
}
