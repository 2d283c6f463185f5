//! Places in source texts.
//! In: byte offsets. Out: `Span`s, the one way any part of the program points at what somebody wrote.
//! Never knows: what the text means.

use std::ops::Range;

/// A source file of this session; its path and text are in [`Sources`](super::Sources).
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct SourceId(u32);

impl SourceId {
    /// The source at this position of [`Sources`](super::Sources).
    #[must_use]
    pub const fn new(index: u32) -> Self {
        Self(index)
    }

    /// Its position in [`Sources`](super::Sources).
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A stretch of bytes in one source file; both ends lie on character borders.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Span {
    /// The file.
    pub source: SourceId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The bytes of `range` in `source`. Texts longer than 4 GiB are cut off at the reader.
    #[must_use]
    pub fn new(source: SourceId, range: Range<usize>) -> Self {
        // Half the size of two `usize`, and there are millions of them; a text of 4 GiB is cut off where it is read.
        let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self { source, start: clamp(range.start), end: clamp(range.end) }
    }

    /// The very beginning of a file: where findings about the whole file stand.
    #[must_use]
    pub fn start_of(source: SourceId) -> Self {
        Self { source, start: 0, end: 0 }
    }

    /// As a range of byte offsets.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(self) -> usize {
        self.range().len()
    }

    /// Whether it covers no byte.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// Whether both cover a byte in common.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.source == other.source && self.start < other.end && other.start < self.end
    }

    /// A part of this span; offsets count from its start.
    #[must_use]
    pub fn part(self, range: Range<usize>) -> Self {
        let start = self.start as usize;
        Self::new(self.source, start + range.start..start + range.end)
    }

    /// The shortest span that holds both; `other` must lie in the same file.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        debug_assert_eq!(self.source, other.source);
        Self { source: self.source, start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// A value and the place it was read from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Located<T> {
    /// What was read.
    pub value: T,
    /// Where.
    pub span: Span,
}

impl<T> Located<T> {
    /// Joins a value with its place.
    #[must_use]
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }

    /// The value, where nobody asks for its place.
    #[must_use]
    pub fn into_value(self) -> T {
        self.value
    }

    /// The same place, another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Located<U> {
        Located { value: change(self.value), span: self.span }
    }
}
