//! Raw HTML.
//! In: HTML blocks and tags as they come. Out: the same HTML, with holes where it leads or loads, and its ids,
//! links and elements.
//! Never knows: where links lead, what an element is for.

use std::ops::Range;

use pulldown_cmark::{Event, TagEnd};

use super::attribute::{address_attribute, take_id};
use super::diagram::{self, holds_diagram};
use super::element::{Elements, is_known, report_unclosed_markup};
use super::permitted::{self, TagLinks, harmless_text};
use super::pseudo_tag::{EndTags, PSEUDO_TAG};
use super::url_attributes::is_address;
use crate::diagnostic::{Edit, Fix};
use crate::html::tokenizer::{EndTag, Markup, StartTag, next_markup};
use crate::html::{RawHtmlPolicy, decode_text};
use crate::markdown::lint::leaked::{report_component, report_diagram, report_lost_include, report_markdown};
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
    /// Whether Markdown is looked for between tags: in a block of HTML, until the first is met.
    looks_for_markdown: bool,
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
        self.looks_for_markdown = true;
        self.write(writer, &Stretch::of(writer.text(), pieces));
        self.looks_for_markdown = false;
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
        let policy = writer.input().options.raw_html;
        // Not `Tokens`: behind the placeholder `<Title>` the text goes on as markup, which it would not behind an element.
        while let Some(markup) = next_markup(text, at) {
            let span = markup.span().clone();
            self.text(writer, html, at..span.start);
            at = span.end;
            match markup {
                Markup::Comment(_) => {
                    report_lost_include(writer, text.part(span.clone()), &html.place(span.clone()));
                    // A comment is for authors: where HTML is not published, neither is what it says.
                    if policy == RawHtmlPolicy::Allow {
                        writer.raw(text.part(span));
                    }
                }
                Markup::UnclosedComment(_) | Markup::UnclosedTag(_) => {
                    let rest = text.part(span.clone());
                    // One line says which it is; the rest may be the whole page.
                    let line = rest.lines().next().unwrap_or_default().trim_end().len();
                    report_unclosed_markup(writer, html.place(span.start..span.start + line));
                    writer.raw(&harmless_text(rest, policy));
                }
                Markup::StartTag(_) | Markup::EndTag(_) if policy == RawHtmlPolicy::Escape => {
                    writer.write_text(text.part(span.clone()), &html.place(span));
                }
                Markup::EndTag(tag) if policy == RawHtmlPolicy::Sanitize => self.close_permitted(writer, html, &tag),
                Markup::EndTag(tag) => {
                    self.elements.close(writer, &tag.name, html.place(span.clone()).end);
                    writer.raw(text.part(span));
                }
                Markup::StartTag(tag) if self.end_tags.is_placeholder(&tag, writer.text()) => {
                    pseudo_tag(writer, html, span);
                }
                Markup::StartTag(tag) => {
                    let is_diagram = holds_diagram(&tag);
                    let drawn = if is_diagram { diagram::write(writer, html, &tag) } else { None };
                    if is_diagram && drawn.is_none() {
                        report_diagram(writer, &html.place(span));
                    }
                    at = drawn.unwrap_or_else(|| match policy {
                        RawHtmlPolicy::Sanitize => self.open_permitted(writer, html, &tag),
                        RawHtmlPolicy::Allow | RawHtmlPolicy::Escape => self.open_tag(writer, html, &tag),
                    });
                }
            }
        }
        self.text(writer, html, at..text.len());
    }

    /// Writes text between tags: it is HTML already, but for icons.
    fn text(&mut self, writer: &mut Writer<'_>, html: &Stretch<'_>, range: Range<usize>) {
        let mut done = range.start;
        if self.looks_for_markdown && !self.elements.is_inside(&["code", "pre", "samp", "svg", "math"]) {
            self.looks_for_markdown = !report_markdown(writer, html, &range);
        }
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
        if !is_known(&tag.name) && !self.elements.is_inside(&["svg", "math"]) {
            report_component(writer, tag, html);
        }
        let mut done = tag.span.start;
        let (mut links, mut has_id) = (TagLinks::default(), false);
        for attribute in tag.attributes() {
            match &*attribute.name {
                _ if is_address(tag, &attribute) => {
                    writer.raw(text.part(done..attribute.span.start));
                    let first = address_attribute(writer, html, &attribute, &whole);
                    // Of two `href`, browsers follow the first.
                    links.target = links.target.or(first.filter(|_| attribute.name == "href"));
                    links.source = links.source.or(first.filter(|_| attribute.name == "src"));
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
        self.after_start_tag(writer, html, tag, links);
        // Authors mean `<script src="a.js"/>` to be all of it, and what they write behind it to be seen.
        let Some(content) = tag.raw_text().filter(|_| !tag.is_self_closing) else { return tag.span.end };
        writer.raw(text.part(content.clone()));
        content.end
    }

    /// Writes a start tag as far as it is published; returns where to go on.
    fn open_permitted(&mut self, writer: &mut Writer<'_>, html: &Stretch<'_>, tag: &StartTag<'_>) -> usize {
        let Some(links) = permitted::start_tag(writer, html, tag) else {
            // What a script or a style says is not for readers.
            return tag.raw_text().map_or(tag.span.end, |content| content.end);
        };
        self.after_start_tag(writer, html, tag, links);
        tag.span.end
    }

    /// Writes an end tag of an element that is open. Any other could end what the page around the text is made of.
    fn close_permitted(&mut self, writer: &mut Writer<'_>, html: &Stretch<'_>, tag: &EndTag<'_>) {
        if self.elements.is_inside(&[&tag.name]) {
            self.elements.close(writer, &tag.name, html.place(tag.span.clone()).end);
            permitted::end_tag(writer, &tag.name);
        }
    }

    /// Takes note of an element whose start tag is written.
    fn after_start_tag(&mut self, writer: &mut Writer<'_>, html: &Stretch<'_>, tag: &StartTag<'_>, links: TagLinks) {
        let TagLinks { target, source } = links;
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
        self.elements.open(writer, tag, target, &html.place(tag.span.clone()));
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
    writer.raw(&harmless_text(text, writer.input().options.raw_html));
    let inner = text.trim();
    if inner.is_empty() {
        return writer.gather_text(text, &html.place(range));
    }
    let start = range.start + (text.len() - text.trim_start().len());
    writer.gather_text(text.part(..start - range.start), &html.place(range.start..start));
    writer.gather_text(&decode_text(html.text.part(start..range.end)), &html.place(start..start + inner.len()));
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
