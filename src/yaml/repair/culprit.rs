//! Finds the entries that may have caused a syntax error.
//! In: where the parser failed, which is often a line too late. Out: the suspects, most likely first.

use std::ops::Range;

use serde_yaml::granit_parser::ErrorKind;

use super::RecoveredText;
use super::layout::BlockLine;
use crate::source::Part as _;
use crate::yaml::tree::ParseFailure;

/// An entry that may be the cause.
pub(super) struct Suspect {
    pub(super) blame: Cause,
    /// The range that the finding points at.
    pub(super) range: Range<usize>,
    /// The start of the blanked-out range: in a value, or anywhere in a line that is blanked out completely.
    pub(super) from: usize,
    /// If a line is blanked out completely, so is everything indented deeper than this column.
    pub(super) column: usize,
    /// Whether it's a flow collection: its last line may be indented less.
    pub(super) brackets: bool,
}

/// What the entry is suspected of.
#[derive(Clone)]
pub(super) enum Cause {
    /// The error that the parser reports.
    Error(ErrorKind),
    /// The parser failed on the lines below, but those are correct.
    UnlikeTheLinesBelow,
}

/// No line is indented deeper.
pub(super) const NOTHING_DEEPER: usize = usize::MAX;

/// The entries that may be the cause. Never empty.
pub(super) fn candidates(text: &RecoveredText<'_>, failure: &ParseFailure) -> Vec<Suspect> {
    let kind = failure.error.kind().clone();
    let offset = failure.error.marker().byte_offset().unwrap_or(text.as_str().len());
    let search = SuspectSearch { text, failure, reached: text.as_str().floor_char_boundary(offset) };
    if let Some(culprit) = search.certain(&kind) {
        return vec![culprit];
    }
    let stopped = search.where_it_stopped(kind);
    let line = text.line(stopped.from);
    let elsewhere = [search.entry_before(), search.first_of_closed_block(), search.first_of_block()];
    let elsewhere = elsewhere.into_iter().flatten().filter(|culprit| text.line(culprit.from) != line);
    if search.stopped_below_an_item(&line)
        && let Some(entry) = search.entry_before()
    {
        return vec![entry];
    }
    if BlockLine::of(text.as_str().part(line.clone())).has_key() {
        return std::iter::once(stopped).chain(elsewhere).collect();
    }
    search.of_stray_line(stopped, &line).into_iter().chain(elsewhere).collect()
}

/// A parser failure with its text.
pub(super) struct SuspectSearch<'a> {
    pub(super) text: &'a RecoveredText<'a>,
    pub(super) failure: &'a ParseFailure,
    /// Where the parser failed.
    pub(super) reached: usize,
}

impl SuspectSearch<'_> {
    /// The rest of the line after an offset.
    pub(super) fn culprit(&self, kind: ErrorKind, from: usize) -> Suspect {
        let range = from..self.text.line_end(from).max(from);
        Suspect {
            blame: Cause::Error(kind),
            range,
            from,
            column: self.text.indentation(&self.text.line(from)),
            brackets: false,
        }
    }

    /// The text that the parser didn't understand; at the end of a line, the whole line.
    fn where_it_stopped(&self, kind: ErrorKind) -> Suspect {
        let last = self.failure.last.start;
        let line = self.text.line(self.reached);
        let text = line.start + self.text.indentation(&line);
        if kind == ErrorKind::MappingValueNotAllowed {
            // If it's on a single line, the value with the colon: `title: Note: this`. A line that isn't indented
            // deeper than the text it seems to continue is correct, so that text is at fault.
            let before = self.text.line(last);
            return if before == line {
                self.culprit(kind, last)
            } else if self.text.indentation(&line) > self.text.indentation(&before) {
                self.culprit(ErrorKind::InvalidIndentation, text)
            } else {
                self.culprit(ErrorKind::SimpleKeyExpected, last)
            };
        }
        match self.text.line_end(self.reached) {
            end if self.reached < end => self.culprit(kind, self.reached),
            end if text < end => self.culprit(kind, text),
            _ => self.culprit(kind, last),
        }
    }

    /// A stray line is blanked out alone. A single word is a key without its colon, so what is below it goes too.
    fn of_stray_line(&self, stopped: Suspect, line: &Range<usize>) -> [Suspect; 2] {
        // `steps` with a list below it is the usual slip: to blank out the word alone would leave a list that belongs
        // to nothing.
        let is_word = !self.text.as_str().part(line.clone()).trim().contains(char::is_whitespace);
        let with_lines_below = Suspect { blame: stopped.blame.clone(), range: stopped.range.clone(), ..stopped };
        let alone = Suspect { column: NOTHING_DEEPER, ..stopped };
        if is_word { [with_lines_below, alone] } else { [alone, with_lines_below] }
    }

    /// The entry that was read last: `name Prepare the call`, where a colon is missing.
    fn entry_before(&self) -> Option<Suspect> {
        let line = self.text.line(self.failure.entry);
        let layout = BlockLine::of(self.text.as_str().part(line.clone()));
        self.unlike_below(line.start + layout.value.min(self.text.line_end(line.start) - line.start))
    }

    /// Whether the parser stopped directly below a scalar item, as if it continued: `- name Prepare the call`, where a
    /// colon is missing, with the other keys of the step below it.
    fn stopped_below_an_item(&self, stopped: &Range<usize>) -> bool {
        let line = self.text.line(self.failure.entry);
        let text = self.text.as_str().part(line.clone());
        let BlockLine { column, value, .. } = BlockLine::of(text);
        *self.failure.error.kind() == ErrorKind::MappingValueNotAllowed
            && text.part(column..).starts_with("- ")
            && value < text.trim_end().len()
            && self.text.next_filled_line(&line).as_ref() == Some(stopped)
    }

    /// The first line of the block that the parser was in: if it's indented by mistake, no other line fits.
    fn first_of_block(&self) -> Option<Suspect> {
        let text = self.text.as_str();
        let start = self.failure.open.last().map_or(text.len() - text.trim_start().len(), |open| open.start);
        self.unlike_below(self.text.line(start).start)
    }

    /// The first line of the previous block, which ended because the next line didn't fit it.
    fn first_of_closed_block(&self) -> Option<Suspect> {
        self.unlike_below(self.text.line(self.failure.closed?).start)
    }

    fn unlike_below(&self, from: usize) -> Option<Suspect> {
        let line = self.text.line(from);
        let column = self.text.indentation(&line);
        let range = line.start + column..self.text.line_end(from);
        let blame = Cause::UnlikeTheLinesBelow;
        (!range.is_empty()).then_some(Suspect { blame, range, from, column, brackets: false })
    }
}
