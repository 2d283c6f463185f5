//! `nav/orphan`: a page that the outline forgot.

use std::collections::HashSet;

use crate::diagnostic::{Findings, Rule};
use crate::site::Site;
use crate::text::Span;

/// The rule.
pub static RULE: Rule = Rule::warning("nav/orphan", include_str!("orphan.md"));

/// Looks for pages in no navigation. A page that stands for an error, a draft, and a text that other pages include need
/// no entry.
pub fn check(site: &Site, found: &mut Findings) {
    if !site.nav.is_written {
        return;
    }
    let pages = site.pages().filter_map(|(_, entry)| entry.markdown());
    let taken_in: HashSet<_> = pages.flat_map(|page| page.included.iter().map(|(id, _)| *id)).collect();
    for (id, entry) in site.pages() {
        let Some(page) = entry.markdown() else { continue };
        let exempt = entry.mounted.as_str() == "404.md" || page.front.draft || taken_in.contains(&page.source);
        if site.nav.of_page(id).is_none() && !exempt {
            let message = format!("`{}` is in no navigation", entry.mounted);
            found.push(RULE.at(Span::start_of(page.source), message).help("list it in `SUMMARY.md`"));
        }
    }
}
