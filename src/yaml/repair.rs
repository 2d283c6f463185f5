//! Syntax errors: which entry is to blame, what to say, and how the rest can be read.
//! In: where the parser gave up. Out: a finding at the offending text, and the text with that entry blanked out,
//! byte for byte as long as before, so that all other places stay true.
//! Never knows: what the tree is for.

mod explain;

use std::borrow::Cow;
use std::ops::Range;

use serde_yaml::granit_parser::ErrorKind;

use super::tree::Failure;
use crate::diagnostic::{Diagnostic, Rule};
use crate::text::Span;

/// A text in which entries that cannot be read are blanked out.
pub(super) struct Repaired<'t> {
    original: &'t str,
    text: Cow<'t, str>,
    /// Values that were replaced by `~`, each to the end of its line.
    broken: Vec<Range<usize>>,
    /// Starts of the lines that a finding stands on.
    blamed: Vec<usize>,
}

/// The text to blame for a syntax error.
struct Culprit {
    kind: ErrorKind,
    /// What the finding points at.
    range: Range<usize>,
    /// Where the blanking starts.
    from: usize,
    /// A collection in brackets: its last line may be indented less.
    brackets: bool,
}

impl<'t> Repaired<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { original: text, text: Cow::Borrowed(text), broken: Vec::new(), blamed: Vec::new() }
    }

    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// The value that was blanked out where a scalar starts.
    pub(super) fn broken_value(&self, start: usize) -> Option<Range<usize>> {
        self.broken.iter().find(|range| range.start == start).cloned()
    }

    /// `range`, widened to borders of the characters that somebody wrote: blanks are shorter than some.
    pub(super) fn on_characters(&self, range: Range<usize>) -> Range<usize> {
        let start = self.original.floor_char_boundary(range.start);
        start..self.original.ceil_char_boundary(range.end.max(start))
    }

    /// End of the line of `offset`, without its break and trailing blanks.
    pub(super) fn line_end(&self, offset: usize) -> usize {
        let line = self.line(offset);
        line.start + self.text[line].trim_end().len()
    }

    fn line(&self, offset: usize) -> Range<usize> {
        let start = self.text[..offset].rfind('\n').map_or(0, |at| at + 1);
        let end = self.text[offset..].find('\n').map_or(self.text.len(), |at| offset + at);
        start..end
    }

    fn indentation(&self, line: &Range<usize>) -> usize {
        let text = &self.text[line.clone()];
        text.len() - text.trim_start_matches([' ', '\t']).len()
    }

    /// What is wrong where the parser gave up; nothing when a finding stands on that line already.
    /// [`Continue::Again`]: the entry was blanked out, the rest can be read now.
    pub(super) fn repair(
        &mut self,
        failure: &Failure,
        at: Span,
        rule: &'static Rule,
    ) -> (Option<Diagnostic>, Continue) {
        let culprit = self.culprit(failure);
        let line = self.line(culprit.range.start).start;
        let finding = (!self.blamed.contains(&line)).then(|| {
            self.blamed.push(line);
            explain::explain(&culprit.kind, &self.text, culprit.range.clone(), at, rule)
        });
        (finding, self.blank(&culprit))
    }

    fn culprit(&self, failure: &Failure) -> Culprit {
        let kind = failure.error.kind().clone();
        let reached = failure.error.marker().byte_offset().unwrap_or(self.text.len()).min(self.text.len());
        let reached = self.text.floor_char_boundary(reached);
        let whole = |from: usize| Culprit {
            kind: kind.clone(),
            range: from..self.line_end(from).max(from),
            from,
            brackets: false,
        };
        if is_unclosed_quote(&kind) {
            let seen = failure.last.end.min(reached);
            return whole(self.text[seen..reached].find(['"', '\'']).map_or(reached, |quote| seen + quote));
        }
        if let Some(bracket) = failure.open_bracket {
            let open = self.text[bracket..].chars().next().unwrap_or('[');
            let same_line = self.line(bracket) == self.line(reached) && reached < self.line_end(reached);
            if kind == ErrorKind::RecursionLimitExceeded {
                return Culprit { brackets: true, ..whole(bracket) };
            }
            if same_line || matches!(kind, ErrorKind::UnexpectedCharacter { .. }) {
                return Culprit { from: bracket, brackets: true, ..whole(reached) };
            }
            let kind = ErrorKind::UnclosedFlowCollection { open };
            return Culprit { kind, brackets: true, ..whole(bracket) };
        }
        match kind {
            ErrorKind::MappingValueNotAllowed => whole(self.start_of_text_with_colon(&failure.last, reached)),
            _ if is_tab(&kind) => {
                let (tabs, from) = self.first_tabs(reached).unwrap_or((reached..reached, reached));
                Culprit { range: tabs, ..whole(from) }
            }
            _ => whole(self.start_of_text(&failure.last, reached)),
        }
    }

    /// `title: Note: this` on one line: the value is to blame, from its start. A line that is indented less than
    /// the text it seems to continue is a good line: the text before it is to blame.
    fn start_of_text_with_colon(&self, last: &Range<usize>, reached: usize) -> usize {
        let (text_line, line) = (self.line(last.start), self.line(reached));
        if text_line == line || self.indentation(&line) <= self.indentation(&text_line) {
            return last.start;
        }
        line.start + self.indentation(&line)
    }

    /// The text at `reached`; at the end of a line, the line; on a blank line, what was read before it.
    fn start_of_text(&self, last: &Range<usize>, reached: usize) -> usize {
        let line = self.line(reached);
        let text = line.start + self.indentation(&line);
        match self.line_end(reached) {
            end if reached < end => reached,
            end if text < end => text,
            _ => last.start,
        }
    }

    /// The first indentation with a tab in it, and where its line's text starts.
    fn first_tabs(&self, reached: usize) -> Option<(Range<usize>, usize)> {
        let mut line = self.line(reached);
        loop {
            let text_start = line.start + self.indentation(&line);
            if self.text[line.start..text_start].contains('\t') {
                return Some((line.start..text_start, text_start));
            }
            line = self.next_line(&line)?;
        }
    }

    fn next_line(&self, line: &Range<usize>) -> Option<Range<usize>> {
        (line.end < self.text.len()).then(|| self.line(line.end + 1))
    }

    /// Blanks out the value to blame, or the whole line when its key is, and the lines that belong to it.
    fn blank(&mut self, culprit: &Culprit) -> Continue {
        let line = self.line(culprit.from);
        let end = self.line_end(culprit.from);
        let entry = Layout::of(&self.text[line.clone()]);
        let value = line.start + entry.value;
        let is_value = culprit.from >= value && value < end && self.broken_value(value).is_none();
        let (start, column) = if is_value { (value, entry.column) } else { (line.start, self.indentation(&line)) };
        if self.text[start..end].trim().is_empty() {
            return Continue::Hopeless;
        }
        let rest = self.end_of_entry(&line, column, culprit.brackets);
        let text = self.text.to_mut();
        let blanked: String =
            text[start..rest].chars().map(|c| if c == '\n' { "\n" } else { &"    "[..c.len_utf8()] }).collect();
        text.replace_range(start..rest, &blanked);
        if is_value {
            text.replace_range(start..=start, "~");
            self.broken.push(start..end);
        }
        Continue::Again
    }

    /// Where the entry ends whose first line is `line`: before the next line that is not indented deeper.
    fn end_of_entry(&self, line: &Range<usize>, column: usize, brackets: bool) -> usize {
        let mut end = line.end;
        let mut line = line.clone();
        while let Some(next) = self.next_line(&line) {
            let text = self.text[next.clone()].trim_start();
            let closing = brackets && text.starts_with([']', '}']);
            if !text.is_empty() && self.indentation(&next) <= column && !closing {
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

/// Whether reading the text once more is worth it.
#[derive(Copy, Clone, PartialEq, Eq)]
pub(super) enum Continue {
    Again,
    Hopeless,
}

fn is_unclosed_quote(kind: &ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::UnclosedQuotedScalar
            | ErrorKind::InvalidQuotedScalarIndent
            | ErrorKind::DocumentIndicatorInQuotedScalar
    )
}

fn is_tab(kind: &ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::TabNotAllowed
            | ErrorKind::TabInBlockIndentation
            | ErrorKind::TabInIndentation
            | ErrorKind::TabInPlainScalar
            | ErrorKind::TabAtBlockScalarStart
    )
}

/// How a line of block YAML is built: `  - key: value`.
struct Layout {
    /// Column, in bytes, of the last list mark or key: what is indented deeper belongs to it.
    column: usize,
    /// Column, in bytes, of the value; the end of the line when there is none.
    value: usize,
}

impl Layout {
    fn of(line: &str) -> Self {
        let after_blanks = |at: usize| line.len() - line[at..].trim_start_matches([' ', '\t']).len();
        let mut value = after_blanks(0);
        let mut column = value;
        while line[value..].starts_with("- ") {
            column = value;
            value = after_blanks(value + 1);
        }
        if let Some(length) = key_length(&line[value..]) {
            column = value;
            value = after_blanks(value + length + 1);
        }
        Self { column, value }
    }
}

/// Length of the key that a text begins with, without its colon.
fn key_length(text: &str) -> Option<usize> {
    let from = match text.chars().next()? {
        quote @ ('"' | '\'') => text[1..].find(quote)? + 2,
        '[' | '{' | '#' => return None,
        _ => 0,
    };
    let ends_key = |at: &usize| text[at + 1..].chars().next().is_none_or(char::is_whitespace);
    text[from..].match_indices(':').map(|(at, _)| from + at).find(ends_key)
}
