//! Which word occurs where, and how prominently.
//! In: pages by section. Out: each page's words with their hits; then all pages' words, merged and sorted.
//! Never knows: files, and how they are cut.

use std::collections::BTreeMap;
use std::collections::HashMap;
use std::fmt::Write;
use std::ops::Range;

use rayon::prelude::*;

use super::words::words;
use super::{Document, Section};

/// A word that is in more than a third of all pages says little: this many of its pages are kept, the ones it stands
/// out on.
const COMMON: usize = 500;

/// The words of one page, sorted, with where they occur.
#[derive(Debug, Default)]
pub(super) struct PageHits {
    // Two long texts instead of many short ones: ten thousand pages hold millions of words.
    words: String,
    hits: String,
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    word: Range<u32>,
    hits: Range<u32>,
    /// How much the word stands out on the page.
    weight: u32,
}

/// How a word occurs in a section.
#[derive(Copy, Clone, Default)]
struct Counts {
    title: bool,
    keywords: bool,
    heading: bool,
    text: u32,
}

impl Counts {
    fn weight(self) -> u32 {
        let fields = [(self.title, 10), (self.keywords, 6), (self.heading, 5)];
        let fields: u32 = fields.iter().filter(|(is_in, _)| *is_in).map(|(_, weight)| weight).sum();
        fields + self.text.min(4)
    }

    /// `T` title, `K` keywords, `H` heading; `X` once in the text, `Y` two or three times, `Z` more often. Each is
    /// followed by the number of the section in base 36, left out for the first one.
    fn write(self, section: usize, out: &mut String) {
        let times = match self.text {
            0 => None,
            1 => Some('X'),
            2 | 3 => Some('Y'),
            _ => Some('Z'),
        };
        let fields = [self.title.then_some('T'), self.keywords.then_some('K'), self.heading.then_some('H')];
        for letter in fields.into_iter().chain([times]).flatten() {
            out.push(letter);
            if section > 0 {
                base36(section, out);
            }
        }
    }
}

/// Finds the words of a page.
pub(super) fn analyse(document: &Document) -> PageHits {
    let mut found: HashMap<String, BTreeMap<usize, Counts>> = HashMap::new();
    let mut add = |text: &str, section: usize, count: fn(&mut Counts)| {
        words(text, |word| {
            if let Some(sections) = found.get_mut(word) {
                count(sections.entry(section).or_default());
            } else {
                let sections = found.entry(word.to_owned()).or_default();
                count(sections.entry(section).or_default());
            }
        });
    };
    add(&document.title, 0, |counts| counts.title = true);
    add(&document.keywords, 0, |counts| counts.keywords = true);
    for (number, Section { heading, text, .. }) in document.sections.iter().enumerate() {
        add(heading, number, |counts| counts.heading = true);
        add(text, number, |counts| counts.text += 1);
    }
    let mut sorted: Vec<(String, BTreeMap<usize, Counts>)> = found.into_iter().collect();
    sorted.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    let mut page = PageHits::default();
    for (word, sections) in sorted {
        let (word_start, hits_start) = (page.words.len(), page.hits.len());
        page.words.push_str(&word);
        for (section, counts) in &sections {
            counts.write(*section, &mut page.hits);
        }
        page.entries.push(Entry {
            word: range(word_start, page.words.len()),
            hits: range(hits_start, page.hits.len()),
            weight: sections.values().map(|counts| counts.weight()).sum(),
        });
    }
    page
}

/// A page's words come to far less than four gigabytes.
fn range(start: usize, end: usize) -> Range<u32> {
    u32::try_from(start).unwrap_or(u32::MAX)..u32::try_from(end).unwrap_or(u32::MAX)
}

impl PageHits {
    fn word(&self, entry: &Entry) -> &str {
        &self.words[entry.word.start as usize..entry.word.end as usize]
    }

    fn hits(&self, entry: &Entry) -> &str {
        &self.hits[entry.hits.start as usize..entry.hits.end as usize]
    }
}

/// A word with all its places.
#[derive(Debug)]
pub(super) struct Term<'a> {
    /// Folded.
    pub(super) word: &'a str,
    /// For each page it is on, in order: how far that lies behind the one before, in base 36, then its hits; a blank between pages.
    pub(super) places: String,
}

/// Brings the words of all pages together, sorted.
pub(super) fn merge(pages: &[PageHits]) -> Vec<Term<'_>> {
    let mut terms: HashMap<&str, Vec<(usize, &PageHits, &Entry)>> = HashMap::new();
    for (number, page) in pages.iter().enumerate() {
        for entry in &page.entries {
            terms.entry(page.word(entry)).or_default().push((number, page, entry));
        }
    }
    let mut terms: Vec<_> = terms.into_iter().collect();
    terms.par_sort_unstable_by(|a, b| a.0.cmp(b.0));
    let places = |on: Vec<(usize, &PageHits, &Entry)>| {
        let mut on = on;
        if on.len() > COMMON && on.len() > pages.len() / 3 {
            on.sort_by_key(|(number, _, entry)| (std::cmp::Reverse(entry.weight), *number));
            on.truncate(COMMON);
            on.sort_by_key(|(number, _, _)| *number);
        }
        let mut out = String::new();
        let mut before = 0;
        for (number, page, entry) in on {
            if !out.is_empty() {
                out.push(' ');
            }
            base36(number - before, &mut out);
            out.push_str(page.hits(entry));
            before = number;
        }
        out
    };
    terms.into_par_iter().map(|(word, on)| Term { word, places: places(on) }).collect()
}

/// Digits and small letters.
pub(super) fn base36(number: usize, out: &mut String) {
    if number < 10 {
        let _ = write!(out, "{number}");
        return;
    }
    if number >= 36 {
        base36(number / 36, out);
    }
    out.push(char::from(b"0123456789abcdefghijklmnopqrstuvwxyz"[number % 36]));
}
