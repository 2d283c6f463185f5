//! Hrefs of pages and of playbook steps, relative to a page.

use crate::site::{PageId, Site, SitePlaybook, Target};
use crate::url::Href;

/// From a page to a page.
pub(super) fn to_page(site: &Site, from: PageId, to: PageId) -> Href {
    Href::between(&site.page(from).address, &site.page(to).address, None)
}

/// Where a step leads: to its template if that's part of the site or its repository, else to its anchor in the playbook.
pub(super) fn step_target(site: &Site, from: PageId, entry: &SitePlaybook, step: usize) -> Href {
    let target = entry.templates.get(step).and_then(Option::as_ref).map(|template| &template.target);
    // A strip is for finding one's way in the site: a form on a shared drive is linked from the step itself.
    let target = target.filter(|target| !matches!(target, Target::External(_)));
    let template = target.and_then(|target| site.href(from, target));
    template.unwrap_or_else(|| site.step_href(from, entry, step))
}
