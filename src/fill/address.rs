//! Where links lead in a document outside the site: to a file in the same folder, or to a full address.

use super::{FilledDocument, Job};
use crate::markdown::{Link, TemplatePiece, Within};
use crate::site::{LinkProblem, PageId, Site, SitePlaybook, Target};
use crate::url::{Anchor, SitePath, SlugStyle, with_query};

/// Where a link leads.
#[derive(Clone, Debug)]
pub(super) enum Lead<'j> {
    /// To a document of the same job, or an anchor in it.
    Beside(&'j FilledDocument, Option<Anchor>),
    /// To an address on the web.
    Web(String),
    /// To an address that must not be published.
    Refused,
    /// To the destination as it was written.
    AsWritten,
}

/// Where a link in a text of a playbook leads.
pub(super) fn of_target<'j>(site: &Site, entry: &SitePlaybook, link: &Link) -> Lead<'j> {
    let resolution = site.resolve_in_playbook(entry, link);
    if matches!(resolution.problem, Some(LinkProblem::UnsafeScheme(_))) {
        return Lead::Refused;
    }
    match resolution.target {
        Target::Page(to, anchor) => Lead::Web(published(site, &site.page(to).address, anchor.as_ref())),
        Target::Asset(to, anchor) => Lead::Web(published(site, &site.asset(to).address, anchor.as_ref())),
        target @ Target::Repository { .. } => {
            site.href(entry.page, &target).map_or(Lead::AsWritten, |href| Lead::Web(href.to_string()))
        }
        Target::External(_) | Target::Open | Target::Nowhere => Lead::AsWritten,
    }
}

/// Where a link of a page leads.
pub(super) fn lead<'j>(site: &Site, job: &'j Job, page: PageId, link: usize) -> Lead<'j> {
    let Some(resolution) = site.links(page).get(link) else { return Lead::AsWritten };
    if matches!(resolution.problem, Some(LinkProblem::UnsafeScheme(_))) {
        return Lead::Refused;
    }
    let web = |address: String| Lead::Web(with_query(&address, resolution.query.as_deref()));
    match &resolution.target {
        // A page that goes along is linked in the folder: the partner may not be able to open the site.
        Target::Page(to, anchor) => match job.of_page(*to) {
            Some(document) => Lead::Beside(document, anchor.clone()),
            None => web(published(site, &site.page(*to).address, anchor.as_ref())),
        },
        Target::Asset(to, anchor) => web(published(site, &site.asset(*to).address, anchor.as_ref())),
        Target::Repository { .. } => {
            site.href(page, &resolution.target).map_or(Lead::AsWritten, |href| web(href.to_string()))
        }
        Target::External(_) | Target::Open | Target::Nowhere => Lead::AsWritten,
    }
}

/// Whether it is known where the site is published.
pub(super) fn is_known(site: &Site) -> bool {
    // `site-url` may be a path alone, `/docs`, which leads nowhere from a file on a partner's disk.
    site.config.site_url.as_deref().is_some_and(|url| url.contains("://"))
}

/// An address of the published site; a path from its root if the host is unknown.
pub(super) fn published(site: &Site, address: &SitePath, anchor: Option<&Anchor>) -> String {
    let base = site.config.site_url.as_deref().unwrap_or_default();
    let anchor = anchor.map(|anchor| format!("#{anchor}")).unwrap_or_default();
    format!("{}{address}{anchor}", base.trim_end_matches('/'))
}

/// The id that a heading of a page has in a document: site and document may make ids in different ways.
pub(super) fn anchor_in(site: &Site, document: &FilledDocument, anchor: &Anchor) -> Anchor {
    let headings = site.page(document.page).markdown().map(|page| page.document.headings.as_slice());
    let at = headings.unwrap_or_default().iter().position(|heading| heading.id == *anchor);
    let Some((id, text)) = at.and_then(|at| document.manuscript.anchors.get(at)) else { return anchor.clone() };
    // The id comes from the heading's words. If some of them are placeholders, values change the id.
    let filled = document.manuscript.blanks.fill(text, |name| site.value(name));
    if filled == *text { id.clone() } else { Anchor::new(&SlugStyle::default().slug(&filled)) }
}

/// Names whose values would make an address that must not be published, with the address.
pub(super) fn unsafe_in(site: &Site, document: &FilledDocument) -> Vec<(String, String)> {
    let pieces = document.manuscript.text.pieces(|_| None);
    let is_in_address = |piece: &TemplatePiece<'_>| {
        matches!(piece, TemplatePiece::Blank { within: Within::Address(_) | Within::HtmlAddress(_), .. })
    };
    let ends = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '<' | '>' | '"' | '\'' | '=');
    let mut found = Vec::new();
    for (at, piece) in pieces.iter().enumerate().filter(|(_, piece)| is_in_address(piece)) {
        let TemplatePiece::Blank { name, .. } = piece else { continue };
        let fixed = match at.checked_sub(1).and_then(|before| pieces.get(before)) {
            Some(TemplatePiece::Text(text)) => text.rsplit(ends).next().unwrap_or_default(),
            _ => "",
        };
        // The address as a whole: text and values may each be harmless, and `java{{ x }}` still become a script.
        let mut address = fixed.to_owned();
        for piece in pieces.iter().skip(at) {
            match piece {
                TemplatePiece::Text(text) if text.contains(ends) => {
                    address.push_str(text.split(ends).next().unwrap_or_default());
                    break;
                }
                TemplatePiece::Text(text) => address.push_str(text),
                TemplatePiece::Blank { name, within, .. } => {
                    address.push_str(&within.put(&site.value(name).unwrap_or_default()));
                }
            }
        }
        if site.config.schemes.refusal(&address).is_some() {
            found.push(((*name).to_owned(), address));
        }
    }
    found
}
