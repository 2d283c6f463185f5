//! Syntax errors with a certain cause: unclosed quotes and brackets, tabs, and invalid characters.
//! In: where the parser failed. Out: the entry at fault.

use std::ops::Range;

use serde_yaml::granit_parser::ErrorKind;

use crate::source::Part as _;

use super::culprit::{NOTHING_DEEPER, Suspect, SuspectSearch};
use super::layout::BlockLine;

impl SuspectSearch<'_> {
    /// The entry at fault, if the type of error leaves no doubt.
    pub(super) fn certain(&self, kind: &ErrorKind) -> Option<Suspect> {
        if let Some(quote) = self.open_quote(kind) {
            return Some(self.culprit(ErrorKind::UnclosedQuotedScalar, quote));
        }
        if let Some(bracket) = self.open_bracket(kind) {
            return Some(self.in_brackets(kind.clone(), bracket));
        }
        match kind {
            ErrorKind::UnexpectedCharacter { .. } | ErrorKind::UnknownAnchor => {
                Some(self.culprit(kind.clone(), self.reached))
            }
            ErrorKind::TabNotAllowed
            | ErrorKind::TabInBlockIndentation
            | ErrorKind::TabInIndentation
            | ErrorKind::TabInPlainScalar
            | ErrorKind::TabAtBlockScalarStart => Some(self.tabs(kind.clone(), self.first_tabs()?)),
            _ => None,
        }
    }

    /// The unclosed quote. If the next line has quotes too, the string seems to end at the first of them, and the
    /// parser fails on what follows.
    fn open_quote(&self, kind: &ErrorKind) -> Option<usize> {
        let ends_here = match kind {
            ErrorKind::UnclosedQuotedScalar
            | ErrorKind::InvalidQuotedScalarIndent
            | ErrorKind::DocumentIndicatorInQuotedScalar => false,
            ErrorKind::InvalidTrailingSingleQuotedScalar | ErrorKind::InvalidTrailingDoubleQuotedScalar => true,
            _ => return None,
        };
        let quote = self.opened_since(['"', '\''])?;
        // `'it's'` on one line is a quote too many; over two lines, the first quote was never closed.
        let on_one_line = self.text.line(quote) == self.text.line(self.reached);
        (!ends_here || !on_one_line).then_some(quote)
    }

    /// The outermost open bracket. The parser looks ahead, so it may have failed before it reported the bracket.
    fn open_bracket(&self, kind: &ErrorKind) -> Option<usize> {
        let open = self.failure.open.iter().find(|open| open.flow).map(|open| open.start);
        let only_in_brackets = matches!(
            kind,
            ErrorKind::InvalidColonPlacement
                | ErrorKind::UnclosedFlowCollection { .. }
                | ErrorKind::UnexpectedEofFlowMapping
                | ErrorKind::UnexpectedEofFlowSequence
                | ErrorKind::ExpectedFlowMappingSeparator
                | ErrorKind::ExpectedFlowSequenceSeparator
                | ErrorKind::BlockEntryInFlowCollection
        );
        open.or_else(|| if only_in_brackets { self.opened_since(['[', '{']) } else { None })
    }

    /// The first of these characters after the last scalar, ignoring comments.
    fn opened_since(&self, marks: [char; 2]) -> Option<usize> {
        let mut at = self.failure.last.end.min(self.reached);
        for line in self.text.as_str().part(at..self.reached).split_inclusive('\n') {
            // A quote in a comment opens nothing.
            let code = if line.trim_start().starts_with('#') { "" } else { line.split(" #").next().unwrap_or("") };
            if let Some(mark) = code.find(marks) {
                return Some(at + mark);
            }
            at += line.len();
        }
        None
    }

    /// Blames the bracket if the parser ran on into lines that don't belong to it.
    fn in_brackets(&self, kind: ErrorKind, bracket: usize) -> Suspect {
        // A list in brackets may go on over lines, as long as these are indented deeper than its key.
        let column = BlockLine::of(self.text.as_str().part(self.text.line(bracket))).column;
        let mut line = self.text.line(bracket);
        let mut ran_on = self.reached >= self.text.as_str().trim_end().len();
        while let Some(next) = self.text.next_line(&line).filter(|next| next.start <= self.reached && !ran_on) {
            let text = self.text.as_str().part(next.clone()).trim_start();
            ran_on = !text.is_empty() && !text.starts_with([']', '}']) && self.text.indentation(&next) <= column;
            line = next;
        }
        let culprit = if kind == ErrorKind::RecursionLimitExceeded {
            self.culprit(kind, bracket)
        } else if ran_on || self.reached >= self.text.line_end(self.reached) {
            let open = self.text.as_str().part(bracket..).chars().next().unwrap_or('[');
            self.culprit(ErrorKind::UnclosedFlowCollection { open }, bracket)
        } else {
            self.culprit(kind, self.reached)
        };
        Suspect { from: bracket, brackets: true, ..culprit }
    }

    /// The first indentation that contains a tab.
    fn first_tabs(&self) -> Option<Range<usize>> {
        let mut line = self.text.line(self.reached);
        loop {
            let indentation = line.start..line.start + self.text.indentation(&line);
            if self.text.as_str().part(indentation.clone()).contains('\t') {
                return Some(indentation);
            }
            line = self.text.next_line(&line)?;
        }
    }

    /// A line indented with a tab. Only the next line can show what belongs to it, because a tab has no defined width.
    fn tabs(&self, kind: ErrorKind, tabs: Range<usize>) -> Suspect {
        let line = self.text.line(tabs.end);
        let text = self.text.as_str().part(tabs.end..line.end);
        let layout = BlockLine::of(text);
        let below = self.text.next_filled_line(&line);
        let below_text = below.clone().map_or("", |below| self.text.as_str().part(below).trim_start());
        let opens_block =
            text.part(layout.value..).trim().is_empty() || text.part(layout.value..).starts_with(['|', '>']);
        // `- name: x` indented by a tab: the other keys of the step lie below it and go with it, or they would be
        // read as keys of the playbook.
        let has_more = text.starts_with("- ") && !below_text.starts_with("- ");
        let column = match below {
            Some(below) if opens_block || has_more => self.text.indentation(&below).checked_sub(1),
            _ => None,
        };
        let culprit = self.culprit(kind, line.start);
        Suspect { range: tabs, column: column.unwrap_or(NOTHING_DEEPER), ..culprit }
    }
}
