//! `nav/orphan`: a page that the outline forgot.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::{Diagnostics, Edit, Fix, Rule};
use crate::site::{PageId, Site, SitePage};
use crate::source::{Located, SourcePath, Span};

/// The rule.
pub static RULE: Rule = Rule::warning("nav/orphan", include_str!("orphan.md"));

/// Looks for pages in no navigation. A page that stands for an error, a draft, and a text that other pages include need
/// no entry; that an entry misses its page is said at the entry.
pub fn check(site: &Site, found: &mut Diagnostics) {
    if !site.nav.is_written {
        return;
    }
    let missed: HashSet<PageId> = site
        .nav
        .missing
        .iter()
        .filter_map(|entry| super::meant(site, &entry.value).filter(|meant| meant.is_slip)?.page)
        .collect();
    let pages = site.pages().filter_map(|(_, entry)| entry.markdown());
    let taken_in: HashSet<_> = pages.flat_map(|page| page.included.iter().map(|(id, _)| *id)).collect();
    let places = MissingEntries::of(site);
    for (id, entry) in site.pages() {
        let Some(page) = entry.markdown() else { continue };
        let path = entry.mounted.as_str();
        let is_not_listed = site.config.not_listed.iter().any(|pattern| pattern.matches(path).is_some());
        let exempt = is_not_listed
            || entry.mounted.as_str() == "404.md"
            || page.front.draft
            || taken_in.contains(&page.source)
            || missed.contains(&id);
        if site.nav.of_page(id).is_none() && !exempt {
            let message = format!("`{}` is not in the navigation", entry.mounted);
            let finding = RULE.at(Span::start_of(page.source), message).help("add it to `SUMMARY.md`");
            found.push(finding.fix_if(places.listed(site, id, entry)));
        }
    }
}

/// An entry for a page that has none: behind the pages beside it, else behind those of the folder around it.
#[must_use]
pub fn entry(site: &Site, page: PageId) -> Option<Fix> {
    MissingEntries::of(site).listed(site, page, site.page(page))
}

/// The same, only if pages beside it are listed.
#[must_use]
pub fn entry_beside(site: &Site, page: PageId) -> Option<Fix> {
    let places = MissingEntries::of(site);
    places.in_folder(&site.page(page).mounted.parent())?;
    places.listed(site, page, site.page(page))
}

/// Where an entry goes that is missing, for each folder with an entry: looked for once, since a site may lack any number.
struct MissingEntries<'s> {
    /// Behind the last page of the folder.
    behind: HashMap<SourcePath, &'s Located<String>>,
    /// Below the page that stands for the folder.
    below: HashMap<SourcePath, &'s Located<String>>,
}

impl<'s> MissingEntries<'s> {
    fn of(site: &'s Site) -> Self {
        let mut places = Self { behind: HashMap::new(), below: HashMap::new() };
        for (page, after) in &site.nav.after {
            let mounted = &site.page(*page).mounted;
            let folder = mounted.parent();
            let stands_for_folder = matches!(mounted.stem(), "index" | "README") && !folder.as_str().is_empty();
            if stands_for_folder {
                places.below.entry(folder).or_insert(after);
            } else {
                // The last entry in the text, which need not be the last page by address.
                let last = places.behind.entry(folder).or_insert(after);
                if last.span.start <= after.span.start {
                    *last = after;
                }
            }
        }
        places
    }

    /// An entry for the page, behind the pages beside it; where none is listed, behind those of the folder around it.
    fn listed(&self, site: &Site, id: PageId, entry: &SitePage) -> Option<Fix> {
        let path = site.outline_path(id)?;
        let mut folders = std::iter::successors(Some(entry.mounted.parent()), |folder| {
            (!folder.as_str().is_empty()).then(|| folder.parent())
        });
        let after = folders.find_map(|folder| self.in_folder(&folder))?;
        // Brackets in a title would end the text of the link.
        let title = entry.title.replace(['[', ']'], "");
        let path = if path.contains([' ', '(', ')']) { format!("<{path}>") } else { path };
        let replacement = format!("{}[{title}]({path})", after.value);
        Some(Fix::suggested(vec![Edit { span: after.span, replacement }]))
    }

    /// Where an entry goes behind the last one of a folder; where only the page that stands for the folder is listed,
    /// below that one.
    fn in_folder(&self, folder: &SourcePath) -> Option<Located<String>> {
        let below = |after: &&Located<String>| Located::new(after.value.replacen('\n', "\n  ", 1), after.span);
        let behind = self.behind.get(folder).map(|after| (*after).clone());
        behind.or_else(|| self.below.get(folder).map(below))
    }
}
