//! Raw HTML.
//! In: HTML blocks and tags as they come. Out: the same HTML, with holes where it leads or loads, and its ids,
//! links and elements.
//! Never knows: where links lead, what an element is for.

use std::ops::Range;

use pulldown_cmark::{Event, TagEnd};

use super::diagram::{self, holds_diagram};
use super::element::{Elements, report_unclosed_markup};
use super::pseudo_tag::{EndTags, PSEUDO_TAG};
use super::url_attributes::{addresses, is_address};
use crate::diagnostic::{Edit, Fix};
use crate::html::tokenizer::{Attribute, Markup, StartTag, next_markup};
use crate::html::{decode_attribute, decode_text};
use crate::markdown::document::{HoleContent, LinkKind};
use crate::markdown::stretch::Stretch;
use crate::markdown::write::inline::icon::{self, IconRole};
use crate::markdown::write::link::{pixels, report_empty_alt};
use crate::markdown::write::writer::{Enclosing, Writer};
use crate::source::Part as _;

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
        // Not `Tokens`: behind the placeholder `<Title>` the text goes on as markup, which it would not behind an element.
        while let Some(markup) = next_markup(text, at) {
            let span = markup.span().clone();
            self.text(writer, html, at..span.start);
            at = span.end;
            match markup {
                Markup::Comment(_) => writer.raw(text.part(span)),
                Markup::UnclosedComment(_) | Markup::UnclosedTag(_) => {
                    let rest = text.part(span.clone());
                    // One line says which it is; the rest may be the whole page.
                    let line = rest.lines().next().unwrap_or_default().trim_end().len();
                    report_unclosed_markup(writer, html.place(span.start..span.start + line));
                    writer.raw(rest);
                }
                Markup::EndTag(tag) => {
                    self.elements.close(writer, &tag.name, html.place(span.clone()).end);
                    writer.raw(text.part(span));
                }
                Markup::StartTag(tag) if self.end_tags.is_placeholder(&tag, writer.text()) => {
                    pseudo_tag(writer, html, span);
                }
                Markup::StartTag(tag) if holds_diagram(&tag) => {
                    let end = diagram::write(writer, html, &tag);
                    at = end.unwrap_or_else(|| self.open_tag(writer, html, &tag));
                }
                Markup::StartTag(tag) => at = self.open_tag(writer, html, &tag),
            }
        }
        self.text(writer, html, at..text.len());
    }

    /// Writes text between tags: it is HTML already, but for icons.
    fn text(&self, writer: &mut Writer<'_>, html: &Stretch<'_>, range: Range<usize>) {
        let mut done = range.start;
        if !self.elements.is_inside(&["code", "pre"]) {
            while let Some((start, end)) = next_icon(&html.text, done..range.end) {
                text_piece(writer, html, done..start);
                icon::write(writer, html.text.part(start + 1..end - 1), &html.place(start..end), IconRole::Decoration);
                done = end;
            }
        }
        text_piece(writer, html, done..range.end);
    }

    /// Writes a start tag, and what behind it is no markup; returns where to go on.
    fn open_tag(&mut self, writer: &mut Writer<'_>, html: &Stretch<'_>, tag: &StartTag<'_>) -> usize {
        let text: &str = &html.text;
        let whole = html.place(tag.span.clone());
        let mut done = tag.span.start;
        let (mut target, mut source, mut has_id) = (None, None, false);
        for attribute in tag.attributes() {
            match &*attribute.name {
                _ if is_address(tag, &attribute) => {
                    writer.raw(text.part(done..attribute.span.start));
                    let first = address_attribute(writer, html, &attribute, &whole);
                    // Of two `href`, browsers follow the first.
                    target = target.or(first.filter(|_| attribute.name == "href"));
                    source = source.or(first.filter(|_| attribute.name == "src"));
                    done = attribute.span.end;
                }
                // What it asks for is done already.
                "markdown" => {
                    writer.raw(text.part(done..attribute.span.start).trim_end());
                    done = attribute.span.end;
                }
                // Browsers know an element by the first of two.
                "id" if std::mem::replace(&mut has_id, true) => {}
                "id" => take_id(writer, html, &attribute),
                "name" if tag.name == "a" => take_id(writer, html, &attribute),
                _ => {}
            }
        }
        writer.raw(text.part(done..tag.span.end));
        // `alt=""` says that the image says nothing.
        if let Some(index) = source.filter(|_| tag.name == "img" && tag.value("alt").is_none()) {
            report_empty_alt(writer, index, "add `alt=\"…\"` to describe it, or `alt=\"\"` if it is decorative");
        }
        if let Some(image) = target.filter(|_| tag.name == "img") {
            let width = tag.value("width").and_then(pixels);
            if let Some(link) = writer.link(image) {
                link.width = width;
            }
        }
        if tag.name == "br" {
            break_in_cell(writer);
        }
        self.elements.open(writer, tag, target, &whole);
        // Authors mean `<script src="a.js"/>` to be all of it, and what they write behind it to be seen.
        let Some(content) = tag.raw_text().filter(|_| !tag.is_self_closing) else { return tag.span.end };
        writer.raw(text.part(content.clone()));
        content.end
    }
}

/// Writes as text what is a tag in its form alone.
fn pseudo_tag(writer: &mut Writer<'_>, html: &Stretch<'_>, range: Range<usize>) {
    let text = html.text.part(range.clone());
    let place = html.place(range);
    writer.write_text(text, &place);
    let message = format!("`{text}` is not an HTML element, so it is shown as text");
    let help = "write it as code, or put a backslash before it: other tools drop it";
    let span = writer.span(place);
    let escape = Edit { span: span.part(0..0), replacement: "\\".to_owned() };
    writer.report(PSEUDO_TAG.at(span, message).help(help).fix(Fix::suggested(vec![escape])));
}

fn text_piece(writer: &mut Writer<'_>, html: &Stretch<'_>, range: Range<usize>) {
    let text = html.text.part(range.clone());
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
    writer.gather_text(&decode_text(html.text.part(start..range.end)), &html.place(start..start + inner.len()));
}

fn take_id(writer: &mut Writer<'_>, html: &Stretch<'_>, attribute: &Attribute<'_>) {
    let id = decode_attribute(attribute.value).into_owned();
    let span = writer.span(html.place(attribute.value_span.clone()));
    // `<a id="x" name="x">` is one anchor, for browsers of two ages.
    if !id.is_empty() && !is_last_anchor(writer, &id, attribute) {
        writer.claim_anchor(&id, span);
    }
}

fn is_last_anchor(writer: &mut Writer<'_>, id: &str, attribute: &Attribute<'_>) -> bool {
    attribute.name == "name" && writer.document().anchors.last().is_some_and(|last| last.value.as_str() == id)
}

/// Writes an attribute that holds one or more addresses, with a hole for each; returns the first link.
fn address_attribute(
    writer: &mut Writer<'_>,
    html: &Stretch<'_>,
    attribute: &Attribute<'_>,
    whole: &Range<usize>,
) -> Option<u32> {
    let value = attribute.value;
    let kind = match &*attribute.name {
        "href" => LinkKind::HtmlHref,
        "src" | "poster" | "srcset" => LinkKind::HtmlSrc,
        _ => LinkKind::HtmlOther,
    };
    writer.raw(attribute.written_name);
    // What goes into the hole is escaped for double quotes, whichever the author took.
    writer.raw("=\"");
    let mut first = None;
    let mut done = 0;
    for address in addresses(&attribute.name, value) {
        writer.raw(&value.part(done..address.start).replace('"', "&quot;"));
        let start = attribute.value_span.start;
        let place = html.place(start + address.start..start + address.end);
        let index = writer.add_link(kind, decode_attribute(value.part(address.clone())).into_owned(), whole);
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
