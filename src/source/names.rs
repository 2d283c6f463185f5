//! Names that look the same, or that some disks take for the same.
//! In: names. Out: forms of them to compare.

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// A name with each accent and its letter as one character. Macs used to write them as two.
#[must_use]
pub fn composed(name: &str) -> Cow<'_, str> {
    if is_nfc(name) { Cow::Borrowed(name) } else { Cow::Owned(name.nfc().collect()) }
}

/// What names have in common that are one on a disk which tells apart neither letter case nor how accents are written.
#[must_use]
pub fn folded(name: &str) -> String {
    if name.is_ascii() {
        return name.to_ascii_lowercase();
    }
    // Letter by letter: `to_lowercase` of a whole text looks at what stands beside a sigma.
    let lower = |letter: char| letter.to_lowercase().map(|letter| if letter == 'ς' { 'σ' } else { letter });
    composed(name).chars().flat_map(lower).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_one_on_some_disks_fold_to_one() {
        for (one, other) in [("Guide.md", "guide.MD"), ("r\u{e9}sum\u{e9}", "Re\u{301}sume\u{301}"), ("ΟΔΟΣ", "οδος")]
        {
            assert_eq!(folded(one), folded(other));
        }
        assert_ne!(folded("straße"), folded("strasse"));
        assert_eq!(composed("e\u{301}"), "\u{e9}");
    }
}
