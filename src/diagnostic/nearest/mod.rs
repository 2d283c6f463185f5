//! "Did you mean": finds the name that was probably meant, among files, anchors, rules, keys, variables and so on.
//! In: a name, and all names that exist. Out: the one that differs only in case and hyphens, in typos, or by an added
//! or removed word.
//!
//! A guess has to be the only name at that distance, because following a wrong guess leads readers to the wrong place.
//! For the same reason, names of three letters are never guessed, nor are numbers.

mod grams;
mod likeness;

use std::collections::{BTreeSet, HashMap};
use std::sync::OnceLock;

use grams::Grams;
use likeness::Folded;
pub(crate) use likeness::distance;

/// Lists up to this length are searched linearly. Longer ones have an index.
const FEW: usize = 24;
/// How many names are looked at for one guess. Trigrams that many names share say little about any of them.
const MOST_LOOKS: usize = 1_000;

/// The candidate that was probably meant by `name`: the only one at the smallest distance. To ask several questions
/// about many candidates, use [`Vocabulary`].
#[must_use]
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = Folded::new(name);
    best(name, &wanted, candidates.into_iter().map(|candidate| (candidate, Folded::new(candidate))))
}

/// Whether two names are equal except for case, hyphens, underscores and spaces.
#[must_use]
pub fn is_same_name(a: &str, b: &str) -> bool {
    Folded::new(a).slips(&Folded::new(b)) == Some(0)
}

/// The number of typos between two names, or `None` if they are different names.
#[must_use]
pub fn slips(a: &str, b: &str) -> Option<usize> {
    Folded::new(a).slips(&Folded::new(b))
}

/// A set of existing names that can be searched without looking at all of them.
#[derive(Debug, Default)]
pub struct Vocabulary {
    /// Sorted, without duplicates.
    all: Vec<String>,
    /// Built on first use.
    index: OnceLock<PairIndex>,
}

#[derive(Debug)]
struct PairIndex {
    folded: Vec<Folded>,
    by_words: HashMap<Vec<String>, Vec<usize>>,
    by_word: HashMap<String, Vec<usize>>,
    by_letters: HashMap<Vec<char>, Vec<usize>>,
    grams: Grams,
}

impl PartialEq for Vocabulary {
    fn eq(&self, other: &Self) -> bool {
        self.all == other.all
    }
}

impl Eq for Vocabulary {}

impl<S: Into<String>> FromIterator<S> for Vocabulary {
    fn from_iter<I: IntoIterator<Item = S>>(names: I) -> Self {
        let mut all: Vec<String> = names.into_iter().map(Into::into).collect();
        all.sort_unstable();
        all.dedup();
        Self { all, index: OnceLock::new() }
    }
}

impl Vocabulary {
    /// All of them, sorted.
    #[must_use]
    pub fn all(&self) -> &[String] {
        &self.all
    }

    /// Whether it contains exactly this name.
    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        self.all.binary_search_by(|own| own.as_str().cmp(name)).is_ok()
    }

    /// The only name that is equal except for case and separators.
    #[must_use]
    pub fn same(&self, name: &str) -> Option<&str> {
        match self.index().by_words.get(&Folded::new(name).words).map(Vec::as_slice) {
            Some([only]) => self.all.get(*only).map(String::as_str),
            _ => None,
        }
    }

    /// The names with the same letters and digits, however they are split into words.
    pub fn with_letters_of(&self, name: &str) -> impl Iterator<Item = &str> {
        let same = self.index().by_letters.get(&Folded::new(name).letters);
        same.into_iter().flatten().take(MOST_LOOKS).filter_map(|at| self.all.get(*at)).map(String::as_str)
    }

    /// The only name at the smallest distance: see [`nearest`].
    #[must_use]
    pub fn nearest(&self, name: &str) -> Option<&str> {
        let index = self.index();
        let wanted = Folded::new(name);
        // Below this, to make the index costs more than to compare all.
        if self.all.len() <= FEW {
            return best(name, &wanted, self.at(0..self.all.len()));
        }
        if let Some(same) = index.by_words.get(&wanted.words) {
            return best(name, &wanted, self.at(same.iter().copied()));
        }
        if !wanted.can_be_guessed() {
            return None;
        }
        let joined = index.by_letters.get(&wanted.letters).into_iter().flatten().copied();
        let mut near: Vec<usize> = index.grams.near(&wanted, MOST_LOOKS);
        near.extend(joined.take(MOST_LOOKS));
        near.retain(|at| index.folded.get(*at).is_some_and(|folded| wanted.may_be(folded)));
        near.sort_unstable();
        near.dedup();
        best(name, &wanted, self.at(near))
    }

    /// The only name that contains all words of this one (at least two) in order, or is contained in it: words were
    /// added to a heading, or removed from it.
    #[must_use]
    pub fn reworded(&self, name: &str) -> Option<&str> {
        let index = self.index();
        let wanted = Folded::new(name).words;
        let mut lists: Vec<&Vec<usize>> = wanted.iter().filter_map(|word| index.by_word.get(word)).collect();
        // The rarest word first: most guesses are decided before the lists of `the` and `a` are looked at.
        lists.sort_by_key(|list| (list.len(), list.first().copied()));
        let mut looks = 0;
        let mut found: Option<usize> = None;
        for at in lists.into_iter().flatten() {
            looks += 1;
            let own = &index.folded.get(*at)?.words;
            let is_other = holds(own, &wanted) || holds(&wanted, own);
            // There may be others.
            if looks > MOST_LOOKS || (is_other && found.is_some_and(|found| found != *at)) {
                return None;
            }
            found = found.or(Some(*at).filter(|_| is_other));
        }
        self.all.get(found?).map(String::as_str)
    }

    fn at(&self, places: impl IntoIterator<Item = usize>) -> impl Iterator<Item = (&str, Folded)> {
        let index = self.index();
        places.into_iter().filter_map(|at| Some((self.all.get(at)?.as_str(), index.folded.get(at)?.clone())))
    }

    fn index(&self) -> &PairIndex {
        self.index.get_or_init(|| PairIndex::of(&self.all))
    }
}

impl PairIndex {
    fn of(names: &[String]) -> Self {
        let folded: Vec<Folded> = names.iter().map(|name| Folded::new(name)).collect();
        let (mut by_words, mut by_letters) = (HashMap::<_, Vec<_>>::new(), HashMap::<_, Vec<_>>::new());
        let mut by_word = HashMap::<String, Vec<usize>>::new();
        for (at, name) in folded.iter().enumerate() {
            by_words.entry(name.words.clone()).or_default().push(at);
            by_letters.entry(name.letters.clone()).or_default().push(at);
            for word in name.words.iter().collect::<BTreeSet<_>>() {
                by_word.entry(word.clone()).or_default().push(at);
            }
        }
        let grams = Grams::of(&folded);
        Self { folded, by_words, by_word, by_letters, grams }
    }
}

/// The only one at the smallest distance. Of several that differ in case and hyphens, the one that differs only in
/// case.
fn best<'a>(name: &str, wanted: &Folded, candidates: impl Iterator<Item = (&'a str, Folded)>) -> Option<&'a str> {
    let lower = name.to_lowercase();
    let cost = |candidate: &str, folded: &Folded| {
        let slips = wanted.slips(folded)?;
        Some((slips, slips == 0 && candidate.to_lowercase() != lower))
    };
    let mut best: Option<((usize, bool), &str)> = None;
    let mut is_only = true;
    for (candidate, folded) in candidates {
        let Some(cost) = cost(candidate, &folded) else { continue };
        match best {
            Some((least, _)) if cost > least => {}
            Some((least, known)) if cost == least => is_only &= known == candidate,
            _ => (best, is_only) = (Some((cost, candidate)), true),
        }
    }
    best.filter(|_| is_only).map(|(_, candidate)| candidate)
}

/// Whether all words of `few` (at least two) occur in `many`, in order.
fn holds(many: &[String], few: &[String]) -> bool {
    let mut rest = many.iter();
    few.len() > 1 && few.len() < many.len() && few.iter().all(|word| rest.any(|other| other == word))
}

#[cfg(test)]
mod tests;
