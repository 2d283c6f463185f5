//! How alike two names are.
//! In: two names. Out: whether they are the same but for case and hyphens, and else how many slips lie between them.
//! Never knows: which names there are.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longer names are nobody's slip of the pen, and would cost the most to compare.
const LONGEST: usize = 200;
/// Vocabulary shorter than this are told apart by any letter: `nda` and `sda` are two names.
pub(super) const SHORTEST: usize = 4;
/// More slips than this make another name, however long it is.
const MOST_SLIPS: usize = 3;

/// A name as it is compared: its words without case, and without what stands between them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Folded {
    /// `stage`, `5`, `uat`.
    pub(super) words: Vec<String>,
    /// All letters and digits: `stage5uat`.
    pub(super) letters: Vec<char>,
    digits: String,
    /// A bit for each letter that occurs, so that most names are told apart without a look at their order.
    mask: u64,
}

impl Folded {
    pub(super) fn new(name: &str) -> Self {
        let lower = name.nfc().collect::<String>().to_lowercase();
        let parts = lower
            .split(|c: char| !c.is_alphanumeric() && !is_combining_mark(c))
            .filter(|part| part.chars().any(char::is_alphanumeric));
        // What emoji leave behind is no word.
        let words: Vec<String> = parts.map(str::to_owned).collect();
        let letters: Vec<char> = words.iter().flat_map(|word| word.chars()).collect();
        let digits = letters.iter().filter(|c| c.is_numeric()).collect();
        let mask = letters.iter().fold(0, |mask, c| mask | 1_u64 << (u32::from(*c) % 64));
        Self { words, letters, digits, mask }
    }

    /// Whether a guess at it could be anything but a shot in the dark.
    pub(super) fn can_be_guessed(&self) -> bool {
        (SHORTEST..=LONGEST).contains(&self.letters.len())
    }

    /// Whether it is worth counting the slips between two names that have other words.
    pub(super) fn may_be(&self, other: &Self) -> bool {
        let limit = allowed(self.letters.len());
        let longer = self.letters.len().abs_diff(other.letters.len());
        self.can_be_guessed()
            && longer <= limit
            && other.letters.len() + 1 >= SHORTEST
            && (self.mask ^ other.mask).count_ones() as usize <= 2 * limit
            // What is counted has its number in its name: `step-3` is no slip of `step-4`.
            && self.digits == other.digits
    }

    /// How many slips lie between this name, as it was written, and another: none when they differ in case and in what
    /// stands between their words. `None` when they are two names: when a digit differs, or more than slips explain.
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
            // A word that is two in the other name is a slip of its own.
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
            // Who makes two slips in a word still begins it as it begins: `termination` is no `determination`.
            if slips > 1 && a.len() >= SHORTEST && a.first() != b.first() {
                return None;
            }
            all += slips;
        }
        Some(all)
    }
}

/// How many slips a word may have that has so many others beside it which are right.
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

/// How many slips a name of this length may have.
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

/// How many parts must be added, left out, replaced, or swapped with their neighbour to make `b` of `a`; `None` when
/// these are more than `limit`. Only what can lie within the limit is looked at.
pub(crate) fn distance<T: PartialEq>(a: &[T], b: &[T], limit: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > limit {
        return None;
    }
    // Damerau and Levenshtein's table, but only the band of it that can lie within the limit (Ukkonen): for names of 20
    // letters and a limit of 3 that is a third, and this is asked for every name of a site.
    let far = limit + 1;
    // The rows of the table for the parts of `a` up to the last but one, the last, and this one.
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
