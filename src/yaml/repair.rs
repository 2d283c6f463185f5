//! Texts with syntax errors, made readable.
//! In: where the parser gave up. Out: a finding at the offending text, and the text with that entry blanked out,
//! byte for byte as long as before, so that all other places stay true.
//! Never knows: what the tree is for.

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

/// A text in which entries that cannot be read are blanked out.
#[derive(Clone)]
pub(super) struct RecoveredText<'t> {
    original: &'t str,
    text: Cow<'t, str>,
    /// Values that were replaced by `~`, each to the end of its line.
    broken: Vec<Range<usize>>,
    /// Lines that were blanked out whole.
    blanked: Vec<Range<usize>>,
    /// Starts of the lines that a finding stands on.
    blamed: Vec<usize>,
}

/// Whether reading the text once more is worth it.
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

    /// The value that was blanked out where a scalar starts.
    pub(super) fn broken_value(&self, start: usize) -> Option<Range<usize>> {
        self.broken.iter().find(|range| range.start == start).cloned()
    }

    /// Whether lines were blanked out in a stretch of the text.
    pub(super) fn is_incomplete(&self, range: &Range<usize>) -> bool {
        self.blanked.iter().any(|lines| range.start <= lines.start && lines.end <= range.end)
    }

    /// `range`, widened to borders of the characters that somebody wrote: blanks are shorter than some.
    pub(super) fn on_characters(&self, range: Range<usize>) -> Range<usize> {
        let start = self.original.floor_char_boundary(range.start);
        start..self.original.ceil_char_boundary(range.end.max(start))
    }

    /// End of the line of `offset`, without its break and trailing blanks.
    pub(super) fn line_end(&self, offset: usize) -> usize {
        let line = self.line(offset);
        line.start + self.text.part(line).trim_end().len()
    }

    /// The line of `offset`, without its break.
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

    /// What is wrong where the parser gave up; nothing when a finding stands on that line already.
    /// [`Continue::Again`]: the entry was blanked out, the rest can be read now.
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

    /// The candidate without which the parser gets furthest; of equals the first.
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

    /// Blanks out the value to blame, or the whole line when its key is, and the lines that belong to it.
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
        // Empty lines are harmless everywhere; lines of blanks would spoil the indentation of a block text.
        text.replace_range(start..rest, &"\n".repeat(rest - start));
        if is_value {
            text.replace_range(start..=start, "~");
            self.broken.push(start..end);
        } else {
            self.blanked.push(start..rest);
        }
        Continue::Again
    }

    /// Where the entry ends whose first line is `line`: before the next line that is not indented deeper than
    /// `column`. The closing bracket of a collection often is not; an item that is indented too little by one
    /// blank is no parent of the next item; lines that follow one another and are all indented with tabs are one
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
