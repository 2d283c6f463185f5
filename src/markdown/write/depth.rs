//! How deeply blocks are nested: beyond a bound, browsers stop nesting.

use std::ops::Range;

use pulldown_cmark::{Tag, TagEnd};

use super::writer::Writer;
use crate::markdown::preprocess::budget::{DEEPEST, TOO_DEEP};
use crate::source::Part as _;

/// Quotes, items and definitions around the current place.
#[derive(Default)]
pub(super) struct NestingDepth(usize);

impl NestingDepth {
    /// A block starts. The first that is nested too deep is reported.
    pub(super) fn enter(&mut self, writer: &mut Writer<'_>, tag: &Tag<'_>, range: &Range<usize>) {
        if !matches!(tag, Tag::BlockQuote(_) | Tag::Item | Tag::DefinitionListDefinition) {
            return;
        }
        self.0 += 1;
        // Only at the step beyond the bound: what is deeper still is inside the block that was reported.
        if self.0 == DEEPEST + 1 && writer.reported(&TOO_DEEP).next().is_none() {
            let line = writer.text().part(range.clone()).lines().next().unwrap_or_default().trim_end().len();
            let span = writer.span(range.start..range.start + line);
            let message = format!("blocks are nested more than {DEEPEST} levels deep");
            writer.report(TOO_DEEP.at(span, message).help("browsers do not nest deeper; remove the markers"));
        }
    }

    /// A block ends.
    pub(super) fn leave(&mut self, tag: TagEnd) {
        if matches!(tag, TagEnd::BlockQuote(_) | TagEnd::Item | TagEnd::DefinitionListDefinition) {
            self.0 = self.0.saturating_sub(1);
        }
    }
}
