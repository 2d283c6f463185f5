//! Parts of texts, taken without a panic.
//! In: a text, and offsets that were found in it. Out: what lies between them.
//! Never knows: what the text means.

use std::fmt::Debug;
use std::slice::SliceIndex;

/// What `text[range]` is for, wherever offsets were found in the same text. An offset that was counted wrongly, or lies
/// within a letter, is a mistake of ours: tests stop at it, and users lose a word instead of a page.
pub trait Part {
    /// The text between two offsets; nothing when they are no places of this text.
    fn part(&self, range: impl SliceIndex<str, Output = str> + Clone + Debug) -> &str;
}

impl Part for str {
    #[inline]
    fn part(&self, range: impl SliceIndex<str, Output = str> + Clone + Debug) -> &str {
        debug_assert!(self.get(range.clone()).is_some(), "{range:?} is no part of {self:?}");
        self.get(range).unwrap_or_default()
    }
}

/// The folders on the way to a file whose path has slashes, from the top: `a` and `a/b` for `a/b/c.md`.
pub fn folders_above(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| path.part(..at))
}
