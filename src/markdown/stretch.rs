//! Text gathered from several events.
//! In: pieces of the parsed text, in order. Out: one string, and for each of its bytes the place it stands at.
//! Never knows: what the text is.

use std::borrow::Cow;
use std::ops::Range;

/// A text, and where its pieces stand in the parsed text.
#[derive(Debug)]
pub(super) struct Stretch<'a> {
    pub text: Cow<'a, str>,
    /// Sorted; never empty.
    pieces: Vec<StretchPiece>,
}

#[derive(Debug)]
struct StretchPiece {
    /// Where it starts in the text.
    at: usize,
    place: Range<usize>,
    /// Whether it stands there byte for byte.
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
                Some(last) if verbatim && last.verbatim && last.place.end == place.start => {
                    last.place.end = place.end;
                    match &mut stretch.text {
                        Cow::Borrowed(joined) => *joined = &source[last.place.clone()],
                        Cow::Owned(joined) => joined.push_str(text),
                    }
                    continue;
                }
                Some(_) => stretch.text.to_mut().push_str(text),
            }
            stretch.pieces.push(StretchPiece { at: stretch.text.len() - text.len(), place, verbatim });
        }
        if stretch.pieces.is_empty() {
            stretch.pieces.push(StretchPiece { at: 0, place: 0..0, verbatim: false });
        }
        stretch
    }

    /// Where a range of the text stands.
    pub(super) fn place(&self, range: Range<usize>) -> Range<usize> {
        let first = self.piece(range.start);
        let start = first.place.start + if first.verbatim { range.start - first.at } else { 0 };
        if range.is_empty() {
            return start..start;
        }
        // The last byte decides, since the one after it may stand elsewhere.
        let last = self.piece(range.end - 1);
        let end = if last.verbatim { last.place.start + range.end - last.at } else { last.place.end };
        start..end.max(start)
    }

    fn piece(&self, at: usize) -> &StretchPiece {
        &self.pieces[self.pieces.partition_point(|piece| piece.at <= at).saturating_sub(1)]
    }
}
