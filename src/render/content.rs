//! The content of a page: its HTML with the holes filled.
//! In: a compiled page and the answers that only the site knows. Out: HTML.
//! Never knows: the theme's templates, Markdown.

use super::copies::{self, Insertion};
use super::tags;
use crate::html::{escaped, take_back_attribute};
use crate::markdown::{Blank, Document, HoleContent};
use crate::page::Page;
use crate::search;
use crate::site::{PageId, Resolution, Site};
use crate::url::Href;

/// Fills the holes of a page's HTML. `draw` makes embeds, and what stands above tables.
pub(super) fn fill(site: &Site, id: PageId, page: &Page, draw: &dyn Fn(HoleContent) -> String) -> String {
    let is_template = site.is_template(id);
    let links = copies::links(site, id, &page.document);
    filled(&page.document, &links, |content| match content {
        HoleContent::Address(link) => Some(escaped(&address(site, id, page, link as usize)?)),
        HoleContent::Embed(_) | HoleContent::Table(_) => Some(draw(content)),
        HoleContent::Tags => Some(tags::overview(site, id)),
        HoleContent::Blank(index) => Some(blank(site, is_template, &page.document.blanks[index as usize])),
    })
}

/// A text without drawings, with the address of each of its links that has one.
pub(super) fn with_addresses(site: &Site, document: &Document, address: impl Fn(usize) -> Option<String>) -> String {
    filled(document, &[], |content| match content {
        HoleContent::Address(link) => Some(escaped(&address(link as usize)?)),
        HoleContent::Embed(_) | HoleContent::Table(_) | HoleContent::Tags => Some(String::new()),
        HoleContent::Blank(index) => Some(blank(site, false, &document.blanks[index as usize])),
    })
}

/// A fact, or on a template what the reader fills in. Elsewhere a placeholder is spoken of, and stays as it is.
fn blank(site: &Site, is_template: bool, blank: &Blank) -> String {
    match site.facts.value(&blank.name) {
        Some(value) => escaped(&value),
        None if is_template => format!(
            "<span class=\"placeholder\" data-name=\"{}\">{}</span>",
            escaped(&blank.name),
            escaped(&blank.written)
        ),
        None => escaped(&blank.written),
    }
}

/// A text without its markup.
pub(super) fn plain(site: &Site, document: &Document) -> String {
    search::plain(&with_addresses(site, document, |_| None))
}

/// The HTML of a document with its holes filled, and with what is put in besides. An attribute whose address is none
/// goes with its name.
fn filled(document: &Document, insertions: &[Insertion], content: impl Fn(HoleContent) -> Option<String>) -> String {
    let mut html = String::with_capacity(document.html.len() + document.holes.len() * 32);
    let mut from = 0;
    let mut insertions = insertions.iter().peekable();
    let mut copy_to = |html: &mut String, from: usize, to: usize| {
        let mut from = from;
        while let Some((at, text)) = insertions.next_if(|(at, _)| *at <= to) {
            let at = (*at).max(from);
            html.push_str(&document.html[from..at]);
            html.push_str(text);
            from = at;
        }
        html.push_str(&document.html[from..to]);
    };
    for hole in &document.holes {
        // A `srcset` has several: its first bad address takes the others along.
        if hole.at < from {
            continue;
        }
        copy_to(&mut html, from, hole.at);
        from = hole.at;
        if let Some(text) = content(hole.content) {
            html.push_str(&text);
        } else {
            take_back_attribute(&mut html);
            from += document.html[from..].find('"').map_or(0, |quote| quote + 1);
        }
    }
    copy_to(&mut html, from, document.html.len());
    html
}

/// Where a link leads, for an attribute; `None` where the attribute must go.
pub(super) fn address(site: &Site, id: PageId, page: &Page, link: usize) -> Option<String> {
    let resolution: &Resolution = &site.links(id)[link];
    or_as_written(site, site.href(id, &resolution.target), &page.links[link].destination)
}

/// What leads nowhere keeps what its author wrote, unless that must not be published.
pub(super) fn or_as_written(site: &Site, href: Option<Href>, written: &str) -> Option<String> {
    href.or_else(|| Href::as_written(written, &site.config.schemes)).map(|href| href.to_string())
}
