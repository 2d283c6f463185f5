//! Links and images.
//! In: links as they come. Out: HTML with holes for their addresses, and each link with the exact place of its
//! destination.
//! Never knows: where links lead.

use std::ops::Range;

use pulldown_cmark::{LinkType, Tag};

use super::writer::Writer;
use crate::diagnostic::Rule;
use crate::markdown::attributes::Attributes;
use crate::markdown::document::{HoleContent, Link, LinkKind};

/// A link without text.
pub(crate) static EMPTY_TEXT: Rule = Rule::warning("link/empty-text", include_str!("empty_text.md"));
/// An image without `alt`.
pub(crate) static EMPTY_ALT: Rule = Rule::warning("link/empty-alt", include_str!("empty_alt.md"));

/// A link without an address.
pub(crate) static EMPTY_DESTINATION: Rule =
    Rule::warning("link/empty-destination", include_str!("empty_destination.md"));

/// A link or image whose end was not met yet.
pub(crate) struct OpenLink<'a> {
    /// Its position in the document; `None` for a link inside an `alt`, which is text there.
    index: Option<u32>,
    link_type: LinkType,
    label: &'a str,
    title: &'a str,
    range: Range<usize>,
    /// Where its plain text starts.
    plain: usize,
    /// Where its HTML starts, and its content's.
    opening: usize,
    content: usize,
}

impl<'a> Writer<'a> {
    pub(super) fn start_link(&mut self, tag: &'a Tag<'a>, range: &Range<usize>) {
        let Tag::Link { link_type, dest_url, title, id } = tag else { return };
        let kind = match link_type {
            LinkType::Autolink | LinkType::Email => LinkKind::Autolink,
            _ => LinkKind::Markdown,
        };
        let mail = if *link_type == LinkType::Email { "mailto:" } else { "" };
        let index = (self.images == 0).then(|| self.add_link(kind, format!("{mail}{dest_url}"), range));
        let mut link = self.opened(index, *link_type, range);
        if let Some(index) = index {
            self.out.raw("<a href=\"");
            self.out.hole(HoleContent::Address(index));
            self.out.raw("\"");
            if !title.is_empty() {
                self.out.attribute("title", title);
            }
            self.out.raw(">");
        }
        link.content = self.out.html.len();
        self.links.push(OpenLink { label: id, title, ..link });
    }

    pub(super) fn start_image(&mut self, tag: &'a Tag<'a>, range: &Range<usize>) {
        let Tag::Image { link_type, dest_url, title, id } = tag else { return };
        let index = (self.images == 0).then(|| self.add_link(LinkKind::Image, dest_url.to_string(), range));
        let link = self.opened(index, *link_type, range);
        self.links.push(OpenLink { label: id, title, ..link });
        self.images += 1;
    }

    fn opened(&mut self, index: Option<u32>, link_type: LinkType, range: &Range<usize>) -> OpenLink<'a> {
        let (plain, here) = (self.plain.start(), self.out.html.len());
        OpenLink { index, link_type, label: "", title: "", range: range.clone(), plain, opening: here, content: here }
    }

    /// Adds a link whose text and exact place are not known yet; returns its position.
    pub(crate) fn add_link(&mut self, kind: LinkKind, destination: String, range: &Range<usize>) -> u32 {
        let whole = self.span(range.clone());
        let index = u32::try_from(self.document.links.len()).unwrap_or(u32::MAX);
        self.document.links.push(Link { kind, destination, span: whole, whole, text: String::new(), width: None });
        index
    }

    pub(super) fn end_link(&mut self, range: &Range<usize>) {
        let Some(link) = self.links.pop() else { return };
        let text = self.close_link(&link, 1);
        let Some(index) = link.index else { return };
        let is_empty = text.trim().is_empty() && self.out.html[link.content..].trim().is_empty();
        let attributes = self.attributes_at(range.end);
        if let Some(attributes) = &attributes {
            if is_empty && attributes.id.is_some() && self.document.links[index as usize].destination.is_empty() {
                return self.end_anchor(&link, attributes);
            }
            self.insert_attributes(link.content - 1, attributes);
        }
        self.out.raw("</a>");
        self.document.links[index as usize].text = text;
        if is_empty {
            self.report_empty_text(index, "add the link text between the brackets");
        } else if link.link_type == LinkType::Inline && self.document.links[index as usize].destination.is_empty() {
            let text = &self.document.links[index as usize].text;
            let finding = EMPTY_DESTINATION.at(self.span(range.clone()), format!("link `{text}` has no address"));
            self.found.push(finding.help("add the address between the parentheses"));
        }
    }

    pub(crate) fn report_empty_text(&mut self, index: u32, help: &str) {
        let link = &self.document.links[index as usize];
        let message = format!("link to `{}` has no text", link.destination);
        self.found.push(EMPTY_TEXT.at(link.whole, message).help(help));
    }

    pub(crate) fn report_empty_alt(&mut self, index: u32, help: &str) {
        let link = &self.document.links[index as usize];
        let message = format!("image `{}` has no alt text", link.destination);
        self.found.push(EMPTY_ALT.at(link.whole, message).help(help));
    }

    /// `[](){#id}` leads nowhere: it is a place to lead to.
    fn end_anchor(&mut self, link: &OpenLink<'a>, attributes: &Attributes) {
        self.out.html.truncate(link.opening);
        self.out.holes.pop();
        self.document.links.pop();
        self.out.raw("<a");
        self.write_attributes(attributes);
        self.out.raw("></a>");
    }

    /// Writes an attribute list into a tag that is written already.
    pub(super) fn insert_attributes(&mut self, at: usize, attributes: &Attributes) {
        let end = self.out.html.len();
        self.write_attributes(attributes);
        let written = self.out.html.split_off(end);
        self.out.insert(at, &written);
    }

    pub(super) fn end_image(&mut self, range: &Range<usize>) {
        self.images = self.images.saturating_sub(1);
        let Some(image) = self.links.pop() else { return };
        let alt = self.close_link(&image, 2);
        let Some(index) = image.index else { return };
        self.out.raw("<img src=\"");
        self.out.hole(HoleContent::Address(index));
        self.out.raw("\"");
        self.out.attribute("alt", &alt.replace('\n', " "));
        if !image.title.is_empty() {
            self.out.attribute("title", image.title);
        }
        if let Some(attributes) = self.attributes_at(range.end) {
            self.write_attributes(&attributes);
            let width = attributes.others.iter().find(|(name, _)| name == "width");
            self.document.links[index as usize].width = width.and_then(|(_, value)| pixels(value));
        }
        self.out.raw(" loading=\"lazy\">");
        if alt.trim().is_empty() {
            self.report_empty_alt(index, "describe the image between the brackets");
        }
        self.document.links[index as usize].text = alt;
    }

    /// Ends the gathering of a link's text, and finds the place of its destination.
    fn close_link(&mut self, link: &OpenLink<'a>, brackets: usize) -> String {
        let text = self.plain.since(link.plain).to_owned();
        self.plain.end();
        // The event before the link's end is the last one inside it, or its own start.
        let inside = self.at.checked_sub(2).and_then(|before| self.input.events.get(before));
        let content_end = match inside {
            Some((_, range)) if range != &link.range => range.end,
            _ => link.range.start + brackets,
        };
        let destination = self.destination(link, content_end);
        if let (Some(index), Some(range)) = (link.index, destination) {
            let span = self.span(range);
            self.document.links[index as usize].span = span;
        }
        text
    }

    fn destination(&mut self, link: &OpenLink<'a>, content_end: usize) -> Option<Range<usize>> {
        match link.link_type {
            LinkType::Inline => {
                let text = &self.input.text[..link.range.end];
                let open = content_end + text[content_end..].find("](")? + 2;
                let start = open + (text.len() - open - text[open..].trim_start().len());
                let (start, end) = destination_end(text, start);
                Some(start..end)
            }
            LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut => self.definitions.destination(link.label),
            LinkType::Autolink | LinkType::Email => Some(link.range.start + 1..link.range.end - 1),
            _ => None,
        }
    }
}

/// The pixels that the value of a `width` says: `300`, `300px`. A share of the page is none.
pub(crate) fn pixels(value: &str) -> Option<u32> {
    value.trim().trim_end_matches("px").parse().ok()
}

/// The destination that starts at `start`: without angle brackets, up to the first blank or unmatched parenthesis.
pub(super) fn destination_end(text: &str, start: usize) -> (usize, usize) {
    let bytes = text.as_bytes();
    let bracketed = bytes.get(start) == Some(&b'<');
    let start = start + usize::from(bracketed);
    let mut depth = 0_usize;
    let mut at = start;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' if bytes.get(at + 1).is_some_and(u8::is_ascii_punctuation) => at += 1,
            b'>' if bracketed => break,
            _ if bracketed => {}
            b'(' => depth += 1,
            b')' if depth == 0 => break,
            b')' => depth -= 1,
            byte if byte.is_ascii_whitespace() => break,
            _ => {}
        }
        at += 1;
    }
    (start, at.min(bytes.len()))
}
