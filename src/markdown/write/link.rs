//! Links and images: holes for their addresses, and the exact place of each destination.

use std::ops::Range;

use pulldown_cmark::{LinkType, Tag};

use super::definition::{Definitions, destination_from};
use super::writer::{Enclosing, Writer};
use crate::diagnostic::Rule;
use crate::markdown::attributes::Attributes;
use crate::markdown::document::{HoleContent, LinkKind};
use crate::source::Part as _;

/// A link without text.
pub(crate) static EMPTY_TEXT: Rule = Rule::warning("link/empty-text", include_str!("empty_text.md"));
/// An image without `alt`.
pub(crate) static EMPTY_ALT: Rule = Rule::warning("link/empty-alt", include_str!("empty_alt.md"));

/// A link without an address.
pub(crate) static EMPTY_DESTINATION: Rule =
    Rule::warning("link/empty-destination", include_str!("empty_destination.md"));

/// The links and images that are open: an image may be in a link.
#[derive(Default)]
pub(super) struct Links<'a> {
    open: Vec<OpenLink<'a>>,
}

/// A link or image whose end was not met yet.
struct OpenLink<'a> {
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

impl<'a> Links<'a> {
    pub(super) fn start(&mut self, writer: &mut Writer<'a>, tag: &'a Tag<'a>, range: &Range<usize>) {
        let Tag::Link { link_type, dest_url, title, id } = tag else { return };
        let kind = match link_type {
            LinkType::Autolink | LinkType::Email => LinkKind::Autolink,
            _ => LinkKind::Markdown,
        };
        // In `<lead@acme.example>`, the scheme is left out.
        let mail = if *link_type == LinkType::Email { "mailto:" } else { "" };
        let index =
            (!writer.is_in(Enclosing::Image)).then(|| writer.add_link(kind, format!("{mail}{dest_url}"), range));
        let mut link = OpenLink::new(writer, index, *link_type, range);
        if let Some(index) = index {
            writer.raw("<a href=\"");
            writer.hole(HoleContent::Address(index));
            writer.raw("\"");
            if !title.is_empty() {
                writer.attribute("title", title);
            }
            writer.raw(">");
        }
        link.content = writer.end();
        self.open.push(OpenLink { label: id, title, ..link });
        writer.enter(Enclosing::Link);
    }

    pub(super) fn start_image(&mut self, writer: &mut Writer<'a>, tag: &'a Tag<'a>, range: &Range<usize>) {
        let Tag::Image { link_type, dest_url, title, id } = tag else { return };
        let is_shown = !writer.is_in(Enclosing::Image);
        let index = is_shown.then(|| writer.add_link(LinkKind::Image, dest_url.to_string(), range));
        let link = OpenLink::new(writer, index, *link_type, range);
        self.open.push(OpenLink { label: id, title, ..link });
        writer.enter(Enclosing::Image);
    }

    pub(super) fn end(&mut self, writer: &mut Writer<'a>, definitions: &mut Definitions<'a>, range: &Range<usize>) {
        writer.leave(Enclosing::Link);
        let Some(open) = self.open.pop() else { return };
        let text = open.close(writer, definitions, 1);
        let Some(index) = open.index else { return };
        let is_empty = text.trim().is_empty() && writer.html_since(open.content).trim().is_empty();
        let leads_nowhere = writer.link(index).is_some_and(|link| link.destination.is_empty());
        let attributes = writer.attributes_at(range.end);
        if let Some(attributes) = &attributes {
            if is_empty && attributes.id.is_some() && leads_nowhere {
                return end_anchor(writer, &open, attributes);
            }
            writer.insert_attributes(open.content - 1, attributes);
        }
        writer.raw("</a>");
        if !is_empty && leads_nowhere && open.link_type == LinkType::Inline {
            let finding = EMPTY_DESTINATION.at(writer.span(range.clone()), format!("link `{text}` has no address"));
            writer.report(finding.help("add the address between the parentheses"));
        }
        if let Some(link) = writer.link(index) {
            link.text = text;
        }
        if is_empty {
            report_empty_text(writer, index, "add the link text between the brackets");
        }
    }

    pub(super) fn end_image(
        &mut self,
        writer: &mut Writer<'a>,
        definitions: &mut Definitions<'a>,
        range: &Range<usize>,
    ) {
        writer.leave(Enclosing::Image);
        let Some(image) = self.open.pop() else { return };
        let alt = image.close(writer, definitions, 2);
        let Some(index) = image.index else { return };
        writer.raw("<img src=\"");
        writer.hole(HoleContent::Address(index));
        writer.raw("\"");
        writer.attribute("alt", &alt.replace('\n', " "));
        if !image.title.is_empty() {
            writer.attribute("title", image.title);
        }
        let mut width = None;
        if let Some(attributes) = writer.attributes_at(range.end) {
            writer.write_attributes(&attributes);
            let given = attributes.others.iter().find(|(name, _)| name == "width");
            width = given.and_then(|(_, value)| pixels(value));
        }
        writer.raw(" loading=\"lazy\">");
        if alt.trim().is_empty() {
            report_empty_alt(writer, index, "describe the image between the brackets");
        }
        if let Some(link) = writer.link(index) {
            (link.text, link.width) = (alt, width);
        }
    }
}

impl<'a> OpenLink<'a> {
    fn new(writer: &mut Writer<'_>, index: Option<u32>, link_type: LinkType, range: &Range<usize>) -> Self {
        let (plain, here) = (writer.plain().start(), writer.end());
        Self { index, link_type, label: "", title: "", range: range.clone(), plain, opening: here, content: here }
    }

    /// Ends the gathering of a link's text, and finds the place of its destination.
    fn close(&self, writer: &mut Writer<'a>, definitions: &mut Definitions<'a>, brackets: usize) -> String {
        let text = writer.gathered(self.plain, str::to_owned);
        // The event before the link's end is the last one inside it, or its own start.
        let content_end = match writer.event_before() {
            Some((_, range)) if range != &self.range => range.end,
            _ => self.range.start + brackets,
        };
        // Asked for even inside an `alt`: a definition that only an `alt` refers to is used all the same.
        let destination = self.destination(writer.text(), definitions, content_end);
        if let (Some(index), Some(range)) = (self.index, destination) {
            let span = writer.span(range);
            if let Some(link) = writer.link(index) {
                link.span = span;
            }
        }
        text
    }

    fn destination(&self, text: &str, definitions: &mut Definitions<'a>, content_end: usize) -> Option<Range<usize>> {
        match self.link_type {
            LinkType::Inline => {
                let text = text.part(..self.range.end);
                let open = content_end + text.part(content_end..).find("](")? + 2;
                let start = open + (text.len() - open - text.part(open..).trim_start().len());
                Some(destination_from(text, start))
            }
            LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut => definitions.destination(self.label),
            LinkType::Autolink | LinkType::Email => Some(self.range.start + 1..self.range.end - 1),
            _ => None,
        }
    }
}

/// `[](){#id}` leads nowhere: it is a place to lead to.
fn end_anchor(writer: &mut Writer<'_>, link: &OpenLink<'_>, attributes: &Attributes) {
    writer.out().html.truncate(link.opening);
    writer.out().holes.pop();
    writer.document().links.pop();
    writer.raw("<a");
    writer.write_attributes(attributes);
    writer.raw("></a>");
}

pub(crate) fn report_empty_text(writer: &mut Writer<'_>, index: u32, help: &str) {
    let Some(link) = writer.link(index) else { return };
    let finding = EMPTY_TEXT.at(link.whole, format!("link to `{}` has no text", link.destination));
    writer.report(finding.help(help));
}

pub(crate) fn report_empty_alt(writer: &mut Writer<'_>, index: u32, help: &str) {
    let Some(link) = writer.link(index) else { return };
    let message = format!("image `{}` has no alt text", link.destination);
    let finding = EMPTY_ALT.at(link.whole, message);
    writer.report(finding.help(help));
}

/// The pixels that the value of a `width` says: `300`, `300px`. A share of the page is none.
pub(crate) fn pixels(value: &str) -> Option<u32> {
    value.trim().trim_end_matches("px").parse().ok()
}
