//! Slicing strings without panics.

use std::fmt::Debug;
use std::slice::SliceIndex;

/// A replacement for `text[range]` with offsets that were found in the same text. A wrong offset, or one inside a
/// character, is a bug: tests fail on it, while users lose a word instead of a page.
pub trait Part {
    /// The text between two offsets, or nothing if they aren't valid in this text.
    fn part(&self, range: impl SliceIndex<str, Output = str> + Clone + Debug) -> &str;
}

impl Part for str {
    #[inline]
    fn part(&self, range: impl SliceIndex<str, Output = str> + Clone + Debug) -> &str {
        // Tests and fuzzing stop here; a reader of a page would rather miss a word than the page.
        debug_assert!(self.get(range.clone()).is_some(), "{range:?} is no part of {self:?}");
        self.get(range).unwrap_or_default()
    }
}

/// The parent folders of a slash-separated path, from the top: `a` and `a/b` for `a/b/c.md`.
pub fn folders_above(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| path.part(..at))
}
