//! Plain text of headings, links, cells and elements, gathered while they are written.

use std::ops::Range;

use crate::source::Part as _;

/// A text on one line, with one space between its words.
pub(super) fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    folded
}

/// Plain text gathered for headings, links, cells and elements, all from one string.
#[derive(Default)]
pub(super) struct Plain {
    text: String,
    gathering: usize,
    /// Where the first text is of each gathering whose place is followed, innermost last.
    first: Vec<Option<usize>>,
    /// Where the last text ends.
    end: usize,
}

impl Plain {
    /// Starts gathering; returns where.
    pub(super) fn start(&mut self) -> usize {
        self.gathering += 1;
        self.text.len()
    }

    /// Starts gathering, and follows where the text is; returns where it is gathered from.
    pub(super) fn follow(&mut self) -> usize {
        self.first.push(None);
        self.start()
    }

    /// What was gathered since `start`.
    pub(super) fn since(&self, start: usize) -> &str {
        self.text.part(start..)
    }

    /// Ends the innermost following; returns what its text covers, when there was any.
    pub(super) fn followed(&mut self) -> Option<Range<usize>> {
        let first = self.first.pop()??;
        Some(first..self.end.max(first))
    }

    /// Ends one gathering.
    pub(super) fn end(&mut self) {
        self.gathering = self.gathering.saturating_sub(1);
        // Not earlier: those around it are offsets into the same string.
        if self.gathering == 0 {
            self.text.clear();
        }
    }

    /// Adds text that is in a range.
    pub(super) fn push(&mut self, text: &str, range: &Range<usize>) {
        if self.gathering == 0 {
            return;
        }
        self.text.push_str(text);
        if self.first.is_empty() || text.trim().is_empty() {
            return;
        }
        self.end = range.end;
        // Those inside one that has text already were started since.
        for first in self.first.iter_mut().rev().take_while(|first| first.is_none()) {
            *first = Some(range.start);
        }
    }

    /// Keeps the words before and after this place apart.
    pub(super) fn part_words(&mut self) {
        if self.gathering > 0 {
            self.text.push('\n');
        }
    }
}
