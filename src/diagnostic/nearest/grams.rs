//! A trigram index of names: finds those that share rare letter sequences with a name, without looking at all of them.

use std::collections::{BTreeSet, HashMap};

use super::likeness::Folded;

/// Added before the first and after the last letter.
const EDGE: char = '\0';
/// Added after two letters, so that a pair at an edge isn't part of a trigram.
const PAIR: char = '\u{1}';
/// Names of this length are indexed by trigrams. In shorter ones, the allowed typos could break every trigram, so they
/// are indexed by pairs.
const LONG: usize = 13;

/// Up to three letters in a row.
type Gram = [char; 3];

#[derive(Debug)]
pub(super) struct Grams(HashMap<Gram, Vec<usize>>);

impl Grams {
    pub(super) fn of(names: &[Folded]) -> Self {
        let mut places = HashMap::<Gram, Vec<usize>>::new();
        for (at, name) in names.iter().enumerate() {
            for gram in grams(&name.letters, 2).into_iter().chain(grams(&name.letters, 3)) {
                places.entry(gram).or_default().push(at);
            }
        }
        Self(places)
    }

    /// The names that share a rare sequence with this one, rarest first, up to this number of lookups.
    pub(super) fn near(&self, wanted: &Folded, looks: usize) -> Vec<usize> {
        let length = if wanted.letters.len() < LONG { 2 } else { 3 };
        let own = grams(&wanted.letters, length);
        let mut lists: Vec<&Vec<usize>> = own.iter().filter_map(|gram| self.0.get(gram)).collect();
        // A stable sort of sorted input makes the order deterministic.
        lists.sort_by_key(|list| list.len());
        lists.into_iter().flatten().take(looks).copied().collect()
    }
}

/// The sequences of this length, including those at the edges, sorted and without duplicates.
fn grams(letters: &[char], length: usize) -> BTreeSet<Gram> {
    let edged: Vec<char> = std::iter::once(EDGE).chain(letters.iter().copied()).chain([EDGE]).collect();
    let gram = |run: &[char]| match *run {
        [first, second, third] => [first, second, third],
        [first, second] => [first, second, PAIR],
        _ => [EDGE; 3],
    };
    edged.windows(length).map(gram).collect()
}
