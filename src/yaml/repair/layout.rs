//! Finds the key and the value in a line of block YAML.

use crate::source::Part as _;

/// The structure of a line of block YAML: `  - key: value`.
pub(super) struct BlockLine {
    indentation: usize,
    /// The column, in bytes, of the last list marker or key. Anything indented deeper belongs to it.
    pub(super) column: usize,
    /// The column, in bytes, of the value; the end of the line if there is none.
    pub(super) value: usize,
}

impl BlockLine {
    pub(super) fn of(line: &str) -> Self {
        let after_blanks = |at: usize| line.len() - line.part(at..).trim_start_matches([' ', '\t']).len();
        let indentation = after_blanks(0);
        let mut value = indentation;
        let mut column = indentation;
        // A list in a list may begin on one line: `- - a`.
        while line.part(value..).starts_with("- ") {
            column = value;
            value = after_blanks(value + 1);
        }
        if let Some(length) = key_length(line.part(value..)) {
            column = value;
            value = after_blanks(value + length + 1);
        }
        Self { indentation, column, value }
    }

    /// Whether there's a list marker or a key, so that the line is more than text.
    pub(super) fn has_key(&self) -> bool {
        self.value > self.indentation
    }
}

/// The length of the key that a text starts with, without its colon.
fn key_length(text: &str) -> Option<usize> {
    let from = match text.chars().next()? {
        quote @ ('"' | '\'') => text.part(1..).find(quote)? + 2,
        // In brackets a colon is part of the flow, whose entries are not told by columns.
        '[' | '{' | '#' => return None,
        _ => 0,
    };
    let ends_key = |at: &usize| text.part(at + 1..).chars().next().is_none_or(char::is_whitespace);
    text.part(from..).match_indices(':').map(|(at, _)| from + at).find(ends_key)
}
