//! Blanks: places of a text that are filled in later.
//! In: compiled HTML, and what counts as a blank. Out: the HTML with a hole for each, outside tags and code in prose.
//! Never knows: who fills them, and with what.

use std::ops::Range;

use memchr::memmem;

use super::names::{Form, authored};
use crate::html::{escape_text, unescaped};
use crate::markdown::CompileContext;
use crate::markdown::document::{BlankPart, Document, Hole, HoleContent, Placeholder};
use crate::markdown::raw_html::tag::{self, Markup};

/// Around a name while its text is parsed: no dialect gives these two, from a private plane, a meaning, while braces
/// may be an attribute list, and blanks end an address.
const SEAL: [char; 2] = ['\u{f0000}', '\u{f0001}'];

/// Elements whose content is not what readers see, or is code in a line of prose. A block of code may be a letter to
/// send: what is literal is a blank there too.
const CLOSED: [&str; 5] = ["code", "script", "style", "textarea", "title"];

/// A name as it stands in a text that is parsed.
pub(crate) fn sealed(name: &str) -> String {
    format!("{}{name}{}", SEAL[0], SEAL[1])
}

/// The first sealed name from `at` on: the whole of it, and the name.
pub(super) fn next_sealed(text: &str, at: usize) -> Option<(Range<usize>, &str)> {
    let mut from = at;
    loop {
        let start = from + text[from..].find(SEAL[0])?;
        let inside = start + SEAL[0].len_utf8();
        let end = inside + text[inside..].find(SEAL)?;
        if text[end..].starts_with(SEAL[1]) {
            return Some((start..end + SEAL[1].len_utf8(), &text[inside..end]));
        }
        from = end;
    }
}

/// The sealed name that begins at `at`: the whole of it, and the name.
pub(super) fn sealed_at(text: &str, at: usize) -> Option<(Range<usize>, &str)> {
    let is_here = text[at..].starts_with(SEAL[0]);
    // Elsewhere it is not looked for: from each letter on, that would be the rest of the text.
    if is_here { next_sealed(text, at).filter(|(whole, _)| whole.start == at) } else { None }
}

/// A text as people see it, with braces around the names.
pub(crate) fn unsealed(text: &str) -> Option<String> {
    let mut out = String::new();
    let mut done = 0;
    while let Some((range, name)) = next_sealed(text, done) {
        out.push_str(&text[done..range.start]);
        out.push_str(&shown(name));
        done = range.end;
    }
    (done > 0).then(|| out + &text[done..])
}

/// How a name without literal words is shown.
pub(crate) fn shown(name: &str) -> String {
    format!("{{{{ {name} }}}}")
}

/// Opens a hole in the HTML of a text for every blank, and gives plain texts their braces back.
pub(crate) fn open(document: &mut Document, text: &str, world: &dyn CompileContext) {
    // What is not in the text that was compiled is not in anything made of it.
    let has_sealed = memmem::find(text.as_bytes(), SEAL[0].encode_utf8(&mut [0; 4]).as_bytes()).is_some();
    let has_words = world.blanks().may_be_in(Form::Plain, text);
    if has_sealed || has_words {
        let filling = PlaceholderNames { world, has_words };
        document.open_links = open_links(document, &filling);
        let holes = std::mem::take(&mut document.holes);
        let html = std::mem::take(&mut document.html);
        HoleOpener { html: &html, old: &holes, document, filling }.run();
    }
    if has_sealed {
        restore(document);
    }
}

/// The links whose address somebody fills in. A number that the site knows is none.
fn open_links(document: &Document, filling: &PlaceholderNames<'_>) -> Vec<usize> {
    let is_open = |destination: &str| {
        let parts = filling.parts(destination).unwrap_or_default();
        let asks =
            |part: &BlankPart| matches!(part, BlankPart::Blank(blank) if filling.world.blanks().asks_for(&blank.name));
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
        if let Some(restored) = unsealed(text) {
            *text = restored;
        }
    }
}

/// What is filled in: sealed names, and words.
pub(super) struct PlaceholderNames<'a> {
    world: &'a dyn CompileContext,
    /// Whether words may stand in the text.
    has_words: bool,
}

impl PlaceholderNames<'_> {
    /// How far the words for a name go at the start of a text, and the name.
    fn words_at(&self, form: Form, text: &str) -> Option<(usize, &str)> {
        if self.has_words { self.world.blanks().words_at(form, text) } else { None }
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
                let (length, name) = self.words_at(Form::Plain, &text[at..])?;
                Some((at + length, name, text[at..at + length].to_owned()))
            };
            let Some((end, name, written)) = sealed.or_else(word) else { continue };
            plain.push_str(&text[done..at]);
            done = end;
            if let Some(value) = authored(self.world, name) {
                plain.push_str(&value);
            } else {
                parts.push(BlankPart::Text(std::mem::take(&mut plain)));
                parts.push(BlankPart::Blank(Placeholder { name: name.to_owned(), written }));
            }
        }
        if done == 0 {
            return None;
        }
        parts.push(BlankPart::Text(plain + &text[done..]));
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
        let mut at = 0;
        let mut blocks = 0_usize;
        while at < self.html.len() {
            let tag_at = memchr::memchr(b'<', &self.html.as_bytes()[at..]).map_or(self.html.len(), |next| at + next);
            self.text(at..tag_at);
            let rest = &self.html[tag_at..];
            if rest.is_empty() {
                break;
            }
            let (end, closed) = match tag::read(rest) {
                Markup::Open(tag) => {
                    let is_block = &*tag.name == "pre";
                    blocks += usize::from(is_block);
                    let is_closed = CLOSED.contains(&&*tag.name) && !(blocks > 0 && &*tag.name == "code");
                    at = self.tag(tag_at, &tag);
                    (tag.end, is_closed.then(|| format!("</{}", tag.name)))
                }
                Markup::Close(name, length) => {
                    blocks = blocks.saturating_sub(usize::from(&*name == "pre"));
                    (length, None)
                }
                Markup::Other(length) => (length, None),
                Markup::OpenComment | Markup::Unfinished => (rest.len(), None),
                Markup::Text => (1, None),
            };
            let end = match closed {
                Some(closing) => rest[end..].find(&closing).map_or(rest.len(), |at| end + at),
                None => end,
            };
            self.markup(tag_at.max(at)..tag_at + end);
            at = tag_at + end;
        }
        let end = self.document.html.len();
        self.document.holes.extend(self.old.iter().map(|hole| Hole { at: end, ..*hole }));
    }

    /// Copies a stretch with the holes in it.
    pub(crate) fn copy(&mut self, range: Range<usize>) {
        let start = self.document.html.len();
        let (here, left) = self.old.split_at(self.old.partition_point(|hole| hole.at < range.end));
        let moved = here.iter().map(|hole| Hole { at: start + hole.at.saturating_sub(range.start), ..*hole });
        self.document.holes.extend(moved);
        self.old = left;
        self.document.html.push_str(&self.html[range]);
    }

    /// Copies what is no text for readers: names in it get their braces back.
    pub(crate) fn markup(&mut self, range: Range<usize>) {
        let mut done = range.start;
        while let Some((whole, name)) = next_sealed(&self.html[..range.end], done) {
            self.copy(done..whole.start);
            self.document.html.push_str(&shown(name));
            done = whole.end;
        }
        self.copy(done..range.end);
    }

    fn text(&mut self, range: Range<usize>) {
        let html = self.html;
        let mut done = range.start;
        for (at, _) in html[range.clone()].char_indices().map(|(at, c)| (range.start + at, c)) {
            if at < done {
                continue;
            }
            let rest = &html[at..range.end];
            if let Some((whole, name)) = sealed_at(&html[..range.end], at) {
                self.copy(done..at);
                self.hole(name, shown(name));
                done = whole.end;
                continue;
            }
            let world = self.filling.world;
            let has_words = self.filling.has_words;
            let found = if has_words { world.blanks().words_at(Form::Html, rest) } else { None };
            if let Some((length, name)) = found {
                self.copy(done..at);
                done = at + length;
                match authored(world, name) {
                    Some(value) => escape_text(&mut self.document.html, &value),
                    None => self.hole(name, unescaped(&rest[..length]).into_owned()),
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
