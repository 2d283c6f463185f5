//! Fills the holes in a page's HTML: addresses of links, placeholders, drawings.

use std::fmt::Write as _;

use super::copies::{self, Insertion};
use super::tags;
use crate::html::{escaped, take_back_attribute};
use crate::markdown::{BlankAttribute, BlankPart, Document, HoleContent, Placeholder};
use crate::page::Page;
use crate::search;
use crate::site::{PageId, Resolution, Site};
use crate::source::Part as _;
use crate::url::{AddressPart, Href};

/// Fills the holes of a page's HTML. `draw` makes embeds, and what goes above tables.
pub(super) fn fill(site: &Site, id: PageId, page: &Page, draw: &dyn Fn(HoleContent) -> String) -> String {
    // Only templates have the form. Elsewhere `[Partner name]` is what the page says about placeholders.
    let shown = if site.is_template(id) { EmptyPlaceholder::Form } else { EmptyPlaceholder::Written };
    let links = copies::links(site, id, &page.document);
    filled(&page.document, &links, |content| match content {
        HoleContent::Address(link) => Some(escaped(&address(site, id, page, link as usize)?)),
        HoleContent::Embed(_) | HoleContent::Table(_) => Some(draw(content)),
        HoleContent::Tags => Some(tags::overview(site, id)),
        HoleContent::Blank(index) => Some(blank(site, shown, page.document.placeholder(index))),
        HoleContent::Attributes(index) => Some(attributes(site, shown, page.document.placeholder_attributes(index))),
    })
}

/// A text without drawings, with the address of each of its links that has one.
pub(super) fn with_addresses(
    site: &Site,
    document: &Document,
    shown: EmptyPlaceholder,
    address: impl Fn(usize) -> Option<String>,
) -> String {
    filled(document, &[], |content| match content {
        HoleContent::Address(link) => Some(escaped(&address(link as usize)?)),
        HoleContent::Embed(_) | HoleContent::Table(_) | HoleContent::Tags => Some(String::new()),
        HoleContent::Blank(index) => Some(blank(site, shown, document.placeholder(index))),
        HoleContent::Attributes(index) => Some(attributes(site, shown, document.placeholder_attributes(index))),
    })
}

/// How a placeholder is shown that has no value.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) enum EmptyPlaceholder {
    /// As an element that the form of the page fills in.
    Form,
    /// As it was written: the page only speaks of it.
    Written,
}

/// A placeholder in HTML: its value, or what the form fills in.
fn blank(site: &Site, shown: EmptyPlaceholder, blank: &Placeholder) -> String {
    match site.value(&blank.name) {
        // An address of a partner has several lines. Markdown is done by now, so the breaks are written here.
        Some(value) => value.trim().lines().map(escaped).collect::<Vec<_>>().join("<br>"),
        None if shown == EmptyPlaceholder::Form => format!(
            "<span class=\"placeholder\" data-name=\"{}\">{}</span>",
            escaped(&blank.name),
            escaped(&blank.written)
        ),
        None => escaped(&blank.written),
    }
}

/// The attributes of an element that hold placeholders. An address that is not filled in yet leads nowhere, so that the
/// element goes without it; the form adds it.
fn attributes(site: &Site, shown: EmptyPlaceholder, attributes: &[BlankAttribute]) -> String {
    let mut html = String::new();
    let mut open = serde_json::Map::new();
    for BlankAttribute { name, value } in attributes {
        let is_address = matches!(name.as_str(), "href" | "src" | "poster" | "cite");
        let text = with_values(site, value, is_address);
        let is_filled = text.is_some();
        let text = text.unwrap_or_else(|| value.iter().map(written).collect());
        // A scheme that is part of the page, `javascript:{{ x }}`, is refused whatever is filled in.
        if is_address && site.config.schemes.refusal(&text).is_some() {
            continue;
        }
        if !is_filled && shown == EmptyPlaceholder::Form {
            open.insert(name.clone(), value.iter().map(for_form).collect());
        }
        // `href="{{ url }}"` would be a link to a page of that name. In other attributes a placeholder does no harm.
        if is_filled || !is_address {
            let _ = write!(html, " {name}=\"{}\"", escaped(&text));
        }
    }
    if !open.is_empty() {
        let json = serde_json::Value::Object(open).to_string();
        let _ = write!(html, " data-fill-attributes=\"{}\"", escaped(&json));
    }
    html
}

/// The value of an attribute; `None` while something in it is not filled in.
fn with_values(site: &Site, value: &[BlankPart], is_address: bool) -> Option<String> {
    let mut text = String::new();
    for part in value {
        match part {
            BlankPart::Text(fixed) => text.push_str(fixed),
            BlankPart::Blank(blank) => {
                let value = site.value(&blank.name)?;
                // Which characters are encoded depends on what comes before: behind `?`, an `&` would begin another
                // parameter.
                let part = AddressPart::after(&text);
                text.push_str(&if is_address { part.encoded(&value) } else { value.trim().to_owned() });
            }
        }
    }
    Some(text)
}

fn written(part: &BlankPart) -> &str {
    match part {
        BlankPart::Text(text) => text,
        BlankPart::Blank(blank) => &blank.written,
    }
}

/// A part as the script of the form reads it: a text, or a name and the text shown until it has a value.
fn for_form(part: &BlankPart) -> serde_json::Value {
    match part {
        BlankPart::Text(text) => text.as_str().into(),
        BlankPart::Blank(blank) => vec![blank.name.as_str(), &blank.written].into(),
    }
}

/// A text without its markup.
pub(super) fn plain(site: &Site, document: &Document) -> String {
    search::plain(&with_addresses(site, document, EmptyPlaceholder::Written, |_| None))
}

/// The HTML of a document with its holes filled, and with insertions. An attribute without an address
/// goes with its name.
fn filled(document: &Document, insertions: &[Insertion], content: impl Fn(HoleContent) -> Option<String>) -> String {
    let mut html = String::with_capacity(document.html.len() + document.holes.len() * 32);
    let mut from = 0;
    let mut insertions = insertions.iter().peekable();
    let mut copy_to = |html: &mut String, from: usize, to: usize| {
        let mut from = from;
        while let Some((at, text)) = insertions.next_if(|(at, _)| *at <= to) {
            // An attribute that was dropped may have taken the bytes before the insertion along.
            let at = (*at).max(from);
            html.push_str(document.html.part(from..at));
            html.push_str(text);
            from = at;
        }
        html.push_str(document.html.part(from..to));
    };
    for hole in &document.holes {
        // A `srcset` has several holes: its first bad address drops the attribute, and the others with it.
        if hole.at < from {
            continue;
        }
        copy_to(&mut html, from, hole.at);
        from = hole.at;
        if let Some(text) = content(hole.content) {
            html.push_str(&text);
        } else {
            // The name and the opening quote are written already, and the closing quote follows the hole.
            take_back_attribute(&mut html);
            from += document.html.part(from..).find('"').map_or(0, |quote| quote + 1);
        }
    }
    copy_to(&mut html, from, document.html.len());
    html
}

/// Where a link leads, for an attribute; `None` where the attribute must go.
pub(super) fn address(site: &Site, id: PageId, page: &Page, link: usize) -> Option<String> {
    let resolution: &Resolution = site.link(id, link);
    or_as_written(site, site.href_of_link(&site.page(id).address, resolution), &page.link(link).destination)
}

/// A broken link keeps what its author wrote, unless that must not be published.
pub(super) fn or_as_written(site: &Site, href: Option<Href>, written: &str) -> Option<String> {
    href.or_else(|| Href::as_written(written, &site.config.schemes)).map(|href| href.to_string())
}
