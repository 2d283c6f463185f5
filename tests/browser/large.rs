//! A first search on a site of any size: what a browser loads before it can answer.
//! In: a made-up vocabulary, as unevenly used as that of any language, in pages of two hundred and more words. Out: the
//! compressed size of the index files that ten typical searches load, printed and held to the budget.
//! Never knows: how the index is written.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;

use partner_docs::search::{SearchDocument, SearchSection, index};
use serde_json::Value;

use crate::search::{ask, compressed, open_search};
use crate::site::{PROJECT, build};
use crate::tab::{Tab, tab};

/// Numbers that look random and are the same every time (Marsaglia's xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(end).unwrap()).unwrap()
    }

    /// A word's rank, the first ones by far the most often (Zipf): `n` to the power of a number between 0 and 1.
    fn rank(&mut self, words: usize) -> usize {
        let exponent = f64::from(u32::try_from(self.below(1 << 20)).unwrap()) / f64::from(1 << 20);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it lies between 1 and `words`")]
        let rank = f64::from(u32::try_from(words).unwrap()).powf(exponent) as usize;
        rank - 1
    }
}

/// The word of a rank, pronounceable, and longer the rarer it is.
fn word(rank: usize) -> String {
    const CONSONANTS: &[u8] = b"bcdfghjklmnprstvwz";
    const VOWELS: &[u8] = b"aeiou";
    // Neighbours in rank are none in the alphabet.
    let mut rest = (rank + 7).wrapping_mul(48_271) % 2_147_483_647;
    let syllables = 2 + rank / 3_000 % 3;
    let mut word = String::new();
    for _ in 0..syllables {
        word.push(CONSONANTS[rest % CONSONANTS.len()].into());
        rest /= CONSONANTS.len();
        word.push(VOWELS[rest % VOWELS.len()].into());
        rest /= VOWELS.len();
    }
    word.push(CONSONANTS[rest % CONSONANTS.len()].into());
    word
}

/// Words that pages of a language share grow with the root of what is written (Heaps).
fn vocabulary(pages: usize) -> usize {
    700 * pages.isqrt()
}

fn phrase(dice: &mut Dice, words: usize, length: usize) -> String {
    (0..length).map(|_| word(dice.rank(words))).collect::<Vec<_>>().join(" ")
}

/// A title says something: none of its words are the hundred commonest.
fn title(dice: &mut Dice, words: usize) -> String {
    (0..3).map(|_| word(100 + dice.rank(words - 100))).collect::<Vec<_>>().join(" ")
}

fn documents(pages: usize) -> Vec<SearchDocument> {
    let words = vocabulary(pages);
    let mut dice = Dice(88_172_645_463_325_252);
    let mut document = |number: usize| {
        let title = title(&mut dice, words);
        let sections = (0..5).map(|section| SearchSection {
            anchor: format!("section-{section}"),
            heading: if section == 0 { String::new() } else { phrase(&mut dice, words, 3) },
            text: phrase(&mut dice, words, 50),
            ..SearchSection::default()
        });
        let sections = sections.collect();
        SearchDocument {
            address: format!("area-{}/page-{number}/", number / 20),
            title,
            sections,
            ..SearchDocument::default()
        }
    };
    (0..pages).map(&mut document).collect()
}

/// What people type first: a page's name, a part of it, its beginning, with a typing error, a common word.
fn queries(documents: &[SearchDocument]) -> Vec<String> {
    let titles: Vec<&str> = [1, 17, 33, 49, 65, 81].map(|at| documents[at].title.as_str()).to_vec();
    let words = |at: usize| titles[at].split(' ').collect::<Vec<_>>();
    let misspelt = |word: &str| format!("{}{}", &word[..1], &word[2..]);
    vec![
        titles[0].to_owned(),
        titles[1].to_owned(),
        words(2)[..2].join(" "),
        words(3)[1].to_owned(),
        words(4)[0][..3].to_owned(),
        format!("{} {}", words(5)[0], &words(5)[1][..2]),
        misspelt(words(0)[2]),
        format!("{} {}", words(1)[0], misspelt(words(1)[1])),
        word(3),
        format!("{} {}", word(5), words(2)[0]),
    ]
}

/// The compressed sizes of the index files that each first search loads.
fn loaded(tab: &Tab, pages: usize) -> Vec<(String, usize)> {
    let (address, _server, folder) = build(PROJECT);
    let book = folder.path().join("book");
    let documents = documents(pages);
    for file in fs::read_dir(book.join("search")).unwrap().map(|file| file.unwrap().path()) {
        if file.extension().is_some_and(|extension| extension == "js") {
            fs::remove_file(file).unwrap();
        }
    }
    for file in index(documents.clone()) {
        fs::write(book.join(file.path), file.text).unwrap();
    }
    let measure = |query: String| {
        tab.open(&format!("{address}/recruit/"));
        open_search(tab);
        ask(tab, &query);
        tab.until("document.querySelectorAll('.find-page').length > 0");
        let names = tab.eval("performance.getEntriesByType('resource').map(file => new URL(file.name).pathname)");
        let names: BTreeSet<&str> = names.as_array().unwrap().iter().filter_map(Value::as_str).collect();
        let files = names.into_iter().filter(|name| name.starts_with("/search/") && !name.ends_with('/'));
        (query, files.map(|name| compressed(&book.join(name.trim_start_matches('/')))).sum())
    };
    queries(&documents).into_iter().map(measure).collect()
}

fn first_searches_take_at_most(kilobytes: usize, pages: usize) {
    let Some(tab) = tab() else { return };
    for (query, bytes) in loaded(&tab, pages) {
        let _ = writeln!(std::io::stderr(), "{pages} pages, `{query}`: {bytes} bytes of index");
        assert!(bytes > 0 && bytes <= kilobytes << 10, "{pages} pages, `{query}`: {bytes} bytes");
    }
}

#[test]
fn a_first_search_of_a_hundred_pages_is_small() {
    first_searches_take_at_most(60, 100);
}

#[test]
fn a_first_search_of_five_thousand_pages_is_small() {
    first_searches_take_at_most(120, 5_000);
}
