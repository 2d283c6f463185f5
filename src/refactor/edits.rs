//! Sets of edits that don't overlap.
//! In: groups of edits that belong together. Out: the edited text of each file.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Edit;
use crate::source::{SourceId, Span};

/// Edits that can all be applied at once.
#[derive(Clone, Debug, Default)]
pub struct Edits {
    /// By source and position, with the replacement.
    list: BTreeMap<(SourceId, u32, u32), String>,
}

impl Edits {
    /// Adds edits that belong together, all or none. Returns `false` if one of them overlaps an existing edit. An
    /// identical edit counts once: two findings can have the same cause.
    pub fn add(&mut self, edits: &[Edit]) -> bool {
        let fits = |edit: &Edit| self.has(edit) || !self.meets(edit.span);
        // All are tried before any is added: half a fix can be worse than none, such as a `[` without its `]`.
        let apart = edits.iter().enumerate().all(|(at, edit)| {
            edits.iter().take(at).all(|other| other == edit || !touches(edit.span, other.span)) && fits(edit)
        });
        if apart {
            let new = edits.iter().map(|edit| (key(edit.span), edit.replacement.clone()));
            self.list.extend(new);
        }
        apart
    }

    /// Adds all edits of another set that don't overlap these.
    pub fn merge(&mut self, others: Self) {
        for ((source, start, end), replacement) in others.list {
            self.add(&[Edit { span: Span { source, start, end }, replacement }]);
        }
    }

    fn has(&self, edit: &Edit) -> bool {
        self.list.get(&key(edit.span)) == Some(&edit.replacement)
    }

    /// Whether an edit overlaps this span.
    fn meets(&self, span: Span) -> bool {
        // Edits in the list never overlap, so only the neighbours on either side can be in the way.
        let before = self.list.range(..(span.source, span.end, u32::MAX)).next_back();
        let after = self.list.range((span.source, span.start, 0)..).next();
        before
            .into_iter()
            .chain(after)
            .any(|((source, start, end), _)| touches(span, Span { source: *source, start: *start, end: *end }))
    }

    /// Whether there are no edits.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The number of edits.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// The files that are edited.
    #[must_use]
    pub fn sources(&self) -> BTreeSet<SourceId> {
        self.list.keys().map(|(source, ..)| *source).collect()
    }

    /// The edited text. Every byte outside the edits stays.
    #[must_use]
    pub fn apply(&self, source: SourceId, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut done = 0;
        for ((_, start, end), replacement) in self.list.range((source, 0, 0)..=(source, u32::MAX, u32::MAX)) {
            let (start, end) = (*start as usize, *end as usize);
            out.push_str(text.get(done..start).unwrap_or_default());
            out.push_str(replacement);
            done = end;
        }
        out + text.get(done..).unwrap_or_default()
    }
}

impl Edits {
    /// The position of a span after the edits, including everything inserted into it or directly next to it.
    #[must_use]
    pub fn moved(&self, span: Span) -> Span {
        let (mut start, mut end) = (i64::from(span.start), i64::from(span.end));
        for ((_, from, to), replacement) in self.list.range((span.source, 0, 0)..=(span.source, span.end, u32::MAX)) {
            // Signed, because an edit may take away more than it writes.
            let longer = i64::try_from(replacement.len()).unwrap_or_default() - i64::from(to - from);
            if *from < span.start {
                // An edit that covers the start belongs to the span from its own start on.
                start += if *to <= span.start { longer } else { i64::from(*from) - i64::from(span.start) };
            }
            end += longer + i64::from(to.saturating_sub(span.end));
        }
        let offset = |at: i64| usize::try_from(at).unwrap_or_default();
        Span::new(span.source, offset(start)..offset(end.max(start)))
    }
}

fn key(span: Span) -> (SourceId, u32, u32) {
    (span.source, span.start, span.end)
}

/// Whether two spans overlap, or are the same empty span, or one is empty and inside the other.
fn touches(a: Span, b: Span) -> bool {
    let inside = |point: Span, other: Span| {
        point.source == other.source && point.is_empty() && other.start <= point.start && point.start <= other.end
    };
    a.overlaps(b) || inside(a, b) || inside(b, a)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: SourceId = SourceId::new(0);

    fn edit(range: std::ops::Range<usize>, replacement: &str) -> Edit {
        Edit { span: Span::new(FILE, range), replacement: replacement.to_owned() }
    }

    #[test]
    fn edits_that_overlap_are_refused_as_a_group() {
        let mut edits = Edits::default();
        assert!(edits.add(&[edit(0..3, "nda"), edit(8..8, "!")]));
        assert!(edits.add(&[edit(0..3, "nda")]), "the very same edit is no other");
        assert!(!edits.add(&[edit(5..6, "x"), edit(2..4, "y")]));
        assert!(!edits.add(&[edit(8..8, "?")]), "two texts at one place have no order");
        assert!(!edits.add(&[edit(5..7, "x"), edit(6..8, "y")]), "overlap among themselves");
        assert_eq!(edits.apply(FILE, "NDA\r\ntext"), "nda\r\ntex!t");
    }

    #[test]
    fn a_place_is_followed_through_edits() {
        let mut edits = Edits::default();
        assert!(edits.add(&[edit(0..3, "a"), edit(5..5, "++"), edit(8..10, "longer")]));
        let moved = |range: std::ops::Range<usize>| edits.moved(Span::new(FILE, range)).range();
        assert_eq!(moved(3..4), 1..2);
        assert_eq!(moved(5..6), 3..6, "what is written right before it belongs to it");
        assert_eq!(moved(9..12), 8..16, "what covers its start belongs to it");
        assert_eq!(moved(4..9), 2..14);
        assert_eq!(moved(1..2), 0..1);
    }
}
