//! `nav/orphan`: a page that the outline forgot.

use std::collections::HashSet;

use crate::diagnostic::{Edit, Findings, Fix, Rule};
use crate::site::{PageId, Site, SitePage};
use crate::text::{Located, SourcePath, Span};

/// The rule.
pub static RULE: Rule = Rule::warning("nav/orphan", include_str!("orphan.md"));

/// Looks for pages in no navigation. A page that stands for an error, a draft, and a text that other pages include need
/// no entry; that an entry misses its page is said at the entry.
pub fn check(site: &Site, found: &mut Findings) {
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
    for (id, entry) in site.pages() {
        let Some(page) = entry.markdown() else { continue };
        let exempt = entry.mounted.as_str() == "404.md"
            || page.front.draft
            || taken_in.contains(&page.source)
            || missed.contains(&id);
        if site.nav.of_page(id).is_none() && !exempt {
            let message = format!("`{}` is in no navigation", entry.mounted);
            let finding = RULE.at(Span::start_of(page.source), message).help("list it in `SUMMARY.md`");
            found.push(finding.fix_if(listed(site, id, entry)));
        }
    }
}

/// An entry for the page, behind the pages beside it; where none is listed, behind those of the folder around it.
fn listed(site: &Site, id: PageId, entry: &SitePage) -> Option<Fix> {
    let path = site.outline_path(id)?;
    let folders = std::iter::successors(Some(entry.mounted.parent()), |folder| {
        (!folder.as_str().is_empty()).then(|| folder.parent())
    });
    let after = folders.into_iter().find_map(|folder| last_of(site, &folder))?;
    let title = entry.title.replace(['[', ']'], "");
    let path = if path.contains([' ', '(', ')']) { format!("<{path}>") } else { path };
    let replacement = format!("{}[{title}]({path})", after.value);
    Some(Fix::suggested(vec![Edit { span: after.span, replacement }]))
}

/// Where an entry goes behind the last one of a folder; where only the page that stands for the folder is listed,
/// below that one.
fn last_of(site: &Site, folder: &SourcePath) -> Option<Located<String>> {
    let here = site.nav.after.iter().filter(|(page, _)| site.page(**page).mounted.parent() == *folder);
    let stands_for_folder = |page: PageId| {
        let is_index = matches!(site.page(page).mounted.stem(), "index" | "README");
        is_index && !folder.as_str().is_empty()
    };
    let (pages, index): (Vec<_>, Vec<_>) = here.partition(|(page, _)| !stands_for_folder(**page));
    let last = pages.into_iter().map(|(_, after)| after).max_by_key(|after| after.span.start);
    let below = || index.first().map(|(_, after)| Located::new(after.value.replacen('\n', "\n  ", 1), after.span));
    last.cloned().or_else(below)
}
