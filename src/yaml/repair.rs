//! Syntax errors: which entry is to blame, what to say, and how the rest can be read.
//! In: where the parser gave up. Out: a finding at the offending text, and the text with that entry blanked out,
//! byte for byte as long as before, so that all other places stay true.
//! Never knows: what the tree is for.

mod explain;
mod layout;

use std::borrow::Cow;
use std::ops::Range;

use serde_yaml::granit_parser::ErrorKind;

use self::layout::Layout;
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
        let last = &failure.last;
        let reached = failure.error.marker().byte_offset().unwrap_or(self.text.len()).min(self.text.len());
        let reached = self.text.floor_char_boundary(reached);
        let whole = |kind: ErrorKind, from: usize| Culprit {
            kind,
            range: from..self.line_end(from).max(from),
            from,
            brackets: false,
        };
        if let Some(quote) = self.unclosed_quote(&kind, last, reached) {
            return whole(ErrorKind::UnclosedQuotedScalar, quote);
        }
        if let Some(bracket) = failure.open_bracket {
            let same_line = self.line(bracket) == self.line(reached) && reached < self.line_end(reached);
            let culprit = match kind {
                ErrorKind::RecursionLimitExceeded => whole(kind, bracket),
                _ if same_line || matches!(kind, ErrorKind::UnexpectedCharacter { .. }) => whole(kind, reached),
                _ => {
                    let open = self.text[bracket..].chars().next().unwrap_or('[');
                    whole(ErrorKind::UnclosedFlowCollection { open }, bracket)
                }
            };
            return Culprit { from: bracket, brackets: true, ..culprit };
        }
        match kind {
            ErrorKind::MappingValueNotAllowed => {
                let (kind, from) = self.text_with_colon(last, reached);
                whole(kind, from)
            }
            _ if is_tab(&kind) => {
                let (tabs, from) = self.first_tabs(reached).unwrap_or((reached..reached, reached));
                Culprit { range: tabs, ..whole(kind, from) }
            }
            _ => whole(kind, self.start_of_text(last, reached)),
        }
    }

    /// The quote that is left open. When the next line has quotes as well, the text seems to end at the first of
    /// them, and the parser stumbles over what follows it.
    fn unclosed_quote(&self, kind: &ErrorKind, last: &Range<usize>, reached: usize) -> Option<usize> {
        let of_quotes = matches!(
            kind,
            ErrorKind::UnclosedQuotedScalar
                | ErrorKind::InvalidQuotedScalarIndent
                | ErrorKind::DocumentIndicatorInQuotedScalar
                | ErrorKind::InvalidTrailingSingleQuotedScalar
                | ErrorKind::InvalidTrailingDoubleQuotedScalar
        );
        let ends_here =
            matches!(kind, ErrorKind::InvalidTrailingSingleQuotedScalar | ErrorKind::InvalidTrailingDoubleQuotedScalar);
        let mut at = last.end.min(reached);
        for part in self.text[at..reached].split_inclusive('\n').filter(|_| of_quotes) {
            let code = part.find(" #").map_or(part, |comment| &part[..comment]);
            let code = if code.trim_start().starts_with('#') { "" } else { code };
            if let Some(quote) = code.find(['"', '\'']) {
                let on_one_line = self.line(at + quote) == self.line(reached);
                return (!ends_here || !on_one_line).then_some(at + quote);
            }
            at += part.len();
        }
        None
    }

    /// Which text to blame for a colon where none can be: on one line, the value that holds it. On a line that is
    /// indented deeper than the text it seems to continue, that line; otherwise the text before it, which is no
    /// value of any key.
    fn text_with_colon(&self, last: &Range<usize>, reached: usize) -> (ErrorKind, usize) {
        let (text_line, line) = (self.line(last.start), self.line(reached));
        if text_line == line {
            (ErrorKind::MappingValueNotAllowed, last.start)
        } else if self.indentation(&line) > self.indentation(&text_line) {
            (ErrorKind::InvalidIndentation, line.start + self.indentation(&line))
        } else {
            (ErrorKind::SimpleKeyExpected, last.start)
        }
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
