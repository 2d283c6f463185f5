//! The content of a page: its HTML with the holes filled.
//! In: a compiled page and the answers that only the site knows. Out: HTML.
//! Never knows: the theme's templates, Markdown.

use super::copies::{self, Insertion};
use super::tags;
use crate::html::escaped;
use crate::markdown::{Blank, Document, HoleContent};
use crate::page::Page;
use crate::search;
use crate::site::{PageId, Resolution, Site};

/// Fills the holes of a page's HTML. `draw` makes embeds, and what stands above tables.
pub(super) fn fill(site: &Site, id: PageId, page: &Page, draw: &dyn Fn(HoleContent) -> String) -> String {
    let is_template = site.is_template(id);
    let links = copies::links(site, id, &page.document);
    filled(&page.document, &links, |content| match content {
        HoleContent::Address(link) => escaped(&address(site, id, page, link as usize)),
        HoleContent::Embed(_) | HoleContent::Table(_) => draw(content),
        HoleContent::Tags => tags::overview(site, id),
        HoleContent::Blank(index) => blank(site, is_template, &page.document.blanks[index as usize]),
    })
}

/// A text without drawings, with the address of each of its links.
pub(super) fn with_addresses(site: &Site, document: &Document, address: impl Fn(usize) -> String) -> String {
    filled(document, &[], |content| match content {
        HoleContent::Address(link) => escaped(&address(link as usize)),
        HoleContent::Embed(_) | HoleContent::Table(_) | HoleContent::Tags => String::new(),
        HoleContent::Blank(index) => blank(site, false, &document.blanks[index as usize]),
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
    search::plain(&with_addresses(site, document, |_| String::new()))
}

/// The HTML of a document with its holes filled, and with what is put in besides.
fn filled(document: &Document, insertions: &[Insertion], content: impl Fn(HoleContent) -> String) -> String {
    let mut html = String::with_capacity(document.html.len() + document.holes.len() * 32);
    let mut from = 0;
    let mut insertions = insertions.iter().peekable();
    let mut copy_to = |html: &mut String, to: usize| {
        while let Some((at, text)) = insertions.next_if(|(at, _)| *at <= to) {
            html.push_str(&document.html[from..*at]);
            html.push_str(text);
            from = *at;
        }
        html.push_str(&document.html[from..to]);
        from = to;
    };
    for hole in &document.holes {
        copy_to(&mut html, hole.at);
        html.push_str(&content(hole.content));
    }
    copy_to(&mut html, document.html.len());
    html
}

/// Where a link leads, for an attribute. One that leads nowhere keeps what its author wrote.
pub(super) fn address(site: &Site, id: PageId, page: &Page, link: usize) -> String {
    let resolution: &Resolution = &site.links(id)[link];
    let href = site.href_of_link(&site.page(id).address, resolution);
    href.map_or_else(|| page.links[link].destination.clone(), |href| href.to_string())
}
