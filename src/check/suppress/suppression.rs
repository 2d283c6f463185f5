//! One rule that a comment suppresses, and where.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Rule};
use crate::source::Span;

/// One rule that is suppressed somewhere.
#[derive(Clone, Debug)]
pub(super) struct Suppression {
    pub(super) rule: &'static Rule,
    /// The rule's name in the comment.
    pub(super) word: Span,
    /// The comment, and its line where it has one of its own.
    pub(super) comment: Span,
    /// Whether the comment names no other rule.
    pub(super) is_only: bool,
    /// The text whose findings are suppressed; findings begin in it.
    pub(super) covers: Range<usize>,
    pub(super) is_used: bool,
}

impl Suppression {
    /// Whether a finding is one of those that are suppressed.
    pub(super) fn covers(&self, finding: &Diagnostic) -> bool {
        self.rule == finding.rule
            && self.word.source == finding.span.source
            && self.covers.contains(&finding.span.range().start)
    }
}
