//! Error recovery: makes YAML with syntax errors readable.
//! In: where the parser failed. Out: a finding at the cause, and the text with that entry replaced by spaces of the
//! same length, so that all other offsets stay valid.

mod certain;
mod culprit;
mod explain;
mod layout;

use std::borrow::Cow;
use std::ops::Range;

use self::culprit::{Suspect, candidates};
use self::explain::explain;
use self::layout::BlockLine;
use super::tree::{self, ParseFailure};
use crate::diagnostic::{Diagnostic, Rule};
use crate::source::{Part as _, Span};

/// A text in which unreadable entries are blanked out.
#[derive(Clone)]
pub(super) struct RecoveredText<'t> {
    original: &'t str,
    text: Cow<'t, str>,
    /// Values that were replaced with `~`, up to the end of their line.
    broken: Vec<Range<usize>>,
    /// Lines that were blanked out completely.
    blanked: Vec<Range<usize>>,
    /// Start offsets of the lines that have a finding.
    blamed: Vec<usize>,
}

/// Whether to parse the text again.
#[derive(Copy, Clone, PartialEq, Eq)]
pub(super) enum Continue {
    Again,
    Hopeless,
}

impl<'t> RecoveredText<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { original: text, text: Cow::Borrowed(text), broken: Vec::new(), blanked: Vec::new(), blamed: Vec::new() }
    }

    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// The blanked-out value that starts at an offset, if there is one.
    pub(super) fn broken_value(&self, start: usize) -> Option<Range<usize>> {
        self.broken.iter().find(|range| range.start == start).cloned()
    }

    /// Whether any line in a range was blanked out.
    pub(super) fn is_incomplete(&self, range: &Range<usize>) -> bool {
        self.blanked.iter().any(|lines| range.start <= lines.start && lines.end <= range.end)
    }

    /// `range`, extended to character boundaries of the original text: spaces are shorter than some characters.
    pub(super) fn on_characters(&self, range: Range<usize>) -> Range<usize> {
        let start = self.original.floor_char_boundary(range.start);
        start..self.original.ceil_char_boundary(range.end.max(start))
    }

    /// The end of the line at `offset`, without its line break and trailing whitespace.
    pub(super) fn line_end(&self, offset: usize) -> usize {
        let line = self.line(offset);
        line.start + self.text.part(line).trim_end().len()
    }

    /// The line at `offset`, without its line break.
    fn line(&self, offset: usize) -> Range<usize> {
        let start = self.text.part(..offset).rfind('\n').map_or(0, |at| at + 1);
        let end = self.text.part(offset..).find('\n').map_or(self.text.len(), |at| offset + at);
        start..end
    }

    fn next_line(&self, line: &Range<usize>) -> Option<Range<usize>> {
        (line.end < self.text.len()).then(|| self.line(line.end + 1))
    }

    fn next_filled_line(&self, line: &Range<usize>) -> Option<Range<usize>> {
        std::iter::successors(self.next_line(line), |line| self.next_line(line))
            .find(|line| !self.text.part(line.clone()).trim().is_empty())
    }

    fn indentation(&self, line: &Range<usize>) -> usize {
        let text = self.text.part(line.clone());
        text.len() - text.trim_start_matches([' ', '\t']).len()
    }

    /// Explains the error where the parser failed, unless that line already has a finding. With [`Continue::Again`],
    /// the entry was blanked out and the rest can be read.
    pub(super) fn repair(
        &mut self,
        failure: &ParseFailure,
        at: Span,
        rule: &'static Rule,
    ) -> (Option<Diagnostic>, Continue) {
        let culprit = self.most_likely(candidates(self, failure));
        let line = self.line(culprit.range.start).start;
        let finding = (!self.blamed.contains(&line)).then(|| {
            self.blamed.push(line);
            explain(&culprit.blame, &self.text, culprit.range.clone(), at, rule)
        });
        (finding, self.blank(&culprit))
    }

    /// The candidate without which the parser gets furthest; the first one of several.
    fn most_likely(&self, mut candidates: Vec<Suspect>) -> Suspect {
        let first = candidates.remove(0);
        if candidates.is_empty() {
            return first;
        }
        let without = |culprit: &Suspect| {
            let mut text = self.clone();
            if text.blank(culprit) == Continue::Again { tree::reach(text.as_str()) } else { 0 }
        };
        let mut best = (without(&first), first);
        for candidate in candidates {
            let reach = without(&candidate);
            if reach > best.0 {
                best = (reach, candidate);
            }
        }
        best.1
    }

    /// Blanks out the value at fault, or the whole line if its key is at fault, and the lines that belong to it.
    fn blank(&mut self, culprit: &Suspect) -> Continue {
        let line = self.line(culprit.from);
        let end = self.line_end(culprit.from);
        let layout = BlockLine::of(self.text.part(line.clone()));
        let value = line.start + layout.value;
        let is_value = layout.has_key() && culprit.from >= value && value < end && self.broken_value(value).is_none();
        let (start, column) = if is_value { (value, layout.column) } else { (line.start, culprit.column) };
        if self.text.part(start..end).trim().is_empty() {
            return Continue::Hopeless;
        }
        let rest = self.end_of_entry(&line, column, culprit.brackets);
        let text = self.text.to_mut();
        // Empty lines are harmless everywhere; lines of spaces would break the indentation of a block scalar.
        text.replace_range(start..rest, &"\n".repeat(rest - start));
        if is_value {
            text.replace_range(start..=start, "~");
            self.broken.push(start..end);
        } else {
            self.blanked.push(start..rest);
        }
        Continue::Again
    }

    /// The end of the entry that starts on `line`: before the next line that isn't indented deeper than `column`. There
    /// are three exceptions: the closing bracket of a collection is often indented less; an item that lacks one space
    /// of indentation isn't the parent of the next item; and consecutive lines that are all indented with tabs are one
    /// mistake.
    fn end_of_entry(&self, line: &Range<usize>, column: usize, brackets: bool) -> usize {
        let is_item = |line: &Range<usize>| self.text.part(line.clone()).trim_start().starts_with("- ");
        let has_tab =
            |line: &Range<usize>| self.text.part(line.start..line.start + self.indentation(line)).contains('\t');
        let (of_list, of_tabs) = (is_item(line), has_tab(line));
        let mut end = line.end;
        let mut line = line.clone();
        while let Some(next) = self.next_line(&line) {
            let text = self.text.part(next.clone()).trim_start();
            let closing = brackets && text.starts_with([']', '}']);
            let deeper_than = if of_list && is_item(&next) { column.saturating_add(1) } else { column };
            let deeper = self.indentation(&next) > deeper_than || (of_tabs && has_tab(&next));
            if !text.is_empty() && !deeper && !closing {
                break;
            }
            end = next.end;
            line = next;
            if closing {
                break;
            }
        }
        end
    }
}
