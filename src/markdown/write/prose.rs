//! Text that readers see, outside code.
//! In: runs of text. Out: HTML, with what stands in text without the parser knowing: bare web addresses, icons,
//! emoji, keys, marks, abbreviations.
//! Never knows: blocks.

use std::ops::Range;

use pulldown_cmark::Event;

use super::autolink::bare_address;
use super::icon::{self, IconRole};
use super::keyboard;
use super::mark::MarkKind;
use super::slot::BlockList;
use super::writer::Writer;
use crate::diagnostic::{Edit, Fix};
use crate::html::escape_attribute;
use crate::markdown::compile::UNDEFINED_FOOTNOTE;
use crate::markdown::document::{HoleContent, LinkKind};

/// Something in a text that is not shown as it stands.
enum Inline<'a> {
    Address(&'a str),
    /// An icon's name.
    Icon(&'a str),
    Emoji(&'static str),
    Keys(Vec<String>),
    /// A mark, and where it ends.
    Mark(&'static MarkKind, usize),
    /// An abbreviation and what it stands for.
    Abbreviation(&'a str, &'a str),
    /// Markup in place of the text.
    Markup(&'static str),
}

/// Unknown icons of a page for which a known one is looked for.
const MOST_SUGGESTED: usize = 20;

/// Where a byte may start something.
#[derive(Copy, Clone, PartialEq, Eq)]
enum ProseStop {
    Never,
    Always,
    /// At the start of a word, since it may be a web address.
    AddressStart,
    /// At the start of a word, when there are abbreviations.
    WordStart,
}

const STOPS: [ProseStop; 256] = {
    let mut stops = [ProseStop::Never; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        stops[byte as usize] = match byte {
            b':' | b'=' | b'^' | b'~' | b'+' | b'{' | b'[' => ProseStop::Always,
            b'h' | b'w' => ProseStop::AddressStart,
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => ProseStop::WordStart,
            _ => ProseStop::Never,
        };
        byte += 1;
    }
    stops
};

impl<'a> Writer<'a> {
    /// Writes a text and those after it that continue it. The parser splits at every character that could have
    /// meant something; what looks at whole words needs them joined again.
    pub(super) fn text_run(&mut self, text: &str, range: &Range<usize>) {
        if range.start < self.skip {
            let start = self.skip.min(range.end);
            if start < range.end {
                self.joined_run(start..range.end);
            }
        } else if self.is_verbatim(text, range) {
            self.joined_run(range.clone());
        } else {
            self.say(text, range);
        }
    }

    fn joined_run(&mut self, range: Range<usize>) {
        let first = self.at - 1;
        let mut end = range.end;
        while let Some((Event::Text(next), place)) = self.input.events.get(self.at) {
            if place.start != end || !self.is_verbatim(next, place) {
                break;
            }
            end = place.end;
            self.at += 1;
        }
        self.report_leaked(range.start..end);
        self.report_terms(&(range.start..end));
        self.prose(range.start..end, first);
    }

    fn is_verbatim(&self, text: &str, range: &Range<usize>) -> bool {
        self.input.text.get(range.clone()) == Some(text)
    }

    /// Writes a run whose first event is at position `first`.
    fn prose(&mut self, range: Range<usize>, first: usize) {
        let mut done = range.start;
        let mut at = range.start;
        while let Some(stop) = self.next_stop(at, range.end) {
            if self.marks.next_close().is_some_and(|close| close <= stop) {
                self.say_part(done..stop);
                done = stop + self.close_mark();
            } else if let Some((inline, end)) = self.inline_at(stop, &range) {
                self.say_part(done..stop);
                self.write_inline(inline, stop..end, first);
                // An attribute list right behind it is written already.
                done = end.max(self.skip).min(range.end);
            } else {
                if let Some(list) = self.block_list(stop, &range, first) {
                    self.say_part(done..stop);
                    return self.apply_block_list(&list);
                }
                match self.input.text.as_bytes()[stop] {
                    // Two braces are another tool's.
                    b'{' if !self.input.text[..stop].ends_with('{') => {
                        self.report_leaked_braces(stop, range.end);
                    }
                    b'[' => {
                        self.report_footnote(stop, range.end);
                        self.report_leaked_brackets(stop);
                    }
                    _ => {}
                }
                at = stop + self.input.text[stop..].chars().next().map_or(1, char::len_utf8);
                continue;
            }
            at = done;
        }
        self.say_part(done..range.end);
    }

    fn block_list(&self, at: usize, run: &Range<usize>, first: usize) -> Option<BlockList> {
        let may_be = self.input.text.as_bytes()[at] == b'{' && self.images == 0;
        if may_be { self.block_list_at(at, run, first) } else { None }
    }

    fn say_part(&mut self, range: Range<usize>) {
        if range.start < range.end {
            self.say(&self.input.text[range.clone()], &range);
        }
    }

    /// The next place at or after `at` where something may start or end.
    fn next_stop(&self, at: usize, end: usize) -> Option<usize> {
        let bytes = self.input.text.as_bytes();
        let close = self.marks.next_close().filter(|close| *close < end).map(|close| close.max(at));
        let words = !self.abbreviations.is_empty();
        let starts_word = |place: usize| place == 0 || !bytes[place - 1].is_ascii_alphanumeric();
        let stops = |place: &usize| match STOPS[bytes[*place] as usize] {
            ProseStop::Never => false,
            ProseStop::Always => true,
            ProseStop::AddressStart => starts_word(*place),
            ProseStop::WordStart => words && starts_word(*place),
        };
        let stop = (at..close.unwrap_or(end)).find(stops);
        stop.or(close)
    }

    /// What starts at a place in a run, and where it ends.
    fn inline_at(&mut self, at: usize, run: &Range<usize>) -> Option<(Inline<'a>, usize)> {
        let source = self.input.text;
        if at == run.start && self.is_escaped(at) {
            return None;
        }
        let end = run.end.min(self.marks.next_close().unwrap_or(usize::MAX)).max(at);
        let text = &source[at..end];
        match text.as_bytes().first()? {
            b'[' => None,
            b':' => self.shortcode(text, at),
            b'+' => {
                let (labels, length) = keyboard::read(text.strip_prefix("++")?)?;
                Some((Inline::Keys(labels), at + 2 + length))
            }
            b'~' if self.marks.replaces() && text.starts_with("~>") => {
                Some((Inline::Markup("</del><ins class=\"critic\">"), at + 2))
            }
            b'=' | b'^' | b'~' | b'{' => {
                let (mark, close) = self.mark_at(at, run.end)?;
                Some((Inline::Mark(mark, close), at + mark.open.len()))
            }
            _ => {
                let in_link = !self.links.is_empty() || self.elements.is_inside(&["a"]);
                let address = if in_link { None } else { bare_address(&source[..at], text) };
                address.map(|length| (Inline::Address(&text[..length]), at + length)).or_else(|| {
                    let (name, meaning) = self.abbreviations.at(&source[..at], text)?;
                    Some((Inline::Abbreviation(name, meaning), at + name.len()))
                })
            }
        }
    }

    /// Whether the author put a backslash before a place; one that was put there on the way stands for nothing.
    pub(crate) fn is_escaped(&self, at: usize) -> bool {
        self.input.text[..at].ends_with('\\') && !self.span(at - 1..at).is_empty()
    }

    fn shortcode(&mut self, text: &'a str, at: usize) -> Option<(Inline<'a>, usize)> {
        let rest = &text[1..];
        let length = rest.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_' | '+'))?;
        let name = &rest[..length];
        let stands_alone = !self.input.text[..at].ends_with(char::is_alphanumeric);
        if length == 0 || !rest[length..].starts_with(':') || !stands_alone {
            return None;
        }
        let end = at + length + 2;
        if icon::is_icon_name(name) {
            return Some((Inline::Icon(name), end));
        }
        let emoji = emojis::get_by_shortcode(name);
        if emoji.is_none() {
            self.report_leaked_shortcode(name, at..end);
        }
        Some((Inline::Emoji(emoji?.as_str()), end))
    }

    fn write_inline(&mut self, inline: Inline<'a>, range: Range<usize>, first: usize) {
        match inline {
            Inline::Address(address) => self.bare_link(address, &range),
            Inline::Icon(name) => {
                let role = self.icon_role(&range, first);
                self.with_attributes(range.end, |writer| writer.write_icon(name, &range, role));
            }
            Inline::Emoji(emoji) => self.with_attributes(range.end, |writer| writer.say(emoji, &range)),
            Inline::Keys(labels) => {
                self.markup("<span class=\"keys\">");
                for (index, label) in labels.iter().enumerate() {
                    if index > 0 {
                        self.say("+", &range);
                    }
                    self.markup("<kbd>");
                    self.say(label, &range);
                    self.markup("</kbd>");
                }
                self.markup("</span>");
            }
            Inline::Markup(markup) => self.markup(markup),
            Inline::Mark(mark, close) => self.open_mark(mark, close),
            Inline::Abbreviation(name, meaning) => {
                let mut title = String::new();
                escape_attribute(&mut title, meaning);
                self.markup(&format!("<abbr title=\"{title}\">"));
                self.say(name, &range);
                self.markup("</abbr>");
            }
        }
    }

    /// Writes an icon or emoji, in an element of its own when an attribute list follows: `:material-lock:{ .lg }`.
    fn with_attributes(&mut self, end: usize, write: impl FnOnce(&mut Self)) {
        let attributes = if self.images == 0 { self.attributes_at(end) } else { None };
        let Some(attributes) = attributes else { return write(self) };
        self.out.raw("<span");
        self.write_attributes(&attributes);
        self.out.raw(">");
        write(self);
        self.out.raw("</span>");
    }

    /// How an icon counts whose run of text starts with the event at position `first`.
    fn icon_role(&self, range: &Range<usize>, first: usize) -> IconRole {
        let before = first.checked_sub(1).map(|index| &self.input.events[index].0);
        let is_alone = matches!(before, Some(Event::Start(_)))
            && matches!(self.peek(0), Some(Event::End(_)))
            && matches!(&self.input.events[first], (_, run) if run.len() <= range.len() + 1);
        if is_alone { IconRole::Content } else { IconRole::Decoration }
    }

    /// Draws an icon, or says that there is none.
    pub(crate) fn write_icon(&mut self, name: &str, range: &Range<usize>, role: IconRole) {
        if let Some(svg) = icon::svg(name, role) {
            self.markup(&svg);
            self.document.needs.icons.push(name.to_owned());
            return;
        }
        self.say(&self.input.text[range.clone()], range);
        let span = self.span(range.clone());
        let mut finding = icon::UNKNOWN.at(span, format!("unknown icon `{name}`"));
        // Each look goes through thousands of names.
        let unknown = self.found.iter().rev().filter(|finding| finding.rule == &icon::UNKNOWN).take(MOST_SUGGESTED);
        let meant = if unknown.count() < MOST_SUGGESTED { icon::nearest_name(name) } else { None };
        if let Some(meant) = meant {
            let edit = Edit { span, replacement: format!(":{meant}:") };
            finding = finding.help(format!("did you mean `{meant}`?")).fix(Fix::suggested(vec![edit]));
        }
        self.found.push(finding);
    }

    /// Reports a reference to a footnote that nothing defines: the parser takes it for text.
    fn report_footnote(&mut self, at: usize, end: usize) {
        let Some(rest) = self.input.text[at..end].strip_prefix("[^") else { return };
        let length = rest.find(|c: char| !c.is_alphanumeric() && c != '-' && c != '_').unwrap_or(rest.len());
        let label = &rest[..length];
        if length > 0 && rest[length..].starts_with(']') {
            let message = format!("undefined footnote `{label}`");
            let span = self.span(at..at + length + 3);
            self.found.push(UNDEFINED_FOOTNOTE.at(span, message).help(format!("add a line `[^{label}]: …`")));
        }
    }

    fn bare_link(&mut self, address: &str, range: &Range<usize>) {
        if self.images > 0 {
            return self.say(address, range);
        }
        let scheme = if address.starts_with("www.") { "https://" } else { "" };
        let index = self.add_link(LinkKind::Autolink, format!("{scheme}{address}"), range);
        address.clone_into(&mut self.document.links[index as usize].text);
        // `[https://…]` is a blank to fill in: its brackets belong to it.
        if self.input.text[..range.start].ends_with('[') && self.input.text[range.end..].starts_with(']') {
            self.document.links[index as usize].whole = self.span(range.start - 1..range.end + 1);
        }
        self.out.raw("<a href=\"");
        self.out.hole(HoleContent::Address(index));
        self.out.raw("\">");
        self.say(address, range);
        self.out.raw("</a>");
    }
}
