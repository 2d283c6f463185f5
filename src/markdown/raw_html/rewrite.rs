//! Raw HTML.
//! In: HTML blocks and tags as they come. Out: the same HTML, with holes where it leads or loads, and its ids,
//! links and elements.
//! Never knows: where links lead, what an element is for.

use std::ops::Range;

use pulldown_cmark::{Event, TagEnd};

use super::pseudo_tag::PSEUDO_TAG;
use super::tag::{Markup, OpeningTag, SpannedAttribute, read};
use super::url_attributes::{addresses, is_address};
use crate::diagnostic::{Edit, Fix};
use crate::html::{unescaped, unescaped_text};
use crate::markdown::document::{HoleContent, LinkKind};
use crate::markdown::stretch::Stretch;
use crate::markdown::write::icon::{self, IconRole};
use crate::markdown::write::link::pixels;
use crate::markdown::write::writer::Writer;
use crate::source::Part as _;

/// Elements whose content is not HTML.
const RAW_TEXT: [&str; 4] = ["script", "style", "textarea", "title"];

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
        while let Some(found) = text[at..].find('<') {
            self.html_text(html, at..at + found);
            at += found;
            at = match read(&text[at..]) {
                Markup::Text => {
                    self.html_text(html, at..at + 1);
                    at + 1
                }
                Markup::Other(length) => {
                    self.out.raw(&text[at..at + length]);
                    at + length
                }
                Markup::OpenComment | Markup::Unfinished => {
                    let line = text[at..].lines().next().unwrap_or_default().trim_end().len();
                    self.report_unclosed_markup(html.place(at..at + line));
                    self.out.raw(&text[at..]);
                    return;
                }
                Markup::Close(name, length) => {
                    self.close_element(&name, html.place(at..at + length).end);
                    self.out.raw(&text[at..at + length]);
                    at + length
                }
                Markup::Open(tag) if self.end_tags.is_placeholder(&tag, &text[at..], self.input.text) => {
                    self.placeholder(html, at..at + tag.end);
                    at + tag.end
                }
                Markup::Open(tag) => self.open_tag(html, at, &tag),
            };
        }
        self.html_text(html, at..text.len());
    }

    /// Writes as text what is a tag in its form alone.
    fn placeholder(&mut self, html: &Stretch<'_>, range: Range<usize>) {
        let text = &html.text[range.clone()];
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
                self.write_icon(&html.text[start + 1..end - 1], &html.place(start..end), IconRole::Decoration);
                done = end;
            }
        }
        self.html_piece(html, done..range.end);
    }

    fn html_piece(&mut self, html: &Stretch<'_>, range: Range<usize>) {
        let text = &html.text[range.clone()];
        if text.is_empty() {
            return;
        }
        self.out.raw(text);
        let inner = text.trim();
        if inner.is_empty() {
            return self.hear(text, &html.place(range));
        }
        let start = range.start + (text.len() - text.trim_start().len());
        self.hear(&text[..start - range.start], &html.place(range.start..start));
        self.hear(&unescaped_text(&html.text[start..range.end]), &html.place(start..start + inner.len()));
    }

    /// Writes an opening tag; returns where to go on.
    fn open_tag(&mut self, html: &Stretch<'_>, at: usize, tag: &OpeningTag) -> usize {
        let text = &html.text[at..];
        let whole = html.place(at..at + tag.end);
        let mut done = 0;
        let (mut target, mut source) = (None, None);
        for attribute in &tag.attributes {
            match &*attribute.name {
                _ if is_address(text, tag, attribute) => {
                    self.out.raw(&text[done..attribute.whole.start]);
                    let first = self.address_attribute((html, at), attribute, &whole);
                    target = target.or(first.filter(|_| attribute.name == "href"));
                    source = source.or(first.filter(|_| attribute.name == "src"));
                    done = attribute.whole.end;
                }
                // What it asks for is done already.
                "markdown" => {
                    self.out.raw(text[done..attribute.whole.start].trim_end());
                    done = attribute.whole.end;
                }
                "id" => self.html_id(html, at, attribute),
                "name" if tag.name == "a" => self.html_id(html, at, attribute),
                _ => {}
            }
        }
        self.out.raw(&text[done..tag.end]);
        // `alt=""` says that the image says nothing.
        if let Some(index) = source.filter(|_| tag.name == "img" && tag.value(text, "alt").is_none()) {
            self.report_empty_alt(index, "add `alt=\"…\"` to describe it, or `alt=\"\"` if it is decorative");
        }
        if let Some(image) = target.filter(|_| tag.name == "img") {
            self.document.links[image as usize].width = tag.value(text, "width").and_then(pixels);
        }
        if tag.name == "br" {
            self.break_in_cell();
        }
        self.open_element(tag, text, target, &whole);
        if !RAW_TEXT.contains(&&*tag.name) || tag.closes_itself {
            return at + tag.end;
        }
        let closing = format!("</{}", tag.name);
        let content = &text[tag.end..];
        let length = find_ignoring_case(content, &closing).unwrap_or(content.len());
        self.out.raw(&content[..length]);
        at + tag.end + length
    }

    fn html_id(&mut self, html: &Stretch<'_>, at: usize, attribute: &SpannedAttribute) {
        let value = at + attribute.value.start..at + attribute.value.end;
        let id = unescaped(&html.text[value.clone()]).into_owned();
        // `<a id="x" name="x">` is one anchor, for browsers of two ages.
        let span = self.span(html.place(value));
        if !id.is_empty() && !self.is_last_anchor(&id, attribute) {
            self.give_anchor(&id, span);
        }
    }

    fn is_last_anchor(&self, id: &str, attribute: &SpannedAttribute) -> bool {
        attribute.name == "name" && self.document.anchors.last().is_some_and(|last| last.value.as_str() == id)
    }

    /// Writes an attribute that holds one or more addresses, with a hole for each; returns the first link.
    fn address_attribute(
        &mut self,
        (html, at): (&Stretch<'_>, usize),
        attribute: &SpannedAttribute,
        whole: &Range<usize>,
    ) -> Option<u32> {
        let text = &html.text[at..];
        let value = &text[attribute.value.clone()];
        let kind = match &*attribute.name {
            "href" => LinkKind::HtmlHref,
            "src" | "poster" | "srcset" => LinkKind::HtmlSrc,
            _ => LinkKind::HtmlOther,
        };
        self.out.raw(&text[attribute.whole.start..attribute.whole.start + attribute.name.len()]);
        self.out.raw("=\"");
        let addresses = addresses(&attribute.name, value);
        let mut first = None;
        let mut done = 0;
        for address in addresses {
            self.out.raw(&value.part(done..address.start).replace('"', "&quot;"));
            let place =
                html.place(at + attribute.value.start + address.start..at + attribute.value.start + address.end);
            let index = self.add_link(kind, unescaped(&value[address.clone()]).into_owned(), whole);
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
    let colons = text[range.clone()].match_indices(':').map(|(at, _)| range.start + at);
    colons.filter(|at| icon::is_icon_name(&text[at + 1..range.end])).find_map(|at| {
        let name = &text[at + 1..range.end];
        let length = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-')?;
        name[length..].starts_with(':').then_some((at, at + length + 2))
    })
}

fn find_ignoring_case(text: &str, needle: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    bytes.windows(needle.len()).position(|window| window.eq_ignore_ascii_case(needle.as_bytes()))
}
