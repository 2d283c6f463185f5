//! Holes in compiled HTML, one for each placeholder that readers see.

use std::ops::Range;

use memchr::memmem;

use super::names::{Form, authored};
use crate::html::tokenizer::{Markup, Token, Tokens};
use crate::html::{decode_attribute, escape_text};
use crate::markdown::CompileContext;
use crate::markdown::document::{BlankPart, Document, Hole, HoleContent, Placeholder};
use crate::source::Part as _;

/// Around a name while its text is parsed. No dialect gives these two, from a private plane, a meaning, while braces may
/// be an attribute list, and the spaces in `{{ name }}` end an address.
const SEAL: [char; 2] = [SEAL_START, SEAL_END];
const SEAL_START: char = '\u{f0000}';
const SEAL_END: char = '\u{f0001}';

/// Elements whose content is not what readers see, or is code in a line of prose. A block of code may be a letter to
/// send: what is literal is a placeholder there too.
const CLOSED: [&str; 5] = ["code", "script", "style", "textarea", "title"];

/// A name as it stands in a text that is parsed.
pub(crate) fn sealed(name: &str) -> String {
    format!("{}{name}{}", SEAL_START, SEAL_END)
}

/// The first sealed name from `at` on: the whole of it, and the name.
pub(super) fn next_sealed(text: &str, at: usize) -> Option<(Range<usize>, &str)> {
    let mut from = at;
    loop {
        let start = from + text.part(from..).find(SEAL_START)?;
        let inside = start + SEAL_START.len_utf8();
        let end = inside + text.part(inside..).find(SEAL)?;
        if text.part(end..).starts_with(SEAL_END) {
            return Some((start..end + SEAL_END.len_utf8(), text.part(inside..end)));
        }
        // Two starts: an author's text holds such a letter. The name begins behind the second.
        from = end;
    }
}

/// The sealed name that begins at `at`: the whole of it, and the name.
pub(super) fn sealed_at(text: &str, at: usize) -> Option<(Range<usize>, &str)> {
    let is_here = text.part(at..).starts_with(SEAL_START);
    // Elsewhere it is not looked for: from each letter on, that would be the rest of the text.
    if is_here { next_sealed(text, at).filter(|(whole, _)| whole.start == at) } else { None }
}

/// A text as people see it, with braces around the names.
pub(crate) fn unsealed(text: &str) -> Option<String> {
    let mut out = String::new();
    let mut done = 0;
    while let Some((range, name)) = next_sealed(text, done) {
        out.push_str(text.part(done..range.start));
        out.push_str(&shown(name));
        done = range.end;
    }
    (done > 0).then(|| out + text.part(done..))
}

/// How a name without literal words is shown.
pub(crate) fn shown(name: &str) -> String {
    format!("{{{{ {name} }}}}")
}

/// Opens a hole in the HTML of a text for every placeholder, and gives plain texts their braces back.
pub(crate) fn open(document: &mut Document, text: &str, context: &dyn CompileContext) {
    // What is not in the text that was compiled is not in anything made of it, and most texts ask for nothing: they
    // are looked through once, and their HTML is not copied.
    let has_sealed = memmem::find(text.as_bytes(), SEAL_START.encode_utf8(&mut [0; 4]).as_bytes()).is_some();
    let has_words = context.blanks().may_be_in(Form::Plain, text);
    if has_sealed || has_words {
        let filling = PlaceholderNames { context, has_words };
        document.open_links = open_links(document, &filling);
        let holes = std::mem::take(&mut document.holes);
        let html = std::mem::take(&mut document.html);
        HoleOpener { html: &html, old: &holes, document, filling }.run();
    }
    if has_sealed {
        restore(document);
    }
}

/// The links whose address somebody fills in. Those that hold a number the site knows are complete without anybody.
fn open_links(document: &Document, filling: &PlaceholderNames<'_>) -> Vec<usize> {
    let is_open = |destination: &str| {
        let parts = filling.parts(destination).unwrap_or_default();
        let asks = |part: &BlankPart| matches!(part, BlankPart::Blank(blank) if filling.context.blanks().asks_for(&blank.name));
        parts.iter().any(asks)
    };
    let links = document.links.iter().enumerate();
    links.filter(|(_, link)| is_open(&link.destination)).map(|(at, _)| at).collect()
}

/// Gives plain texts their braces back.
fn restore(document: &mut Document) {
    let headings = document.headings.iter_mut().map(|heading| &mut heading.text);
    let links = document.links.iter_mut().flat_map(|link| [&mut link.text, &mut link.destination]);
    let elements = document.elements.iter_mut().map(|element| &mut element.text);
    let rows = document.tables.iter_mut().flat_map(|table| table.rows.iter_mut().chain([&mut table.header]));
    let cells = rows.flatten().map(|cell| &mut cell.text);
    for text in headings.chain(links).chain(elements).chain(cells) {
        // Most have none, and keep the memory they have.
        if let Some(restored) = unsealed(text) {
            *text = restored;
        }
    }
}

/// What is filled in: sealed names, and words.
pub(super) struct PlaceholderNames<'a> {
    context: &'a dyn CompileContext,
    /// Whether words may stand in the text.
    has_words: bool,
}

impl PlaceholderNames<'_> {
    /// How far the words for a name go at the start of a text, and the name.
    fn words_at(&self, form: Form, text: &str) -> Option<(usize, &str)> {
        if self.has_words { self.context.blanks().words_at(form, text) } else { None }
    }

    /// A plain text in parts; `None` when nothing of it is filled in.
    pub(crate) fn parts(&self, text: &str) -> Option<Vec<BlankPart>> {
        let mut parts = Vec::new();
        let mut done = 0;
        let mut plain = String::new();
        for (at, _) in text.char_indices() {
            if at < done {
                continue;
            }
            let sealed = sealed_at(text, at).map(|(whole, name)| (whole.end, name, shown(name)));
            let word = || {
                let (length, name) = self.words_at(Form::Plain, text.part(at..))?;
                Some((at + length, name, text.part(at..at + length).to_owned()))
            };
            let Some((end, name, written)) = sealed.or_else(word) else { continue };
            plain.push_str(text.part(done..at));
            done = end;
            // What the author of the page gave is text like any other: no form asks for it.
            if let Some(value) = authored(self.context, name) {
                plain.push_str(&value);
            } else {
                parts.push(BlankPart::Text(std::mem::take(&mut plain)));
                parts.push(BlankPart::Blank(Placeholder { name: name.to_owned(), written }));
            }
        }
        if done == 0 {
            return None;
        }
        parts.push(BlankPart::Text(plain + text.part(done..)));
        parts.retain(|part| !matches!(part, BlankPart::Text(text) if text.is_empty()));
        Some(parts)
    }
}

/// HTML that is copied with holes opened in it.
pub(super) struct HoleOpener<'a> {
    pub(crate) html: &'a str,
    /// The holes of the HTML that are still to be copied.
    pub(crate) old: &'a [Hole],
    pub(crate) document: &'a mut Document,
    pub(super) filling: PlaceholderNames<'a>,
}

impl HoleOpener<'_> {
    fn run(&mut self) {
        let mut blocks = 0_usize;
        // The element that keeps what stands in it.
        let mut closed = None;
        for token in Tokens::of(self.html) {
            match token {
                Token::Text(span) if closed.is_none() => self.text(span),
                Token::Text(span) | Token::RawText(span) => self.markup(span),
                Token::Markup(Markup::StartTag(tag)) if closed.is_none() => {
                    blocks += usize::from(tag.name == "pre");
                    let at = self.tag(&tag);
                    self.markup(at..tag.span.end);
                    let is_closed = CLOSED.contains(&&*tag.name) && !(blocks > 0 && tag.name == "code");
                    closed = Some(tag.name).filter(|_| is_closed && !tag.is_self_closing);
                }
                Token::Markup(markup) => {
                    if let Markup::EndTag(tag) = &markup {
                        blocks = blocks.saturating_sub(usize::from(tag.name == "pre"));
                        closed.take_if(|open| *open == tag.name);
                    }
                    self.markup(markup.span().clone());
                }
            }
        }
        let end = self.document.html.len();
        self.document.holes.extend(self.old.iter().map(|hole| Hole { at: end, ..*hole }));
    }

    /// Copies a stretch with the holes in it.
    pub(crate) fn copy(&mut self, range: Range<usize>) {
        let start = self.document.html.len();
        // Holes come in the order of their places, as the HTML is copied: what was passed is never looked at again.
        let (here, left) = self.old.split_at(self.old.partition_point(|hole| hole.at < range.end));
        let moved = here.iter().map(|hole| Hole { at: start + hole.at.saturating_sub(range.start), ..*hole });
        self.document.holes.extend(moved);
        self.old = left;
        self.document.html.push_str(self.html.part(range));
    }

    /// Copies what is no text for readers: names in it get their braces back.
    pub(crate) fn markup(&mut self, range: Range<usize>) {
        let mut done = range.start;
        while let Some((whole, name)) = next_sealed(self.html.part(..range.end), done) {
            self.copy(done..whole.start);
            self.document.html.push_str(&shown(name));
            done = whole.end;
        }
        self.copy(done..range.end);
    }

    fn text(&mut self, range: Range<usize>) {
        let html = self.html;
        let mut done = range.start;
        for (at, _) in html.part(range.clone()).char_indices().map(|(at, c)| (range.start + at, c)) {
            if at < done {
                continue;
            }
            let rest = html.part(at..range.end);
            if let Some((whole, name)) = sealed_at(html.part(..range.end), at) {
                self.copy(done..at);
                self.hole(name, shown(name));
                done = whole.end;
                continue;
            }
            let context = self.filling.context;
            let has_words = self.filling.has_words;
            let found = if has_words { context.blanks().words_at(Form::Html, rest) } else { None };
            if let Some((length, name)) = found {
                self.copy(done..at);
                done = at + length;
                match authored(context, name) {
                    Some(value) => escape_text(&mut self.document.html, &value),
                    None => self.hole(name, decode_attribute(rest.part(..length)).into_owned()),
                }
            }
        }
        self.copy(done..range.end);
    }

    fn hole(&mut self, name: &str, written: String) {
        let index = u32::try_from(self.document.blanks.len()).expect("fewer than 2^32 blanks");
        self.document.blanks.push(Placeholder { name: name.to_owned(), written });
        self.document.holes.push(Hole { at: self.document.html.len(), content: HoleContent::Blank(index) });
    }
}

#[cfg(test)]
mod tests;
