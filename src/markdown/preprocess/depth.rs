//! How deep blocks lie in each other.
//! In: blocks as they start and end. Out: the place where a page goes deeper than anybody can follow.
//! Never knows: what the blocks are for.

use std::ops::Range;

use pulldown_cmark::{Tag, TagEnd};

use crate::diagnostic::Rule;
use crate::markdown::write::writer::Writer;

/// Quotes, items and definitions in each other beyond what browsers show.
pub(crate) static TOO_DEEP: Rule = Rule::warning("markdown/nested-too-deep", include_str!("nested_too_deep.md"));

/// Browsers stop nesting at 512 elements; each level here is up to two of theirs, and the page around takes some.
pub(super) const DEEPEST: usize = 200;

impl Writer<'_> {
    /// A block starts. The first that lies too deep is reported.
    pub(crate) fn enter(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        if !matches!(tag, Tag::BlockQuote(_) | Tag::Item | Tag::DefinitionListDefinition) {
            return;
        }
        self.depth += 1;
        if self.depth == DEEPEST + 1 && !self.found.iter().any(|finding| finding.rule == &TOO_DEEP) {
            let line = self.input.text[range.clone()].lines().next().unwrap_or_default().trim_end().len();
            let span = self.span(range.start..range.start + line);
            let message = format!("blocks are nested more than {DEEPEST} levels deep");
            self.found.push(TOO_DEEP.at(span, message).help("browsers do not nest deeper; remove the markers"));
        }
    }

    /// A block ends.
    pub(crate) fn leave(&mut self, tag: TagEnd) {
        if matches!(tag, TagEnd::BlockQuote(_) | TagEnd::Item | TagEnd::DefinitionListDefinition) {
            self.depth = self.depth.saturating_sub(1);
        }
    }
}
