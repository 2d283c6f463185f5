//! How similar two names are: equal except for case and hyphens, or else the number of typos between them.

#![allow(clippy::indexing_slicing, reason = "a table whose bounds are those of the loops over it")]

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longer names aren't compared. They are no typos, and would be the most expensive to compare.
const LONGEST: usize = 200;
/// In names shorter than this, every letter matters: `nda` and `sda` are different names.
pub(super) const SHORTEST: usize = 4;
/// Two names with more typos than this are different, however long they are.
const MOST_SLIPS: usize = 3;

/// A name in comparable form: its words in lower case, without separators.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Folded {
    /// `stage`, `5`, `uat`.
    pub(super) words: Vec<String>,
    /// All letters and digits: `stage5uat`.
    pub(super) letters: Vec<char>,
    digits: String,
    /// A bit for each letter that occurs, which rules out most pairs of names cheaply.
    mask: u64,
}

impl Folded {
    pub(super) fn new(name: &str) -> Self {
        let lower = name.nfc().collect::<String>().to_lowercase();
        let parts = lower
            .split(|c: char| !c.is_alphanumeric() && !is_combining_mark(c))
            .filter(|part| part.chars().any(char::is_alphanumeric));
        // The remains of emoji aren't words.
        let words: Vec<String> = parts.map(str::to_owned).collect();
        let letters: Vec<char> = words.iter().flat_map(|word| word.chars()).collect();
        let digits = letters.iter().filter(|c| c.is_numeric()).collect();
        let mask = letters.iter().fold(0, |mask, c| mask | 1_u64 << (u32::from(*c) % 64));
        Self { words, letters, digits, mask }
    }

    /// Whether the name is long enough for a guess to be meaningful.
    pub(super) fn can_be_guessed(&self) -> bool {
        (SHORTEST..=LONGEST).contains(&self.letters.len())
    }

    /// Whether it's worth counting the typos between two names with different words.
    pub(super) fn may_be(&self, other: &Self) -> bool {
        let limit = allowed(self.letters.len());
        let longer = self.letters.len().abs_diff(other.letters.len());
        self.can_be_guessed()
            && longer <= limit
            && other.letters.len() + 1 >= SHORTEST
            && (self.mask ^ other.mask).count_ones() as usize <= 2 * limit
            // A number identifies its item: `step-3` isn't a typo of `step-4`.
            && self.digits == other.digits
    }

    /// The number of typos between this name, as written, and another. Zero if they differ only in case and separators.
    /// `None` if they are different names: a digit differs, or there are more differences than typos explain.
    pub(super) fn slips(&self, other: &Self) -> Option<usize> {
        if self.words == other.words {
            return (!self.words.is_empty()).then_some(0);
        }
        if !self.may_be(other) {
            return None;
        }
        let limit = allowed(self.letters.len());
        let slips = if self.words.len() == other.words.len() {
            self.slips_in_words(other)?
        } else {
            // A word that is split in two in the other name counts as one typo.
            distance(&self.letters, &other.letters, limit)? + 1
        };
        (slips <= limit).then_some(slips)
    }

    fn slips_in_words(&self, other: &Self) -> Option<usize> {
        let pairs = || self.words.iter().zip(&other.words);
        let alike = pairs().filter(|(word, other)| word == other).count();
        let mut all = 0;
        for (word, other) in pairs().filter(|(word, other)| word != other) {
            let (a, b): (Vec<char>, Vec<char>) = (word.chars().collect(), other.chars().collect());
            let slips = distance(&a, &b, allowed_in_word(&a, &b, alike))?;
            // A word with two typos still has its first letters: `termination` isn't `determination`.
            if slips > 1 && a.len() >= SHORTEST && a.first() != b.first() {
                return None;
            }
            all += slips;
        }
        Some(all)
    }
}

/// How many typos a word may have, given how many of the other words match.
fn allowed_in_word(a: &[char], b: &[char], alike: usize) -> usize {
    let longer = a.len().max(b.len());
    match (longer, alike) {
        // `wer macht das` is `wer macht es`, but `sign the nda` is never `sign the sow`.
        (2..SHORTEST, 2..) => longer - 1,
        // `teh plan` is `the plan`, but `qa plan` is never `qb plan`.
        (2..SHORTEST, _) => usize::from(is_shuffled(a, b)),
        _ => allowed(longer),
    }
}

/// How many typos a name of this length may have.
fn allowed(length: usize) -> usize {
    match length {
        0..SHORTEST => 0,
        SHORTEST..7 => 1,
        7..13 => 2,
        _ => MOST_SLIPS,
    }
}

/// Whether two words have the same letters.
fn is_shuffled(a: &[char], b: &[char]) -> bool {
    let sorted = |word: &[char]| {
        let mut word = word.to_vec();
        word.sort_unstable();
        word
    };
    sorted(a) == sorted(b)
}

/// The edit distance between two sequences, counting insertions, deletions, replacements and swaps of neighbours
/// (Damerau-Levenshtein, optimal string alignment). `None` if it exceeds `limit`. Only the band within the limit is
/// computed.
pub(crate) fn distance<T: PartialEq>(a: &[T], b: &[T], limit: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > limit {
        return None;
    }
    // Damerau and Levenshtein's table, but only the band of it that can lie within the limit (Ukkonen): for names of 20
    // letters and a limit of 3 that is a third, and this is asked for every name of a site.
    let far = limit + 1;
    // The last three rows of the table.
    let mut rows: [Vec<usize>; 3] = [vec![far; b.len() + 1], (0..=b.len()).collect(), vec![far; b.len() + 1]];
    for (at, part) in a.iter().enumerate() {
        let [before, last, row] = &mut rows;
        row.fill(far);
        row[0] = at + 1;
        let window = (at + 1).saturating_sub(limit).max(1)..=(at + 1 + limit).min(b.len());
        for other in window {
            let same = *part == b[other - 1];
            let replaced = last[other - 1] + usize::from(!same);
            let mut best = replaced.min(last[other] + 1).min(row[other - 1] + 1);
            if at > 0 && other > 1 && *part == b[other - 2] && a[at - 1] == b[other - 1] {
                best = best.min(before[other - 2] + 1);
            }
            row[other] = best.min(far);
        }
        rows.rotate_left(1);
    }
    Some(rows[1][b.len()]).filter(|distance| *distance <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slips(a: &str, b: &str) -> Option<usize> {
        Folded::new(a).slips(&Folded::new(b))
    }

    #[test]
    fn slips_are_counted_and_other_words_are_none() {
        assert_eq!(slips("Next_Steps", "next--steps"), Some(0));
        assert_eq!(slips("stage-5--uatt", "stage-5--uat"), Some(1));
        assert_eq!(slips("sign-teh-form", "sign-the-form"), Some(1));
        assert_eq!(slips("nextsteps", "next-steps"), Some(1));
        assert_eq!(slips("Customear Ops", "🏛\u{fe0f} Customer Ops"), Some(1));
        assert_eq!(slips("Über uns", "u\u{308}ber-uns"), Some(0));
        for (a, b) in [
            ("import", "export"),
            ("termination", "determination"),
            ("stage-5--uat", "stage-6--uat"),
            ("option-a", "option-b"),
            ("sign-the-nda-with-them", "sign-the-sow-with-them"),
            ("nda", "sda"),
            ("", "a"),
            ("…", "—"),
        ] {
            assert_eq!(slips(a, b), None, "{a} {b}");
        }
    }

    #[test]
    fn the_distance_counts_each_kind_of_slip() {
        let far = |a: &str, b: &str, limit| {
            let letters = |text: &str| text.chars().collect::<Vec<_>>();
            distance(&letters(a), &letters(b), limit)
        };
        assert_eq!(far("recruit", "recruit", 0), Some(0));
        assert_eq!(far("recruit", "recriut", 1), Some(1));
        assert_eq!(far("recruit", "recrut", 1), Some(1));
        assert_eq!(far("recruit", "rekruit", 1), Some(1));
        assert_eq!(far("kitten", "sitting", 3), Some(3));
        assert_eq!(far("kitten", "sitting", 2), None);
        assert_eq!(far("", "abc", 3), Some(3));
        assert_eq!(far("", "", 0), Some(0));
    }
}
