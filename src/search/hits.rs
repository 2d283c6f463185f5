//! The inverted index: which word occurs on which pages, in which sections, and how prominently.

#![allow(clippy::indexing_slicing, reason = "ids index the tables that gave them out")]

use std::cmp::Reverse;

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
        // Only to choose among too many pages. The script in the browser ranks what it finds by its own weights.
        let fields = [(self.title, 10), (self.keywords, 6), (self.heading, 5)];
        let fields: u32 = fields.iter().filter(|(is_in, _)| *is_in).map(|(_, weight)| weight).sum();
        fields + self.text.min(4)
    }

    /// `T` title, `K` keywords, `H` heading; `X` once in the text, `Y` two or three times, `Z` more often. Each is
    /// followed by the number of the section in base 36, left out for the first one.
    fn write(self, section: usize, out: &mut String) {
        // Classes, not counts: `rank.js` gives three weights and no more.
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

/// The number of a word, given in the order in which words are met: on one page, or in the whole site.
#[derive(Copy, Clone, PartialEq, Eq)]
struct WordNumber(u32);

impl WordNumber {
    fn next<T>(list: &ByWord<T>) -> Self {
        Self(u32::try_from(list.0.len()).expect("fewer than 2^32 words"))
    }
}

/// Something for each word. The words of a large site come to millions: each is hashed once, and known by its number
/// from then on.
#[derive(Default)]
struct ByWord<T>(Vec<T>);

impl<T> ByWord<T> {
    fn get(&self, word: WordNumber) -> &T {
        &self.0[word.0 as usize]
    }

    fn get_mut(&mut self, word: WordNumber) -> &mut T {
        &mut self.0[word.0 as usize]
    }
}

/// The words of a page while it is read.
#[derive(Default)]
struct PageWords {
    numbers: FxHashMap<Box<str>, WordNumber>,
    hits: Vec<Hit>,
    /// For each word its latest hit: sections are read in order, so no other can be the current section's.
    latest: ByWord<usize>,
}

struct Hit {
    word: WordNumber,
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
        // Not `entry`: it would copy every word, and most are known.
        let known = self.numbers.get(word).copied();
        let word = known.unwrap_or_else(|| {
            let number = WordNumber::next(&self.latest);
            self.numbers.insert(word.into(), number);
            self.latest.0.push(next);
            number
        });
        let latest = self.latest.get_mut(word);
        if self.hits.get(*latest).is_none_or(|hit| hit.section != section) {
            *latest = next;
            self.hits.push(Hit { word, section, counts: Occurrences::default() });
        }
        &mut self.hits[*latest].counts
    }

    fn sorted(mut self) -> PageHits {
        let mut words: Vec<(Box<str>, WordNumber)> = self.numbers.into_iter().collect();
        words.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        let mut rank = ByWord(vec![0; words.len()]);
        for (position, (_, word)) in words.iter().enumerate() {
            *rank.get_mut(*word) = position;
        }
        // Stable: the hits of a word stay in the order of sections.
        self.hits.sort_by_key(|hit| *rank.get(hit.word));
        let mut page = PageHits::default();
        let mut hits = self.hits.iter().peekable();
        for (text, word) in &words {
            let mut weight = 0;
            while let Some(hit) = hits.next_if(|hit| hit.word == *word) {
                hit.counts.write(hit.section, &mut page.hits);
                weight += hit.counts.weight();
            }
            page.words.push_str(text);
            page.entries.push(WordEntry { word_end: end(&page.words), hits_end: end(&page.hits), weight });
        }
        // They live until all pages are read, and a list that grew may be half empty.
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
    /// The words in order.
    fn words(&self) -> impl Iterator<Item = &str> {
        let mut start = 0;
        self.entries.iter().map(move |entry| {
            let end = entry.word_end as usize;
            self.words.part(std::mem::replace(&mut start, end)..end)
        })
    }

    /// How an entry's word occurs, as its line says it.
    fn hits(&self, entry: u32) -> &str {
        let end = |entry: u32| self.entries.get(entry as usize).map_or(0, |entry| entry.hits_end as usize);
        self.hits.part(entry.checked_sub(1).map_or(0, end)..end(entry))
    }

    /// How much an entry's word stands out on the page.
    fn weight(&self, entry: u32) -> u32 {
        self.entries.get(entry as usize).map_or(0, |entry| entry.weight)
    }
}

/// A word with all its places.
#[derive(Debug)]
pub(super) struct IndexedWord<'a> {
    /// Folded.
    pub(super) word: &'a str,
    /// For each page it is on, in order: how far that is behind the one before, in base 36, then its hits; a space
    /// between pages.
    pub(super) places: String,
}

/// Brings the words of all pages together, sorted.
pub(super) fn merge(pages: &[PageHits]) -> Vec<IndexedWord<'_>> {
    let mut numbers: FxHashMap<&str, WordNumber> = FxHashMap::default();
    let mut words = ByWord(Vec::new());
    let mut number = |word| {
        *numbers.entry(word).or_insert_with(|| {
            let number = WordNumber::next(&words);
            words.0.push(word);
            number
        })
    };
    let numbers: Vec<Vec<WordNumber>> = pages.iter().map(|page| page.words().map(&mut number).collect()).collect();
    let postings = Postings::of(&numbers, words.0.len());
    let mut lines: Vec<(&str, &[Posting])> = words.0.into_iter().zip(postings.by_word()).collect();
    // Sorted, a word is found by bisection, and those that begin alike are neighbours.
    lines.par_sort_unstable_by_key(|(word, _)| *word);
    let line = |(word, postings)| IndexedWord { word, places: places(pages, postings) };
    lines.into_par_iter().map(line).collect()
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
    /// How many there are of each word.
    counts: Vec<usize>,
}

impl Postings {
    /// Sorts by counting, which goes through all entries twice; to compare a million of them would be twenty times.
    fn of(numbers: &[Vec<WordNumber>], words: usize) -> Self {
        let mut counts = ByWord(vec![0; words]);
        for word in numbers.iter().flatten() {
            *counts.get_mut(*word) += 1;
        }
        let mut end = 0;
        let starts = counts.0.iter().map(|count| {
            end += count;
            end - count
        });
        let mut next = ByWord(starts.collect());
        let mut all = vec![Posting::default(); end];
        for (page, words) in (0..).zip(numbers) {
            for (entry, word) in (0..).zip(words) {
                let place = next.get_mut(*word);
                all[*place] = Posting { page, entry };
                *place += 1;
            }
        }
        Self { all, counts: counts.0 }
    }

    /// The entries of each word.
    fn by_word(&self) -> impl Iterator<Item = &[Posting]> {
        let mut rest = &*self.all;
        self.counts.iter().map(move |count| {
            let (own, others) = rest.split_at(*count);
            rest = others;
            own
        })
    }
}

/// The places of a word, as its line says them.
fn places(pages: &[PageHits], postings: &[Posting]) -> String {
    let page = |posting: &Posting| pages.get(posting.page as usize);
    let mut kept = postings.to_vec();
    // On a small site, even the words of every page are few bytes, and worth having.
    if kept.len() > COMMON && kept.len() > pages.len() / 3 {
        kept.sort_by_key(|at| (Reverse(page(at).map(|page| page.weight(at.entry))), at.page));
        kept.truncate(COMMON);
        kept.sort_by_key(|at| at.page);
    }
    let mut out = String::new();
    let mut before = 0;
    for at in kept {
        if !out.is_empty() {
            out.push(' ');
        }
        // Distances, not numbers: those of a common word have one digit on a site of any size.
        base36((at.page - before) as usize, &mut out);
        out.push_str(page(&at).map_or("", |page| page.hits(at.entry)));
        before = at.page;
    }
    out
}

/// Digits and small letters: what a script reads back with `parseInt(text, 36)`, and no capital letter, which begins a
/// hit.
pub(super) fn base36(number: usize, out: &mut String) {
    if number >= 36 {
        base36(number / 36, out);
    }
    let digit = u32::try_from(number % 36).ok().and_then(|digit| char::from_digit(digit, 36));
    out.extend(digit);
}
