//! Blanks: places of a text that are filled in later.
//! In: compiled HTML, and what counts as a blank. Out: the HTML with a hole for each, outside tags and code in prose.
//! Never knows: who fills them, and with what.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem;

use super::World;
use super::document::{Blank, Document, Hole, HoleContent};
use super::tag::{self, Markup};
use crate::html::escape_text;

/// Around a name while its text is parsed: no dialect gives these two, from a private plane, a meaning, while braces
/// may be an attribute list, and blanks end an address.
const SEAL: [char; 2] = ['\u{f0000}', '\u{f0001}'];

/// Elements whose content is not what readers see, or is code in a line of prose. A block of code may be a letter to
/// send: what is literal is a blank there too.
const CLOSED: [&str; 5] = ["code", "script", "style", "textarea", "title"];

/// Names that are filled in later, each with the words that stand for it besides `{{ name }}`.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Blanks {
    /// What people fill in.
    asked: BTreeMap<String, Vec<String>>,
    /// What the site as a whole knows.
    known: BTreeSet<String>,
}

impl Blanks {
    /// No names.
    #[must_use]
    pub fn none() -> &'static Self {
        static NONE: LazyLock<Blanks> = LazyLock::new(Blanks::default);
        &NONE
    }

    /// Adds a name, and words that stand for it. Bare words stand in brackets: `Partner Name` in a list means
    /// `[Partner Name]`, since every partner's name in the text is no blank, and YAML takes brackets for a list.
    pub fn add<'w>(&mut self, name: &str, words: impl IntoIterator<Item = &'w str>) {
        let known = self.asked.entry(name.to_owned()).or_default();
        for word in words.into_iter().map(str::trim).filter(|word| !word.is_empty()) {
            let is_bare = word.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '\'' | '_'));
            let word = if is_bare { format!("[{word}]") } else { word.to_owned() };
            if !known.contains(&word) {
                known.push(word);
            }
        }
    }

    /// Adds a name that the site as a whole has a value for.
    pub fn add_known(&mut self, name: &str) {
        self.known.insert(name.to_owned());
    }

    /// Whether a name is among them.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.asks_for(name) || self.known.contains(name)
    }

    /// Whether a name is one that people fill in.
    #[must_use]
    pub fn asks_for(&self, name: &str) -> bool {
        self.asked.contains_key(name)
    }

    /// All names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.asked.keys().chain(&self.known).map(String::as_str)
    }

    /// The blanks of a plain text, in order: where they stand, and their names.
    #[must_use]
    pub fn find(&self, text: &str) -> Vec<(Range<usize>, &str)> {
        let braces = self.names().flat_map(|name| [(shown(name), name), (format!("{{{{{name}}}}}"), name)]);
        let literals = self.literals().into_iter().map(|(word, name)| (word.to_owned(), name));
        let words: Vec<(String, &str)> = literals.chain(braces).filter(|(word, _)| text.contains(word)).collect();
        let mut found: Vec<(Range<usize>, &str)> = Vec::new();
        for (at, _) in text.char_indices() {
            let is_free = found.last().is_none_or(|(range, _)| range.end <= at);
            if let Some((word, name)) = words.iter().find(|(word, _)| is_free && text[at..].starts_with(word)) {
                found.push((at..at + word.len(), name));
            }
        }
        found
    }

    /// A plain text with values in its blanks; those without stay as they are.
    #[must_use]
    pub fn fill(&self, text: &str, value: impl Fn(&str) -> Option<String>) -> String {
        let mut out = String::with_capacity(text.len());
        let mut done = 0;
        for (range, name) in self.find(text) {
            out.push_str(&text[done..range.start]);
            out.push_str(value(name).as_deref().unwrap_or(&text[range.clone()]));
            done = range.end;
        }
        out + &text[done..]
    }

    /// The literal words with the names they stand for, longer ones first: `[Partner Name]` before `[Partner`.
    pub(super) fn literals(&self) -> Vec<(&str, &str)> {
        let all =
            self.asked.iter().flat_map(|(name, words)| words.iter().map(move |word| (word.as_str(), name.as_str())));
        let mut all: Vec<(&str, &str)> = all.collect();
        all.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        all
    }
}

/// A name as it stands in a text that is parsed.
pub(super) fn sealed(name: &str) -> String {
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

/// A text as people see it, with braces around the names.
pub(super) fn unsealed(text: &str) -> Option<String> {
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
pub(super) fn shown(name: &str) -> String {
    format!("{{{{ {name} }}}}")
}

/// Opens a hole in the HTML of a text for every blank, and gives plain texts their braces back.
pub(super) fn open(document: &mut Document, text: &str, world: &dyn World) {
    let literals = world.blanks().literals();
    // What is not in the text that was compiled is not in anything made of it.
    let has_sealed = memmem::find(text.as_bytes(), SEAL[0].encode_utf8(&mut [0; 4]).as_bytes()).is_some();
    let is_there =
        |(word, _): &(&str, &str)| memmem::find(document.html.as_bytes(), escaped(word).as_bytes()).is_some();
    let literals: Vec<Literal<'_>> = literals.iter().copied().filter(is_there).map(Literal::new).collect();
    if has_sealed || !literals.is_empty() {
        let holes = std::mem::take(&mut document.holes);
        let html = std::mem::take(&mut document.html);
        let mut opening = Opening { html: &html, old: holes.into_iter().peekable(), document, world, literals };
        opening.run();
    }
    if has_sealed {
        restore(document);
    }
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

fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    escape_text(&mut html, text);
    html
}

/// Words that stand for a name, as HTML has them.
struct Literal<'a> {
    word: &'a str,
    name: &'a str,
    escaped: String,
}

impl<'a> Literal<'a> {
    fn new((word, name): (&'a str, &'a str)) -> Self {
        Self { word, name, escaped: escaped(word) }
    }
}

/// HTML that is copied with holes opened in it.
struct Opening<'a, H: Iterator<Item = Hole>> {
    html: &'a str,
    old: std::iter::Peekable<H>,
    document: &'a mut Document,
    world: &'a dyn World,
    literals: Vec<Literal<'a>>,
}

impl<H: Iterator<Item = Hole>> Opening<'_, H> {
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
                Markup::Open(tag) if &*tag.name == "pre" => {
                    blocks += 1;
                    (tag.end, None)
                }
                Markup::Open(tag) => {
                    let is_closed = CLOSED.contains(&&*tag.name) && !(blocks > 0 && &*tag.name == "code");
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
            self.markup(tag_at..tag_at + end);
            at = tag_at + end;
        }
        let end = self.document.html.len();
        let left = self.old.by_ref().map(|hole| Hole { at: end, ..hole });
        self.document.holes.extend(left);
    }

    /// Copies a stretch with the holes in it.
    fn copy(&mut self, range: Range<usize>) {
        let start = self.document.html.len();
        while let Some(hole) = self.old.next_if(|hole| hole.at < range.end) {
            self.document.holes.push(Hole { at: start + hole.at.saturating_sub(range.start), ..hole });
        }
        self.document.html.push_str(&self.html[range]);
    }

    /// Copies what is no text for readers: names in it get their braces back.
    fn markup(&mut self, range: Range<usize>) {
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
            if rest.starts_with(SEAL[0])
                && let Some((whole, name)) = next_sealed(&html[..range.end], at).filter(|(whole, _)| whole.start == at)
            {
                self.copy(done..at);
                self.hole(name, &shown(name));
                done = whole.end;
            } else if let Some(index) = self.literals.iter().position(|literal| rest.starts_with(&literal.escaped)) {
                self.copy(done..at);
                let Literal { word, name, ref escaped } = self.literals[index];
                done = at + escaped.len();
                match self.world.variable(name) {
                    Some(value) => escape_text(&mut self.document.html, &value),
                    None => self.hole(name, word),
                }
            }
        }
        self.copy(done..range.end);
    }

    fn hole(&mut self, name: &str, written: &str) {
        let index = u32::try_from(self.document.blanks.len()).expect("fewer than 2^32 blanks");
        self.document.blanks.push(Blank { name: name.to_owned(), written: written.to_owned() });
        self.document.holes.push(Hole { at: self.document.html.len(), content: HoleContent::Blank(index) });
    }
}

#[cfg(test)]
#[path = "tests/blanks.rs"]
mod tests;
