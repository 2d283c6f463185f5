//! Lines written inside the quotes that stand for blocks.
//! In: lines, and how many blocks surround them. Out: the lines with the marks of quotes, kept apart from what would
//! continue them.
//! Never knows: what the blocks are.

use super::Pass;
use crate::markdown::lines::IndentedLine;
use crate::source::Span;

impl Pass<'_> {
    /// Writes a line inside the first `depth` open blocks.
    pub(crate) fn copy(&mut self, line: &IndentedLine<'_>, depth: usize, indent: usize) {
        let next = if line.body.starts_with('>') { Next::Quote } else { Next::Other };
        self.separate(depth, next, line.start);
        self.flush_blanks(depth);
        self.quoted |= next == Next::Quote;
        if line.spaces_only {
            self.write_prefix(depth, 0, self.origin.span(line.start..line.body_start - indent));
            self.out.copy_derived(self.text, line.body_start - indent..line.next, self.origin);
        } else {
            self.write_prefix(depth, indent, self.origin.span(line.start..line.body_start));
            self.out.copy_derived(self.text, line.body_start..line.next, self.origin);
        }
    }

    /// Keeps the next line from continuing the paragraph, or the quote, of a block that just ended.
    pub(super) fn separate(&mut self, depth: usize, next: Next, at: usize) {
        let cut = self.cut.take();
        if !self.blanks.is_empty() {
            return;
        }
        let here = self.origin.span(at..at);
        match (next, cut) {
            // Only a blank line keeps two quotes apart.
            (Next::Quote | Next::Opener, Some(_)) => self.blank_line(depth, here),
            (Next::Opener, None) if self.quoted => self.blank_line(depth, here),
            // An empty line of the quote ends its paragraph without making a list around it loose.
            (Next::Other, Some(column)) => {
                self.write_prefix(depth, column, here);
                self.out.insert(">\n", here);
            }
            _ => {}
        }
    }

    pub(super) fn flush_blanks(&mut self, depth: usize) {
        for blank in std::mem::take(&mut self.blanks) {
            self.quoted = false;
            if depth == 0 && !blank.is_empty() && self.text[blank.clone()].trim().is_empty() {
                self.out.copy_derived(self.text, blank, self.origin);
            } else {
                let span = self.origin.span(blank);
                self.blank_line(depth, span);
            }
        }
    }

    pub(super) fn blank_line(&mut self, depth: usize, span: Span) {
        self.write_prefix(depth, 0, span);
        self.out.insert("\n", span);
    }

    /// Writes the marks of the first `depth` open blocks and `indent` spaces more.
    pub(super) fn write_prefix(&mut self, depth: usize, indent: usize, span: Span) {
        if depth == 0 && indent == 0 {
            return;
        }
        let mut prefix = String::with_capacity(depth * 6 + indent);
        for open in &self.open[..depth] {
            prefix.extend(std::iter::repeat_n(' ', open.column));
            prefix.push_str("> ");
        }
        prefix.extend(std::iter::repeat_n(' ', indent));
        self.out.insert(&prefix, span);
    }

    /// Writes a line whose first colon the parser must not see. The backslash stands for nothing that was written,
    /// by which the writer knows that the author did not escape anything.
    pub(super) fn copy_with_plain_colon(
        &mut self,
        line: &IndentedLine<'_>,
        colon: usize,
        (depth, indent): (usize, usize),
    ) {
        self.changed = true;
        let next = if colon > 0 { Next::Quote } else { Next::Other };
        self.separate(depth, next, line.start);
        self.flush_blanks(depth);
        self.quoted |= next == Next::Quote;
        self.write_prefix(depth, indent, self.origin.span(line.start..line.body_start));
        let at = line.body_start + colon;
        self.out.copy_derived(self.text, line.body_start..at, self.origin);
        self.out.insert("\\", self.origin.span(at..at));
        self.out.copy_derived(self.text, at..line.next, self.origin);
    }
}

/// What the next line starts with.
#[derive(Copy, Clone, PartialEq, Eq)]
pub(super) enum Next {
    /// A block.
    Opener,
    /// A quote of the author's.
    Quote,
    Other,
}
