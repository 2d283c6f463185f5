//! Hrefs of pages and of playbook steps, relative to a page.

use crate::site::{PageId, Site, SitePlaybook};
use crate::url::Href;

/// From a page to a page.
pub(super) fn to_page(site: &Site, from: PageId, to: PageId) -> Href {
    Href::between(&site.page(from).address, &site.page(to).address, None)
}

/// Where a step leads: to its template, else to its anchor in the playbook.
pub(super) fn step_target(site: &Site, from: PageId, entry: &SitePlaybook, step: usize) -> Href {
    let template =
        entry.templates.get(step).and_then(Option::as_ref).and_then(|template| site.href(from, &template.target));
    template.unwrap_or_else(|| site.step_href(from, entry, step))
}
