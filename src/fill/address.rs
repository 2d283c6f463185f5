//! Where the links of a document lead once it has left the site.
//! In: a link of a page as the site resolved it. Out: a neighbour in the folder, or a full address on the web.
//! Never knows: the text around the link.

use super::{Document, Job};
use crate::site::{PageId, Problem, Site, Target};
use crate::url::{Anchor, SitePath};

/// Where a link leads.
#[derive(Clone, Debug)]
pub(super) enum Lead<'j> {
    /// To a document of the same job, and a place in it.
    Beside(&'j Document, Option<Anchor>),
    /// To an address on the web.
    Web(String),
    /// To an address that must not be published.
    Refused,
    /// To where its author wrote.
    AsWritten,
}

/// Where a link of a page leads.
pub(super) fn lead<'j>(site: &Site, job: &'j Job, page: PageId, link: usize) -> Lead<'j> {
    let Some(resolution) = site.links(page).get(link) else { return Lead::AsWritten };
    if matches!(resolution.problem, Some(Problem::UnsafeScheme(_))) {
        return Lead::Refused;
    }
    match &resolution.target {
        Target::Page(to, anchor) => match job.of_page(*to) {
            Some(document) => Lead::Beside(document, anchor.clone()),
            None => Lead::Web(published(site, &site.page(*to).address, anchor.as_ref())),
        },
        Target::Asset(to, anchor) => Lead::Web(published(site, &site.asset(*to).address, anchor.as_ref())),
        Target::Repository { .. } => {
            site.href(page, &resolution.target).map_or(Lead::AsWritten, |href| Lead::Web(href.to_string()))
        }
        Target::External(_) | Target::Nowhere => Lead::AsWritten,
    }
}

/// Whether anybody said where the site is published.
pub(super) fn is_known(site: &Site) -> bool {
    site.config.site_url.as_deref().is_some_and(|url| url.contains("://"))
}

/// An address of the published site; from its root where nobody says on which host that is.
pub(super) fn published(site: &Site, address: &SitePath, anchor: Option<&Anchor>) -> String {
    let base = site.config.site_url.as_deref().unwrap_or_default();
    let anchor = anchor.map(|anchor| format!("#{anchor}")).unwrap_or_default();
    format!("{}{address}{anchor}", base.trim_end_matches('/'))
}

/// The id that a heading of a page has in a document: site and document may make ids in different ways.
pub(super) fn anchor_in(site: &Site, document: &Document, anchor: &Anchor) -> Anchor {
    let headings = site.page(document.page).markdown().map(|page| page.document.headings.as_slice());
    let at = headings.unwrap_or_default().iter().position(|heading| heading.id == *anchor);
    at.and_then(|at| document.manuscript.anchors.get(at)).unwrap_or(anchor).clone()
}
