//! Lines of Markdown as far as they can be told apart without parsing: indentation, fences, list markers, raw HTML.

use std::ops::Range;

use crate::source::{Part as _, SourceMap};

/// A line and its indentation.
#[derive(Debug)]
pub(super) struct IndentedLine<'a> {
    pub start: usize,
    /// Where its text starts, after the indentation.
    pub body_start: usize,
    /// Where its text ends, before the line break.
    pub end: usize,
    /// Where the next line starts.
    pub next: usize,
    /// The text without indentation and line break.
    pub body: &'a str,
    /// Columns of indentation; a tab goes to the next multiple of four.
    pub indent: usize,
    /// Whether the indentation is made of spaces alone.
    pub spaces_only: bool,
}

impl<'a> IndentedLine<'a> {
    /// The lines of a text.
    pub(super) fn all(text: &'a str) -> impl Iterator<Item = Self> {
        let mut start = 0;
        std::iter::from_fn(move || {
            if start >= text.len() {
                return None;
            }
            let rest = text.part(start..).as_bytes();
            let next = memchr::memchr(b'\n', rest).map_or(text.len(), |at| start + at + 1);
            let line = Self::new(text, start, next);
            start = next;
            Some(line)
        })
    }

    fn new(text: &'a str, start: usize, next: usize) -> Self {
        let full = text.part(start..next).trim_end_matches(['\n', '\r']);
        let mut indent = 0;
        let mut width = 0;
        for byte in full.bytes() {
            match byte {
                b' ' => indent += 1,
                // CommonMark counts columns: a tab goes to the next multiple of four.
                b'\t' => indent += 4 - indent % 4,
                _ => break,
            }
            width += 1;
        }
        let (body_start, end) = (start + width, start + full.len());
        Self { start, body_start, end, next, body: text.part(body_start..end), indent, spaces_only: indent == width }
    }

    /// Whether nothing is on it.
    pub(super) fn is_blank(&self) -> bool {
        self.body.trim().is_empty()
    }
}

/// The opening line of a fenced code block.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct CodeFence {
    pub mark: u8,
    pub length: usize,
    /// Column below which a line is outside the list item that the fence is in.
    pub container: usize,
}

impl CodeFence {
    /// Reads a line, without its indentation.
    pub(super) fn opened_by(body: &str) -> Option<Self> {
        let mark = *body.as_bytes().first()?;
        if !matches!(mark, b'`' | b'~') {
            return None;
        }
        let length = body.bytes().take_while(|byte| *byte == mark).count();
        // An info string with a backtick in it makes a code span of the line.
        let is_fence = length >= 3 && !(mark == b'`' && body.part(length..).contains('`'));
        is_fence.then_some(Self { mark, length, container: 0 })
    }

    /// Whether a line, without its indentation, ends the block.
    pub(super) fn is_closed_by(&self, body: &str) -> bool {
        let body = body.trim_end();
        body.len() >= self.length && body.bytes().all(|byte| byte == self.mark)
    }
}

/// What precedes a fence in its file, as the lines below it begin. What a directive puts before the lines that it brings
/// in is elsewhere.
pub(super) fn margin(text: &str, source_map: &SourceMap, before: Range<usize>) -> String {
    let own = before.clone().find(|at| text.is_char_boundary(*at) && source_map.is_exact(*at..before.end + 1));
    spaced(text.part(own.unwrap_or(before.end)..before.end))
}

/// What the lines below one begin with whose text begins behind `before`: spaces for all but quotes and tabs.
pub(super) fn spaced(before: &str) -> String {
    before.chars().map(|c| if matches!(c, '>' | '\t') { c } else { ' ' }).collect()
}

/// What ends the HTML that a line, without its indentation, starts and that goes over blank lines; `None` when it
/// starts none, or ends it itself.
pub(super) fn raw_html_end(body: &str) -> Option<&'static str> {
    const ENDS: [(&str, &str); 5] = [
        ("<!--", "-->"),
        ("<script", "</script>"),
        ("<style", "</style>"),
        ("<pre", "</pre>"),
        ("<textarea", "</textarea>"),
    ];
    // All other HTML blocks end at the next blank line, which the caller sees by itself.
    if !body.starts_with('<') {
        return None;
    }
    let starts = |start: &str| body.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start));
    let (_, end) = ENDS.iter().find(|(start, _)| starts(start))?;
    (!body.to_ascii_lowercase().contains(end)).then_some(end)
}

/// Columns from a list marker at the start of `body`, or that of a definition, to the item's content; `None` when there
/// is no marker.
pub(super) fn list_content(body: &str) -> Option<usize> {
    let bytes = body.as_bytes();
    let marker = match bytes.first()? {
        // What a term means is indented below it as the content of an item is.
        b'-' | b'+' | b'*' | b':' => 1,
        b'0'..=b'9' => {
            let digits = bytes.iter().take(10).take_while(|byte| byte.is_ascii_digit()).count();
            matches!(bytes.get(digits), Some(b'.' | b')')).then_some(digits + 1)?
        }
        _ => return None,
    };
    let spaces = bytes.iter().skip(marker).take_while(|byte| **byte == b' ').count();
    match spaces {
        0 if bytes.len() == marker => Some(marker + 1),
        0 => None,
        1..=4 => Some(marker + spaces),
        // Indented code right after the marker: the content starts one column after it.
        _ => Some(marker + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tabs_count_to_the_next_stop() {
        let line = IndentedLine::all("  \tx\n").next().unwrap();
        assert_eq!((line.indent, line.body, line.spaces_only), (4, "x", false));
    }

    #[test]
    fn item_contents_start_after_marker_and_spaces() {
        assert_eq!(list_content("- Sign"), Some(2));
        assert_eq!(list_content("10.  Sign"), Some(5));
        assert_eq!(list_content("-      code"), Some(2));
        assert_eq!(list_content(":   A deal"), Some(4));
        assert_eq!(list_content("**bold**"), None);
        assert_eq!(list_content(":rocket: Go"), None);
    }

    #[test]
    fn a_fence_needs_as_many_marks_to_end() {
        let fence = CodeFence::opened_by("````yaml").unwrap();
        assert!(!fence.is_closed_by("```"));
        assert!(fence.is_closed_by("`````  "));
        assert_eq!(CodeFence::opened_by("``` a ` b"), None);
    }
}
