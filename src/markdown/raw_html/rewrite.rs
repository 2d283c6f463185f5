//! Raw HTML.
//! In: HTML blocks and tags as they come. Out: the same HTML, with holes where it leads or loads, and its ids,
//! links and elements.
//! Never knows: where links lead, what an element is for.

use std::ops::Range;

use pulldown_cmark::{Event, TagEnd};

use super::pseudo_tag::PSEUDO_TAG;
use super::url_attributes::{addresses, is_address};
use crate::diagnostic::{Edit, Fix};
use crate::html::tokenizer::{Attribute, Markup, StartTag, next_markup};
use crate::html::{decode_attribute, decode_text};
use crate::markdown::document::{HoleContent, LinkKind};
use crate::markdown::stretch::Stretch;
use crate::markdown::write::icon::{self, IconRole};
use crate::markdown::write::link::pixels;
use crate::markdown::write::writer::Writer;
use crate::source::Part as _;

impl<'a> Writer<'a> {
    /// Writes an HTML block: all of it at once, since a tag may go over lines.
    pub(crate) fn html_block(&mut self) {
        self.out.fresh_line();
        let rest = &self.input.events[self.at..];
        let count = rest.iter().take_while(|(event, _)| !matches!(event, Event::End(TagEnd::HtmlBlock))).count();
        self.at += count + 1;
        let pieces = rest[..count].iter().filter_map(|(event, range)| match event {
            Event::Html(text) | Event::Text(text) => Some((&**text, range.clone())),
            _ => None,
        });
        self.write_html(&Stretch::of(self.input.text, pieces));
    }

    /// Writes a tag or comment inside a paragraph.
    pub(crate) fn inline_html(&mut self, html: &'a str, range: &Range<usize>) {
        if self.images == 0 {
            self.write_html(&Stretch::of(self.input.text, std::iter::once((html, range.clone()))));
        }
    }

    fn write_html(&mut self, html: &Stretch<'_>) {
        let text: &str = &html.text;
        let mut at = 0;
        // Not `Tokens`: behind the placeholder `<Title>` the text goes on as markup, which it would not behind an element.
        while let Some(markup) = next_markup(text, at) {
            let span = markup.span().clone();
            self.html_text(html, at..span.start);
            at = span.end;
            match markup {
                Markup::Comment(_) => self.out.raw(text.part(span)),
                Markup::UnclosedComment(_) | Markup::UnclosedTag(_) => {
                    let rest = text.part(span.clone());
                    // One line says which it is; the rest may be the whole page.
                    let line = rest.lines().next().unwrap_or_default().trim_end().len();
                    self.report_unclosed_markup(html.place(span.start..span.start + line));
                    self.out.raw(rest);
                }
                Markup::EndTag(tag) => {
                    self.close_element(&tag.name, html.place(span.clone()).end);
                    self.out.raw(text.part(span));
                }
                Markup::StartTag(tag) if self.end_tags.is_placeholder(&tag, self.input.text) => {
                    self.placeholder(html, span);
                }
                Markup::StartTag(tag) => at = self.open_tag(html, &tag),
            }
        }
        self.html_text(html, at..text.len());
    }

    /// Writes as text what is a tag in its form alone.
    fn placeholder(&mut self, html: &Stretch<'_>, range: Range<usize>) {
        let text = html.text.part(range.clone());
        let place = html.place(range);
        self.say(text, &place);
        let message = format!("`{text}` is not an HTML element, so it is shown as text");
        let help = "write it as code, or put a backslash before it: other tools drop it";
        let span = self.span(place);
        let escape = Edit { span: span.part(0..0), replacement: "\\".to_owned() };
        self.found.push(PSEUDO_TAG.at(span, message).help(help).fix(Fix::suggested(vec![escape])));
    }

    /// Writes text between tags: it is HTML already, but for icons.
    fn html_text(&mut self, html: &Stretch<'_>, range: Range<usize>) {
        let mut done = range.start;
        if !self.elements.is_inside(&["code", "pre"]) {
            while let Some((start, end)) = next_icon(&html.text, done..range.end) {
                self.html_piece(html, done..start);
                self.write_icon(html.text.part(start + 1..end - 1), &html.place(start..end), IconRole::Decoration);
                done = end;
            }
        }
        self.html_piece(html, done..range.end);
    }

    fn html_piece(&mut self, html: &Stretch<'_>, range: Range<usize>) {
        let text = html.text.part(range.clone());
        if text.is_empty() {
            return;
        }
        self.out.raw(text);
        let inner = text.trim();
        if inner.is_empty() {
            return self.hear(text, &html.place(range));
        }
        let indent = text.len() - text.trim_start().len();
        let start = range.start + indent;
        self.hear(text.part(..indent), &html.place(range.start..start));
        self.hear(&decode_text(text.part(indent..)), &html.place(start..start + inner.len()));
    }

    /// Writes a start tag, and what behind it is no markup; returns where to go on.
    fn open_tag(&mut self, html: &Stretch<'_>, tag: &StartTag<'_>) -> usize {
        let text: &str = &html.text;
        let whole = html.place(tag.span.clone());
        let mut done = tag.span.start;
        let (mut target, mut source, mut has_id) = (None, None, false);
        for attribute in tag.attributes() {
            match &*attribute.name {
                _ if is_address(tag, &attribute) => {
                    self.out.raw(text.part(done..attribute.span.start));
                    let first = self.address_attribute(html, &attribute, &whole);
                    // Of two `href`, browsers follow the first.
                    target = target.or(first.filter(|_| attribute.name == "href"));
                    source = source.or(first.filter(|_| attribute.name == "src"));
                    done = attribute.span.end;
                }
                // What it asks for is done already.
                "markdown" => {
                    self.out.raw(text.part(done..attribute.span.start).trim_end());
                    done = attribute.span.end;
                }
                // Browsers know an element by the first of two.
                "id" if std::mem::replace(&mut has_id, true) => {}
                "id" => self.html_id(html, &attribute),
                "name" if tag.name == "a" => self.html_id(html, &attribute),
                _ => {}
            }
        }
        self.out.raw(text.part(done..tag.span.end));
        // `alt=""` says that the image says nothing.
        if let Some(index) = source.filter(|_| tag.name == "img" && tag.value("alt").is_none()) {
            self.report_empty_alt(index, "add `alt=\"…\"` to describe it, or `alt=\"\"` if it is decorative");
        }
        if let Some(image) = target.filter(|_| tag.name == "img") {
            self.document.links[image as usize].width = tag.value("width").and_then(pixels);
        }
        if tag.name == "br" {
            self.break_in_cell();
        }
        self.open_element(tag, target, &whole);
        // Authors mean `<script src="a.js"/>` to be all of it, and what they write behind it to be seen.
        let Some(content) = tag.raw_text().filter(|_| !tag.is_self_closing) else { return tag.span.end };
        self.out.raw(text.part(content.clone()));
        content.end
    }

    fn html_id(&mut self, html: &Stretch<'_>, attribute: &Attribute<'_>) {
        let id = decode_attribute(attribute.value).into_owned();
        let span = self.span(html.place(attribute.value_span.clone()));
        // `<a id="x" name="x">` is one anchor, for browsers of two ages.
        if !id.is_empty() && !self.is_last_anchor(&id, attribute) {
            self.give_anchor(&id, span);
        }
    }

    fn is_last_anchor(&self, id: &str, attribute: &Attribute<'_>) -> bool {
        attribute.name == "name" && self.document.anchors.last().is_some_and(|last| last.value.as_str() == id)
    }

    /// Writes an attribute that holds one or more addresses, with a hole for each; returns the first link.
    fn address_attribute(
        &mut self,
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
        self.out.raw(attribute.written_name);
        // What goes into the hole is escaped for double quotes, whichever the author took.
        self.out.raw("=\"");
        let mut first = None;
        let mut done = 0;
        for address in addresses(&attribute.name, value) {
            self.out.raw(&value.part(done..address.start).replace('"', "&quot;"));
            let start = attribute.value_span.start;
            let place = html.place(start + address.start..start + address.end);
            let index = self.add_link(kind, decode_attribute(value.part(address.clone())).into_owned(), whole);
            self.document.links[index as usize].span = self.span(place);
            self.out.hole(HoleContent::Address(index));
            first = first.or(Some(index));
            done = address.end;
        }
        self.out.raw(&value.part(done..).replace('"', "&quot;"));
        self.out.raw("\"");
        first
    }
}

/// The next icon's shortcode in a range of a text.
fn next_icon(text: &str, range: Range<usize>) -> Option<(usize, usize)> {
    let stretch = text.part(range.clone());
    stretch.match_indices(':').find_map(|(at, _)| {
        let name = Some(stretch.part(at + 1..)).filter(|name| icon::is_icon_name(name))?;
        let length = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-')?;
        name.part(length..).starts_with(':').then(|| (range.start + at, range.start + at + length + 2))
    })
}
