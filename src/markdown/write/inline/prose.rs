//! Text that readers see, with what the parser does not know in it: bare addresses, icons, emoji, keys, marks,
//! abbreviations.

use std::ops::Range;

use pulldown_cmark::Event;

use super::autolink::bare_address;
use super::icon::{self, IconRole};
use super::keyboard;
use super::mark::{MarkKind, Marks};
use crate::html::escape_attribute;
use crate::markdown::document::{HoleContent, LinkKind};
use crate::markdown::lint::leaked::Leaks;
use crate::markdown::lint::term;
use crate::markdown::write::footnote;
use crate::markdown::write::slot::{BlockList, Slots};
use crate::markdown::write::writer::{Enclosing, Writer};
use crate::source::Part as _;

/// Something in a text that is not shown as it is.
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

impl ProseStop {
    /// What a byte may start.
    const fn of(byte: u8) -> Self {
        match byte {
            b':' | b'=' | b'^' | b'~' | b'+' | b'{' | b'[' | b'<' | b'*' => Self::Always,
            b'h' | b'w' => Self::AddressStart,
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => Self::WordStart,
            _ => Self::Never,
        }
    }
}

/// What text is written with: it may start and end marks, leave something behind, and give its block attributes.
pub(in crate::markdown::write) struct Prose<'w, 'a> {
    pub writer: &'w mut Writer<'a>,
    pub marks: &'w mut Marks,
    pub leaks: &'w mut Leaks,
    pub slots: &'w mut Slots,
}

impl<'a> Prose<'_, 'a> {
    /// Writes a text and those after it that continue it. The parser splits at every character that could have
    /// meant something; what looks at whole words needs them joined again.
    pub(in crate::markdown::write) fn text_run(&mut self, text: &str, range: &Range<usize>) {
        if range.start < self.writer.skipped() {
            let start = self.writer.skipped().min(range.end);
            if start < range.end {
                self.joined_run(start..range.end);
            }
        } else if self.is_verbatim(text, range) {
            self.joined_run(range.clone());
        } else {
            // Three dashes may be one by now, and begin the second line of a table.
            self.leaks.report_line(self.writer, range.start);
            // An entity, `&amp;`: its text is nowhere in the source as it reads, so nothing in it can be looked up.
            self.writer.write_text(text, range);
        }
    }

    fn joined_run(&mut self, range: Range<usize>) {
        let first = self.writer.position() - 1;
        let mut end = range.end;
        while let Some((Event::Text(next), place)) = self.writer.rest().first() {
            if place.start != end || !self.is_verbatim(next, place) {
                break;
            }
            end = place.end;
            self.writer.advance();
        }
        self.leaks.report_line(self.writer, range.start);
        term::report(self.writer, &(range.start..end));
        self.prose(range.start..end, first);
    }

    fn is_verbatim(&self, text: &str, range: &Range<usize>) -> bool {
        self.writer.text().get(range.clone()) == Some(text)
    }

    /// Writes a run whose first event is at position `first`.
    fn prose(&mut self, range: Range<usize>, first: usize) {
        let mut done = range.start;
        let mut at = range.start;
        while let Some(stop) = self.next_stop(at, range.end) {
            if self.marks.next_close().is_some_and(|close| close <= stop) {
                self.say_part(done..stop);
                done = stop + self.marks.close(self.writer);
            } else if let Some((inline, end)) = self.inline_at(stop, &range, done) {
                self.say_part(done..stop);
                self.write_inline(inline, stop..end, first);
                // An attribute list right behind it is written already.
                done = end.max(self.writer.skipped()).min(range.end);
            } else {
                // Nothing inline starts here: braces may be the list of the block around.
                if let Some(list) = self.block_list(stop, &range, first) {
                    self.say_part(done..stop);
                    return self.slots.apply(self.writer, &list);
                }
                let first_letter = self.writer.text().part(stop..).chars().next();
                if first_letter == Some('[') {
                    self.report_footnote(stop, range.end);
                }
                self.leaks.report_inline(self.writer, stop, range.end);
                at = stop + first_letter.map_or(1, char::len_utf8);
                continue;
            }
            at = done;
        }
        self.say_part(done..range.end);
    }

    fn block_list(&self, at: usize, run: &Range<usize>, first: usize) -> Option<BlockList> {
        let may_be = self.writer.text().part(at..).starts_with('{') && !self.writer.is_in(Enclosing::Image);
        if may_be { self.slots.list_at(self.writer, at, run, first) } else { None }
    }

    fn say_part(&mut self, range: Range<usize>) {
        if range.start < range.end {
            self.writer.write_text(self.writer.text().part(range.clone()), &range);
        }
    }

    /// The next place at or after `at` where something may start or end.
    fn next_stop(&self, at: usize, end: usize) -> Option<usize> {
        let close = self.marks.next_close().filter(|close| *close < end).map(|close| close.max(at));
        let has_abbreviations = !self.writer.input().abbreviations.is_empty();
        let (before, rest) = self.writer.text().as_bytes().split_at_checked(at)?;
        let mut in_word = before.last().is_some_and(u8::is_ascii_alphanumeric);
        let mut stops = |byte: &u8| {
            let starts_word = !std::mem::replace(&mut in_word, byte.is_ascii_alphanumeric());
            match ProseStop::of(*byte) {
                ProseStop::Never => false,
                ProseStop::Always => true,
                ProseStop::AddressStart => starts_word,
                ProseStop::WordStart => has_abbreviations && starts_word,
            }
        };
        let stop = rest.iter().take(close.unwrap_or(end) - at).position(&mut stops);
        stop.map(|length| at + length).or(close)
    }

    /// What starts at a place in a run that is written up to `done`, and where it ends.
    fn inline_at(&mut self, at: usize, run: &Range<usize>, done: usize) -> Option<(Inline<'a>, usize)> {
        let source = self.writer.text();
        // The parser starts a new text behind each backslash, so only the first letter of a run can be escaped.
        if at == run.start && self.writer.input().is_escaped(at) {
            return None;
        }
        let end = run.end.min(self.marks.next_close().unwrap_or(usize::MAX)).max(at);
        let text = source.part(at..end);
        match text.as_bytes().first()? {
            b'[' | b'<' | b'*' => None,
            // In `acme::desk::open`, colons join names; two icons next to each other are two.
            b':' if at > done && source.part(..at).ends_with(':') => None,
            b':' => self.shortcode(text, at),
            b'+' if source.part(..at).ends_with(char::is_alphanumeric) => None,
            b'+' => {
                let (labels, length) = keyboard::read(text.strip_prefix("++")?)?;
                Some((Inline::Keys(labels), at + 2 + length))
            }
            b'~' if self.marks.replaces() && text.starts_with("~>") => {
                Some((Inline::Markup("</del><ins class=\"critic\">"), at + 2))
            }
            b'=' | b'^' | b'~' | b'{' => {
                let (mark, close) = self.marks.at(self.writer, at, run.end)?;
                Some((Inline::Mark(mark, close), at + mark.open.len()))
            }
            _ => {
                let in_link =
                    [Enclosing::Link, Enclosing::Image, Enclosing::Anchor].iter().any(|link| self.writer.is_in(*link));
                let address = if in_link { None } else { bare_address(source.part(..at), text) };
                address.map(|length| (Inline::Address(text.part(..length)), at + length)).or_else(|| {
                    let (name, meaning) = self.writer.input().abbreviations.at(source.part(..at), text)?;
                    Some((Inline::Abbreviation(name, meaning), at + name.len()))
                })
            }
        }
    }

    fn shortcode(&mut self, text: &'a str, at: usize) -> Option<(Inline<'a>, usize)> {
        let rest = text.part(1..);
        let length = rest.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_' | '+'))?;
        let name = rest.part(..length);
        // There is no emoji in `10:30:00`.
        let stands_alone = !self.writer.text().part(..at).ends_with(char::is_alphanumeric);
        if length == 0 || !rest.part(length..).starts_with(':') || !stands_alone {
            return None;
        }
        let end = at + length + 2;
        if icon::is_icon_name(name) {
            return Some((Inline::Icon(name), end));
        }
        let emoji = emojis::get_by_shortcode(name);
        if emoji.is_none() {
            self.leaks.report_shortcode(self.writer, name, at..end);
        }
        Some((Inline::Emoji(emoji?.as_str()), end))
    }

    fn write_inline(&mut self, inline: Inline<'a>, range: Range<usize>, first: usize) {
        match inline {
            Inline::Address(address) => self.bare_link(address, &range),
            Inline::Icon(name) => {
                let role = self.icon_role(&range, first);
                self.with_attributes(range.end, |writer| icon::write(writer, name, &range, role));
            }
            Inline::Emoji(emoji) => self.with_attributes(range.end, |writer| writer.write_text(emoji, &range)),
            Inline::Keys(labels) => {
                self.writer.markup("<span class=\"keys\">");
                for (index, label) in labels.iter().enumerate() {
                    if index > 0 {
                        // As text too: without it, the plain text of Ctrl+C would be `CtrlC`.
                        self.writer.write_text("+", &range);
                    }
                    self.writer.markup("<kbd>");
                    self.writer.write_text(label, &range);
                    self.writer.markup("</kbd>");
                }
                self.writer.markup("</span>");
            }
            Inline::Markup(markup) => self.writer.markup(markup),
            Inline::Mark(mark, close) => self.marks.open(self.writer, mark, close),
            Inline::Abbreviation(name, meaning) => {
                let mut title = String::new();
                escape_attribute(&mut title, meaning);
                self.writer.markup(&format!("<abbr title=\"{title}\">"));
                self.writer.write_text(name, &range);
                self.writer.markup("</abbr>");
            }
        }
    }

    /// Writes an icon or emoji, in an element of its own when an attribute list follows: `:material-lock:{ .lg }`.
    fn with_attributes(&mut self, end: usize, write: impl FnOnce(&mut Writer<'_>)) {
        let attributes = if self.writer.is_in(Enclosing::Image) { None } else { self.writer.attributes_at(end) };
        let Some(attributes) = attributes else { return write(self.writer) };
        self.writer.raw("<span");
        self.writer.write_attributes(&attributes);
        self.writer.raw(">");
        write(self.writer);
        self.writer.raw("</span>");
    }

    /// How an icon counts whose run of text starts with the event at position `first`.
    fn icon_role(&self, range: &Range<usize>, first: usize) -> IconRole {
        // In a table of ticks and crosses, an icon is all that a cell says, and screen readers need its name.
        let before = first.checked_sub(1).and_then(|before| self.writer.event_at(before));
        let is_alone = matches!(before, Some((Event::Start(_), _)))
            && matches!(self.writer.peek(0), Some(Event::End(_)))
            && self.writer.event_at(first).is_some_and(|(_, run)| run.len() <= range.len() + 1);
        if is_alone { IconRole::Content } else { IconRole::Decoration }
    }

    /// Reports a reference to a footnote that nothing defines: the parser takes it for text.
    fn report_footnote(&mut self, at: usize, end: usize) {
        let Some(rest) = self.writer.text().part(at..end).strip_prefix("[^") else { return };
        let length = rest.find(|c: char| !c.is_alphanumeric() && c != '-' && c != '_').unwrap_or(rest.len());
        let label = rest.part(..length);
        if length > 0 && rest.part(length..).starts_with(']') {
            let span = self.writer.span(at..at + length + 3);
            self.writer.report(
                footnote::UNDEFINED.at(span, footnote::undefined(label)).help(format!("add a line `[^{label}]: …`")),
            );
        }
    }

    fn bare_link(&mut self, address: &str, range: &Range<usize>) {
        if self.writer.is_in(Enclosing::Image) {
            return self.writer.write_text(address, range);
        }
        let scheme = if address.starts_with("www.") { "https://" } else { "" };
        let index = self.writer.add_link(LinkKind::Autolink, format!("{scheme}{address}"), range);
        // `[https://…]` is a placeholder to fill in: its brackets belong to it.
        let text = self.writer.text();
        let is_bracketed = text.part(..range.start).ends_with('[') && text.part(range.end..).starts_with(']');
        let whole = is_bracketed.then(|| self.writer.span(range.start - 1..range.end + 1));
        if let Some(link) = self.writer.link(index) {
            address.clone_into(&mut link.text);
            link.whole = whole.unwrap_or(link.whole);
        }
        self.writer.raw("<a href=\"");
        self.writer.hole(HoleContent::Address(index));
        self.writer.raw("\">");
        self.writer.write_text(address, range);
        self.writer.raw("</a>");
    }
}
