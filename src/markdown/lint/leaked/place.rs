//! A place in a text at which something may start, and what is around it.

use std::ops::Range;

use super::construct::Construct;
use crate::source::Part as _;

/// Bytes of a line in which the other end of a construct is looked for: a line may hold any number of marks.
const LONGEST: usize = 400;

/// Marks of quotes, and blanks.
pub(super) const MARGIN: [char; 4] = [' ', '\t', '>', '\r'];

/// A place at which something may start.
#[derive(Copy, Clone)]
pub(super) struct Place<'t> {
    pub text: &'t str,
    pub at: usize,
}

impl<'t> Place<'t> {
    /// The rest of the line, as far as one construct may go.
    pub(super) fn near(&self) -> &'t str {
        let end = self.text.floor_char_boundary(self.at + LONGEST);
        self.text.part(self.at..end).split('\n').next().unwrap_or_default()
    }

    /// The rest of the paragraph, as far as one construct may go: words of a link may be broken into lines.
    pub(super) fn near_lines(&self) -> &'t str {
        let end = self.text.floor_char_boundary(self.at + LONGEST);
        self.text.part(self.at..end).split("\n\n").next().unwrap_or_default()
    }

    /// The rest of the line.
    pub(super) fn line(&self) -> &'t str {
        self.text.part(self.at..).split('\n').next().unwrap_or_default()
    }

    /// What is before it on its line, as far as one construct may go.
    pub(super) fn before(&self) -> &'t str {
        let start = self.text.floor_char_boundary(self.at.saturating_sub(LONGEST));
        self.text.part(start..self.at).rsplit('\n').next().unwrap_or_default()
    }

    /// The line above, with where it starts.
    pub(super) fn above(&self) -> Option<(usize, &'t str)> {
        let line = self.text.part(..self.at).rfind('\n')?;
        let above = self.text.part(..line);
        let start = above.rfind('\n').map_or(0, |at| at + 1);
        Some((start, above.part(start..)))
    }

    /// Whether nothing but marks of quotes stands before it on its line.
    pub(super) fn starts_line(&self) -> bool {
        let before = self.text.part(..self.at);
        before.trim_end_matches([' ', '\t', '>']).ends_with('\n')
            || before.trim_matches([' ', '\t', '>', '\n', '\r']).is_empty()
    }

    /// Whether it starts a line, and the line above is blank.
    pub(super) fn starts_paragraph(&self) -> bool {
        self.starts_line() && self.above().is_none_or(|(_, above)| above.trim_matches(MARGIN).is_empty())
    }
}

/// What was met at a place. Ranges count from it.
pub(crate) struct Leak<'t> {
    /// Where it stands, from the mark that was looked at.
    pub(super) range: Range<usize>,
    /// Bytes before that mark which belong to it.
    pub(super) back: usize,
    pub(super) construct: &'static Construct,
    /// What is written in the place of which part, where that is clear. The part counts from the start of all of it.
    pub(super) right: Option<(Range<usize>, String)>,
    /// What it reads as, when that is not what the text has there.
    pub(super) reads: Option<&'t str>,
}

impl Leak<'_> {
    pub(super) fn new(range: Range<usize>, construct: &'static Construct) -> Self {
        Self { range, back: 0, construct, right: None, reads: None }
    }

    pub(super) fn right(self, range: Range<usize>, text: String) -> Self {
        Self { right: Some((range, text)), ..self }
    }
}

/// A mark, and the function that tells whether something was meant by it.
pub(super) struct LeakForm {
    pub mark: &'static str,
    pub read: for<'t> fn(&Place<'t>) -> Option<Leak<'t>>,
}
