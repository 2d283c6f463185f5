//! Raw HTML.
//! In: HTML blocks and tags as they come. Out: the same HTML, with holes where it leads or loads, and its ids,
//! links and elements.
//! Never knows: where links lead, what an element is for.

use std::ops::Range;

use pulldown_cmark::{Event, TagEnd};

use super::element::{Elements, report_unclosed_markup};
use super::pseudo_tag::{EndTags, PSEUDO_TAG};
use super::tag::{Markup, OpeningTag, SpannedAttribute, read};
use super::url_attributes::{addresses, is_address};
use crate::diagnostic::{Edit, Fix};
use crate::html::{unescaped, unescaped_text};
use crate::markdown::document::{HoleContent, LinkKind};
use crate::markdown::stretch::Stretch;
use crate::markdown::write::inline::icon::{self, IconRole};
use crate::markdown::write::link::{pixels, report_empty_alt};
use crate::markdown::write::writer::{Enclosing, Writer};
use crate::source::Part as _;

/// Elements whose content is not HTML.
const RAW_TEXT: [&str; 4] = ["script", "style", "textarea", "title"];

/// The raw HTML of a text.
#[derive(Default)]
pub(crate) struct RawHtml {
    elements: Elements,
    end_tags: EndTags,
}

impl RawHtml {
    /// Ends what is still open at the end of the text.
    pub(crate) fn finish(&mut self, writer: &mut Writer<'_>) {
        self.elements.close_all(writer);
    }

    /// Writes an HTML block: all of it at once, since a tag may go over lines.
    pub(crate) fn block(&mut self, writer: &mut Writer<'_>) {
        writer.fresh_line();
        let rest = writer.rest();
        let count = rest.iter().take_while(|(event, _)| !matches!(event, Event::End(TagEnd::HtmlBlock))).count();
        writer.go_to(writer.position() + count + 1);
        let pieces = rest.iter().take(count).filter_map(|(event, range)| match event {
            Event::Html(text) | Event::Text(text) => Some((&**text, range.clone())),
            _ => None,
        });
        self.write(writer, &Stretch::of(writer.text(), pieces));
    }

    /// Writes a tag or comment inside a paragraph.
    pub(crate) fn inline(&mut self, writer: &mut Writer<'_>, html: &str, range: &Range<usize>) {
        if !writer.is_in(Enclosing::Image) {
            self.write(writer, &Stretch::of(writer.text(), std::iter::once((html, range.clone()))));
        }
    }

    fn write(&mut self, writer: &mut Writer<'_>, html: &Stretch<'_>) {
        let text: &str = &html.text;
        let mut at = 0;
        while let Some(found) = text.part(at..).find('<') {
            self.text(writer, html, at..at + found);
            at += found;
            at = match read(text.part(at..)) {
                Markup::Text => {
                    self.text(writer, html, at..at + 1);
                    at + 1
                }
                Markup::Other(length) => {
                    writer.raw(text.part(at..at + length));
                    at + length
                }
                Markup::OpenComment | Markup::Unfinished => {
                    let line = text.part(at..).lines().next().unwrap_or_default().trim_end().len();
                    report_unclosed_markup(writer, html.place(at..at + line));
                    writer.raw(text.part(at..));
                    return;
                }
                Markup::Close(name, length) => {
                    self.elements.close(writer, &name, html.place(at..at + length).end);
                    writer.raw(text.part(at..at + length));
                    at + length
                }
                Markup::Open(tag) if self.end_tags.is_placeholder(&tag, text.part(at..), writer.text()) => {
                    pseudo_tag(writer, html, at..at + tag.end);
                    at + tag.end
                }
                Markup::Open(tag) => self.open_tag(writer, html, at, &tag),
            };
        }
        self.text(writer, html, at..text.len());
    }

    /// Writes text between tags: it is HTML already, but for icons.
    fn text(&self, writer: &mut Writer<'_>, html: &Stretch<'_>, range: Range<usize>) {
        let mut done = range.start;
        if !self.elements.is_inside(&["code", "pre"]) {
            while let Some((start, end)) = next_icon(&html.text, done..range.end) {
                text_piece(writer, html, done..start);
                icon::write(writer, &html.text[start + 1..end - 1], &html.place(start..end), IconRole::Decoration);
                done = end;
            }
        }
        text_piece(writer, html, done..range.end);
    }

    /// Writes an opening tag; returns where to go on.
    fn open_tag(&mut self, writer: &mut Writer<'_>, html: &Stretch<'_>, at: usize, tag: &OpeningTag) -> usize {
        let text = &html.text[at..];
        let whole = html.place(at..at + tag.end);
        let mut done = 0;
        let (mut target, mut source) = (None, None);
        for attribute in &tag.attributes {
            match &*attribute.name {
                _ if is_address(text, tag, attribute) => {
                    writer.raw(text.part(done..attribute.whole.start));
                    let first = address_attribute(writer, html, at, attribute, &whole);
                    target = target.or(first.filter(|_| attribute.name == "href"));
                    source = source.or(first.filter(|_| attribute.name == "src"));
                    done = attribute.whole.end;
                }
                // What it asks for is done already.
                "markdown" => {
                    writer.raw(text.part(done..attribute.whole.start).trim_end());
                    done = attribute.whole.end;
                }
                "id" => take_id(writer, html, at, attribute),
                "name" if tag.name == "a" => take_id(writer, html, at, attribute),
                _ => {}
            }
        }
        writer.raw(text.part(done..tag.end));
        // `alt=""` says that the image says nothing.
        if let Some(index) = source.filter(|_| tag.name == "img" && tag.value(text, "alt").is_none()) {
            report_empty_alt(writer, index, "add `alt=\"…\"` to describe it, or `alt=\"\"` if it is decorative");
        }
        if let Some(image) = target.filter(|_| tag.name == "img") {
            let width = tag.value(text, "width").and_then(pixels);
            if let Some(link) = writer.link(image) {
                link.width = width;
            }
        }
        if tag.name == "br" {
            break_in_cell(writer);
        }
        self.elements.open(writer, tag, text, target, &whole);
        if !RAW_TEXT.contains(&&*tag.name) || tag.closes_itself {
            return at + tag.end;
        }
        let closing = format!("</{}", tag.name);
        let content = text.part(tag.end..);
        let length = find_ignoring_case(content, &closing).unwrap_or(content.len());
        writer.raw(content.part(..length));
        at + tag.end + length
    }
}

/// Writes as text what is a tag in its form alone.
fn pseudo_tag(writer: &mut Writer<'_>, html: &Stretch<'_>, range: Range<usize>) {
    let text = &html.text[range.clone()];
    let place = html.place(range);
    writer.write_text(text, &place);
    let message = format!("`{text}` is not an HTML element, so it is shown as text");
    let help = "write it as code, or put a backslash before it: other tools drop it";
    let span = writer.span(place);
    let escape = Edit { span: span.part(0..0), replacement: "\\".to_owned() };
    writer.report(PSEUDO_TAG.at(span, message).help(help).fix(Fix::suggested(vec![escape])));
}

fn text_piece(writer: &mut Writer<'_>, html: &Stretch<'_>, range: Range<usize>) {
    let text = &html.text[range.clone()];
    if text.is_empty() {
        return;
    }
    writer.raw(text);
    let inner = text.trim();
    if inner.is_empty() {
        return writer.gather_text(text, &html.place(range));
    }
    let start = range.start + (text.len() - text.trim_start().len());
    writer.gather_text(text.part(..start - range.start), &html.place(range.start..start));
    writer.gather_text(&unescaped_text(&html.text[start..range.end]), &html.place(start..start + inner.len()));
}

fn take_id(writer: &mut Writer<'_>, html: &Stretch<'_>, at: usize, attribute: &SpannedAttribute) {
    let value = at + attribute.value.start..at + attribute.value.end;
    let id = unescaped(&html.text[value.clone()]).into_owned();
    // `<a id="x" name="x">` is one anchor, for browsers of two ages.
    let span = writer.span(html.place(value));
    if !id.is_empty() && !is_last_anchor(writer, &id, attribute) {
        writer.claim_anchor(&id, span);
    }
}

fn is_last_anchor(writer: &mut Writer<'_>, id: &str, attribute: &SpannedAttribute) -> bool {
    attribute.name == "name" && writer.document().anchors.last().is_some_and(|last| last.value.as_str() == id)
}

/// Writes an attribute that holds one or more addresses, with a hole for each; returns the first link.
fn address_attribute(
    writer: &mut Writer<'_>,
    html: &Stretch<'_>,
    at: usize,
    attribute: &SpannedAttribute,
    whole: &Range<usize>,
) -> Option<u32> {
    let text = &html.text[at..];
    let value = text.part(attribute.value.clone());
    let kind = match &*attribute.name {
        "href" => LinkKind::HtmlHref,
        "src" | "poster" | "srcset" => LinkKind::HtmlSrc,
        _ => LinkKind::HtmlOther,
    };
    writer.raw(text.part(attribute.whole.start..attribute.whole.start + attribute.name.len()));
    writer.raw("=\"");
    let addresses = addresses(&attribute.name, value);
    let mut first = None;
    let mut done = 0;
    for address in addresses {
        writer.raw(&value.part(done..address.start).replace('"', "&quot;"));
        let place = html.place(at + attribute.value.start + address.start..at + attribute.value.start + address.end);
        let index = writer.add_link(kind, unescaped(value.part(address.clone())).into_owned(), whole);
        let span = writer.span(place);
        if let Some(link) = writer.link(index) {
            link.span = span;
        }
        writer.hole(HoleContent::Address(index));
        first = first.or(Some(index));
        done = address.end;
    }
    writer.raw(&value.part(done..).replace('"', "&quot;"));
    writer.raw("\"");
    first
}

/// A line break in a cell parts words; `<br>` is how people write one there.
fn break_in_cell(writer: &mut Writer<'_>) {
    if writer.is_in(Enclosing::Cell) {
        writer.plain().part_words();
    }
}

/// The next icon's shortcode in a range of a text.
fn next_icon(text: &str, range: Range<usize>) -> Option<(usize, usize)> {
    let colons = text.part(range.clone()).match_indices(':').map(|(at, _)| range.start + at);
    colons.filter(|at| icon::is_icon_name(text.part(at + 1..range.end))).find_map(|at| {
        let name = text.part(at + 1..range.end);
        let length = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-')?;
        name.part(length..).starts_with(':').then_some((at, at + length + 2))
    })
}

fn find_ignoring_case(text: &str, needle: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    bytes.windows(needle.len()).position(|window| window.eq_ignore_ascii_case(needle.as_bytes()))
}
