//! Byte ranges in source files. Everything that points at source text does so with a `Span`.

use std::ops::Range;

/// A source file of this session. Its path and text are in [`Sources`](super::Sources).
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct SourceId(u32);

impl SourceId {
    /// The source at this index in [`Sources`](super::Sources).
    #[must_use]
    pub const fn new(index: u32) -> Self {
        Self(index)
    }

    /// Its index in [`Sources`](super::Sources).
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A byte range in one source file. Both ends are on character boundaries.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Span {
    /// The file.
    pub source: SourceId,
    /// The first byte.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
}

impl Span {
    /// The bytes of `range` in `source`. Files over 4 GiB are truncated when they're read.
    #[must_use]
    pub fn new(source: SourceId, range: Range<usize>) -> Self {
        // Half the size of two `usize`, and there are millions of them; a text of 4 GiB is cut off where it is read.
        let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self { source, start: clamp(range.start), end: clamp(range.end) }
    }

    /// The start of a file, for findings about the whole file.
    #[must_use]
    pub fn start_of(source: SourceId) -> Self {
        Self { source, start: 0, end: 0 }
    }

    /// As a range of byte offsets.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The length in bytes.
    #[must_use]
    pub fn len(self) -> usize {
        self.range().len()
    }

    /// Whether it's empty.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// Whether the two spans overlap.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.source == other.source && self.start < other.end && other.start < self.end
    }

    /// A part of this span. Offsets are relative to its start.
    #[must_use]
    pub fn part(self, range: Range<usize>) -> Self {
        let start = self.start as usize;
        Self::new(self.source, start + range.start..start + range.end)
    }

    /// Its range in the text that another span covers; empty if it is not inside that.
    #[must_use]
    pub fn within(self, whole: Self) -> Range<usize> {
        let is_inside = self.source == whole.source && whole.start <= self.start && self.end <= whole.end;
        let offset = |at: u32| at.saturating_sub(whole.start) as usize;
        if is_inside { offset(self.start)..offset(self.end) } else { 0..0 }
    }

    /// The shortest span that contains both. `other` must be in the same file.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        debug_assert_eq!(self.source, other.source);
        Self { source: self.source, start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// A value with the span it was read from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Its span.
    pub span: Span,
}

impl<T> Located<T> {
    /// Adds a span to a value.
    #[must_use]
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }

    /// The value, without its span.
    #[must_use]
    pub fn into_value(self) -> T {
        self.value
    }

    /// The same span with another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Located<U> {
        Located { value: change(self.value), span: self.span }
    }
}
