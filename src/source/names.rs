//! Comparable forms of names that look the same, or that some file systems don't tell apart.

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// A name with every accented letter as a single character (NFC). macOS used to write them as two.
#[must_use]
pub fn composed(name: &str) -> Cow<'_, str> {
    if is_nfc(name) { Cow::Borrowed(name) } else { Cow::Owned(name.nfc().collect()) }
}

/// The key of a name on a file system that is case-insensitive and normalizes accents. Names with the same key collide.
#[must_use]
pub fn folded(name: &str) -> String {
    if name.is_ascii() {
        return name.to_ascii_lowercase();
    }
    // Letter by letter, because `to_lowercase` of a whole string looks at what's around a sigma.
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
