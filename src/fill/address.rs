//! Where links lead in a document outside the site: to a file in the same folder, or to a full address.

use super::{Addresses, FilledDocument, Job};
use crate::markdown::{Link, TemplatePiece, Within};
use crate::site::{LinkProblem, PageId, Site, SitePlaybook, Target};
use crate::url::{Anchor, Href, SitePath, SlugStyle, with_query};

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
pub(super) fn of_target<'j>(site: &Site, job: &Job, entry: &SitePlaybook, link: &Link) -> Lead<'j> {
    let resolution = site.resolve_in_playbook(entry, link);
    if matches!(resolution.problem, Some(LinkProblem::UnsafeScheme(_))) {
        return Lead::Refused;
    }
    job.target_address(site, &resolution.target).map_or(Lead::AsWritten, Lead::Web)
}

/// Where a link of a page leads.
pub(super) fn lead<'j>(site: &Site, job: &'j Job, page: PageId, link: usize) -> Lead<'j> {
    let Some(resolution) = site.links(page).get(link) else { return Lead::AsWritten };
    if matches!(resolution.problem, Some(LinkProblem::UnsafeScheme(_))) {
        return Lead::Refused;
    }
    // A page that goes along is linked in the folder: the partner may not be able to open the site.
    if let Target::Page(to, anchor) = &resolution.target
        && let Some(document) = job.of_page(*to)
    {
        return Lead::Beside(document, anchor.clone());
    }
    let web = |address: String| Lead::Web(destination(&with_query(&address, resolution.query.as_deref())));
    job.target_address(site, &resolution.target).map_or(Lead::AsWritten, web)
}

/// Whether it is known where the site is published.
#[must_use]
pub fn has_full_addresses(site: &Site) -> bool {
    // `site-url` may be a path alone, `/docs`, which leads nowhere from a file on a partner's disk.
    site.config.site_url.as_deref().is_some_and(|url| url.contains("://"))
}

impl Job {
    /// The address of a target in the site or its repository; `None` for others, which stay as they were written.
    #[must_use]
    pub fn target_address(&self, site: &Site, target: &Target) -> Option<String> {
        match target {
            Target::Page(page, anchor) => Some(self.page_address(site, *page, anchor.as_ref())),
            Target::Asset(asset, anchor) => Some(self.address(site, &site.asset(*asset).address, anchor.as_ref())),
            // The repository's own page for a file, the same from everywhere.
            Target::Repository { .. } => Some(destination(site.href_from(&SitePath::new("/"), target)?.as_str())),
            Target::External(_) | Target::Open | Target::Nowhere => None,
        }
    }

    /// The address of a target, in the site or elsewhere; `None` if it leads nowhere or must not be published.
    #[must_use]
    pub fn address_of(&self, site: &Site, target: &Target) -> Option<String> {
        match target {
            Target::External(url) => Href::as_written(url, &site.config.schemes).map(|url| destination(url.as_str())),
            target => self.target_address(site, target),
        }
    }

    /// The address of a page, or of its Markdown where that is next to the documents.
    #[must_use]
    pub fn page_address(&self, site: &Site, page: PageId, anchor: Option<&Anchor>) -> String {
        let markdown = match &self.addresses {
            Addresses::Full => None,
            Addresses::From(_) => site.markdown_file(page),
        };
        self.address(site, markdown.as_ref().unwrap_or(&site.page(page).address), anchor)
    }

    /// An address of the site; a path from its root if documents leave it and its host is unknown.
    #[must_use]
    pub fn address(&self, site: &Site, address: &SitePath, anchor: Option<&Anchor>) -> String {
        match &self.addresses {
            Addresses::From(own) if !has_full_addresses(site) => {
                destination(Href::between(own, address, anchor).as_str())
            }
            Addresses::From(_) | Addresses::Full => published(site, address, anchor),
        }
    }

    /// Whether addresses of the site lead there from where the documents are.
    pub(super) fn knows_addresses(&self, site: &Site) -> bool {
        has_full_addresses(site) || self.addresses != Addresses::Full
    }
}

/// An address of the published site; a path from its root if the host is unknown.
pub(super) fn published(site: &Site, address: &SitePath, anchor: Option<&Anchor>) -> String {
    let base = site.config.site_url.as_deref().unwrap_or_default();
    let path = Href::through_root(0, address).at(anchor);
    let path = path.as_str();
    destination(&format!("{}/{}", base.trim_end_matches('/'), path.strip_prefix("./").unwrap_or(path)))
}

/// An address that ends nowhere in a link of Markdown, nor in an attribute of HTML.
fn destination(address: &str) -> String {
    // `nda_(draft).md` is a usual name, and only pairs of parentheses may be in a link.
    let escaped = |c: char| match c {
        // `|` ends a cell of a table, and a quote the attribute.
        '(' => Some("%28"),
        ')' => Some("%29"),
        '|' => Some("%7C"),
        '\'' => Some("%27"),
        '"' => Some("%22"),
        ' ' => Some("%20"),
        _ => None,
    };
    let mut out = String::with_capacity(address.len());
    for c in address.chars() {
        match escaped(c) {
            Some(escape) => out.push_str(escape),
            None => out.push(c),
        }
    }
    out
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
