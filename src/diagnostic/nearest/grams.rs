//! Names by the pairs and triples of letters they are made of.
//! In: names. Out: those that share what is rare in a name, found at a cost that does not grow with the names.
//! Never knows: how near a name must be.

use std::collections::{BTreeSet, HashMap};

use super::likeness::Folded;

/// Stands before the first letter and behind the last.
const EDGE: char = '\0';
/// Stands behind two letters that are no triple.
const PAIR: char = '\u{1}';
/// Names of this length are known by triples; in shorter ones, the slips that are allowed could break all of these.
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

    /// The names that have something rare in common with this one, the rarest first, up to this number of looks.
    pub(super) fn near(&self, wanted: &Folded, looks: usize) -> Vec<usize> {
        let length = if wanted.letters.len() < LONG { 2 } else { 3 };
        let own = grams(&wanted.letters, length);
        let mut lists: Vec<&Vec<usize>> = own.iter().filter_map(|gram| self.0.get(gram)).collect();
        // A stable sort of what is sorted: the order is chosen.
        lists.sort_by_key(|list| list.len());
        lists.into_iter().flatten().take(looks).copied().collect()
    }
}

/// The runs of letters of this length, the edges among them, once each and sorted.
fn grams(letters: &[char], length: usize) -> BTreeSet<Gram> {
    let edged: Vec<char> = std::iter::once(EDGE).chain(letters.iter().copied()).chain([EDGE]).collect();
    let gram = |run: &[char]| match *run {
        [first, second, third] => [first, second, third],
        // A pair is no triple that ends at an edge.
        [first, second] => [first, second, PAIR],
        _ => [EDGE; 3],
    };
    edged.windows(length).map(gram).collect()
}
