//! The search index cut into files of a few kilobytes, each named after its content.
//!
//! Where one shard ends and the next begins is decided by what stands there, not by counting from the start: an edit
//! changes the shards it touches, and those behind it keep their names.

use std::collections::BTreeMap;

use serde::Serialize;

use super::hits::{IndexedWord, base36};
use super::{IndexFile, SearchDocument};
use crate::source::stable_fingerprint;

/// Where shards of one kind are cut.
struct ShardSize {
    /// Bytes below which none is.
    least: usize,
    /// Bytes above which each is.
    most: usize,
    /// Between the two, one key in so many begins a new one.
    one_in: u64,
}

// A query loads a shard for each of its words, so these may be larger than those of texts, of which it loads one for
// each page that it shows. A line of words has some forty bytes and a page some thousands: hence one in 64, one in 2.
const WORDS: ShardSize = ShardSize { least: 8 << 10, most: 24 << 10, one_in: 64 };
const TEXTS: ShardSize = ShardSize { least: 4 << 10, most: 16 << 10, one_in: 2 };

/// A file of the index, by what it begins with.
#[derive(Debug)]
pub(super) struct Shard<First> {
    pub(super) first: First,
    pub(super) name: String,
    script: String,
}

impl<First> Shard<First> {
    fn new(first: First, content: &str) -> Self {
        let name = name(content);
        let script = call(&name, content);
        Self { first, name, script }
    }

    pub(super) fn into_file(self) -> IndexFile {
        IndexFile { path: format!("search/{}.js", self.name), text: self.script }
    }
}

/// A script that hands JSON to whoever waits for it under a name.
pub(super) fn call(name: &str, json: &str) -> String {
    // A script, since a browser that opened a page from a disk fetches no data from beside it.
    format!("partnerDocsSearch.take(\"{name}\",{json})\n")
}

/// Eight letters and digits, all small: some disks do not tell cases apart.
fn name(content: &str) -> String {
    let mut digits = String::new();
    base36(usize::try_from(stable_fingerprint(content.as_bytes()) % 36_u64.pow(8)).unwrap_or(0), &mut digits);
    format!("{digits:0>8}")
}

/// A line for each word: the word, a tab, its places.
pub(super) fn words(dictionary: &[IndexedWord<'_>]) -> Vec<Shard<String>> {
    let lines = dictionary.iter().map(|term| (term.word.to_owned(), format!("{}\t{}\n", term.word, term.places)));
    cut(lines)
}

/// All words spelled backwards, sorted: where a word begins with a typing error, its end finds it.
pub(super) fn endings(dictionary: &[IndexedWord<'_>]) -> Vec<Shard<String>> {
    let mut backwards: Vec<String> = dictionary
        .iter()
        // Shorter words are not searched with typing errors: `nda` is one letter from half the alphabet.
        .filter(|term| term.word.chars().count() > 3)
        .map(|term| term.word.chars().rev().collect())
        .collect();
    backwards.sort_unstable();
    cut(backwards.into_iter().map(|word| (word.clone(), word + "\n")))
}

/// Lines gathered into shards; each line comes with its key.
fn cut(lines: impl Iterator<Item = (String, String)>) -> Vec<Shard<String>> {
    let mut shards = Vec::new();
    let mut open: Option<(String, String)> = None;
    for (key, line) in lines {
        let full = open.as_ref().is_some_and(|(_, text)| WORDS.ends_before(&key, text.len()));
        if full {
            shards.extend(open.take().map(|(first, text)| Shard::new(first, &json(&text))));
        }
        open.get_or_insert_with(|| (key, String::new())).1.push_str(&line);
    }
    shards.extend(open.map(|(first, text)| Shard::new(first, &json(&text))));
    shards
}

impl ShardSize {
    /// Whether a shard of so many bytes ends before this key.
    fn ends_before(&self, key: &str, bytes: usize) -> bool {
        // By what the key is, not by its number: a new word moves no border but its own (content-defined chunking).
        bytes >= self.most || (bytes >= self.least && stable_fingerprint(key.as_bytes()).is_multiple_of(self.one_in))
    }
}

/// Pages as excerpts show them: `[address, title, trail, [[anchor, heading, kind, text], …]]`. Lists, since keys would be
/// repeated for every section.
pub(super) fn texts(documents: &[SearchDocument]) -> Vec<Shard<usize>> {
    let mut shards = Vec::new();
    let mut open: Option<(usize, String)> = None;
    for (number, document) in documents.iter().enumerate() {
        if open.as_ref().is_some_and(|(_, text)| TEXTS.ends_before(&document.address, text.len())) {
            shards.extend(open.take().map(|(first, text)| Shard::new(first, &format!("[{text}]"))));
        }
        let sections: Vec<_> = document
            .sections
            .iter()
            .map(|section| (&section.anchor, &section.heading, section.kind, &section.text))
            .collect();
        let page = (&document.address, &document.title, &document.trail, sections);
        let (_, text) = open.get_or_insert_with(|| (number, String::new()));
        if !text.is_empty() {
            text.push(',');
        }
        text.push_str(&json(&page));
    }
    shards.extend(open.map(|(first, text)| Shard::new(first, &format!("[{text}]"))));
    shards
}

/// `{"phase": {"recruitment": "0 3 1"}}`: for each value its pages, each by how far it lies behind the one before.
pub(super) fn facets(documents: &[SearchDocument]) -> Option<Shard<()>> {
    let mut facets: BTreeMap<&str, BTreeMap<&str, Vec<usize>>> = BTreeMap::new();
    for (number, document) in documents.iter().enumerate() {
        for (key, value) in &document.facets {
            facets.entry(key).or_default().entry(value).or_default().push(number);
        }
    }
    let places = |pages: &Vec<usize>| {
        let mut out = String::new();
        let mut before = 0;
        for page in pages {
            if !out.is_empty() {
                out.push(' ');
            }
            base36(page - before, &mut out);
            before = *page;
        }
        out
    };
    let facets: BTreeMap<&str, BTreeMap<&str, String>> = facets
        .into_iter()
        .map(|(key, values)| (key, values.iter().map(|(value, pages)| (*value, places(pages))).collect()))
        .collect();
    (!facets.is_empty()).then(|| Shard::new((), &json(&facets)))
}

/// Plain data as JSON.
pub(super) fn json(data: &(impl Serialize + ?Sized)) -> String {
    serde_json::to_string(data).expect("there are no keys but texts in it")
}
