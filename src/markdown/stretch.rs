//! Text gathered from several events.
//! In: pieces of the parsed text, in order. Out: one string, and for each of its bytes the place it stands at.
//! Never knows: what the text is.

use std::borrow::Cow;
use std::ops::Range;

/// A text, and where its pieces stand in the parsed text.
#[derive(Debug)]
pub(super) struct Stretch<'a> {
    pub text: Cow<'a, str>,
    /// Offset in `text`, offset in the parsed text; sorted, never empty.
    pieces: Vec<(usize, usize)>,
}

impl<'a> Stretch<'a> {
    /// Joins pieces; those that follow each other directly cost nothing.
    pub(super) fn of(source: &'a str, pieces: impl Iterator<Item = (&'a str, Range<usize>)>) -> Self {
        let mut stretch = Self { text: Cow::Borrowed(""), pieces: Vec::new() };
        let mut whole = 0..0;
        for (text, range) in pieces {
            let verbatim = source.get(range.clone()) == Some(text);
            let borrows = matches!(stretch.text, Cow::Borrowed(_));
            if stretch.pieces.is_empty() && verbatim {
                whole = range.clone();
                stretch.text = Cow::Borrowed(text);
                stretch.pieces.push((0, range.start));
            } else if borrows && verbatim && whole.end == range.start {
                whole.end = range.end;
                stretch.text = Cow::Borrowed(&source[whole.clone()]);
            } else {
                stretch.pieces.push((stretch.text.len(), range.start));
                stretch.text.to_mut().push_str(text);
            }
        }
        if stretch.pieces.is_empty() {
            stretch.pieces.push((0, 0));
        }
        stretch
    }

    /// Where a range of the text stands.
    pub(super) fn place(&self, range: Range<usize>) -> Range<usize> {
        let start = self.offset(range.start);
        // The last byte decides, since the one after it may stand elsewhere.
        let end = if range.is_empty() { start } else { self.offset(range.end - 1) + 1 };
        start..end.max(start)
    }

    fn offset(&self, at: usize) -> usize {
        let index = self.pieces.partition_point(|(start, _)| *start <= at).saturating_sub(1);
        let (start, place) = self.pieces[index];
        place + (at - start.min(at))
    }
}
