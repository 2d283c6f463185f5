//! A cursor over the text of a diagram.

use std::ops::Range;

use crate::source::Part as _;

/// A byte offset into a text, always on a character border.
#[derive(Copy, Clone, Debug)]
pub(super) struct Cursor<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// What is left.
    pub(super) fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.at >= self.text.len()
    }

    /// Eats `word` when it stands here.
    pub(super) fn eat(&mut self, word: &str) -> bool {
        let found = self.rest().starts_with(word);
        if found {
            self.at += word.len();
        }
        found
    }

    /// Eats characters as long as they are wanted; gives where they stood.
    pub(super) fn eat_while(&mut self, wanted: impl Fn(char) -> bool) -> Range<usize> {
        let start = self.at;
        let rest = self.rest();
        self.at += rest.find(|c| !wanted(c)).unwrap_or(rest.len());
        start..self.at
    }

    /// Eats blanks within a line.
    pub(super) fn skip_blanks(&mut self) {
        self.eat_while(is_blank);
    }

    /// Eats blanks, line breaks and comments.
    pub(super) fn skip_space(&mut self) {
        loop {
            self.eat_while(|c| is_blank(c) || c == '\n');
            // A directive is no comment: it must be read, since it may never be closed.
            if !self.rest().starts_with("%%") || self.rest().starts_with("%%{") {
                return;
            }
            self.at = self.line_end();
        }
    }

    /// Where this line ends, without its line break.
    pub(super) fn line_end(&self) -> usize {
        self.rest().find('\n').map_or(self.text.len(), |length| self.at + length)
    }

    /// Whether nothing of the statement is left: a line break, a semicolon, a comment or the end.
    pub(super) fn is_at_statement_end(&self) -> bool {
        match self.peek() {
            None | Some('\n' | ';') => true,
            // Mermaid wants comments on lines of their own. People write them behind statements.
            _ => self.rest().starts_with("%%"),
        }
    }

    /// Where this line ends, but no further than a label may reach. Looking for what closes a bracket would
    /// otherwise cost the whole line for each of the brackets in it.
    pub(super) fn near_line_end(&self) -> usize {
        const REACH: usize = 256;
        let rest = self.rest();
        let near = rest.part(..rest.floor_char_boundary(REACH));
        self.at + near.find('\n').unwrap_or(near.len())
    }

    /// The same place in a text that ends not far behind this line.
    pub(super) fn near(&self) -> Self {
        let line = self.near_line_end();
        // The next line as well: labels of two lines are common.
        let following = Self { text: self.text, at: (line + 1).min(self.text.len()) };
        let end = if self.text.is_char_boundary(following.at) { following.near_line_end() } else { line };
        Self { text: self.text.part(..end), at: self.at }
    }

    /// A word of letters, digits, `_` and `-`, without moving.
    pub(super) fn word(&self) -> &'a str {
        let rest = self.rest();
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_')).unwrap_or(rest.len());
        rest.part(..end)
    }
}

/// White space that does not end a line. Byte order marks come with files from Windows editors.
pub(super) fn is_blank(c: char) -> bool {
    c != '\n' && (c.is_whitespace() || c == '\u{feff}')
}

/// `range` without the white space at its ends.
pub(super) fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let inner = text.get(range.clone()).unwrap_or_default();
    let blank = |c: char| is_blank(c) || c == '\n';
    let start = range.start + (inner.len() - inner.trim_start_matches(blank).len());
    let end = start + inner.trim_matches(blank).len();
    start..end
}
