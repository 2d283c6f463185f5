//! What is written: the parser's events, with the text they are about.

use std::ops::Range;

use crate::markdown::Options;
use crate::markdown::desugar::abbreviation::Abbreviations;
use crate::markdown::desugar::rewritten::Block;
use crate::markdown::parse::SpannedEvent;
use crate::source::{Part as _, SourceMap, Span};

/// What the writer works on.
#[derive(Copy, Clone)]
pub(crate) struct Input<'a> {
    /// The text that was parsed.
    pub text: &'a str,
    /// Where it came from.
    pub source_map: &'a SourceMap,
    pub events: &'a [SpannedEvent<'a>],
    pub options: &'a Options,
    /// The blocks that quotes may be.
    pub blocks: &'a [Block],
    pub abbreviations: &'a Abbreviations,
    /// What precedes fences that are inside quotes now: see [`Desugared::margins`](crate::markdown::desugar::rewritten::Desugared).
    pub margins: &'a [(usize, String)],
}

impl Input<'_> {
    /// The place in the source of a range of the parsed text.
    pub(crate) fn span(&self, range: Range<usize>) -> Span {
        self.source_map.span(range)
    }

    /// A range of the text without the whitespace around it.
    pub(crate) fn trimmed(&self, range: &Range<usize>) -> Range<usize> {
        let text = self.text.part(range.clone());
        let start = range.start + (text.len() - text.trim_start().len());
        start..(start + text.trim().len()).max(start)
    }

    /// Whether the author put a backslash before a place. One that was inserted before parsing has an empty span: it
    /// keeps `:rocket:` from being read as a definition, and escapes nothing.
    pub(crate) fn is_escaped(&self, at: usize) -> bool {
        self.text.part(..at).ends_with('\\') && !self.span(at - 1..at).is_empty()
    }

    /// Whether a range was written into the text before it was parsed, and is nothing of the author's.
    pub(crate) fn is_inserted(&self, range: &Range<usize>) -> bool {
        self.span(range.clone()).is_empty()
    }

    /// The place of a range that fills whole lines at the margin, just as it is in its source: another block can be
    /// written there.
    pub(crate) fn replaceable(&self, range: &Range<usize>) -> Option<Span> {
        let text = self.text;
        let starts_line = range.start == 0 || text.part(..range.start).ends_with('\n');
        let ends_line = text.part(range.end..).chars().next().is_none_or(|next| matches!(next, '\n' | '\r'));
        // A block that was indented before it was rewritten maps back in pieces. The line break before it is the first
        // place where that shows: the block itself may be one piece when it has one line.
        let with_break = range.start.saturating_sub(1)..range.end;
        (starts_line && ends_line && self.source_map.is_exact(with_break)).then(|| self.span(range.clone()))
    }
}
