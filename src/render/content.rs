//! The content of a page: its HTML with the holes filled.
//! In: a compiled page and the answers that only the site knows. Out: HTML.
//! Never knows: the theme's templates, Markdown.

use crate::html::escaped;
use crate::markdown::{Document, HoleContent};
use crate::page::Page;
use crate::site::{PageId, Resolution, Site};

/// Fills the holes of a page's HTML. `draw` makes what is block-level: embeds, and what stands above tables.
pub(super) fn fill(site: &Site, id: PageId, page: &Page, draw: &dyn Fn(HoleContent) -> String) -> String {
    filled(&page.document, |content| match content {
        HoleContent::Address(link) => escaped(&address(site, id, page, link as usize)),
        HoleContent::Embed(_) | HoleContent::Table(_) => draw(content),
    })
}

/// A text without drawings, with the address of each of its links.
pub(super) fn with_addresses(document: &Document, address: impl Fn(usize) -> String) -> String {
    filled(document, |content| match content {
        HoleContent::Address(link) => escaped(&address(link as usize)),
        HoleContent::Embed(_) | HoleContent::Table(_) => String::new(),
    })
}

fn filled(document: &Document, content: impl Fn(HoleContent) -> String) -> String {
    let mut html = String::with_capacity(document.html.len() + document.holes.len() * 32);
    let mut from = 0;
    for hole in &document.holes {
        html.push_str(&document.html[from..hole.at]);
        from = hole.at;
        html.push_str(&content(hole.content));
    }
    html.push_str(&document.html[from..]);
    html
}

/// Where a link leads, for an attribute. One that leads nowhere keeps what its author wrote.
pub(super) fn address(site: &Site, id: PageId, page: &Page, link: usize) -> String {
    let resolution: &Resolution = &site.links(id)[link];
    site.href(id, &resolution.target).map_or_else(|| page.links[link].destination.clone(), |href| href.to_string())
}
