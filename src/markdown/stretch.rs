//! Text gathered from several events, with the place of each byte.

use crate::source::Part as _;
use std::borrow::Cow;
use std::ops::Range;

/// A text, and where its pieces are in the parsed text.
#[derive(Debug)]
pub(super) struct Stretch<'a> {
    pub text: Cow<'a, str>,
    /// Sorted.
    pieces: Vec<StretchPiece>,
}

#[derive(Debug)]
struct StretchPiece {
    /// Where it starts in the text.
    at: usize,
    place: Range<usize>,
    /// Whether it is there byte for byte.
    verbatim: bool,
}

impl<'a> Stretch<'a> {
    /// Joins pieces; those that follow each other directly cost nothing.
    pub(super) fn of(source: &'a str, pieces: impl Iterator<Item = (&'a str, Range<usize>)>) -> Self {
        let mut stretch = Self { text: Cow::Borrowed(""), pieces: Vec::new() };
        for (text, place) in pieces {
            let verbatim = source.get(place.clone()) == Some(text);
            match stretch.pieces.last_mut() {
                None => stretch.text = Cow::Borrowed(text),
                // The parser splits text at each character that could have meant something; joined again, most text is
                // not copied.
                Some(last) if verbatim && last.verbatim && last.place.end == place.start => {
                    last.place.end = place.end;
                    match &mut stretch.text {
                        Cow::Borrowed(joined) => *joined = source.part(last.place.clone()),
                        Cow::Owned(joined) => joined.push_str(text),
                    }
                    continue;
                }
                Some(_) => stretch.text.to_mut().push_str(text),
            }
            stretch.pieces.push(StretchPiece { at: stretch.text.len() - text.len(), place, verbatim });
        }
        stretch
    }

    /// Where a range of the text is.
    pub(super) fn place(&self, range: Range<usize>) -> Range<usize> {
        let Some(first) = self.piece(range.start) else { return 0..0 };
        let start = first.place.start + if first.verbatim { range.start - first.at } else { 0 };
        if range.is_empty() {
            return start..start;
        }
        // The last byte decides, since the one after it may be elsewhere.
        let Some(last) = self.piece(range.end - 1) else { return start..start };
        let end = if last.verbatim { last.place.start + range.end - last.at } else { last.place.end };
        start..end.max(start)
    }

    fn piece(&self, at: usize) -> Option<&StretchPiece> {
        let next = self.pieces.partition_point(|piece| piece.at <= at);
        self.pieces.get(next.checked_sub(1)?)
    }
}
