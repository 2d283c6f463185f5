//! Which word occurs where, and how prominently.
//! In: pages by section. Out: each page's words with their hits; then all pages' words, merged and sorted.
//! Never knows: files, and how they are cut.

use std::cmp::Reverse;
use std::fmt::Write;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::source::Part as _;

use super::words::words;
use super::{SearchDocument, SearchSection};

/// A word that is in more than a third of all pages says little: this many of its pages are kept, the ones it stands
/// out on.
const COMMON: usize = 500;

/// The words of one page, sorted, with where they occur.
#[derive(Debug, Default)]
pub(super) struct PageHits {
    // Two long texts instead of many short ones: ten thousand pages hold millions of words.
    words: String,
    hits: String,
    entries: Vec<WordEntry>,
}

/// A word of a page; its texts begin where those of the entry before it end.
#[derive(Debug)]
struct WordEntry {
    word_end: u32,
    hits_end: u32,
    /// How much the word stands out on the page.
    weight: u32,
}

/// How a word occurs in a section.
#[derive(Copy, Clone, Debug, Default)]
struct Occurrences {
    title: bool,
    keywords: bool,
    heading: bool,
    text: u32,
}

impl Occurrences {
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
pub(super) fn analyse(document: &SearchDocument) -> PageHits {
    let mut found = PageWords::default();
    found.add(&document.title, 0, |counts| counts.title = true);
    found.add(&document.keywords, 0, |counts| counts.keywords = true);
    for (number, SearchSection { heading, text, .. }) in document.sections.iter().enumerate() {
        found.add(heading, number, |counts| counts.heading = true);
        found.add(text, number, |counts| counts.text += 1);
    }
    found.sorted()
}

/// The words of a page while it is read.
#[derive(Default)]
struct PageWords {
    numbers: FxHashMap<Box<str>, usize>,
    hits: Vec<Hit>,
    /// For each word its latest hit: sections are read in order, so no other can be the current section's.
    latest: Vec<usize>,
}

struct Hit {
    word: usize,
    section: usize,
    counts: Occurrences,
}

impl PageWords {
    fn add(&mut self, text: &str, section: usize, count: fn(&mut Occurrences)) {
        words(text, |word| count(self.counts(word, section)));
    }

    /// The counts of a word in a section.
    fn counts(&mut self, word: &str, section: usize) -> &mut Occurrences {
        let next = self.hits.len();
        let known = self.numbers.get(word).copied();
        let number = known.unwrap_or_else(|| {
            self.numbers.insert(word.into(), self.latest.len());
            self.latest.push(next);
            self.latest.len() - 1
        });
        let latest = &mut self.latest[number];
        if self.hits.get(*latest).is_none_or(|hit| hit.section != section) {
            *latest = next;
            self.hits.push(Hit { word: number, section, counts: Occurrences::default() });
        }
        &mut self.hits[*latest].counts
    }

    fn sorted(mut self) -> PageHits {
        let mut words: Vec<(Box<str>, usize)> = self.numbers.into_iter().collect();
        words.sort_unstable();
        let mut rank = vec![0; words.len()];
        for (position, (_, number)) in words.iter().enumerate() {
            rank[*number] = position;
        }
        self.hits.sort_by_key(|hit| rank[hit.word]);
        let mut page = PageHits::default();
        let mut hits = self.hits.iter().peekable();
        for (word, number) in &words {
            let mut weight = 0;
            while let Some(hit) = hits.next_if(|hit| hit.word == *number) {
                hit.counts.write(hit.section, &mut page.hits);
                weight += hit.counts.weight();
            }
            page.words.push_str(word);
            page.entries.push(WordEntry { word_end: end(&page.words), hits_end: end(&page.hits), weight });
        }
        page.words.shrink_to_fit();
        page.hits.shrink_to_fit();
        page.entries.shrink_to_fit();
        page
    }
}

/// A page's words come to far less than four gigabytes.
fn end(text: &str) -> u32 {
    u32::try_from(text.len()).unwrap_or(u32::MAX)
}

impl PageHits {
    fn word(&self, entry: usize) -> &str {
        let start = entry.checked_sub(1).map_or(0, |before| self.entries[before].word_end);
        self.words.part(start as usize..self.entries[entry].word_end as usize)
    }

    fn hits(&self, entry: usize) -> &str {
        let start = entry.checked_sub(1).map_or(0, |before| self.entries[before].hits_end);
        self.hits.part(start as usize..self.entries[entry].hits_end as usize)
    }
}

/// A word with all its places.
#[derive(Debug)]
pub(super) struct IndexedWord<'a> {
    /// Folded.
    pub(super) word: &'a str,
    /// For each page it is on, in order: how far that lies behind the one before, in base 36, then its hits; a blank between pages.
    pub(super) places: String,
}

/// Brings the words of all pages together, sorted.
pub(super) fn merge(pages: &[PageHits]) -> Vec<IndexedWord<'_>> {
    let (words, numbers) = number(pages);
    let mut order: Vec<usize> = (0..words.len()).collect();
    order.par_sort_unstable_by_key(|word| words[*word]);
    let postings = Postings::of(&numbers, words.len());
    let term = |word| IndexedWord { word: words[word], places: places(pages, postings.of_word(word)) };
    order.into_par_iter().map(term).collect()
}

/// Numbers all words in the order they come in: the words, and for each page the numbers of its entries.
fn number(pages: &[PageHits]) -> (Vec<&str>, Vec<Vec<u32>>) {
    let mut numbers: FxHashMap<&str, u32> = FxHashMap::default();
    let mut words = Vec::new();
    let mut number = |word| {
        *numbers.entry(word).or_insert_with(|| {
            words.push(word);
            u32::try_from(words.len() - 1).expect("fewer than 2^32 words")
        })
    };
    let numbers =
        pages.iter().map(|page| (0..page.entries.len()).map(|entry| number(page.word(entry))).collect()).collect();
    (words, numbers)
}

/// An entry of a page.
#[derive(Copy, Clone, Default)]
struct Posting {
    page: u32,
    entry: u32,
}

/// The entries of all pages by their words, each word's in the order of pages: one long list, since words are many and
/// most of them rare.
struct Postings {
    all: Vec<Posting>,
    /// Where the entries of each word begin, and those of the last one end.
    starts: Vec<usize>,
}

impl Postings {
    fn of(numbers: &[Vec<u32>], words: usize) -> Self {
        let mut starts = vec![0; words + 1];
        for word in numbers.iter().flatten() {
            starts[*word as usize + 1] += 1;
        }
        for word in 0..words {
            starts[word + 1] += starts[word];
        }
        let mut next = starts.clone();
        let mut all = vec![Posting::default(); starts[words]];
        for (page, words) in (0..).zip(numbers) {
            for (entry, word) in (0..).zip(words) {
                let place = &mut next[*word as usize];
                all[*place] = Posting { page, entry };
                *place += 1;
            }
        }
        Self { all, starts }
    }

    fn of_word(&self, word: usize) -> &[Posting] {
        &self.all[self.starts[word]..self.starts[word + 1]]
    }
}

/// The places of a word, as its line says them.
fn places(pages: &[PageHits], postings: &[Posting]) -> String {
    let mut kept = postings.to_vec();
    if kept.len() > COMMON && kept.len() > pages.len() / 3 {
        let weight = |at: &Posting| pages[at.page as usize].entries[at.entry as usize].weight;
        kept.sort_by_key(|at| (Reverse(weight(at)), at.page));
        kept.truncate(COMMON);
        kept.sort_by_key(|at| at.page);
    }
    let mut out = String::new();
    let mut before = 0;
    for Posting { page, entry } in kept {
        if !out.is_empty() {
            out.push(' ');
        }
        base36((page - before) as usize, &mut out);
        out.push_str(pages[page as usize].hits(entry as usize));
        before = page;
    }
    out
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
