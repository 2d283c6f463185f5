//! Maps derived text, such as a page with its includes expanded, back to the files it came from.
//! In: the pieces that make up the text, in order. Out: for any range of it, the span in its source file.

#![allow(clippy::indexing_slicing, reason = "ids index the tables that gave them out")]

use std::ops::Range;

use super::{Part as _, SourceId, Span};

/// A range of derived text with a single origin.
#[derive(Clone, Debug, PartialEq, Eq)]
struct MappedRange {
    /// Where it starts in the derived text.
    derived: usize,
    /// The span it came from.
    source: Span,
    /// Whether it was copied byte for byte. Otherwise, the whole piece maps to the whole span.
    exact: bool,
}

/// Maps derived text back to its sources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceMap {
    /// Sorted by `derived`, never empty.
    pieces: Vec<MappedRange>,
}

impl SourceMap {
    /// The map of text that is exactly the bytes of `span`.
    #[must_use]
    pub fn identity(span: Span) -> Self {
        Self { pieces: vec![MappedRange { derived: 0, source: span, exact: true }] }
    }

    /// The map of text that a format writes in its own way: folded over several lines, indented or quoted. The words of
    /// `written`, which is at `at`, are matched in order. A word that doesn't match is written with an escape, so the
    /// whole of `at` is used for every part of the text.
    #[must_use]
    pub fn of_words(text: &str, written: &str, at: Span) -> Self {
        let mut builder = SourceMapBuilder::new(at.source, text.len());
        let (mut done, mut rest) = (0, 0);
        for word in text.split_whitespace() {
            let start = done + text.part(done..).find(word).unwrap_or_default();
            let Some(found) = written.part(rest..).find(word) else {
                return Self { pieces: vec![MappedRange { derived: 0, source: at, exact: false }] };
            };
            builder.insert(text.part(done..start), at.part(rest..rest + found));
            builder.copy(word, at.part(rest + found..rest + found + word.len()));
            (done, rest) = (start + word.len(), rest + found + word.len());
        }
        builder.insert(text.part(done..), at.part(rest..rest));
        builder.finish().1
    }

    /// Whether `range` of the derived text is unchanged in its source, so that it can be edited there.
    #[must_use]
    pub fn is_exact(&self, range: Range<usize>) -> bool {
        let first = self.piece_at(range.start);
        let last = self.piece_at(range.end.saturating_sub(1).max(range.start));
        first == last && self.piece(first).exact
    }

    /// The span that `range` of the derived text came from. If it came from several files, the part in the first one.
    #[must_use]
    pub fn span(&self, range: Range<usize>) -> Span {
        let first = self.piece_at(range.start);
        let start = self.source_offset(first, range.start);
        let source = self.piece(first).source.source;
        // Uses the last byte, not the one after it: a range can end exactly where another file begins.
        let last_byte = range.end.saturating_sub(1).max(range.start);
        let mut last = self.piece_at(last_byte);
        while last > first && self.piece(last).source.source != source {
            last -= 1;
        }
        let end = if range.is_empty() { start } else { self.source_end(last, range.end) };
        Span::new(source, start..end.max(start))
    }

    /// A piece by a position that [`Self::piece_at`] gave.
    fn piece(&self, index: usize) -> &MappedRange {
        &self.pieces[index]
    }

    fn piece_at(&self, derived: usize) -> usize {
        self.pieces.partition_point(|piece| piece.derived <= derived).saturating_sub(1)
    }

    fn source_offset(&self, piece: usize, derived: usize) -> usize {
        let MappedRange { derived: at, source, exact } = self.piece(piece);
        let start = source.start as usize;
        if *exact { (start + derived.saturating_sub(*at)).min(source.end as usize) } else { start }
    }

    fn source_end(&self, piece: usize, derived: usize) -> usize {
        let MappedRange { derived: at, source, exact } = self.piece(piece);
        let end = source.end as usize;
        if *exact { (source.start as usize + derived.saturating_sub(*at)).min(end) } else { end }
    }
}

/// Builds derived text and records where each piece came from.
#[derive(Debug)]
pub struct SourceMapBuilder {
    text: String,
    pieces: Vec<MappedRange>,
    source: SourceId,
}

impl SourceMapBuilder {
    /// Starts with an empty text. `source` is the file that most of it will come from.
    #[must_use]
    pub fn new(source: SourceId, capacity: usize) -> Self {
        Self { text: String::with_capacity(capacity), pieces: Vec::new(), source }
    }

    /// The length of the text so far.
    #[must_use]
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// Whether nothing has been added yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The text so far.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Adds text that is exactly the bytes of `span`.
    pub fn copy(&mut self, text: &str, span: Span) {
        debug_assert_eq!(text.len(), span.len());
        self.push(text, span, true);
    }

    /// Adds text that isn't in the source but replaces `span`.
    pub fn insert(&mut self, text: &str, span: Span) {
        self.push(text, span, false);
    }

    /// Adds `range` of another derived text, keeping its origins.
    pub fn copy_derived(&mut self, text: &str, range: Range<usize>, origin: &SourceMap) {
        // Most text is unchanged in its file.
        if let [MappedRange { source, exact: true, derived: 0 }] = *origin.pieces.as_slice() {
            let offset = |at: usize| (source.start as usize + at).min(source.end as usize);
            let span = Span::new(source.source, offset(range.start)..offset(range.end));
            return self.push(text.part(range.clone()), span, span.len() == range.len());
        }
        let mut at = range.start;
        let mut index = origin.piece_at(at);
        while at < range.end {
            let next = origin.pieces.get(index + 1).map_or(range.end, |piece| piece.derived.min(range.end));
            if next > at {
                let piece = origin.piece(index);
                let span = if piece.exact { origin.span(at..next) } else { piece.source };
                self.push(text.part(at..next), span, piece.exact && span.len() == next - at);
                at = next;
            }
            index += 1;
        }
    }

    fn push(&mut self, text: &str, source: Span, exact: bool) {
        if text.is_empty() {
            return;
        }
        // Text is copied line by line: without this, a page would have as many pieces as lines.
        let continues = self.pieces.last().is_some_and(|last| {
            exact && last.exact && last.source.source == source.source && last.source.end == source.start
        });
        if continues {
            if let Some(last) = self.pieces.last_mut() {
                last.source.end = source.end;
            }
        } else {
            self.pieces.push(MappedRange { derived: self.text.len(), source, exact });
        }
        self.text.push_str(text);
    }

    /// The text and its source map.
    #[must_use]
    pub fn finish(mut self) -> (String, SourceMap) {
        if self.pieces.is_empty() {
            // An empty page has findings as well, and they need a place.
            self.pieces.push(MappedRange { derived: 0, source: Span::start_of(self.source), exact: true });
        }
        (self.text, SourceMap { pieces: self.pieces })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: SourceId = SourceId::new(0);
    const OTHER: SourceId = SourceId::new(1);

    #[test]
    fn copied_bytes_map_back_one_by_one_and_inserted_ones_as_a_whole() {
        let source = "abc {{name}} def";
        let mut builder = SourceMapBuilder::new(FILE, 32);
        builder.copy("abc ", Span::new(FILE, 0..4));
        builder.insert("Acme Corp", Span::new(FILE, 4..12));
        builder.copy(" def", Span::new(FILE, 12..16));
        let (text, origin) = builder.finish();
        assert_eq!(text, "abc Acme Corp def");
        assert_eq!(&source[origin.span(0..3).range()], "abc");
        assert_eq!(&source[origin.span(6..8).range()], "{{name}}");
        assert_eq!(&source[origin.span(14..17).range()], "def");
        assert_eq!(&source[origin.span(0..17).range()], source);
    }

    #[test]
    fn a_folded_text_maps_back_word_by_word_and_one_with_escapes_as_a_whole() {
        let written = ">\n  Score the\n  [partner](../a.md)\n";
        let origin = SourceMap::of_words("Score the [partner](../a.md)", written, Span::new(FILE, 0..written.len()));
        assert_eq!(&written[origin.span(20..27).range()], "../a.md");
        assert_eq!(&written[origin.span(6..20).range()], "the\n  [partner](");
        assert!(origin.is_exact(20..27) && !origin.is_exact(6..20));
        let origin = SourceMap::of_words("Café au lait", r"Caf\xe9 au lait", Span::new(FILE, 4..19));
        assert_eq!(origin.span(6..8), Span::new(FILE, 4..19));
    }

    #[test]
    fn a_text_derived_twice_maps_to_the_first_file() {
        let mut inner = SourceMapBuilder::new(FILE, 16);
        inner.copy("one ", Span::new(FILE, 10..14));
        inner.copy("two", Span::new(OTHER, 0..3));
        let (text, origin) = inner.finish();
        let mut outer = SourceMapBuilder::new(FILE, 16);
        outer.insert("> ", Span::new(FILE, 10..10));
        outer.copy_derived(&text, 2..7, &origin);
        let (text, origin) = outer.finish();
        assert_eq!(text, "> e two");
        assert_eq!(origin.span(2..3), Span::new(FILE, 12..13));
        assert_eq!(origin.span(4..7), Span::new(OTHER, 0..3));
    }
}
