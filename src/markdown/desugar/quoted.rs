//! The rewritten text: lines inside the quotes that stand for blocks, kept apart from what would continue them.

use std::ops::Range;

use crate::markdown::lines::IndentedLine;
use crate::source::{Part as _, SourceId, SourceMap, SourceMapBuilder, Span};

/// Where a line is.
#[derive(Copy, Clone)]
pub(super) struct LinePlace {
    /// How many open blocks surround it.
    pub depth: usize,
    /// Columns before its first character, inside them.
    pub indent: usize,
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

/// The rewritten text, as far as it is written.
pub(super) struct QuotedText<'a> {
    text: &'a str,
    source_map: &'a SourceMap,
    out: SourceMapBuilder,
    /// Whether anything differs from the text.
    is_changed: bool,
    /// Of each open block, the columns before its first line, inside what surrounds it.
    columns: Vec<usize>,
    /// Blank lines not yet written: they belong to whatever the next line belongs to.
    blanks: Vec<Range<usize>>,
    /// Whether the lines since the last blank one hold a quote of the author's.
    holds_quote: bool,
    /// The column of a block that just ended: the next line could be taken for its paragraph's.
    cut: Option<usize>,
}

impl<'a> QuotedText<'a> {
    pub(super) fn new(text: &'a str, source_map: &'a SourceMap, source: SourceId) -> Self {
        Self {
            text,
            source_map,
            out: SourceMapBuilder::new(source, text.len() + text.len() / 16),
            is_changed: false,
            columns: Vec::new(),
            blanks: Vec::new(),
            holds_quote: false,
            cut: None,
        }
    }

    /// The text and where it came from; `None` when it is as it was.
    pub(super) fn finish(mut self) -> Option<(String, SourceMap)> {
        self.flush_blanks(0);
        self.is_changed.then(|| self.out.finish())
    }

    /// The text that is rewritten.
    pub(super) fn source(&self) -> &'a str {
        self.text
    }

    pub(super) fn span(&self, range: Range<usize>) -> Span {
        self.source_map.span(range)
    }

    pub(super) fn len(&self) -> usize {
        self.out.len()
    }

    pub(super) fn mark_changed(&mut self) {
        self.is_changed = true;
    }

    /// Writes a range of the text.
    pub(super) fn copy_range(&mut self, range: Range<usize>) {
        self.out.copy_derived(self.text, range, self.source_map);
    }

    /// Writes text that stands for a place in the source.
    pub(super) fn insert(&mut self, text: &str, span: Span) {
        self.out.insert(text, span);
    }

    /// Opens a block whose first line is written next.
    pub(super) fn open_block(&mut self, column: usize) {
        self.columns.push(column);
        self.holds_quote = false;
    }

    /// Ends all open blocks but the first `depth`.
    pub(super) fn close_blocks(&mut self, depth: usize) {
        if let Some(outermost) = self.columns.get(depth) {
            self.cut = Some(*outermost);
        }
        self.columns.truncate(depth);
    }

    /// Writes a line inside the blocks that surround it.
    pub(super) fn copy(&mut self, line: &IndentedLine<'_>, LinePlace { depth, indent }: LinePlace) {
        let next = if line.body.starts_with('>') { Next::Quote } else { Next::Other };
        self.separate(depth, next, line.start);
        self.flush_blanks(depth);
        self.holds_quote |= next == Next::Quote;
        if line.spaces_only {
            self.write_prefix(depth, 0, self.span(line.start..line.body_start - indent));
            self.copy_range(line.body_start - indent..line.next);
        } else {
            // A tab is cut in two when a part of it belongs to the block, so the rest of it is written as spaces.
            self.write_prefix(depth, indent, self.span(line.start..line.body_start));
            self.copy_range(line.body_start..line.next);
        }
    }

    /// Writes a line with something more before an offset of its text.
    pub(super) fn copy_with(&mut self, line: &IndentedLine<'_>, before: usize, more: &str, place: LinePlace) {
        self.is_changed = true;
        let next = if line.body.starts_with('>') { Next::Quote } else { Next::Other };
        self.separate(place.depth, next, line.start);
        self.flush_blanks(place.depth);
        self.holds_quote |= next == Next::Quote;
        self.write_prefix(place.depth, place.indent, self.span(line.start..line.body_start));
        let at = line.body_start + before;
        self.copy_range(line.body_start..at);
        self.insert(more, self.span(at..at));
        self.copy_range(at..line.next);
    }

    /// Keeps the next line from continuing the paragraph, or the quote, of a block that just ended.
    pub(super) fn separate(&mut self, depth: usize, next: Next, at: usize) {
        let cut = self.cut.take();
        if !self.blanks.is_empty() {
            return;
        }
        let here = self.span(at..at);
        match (next, cut) {
            // Only a blank line keeps two quotes apart.
            (Next::Quote | Next::Opener, Some(_)) => self.blank_line(depth, here),
            (Next::Opener, None) if self.holds_quote => self.blank_line(depth, here),
            // An empty line of the quote ends its paragraph without making a list around it loose.
            (Next::Other, Some(column)) => {
                self.write_prefix(depth, column, here);
                self.insert(">\n", here);
            }
            _ => {}
        }
    }

    /// Keeps a blank line, or what is as good as one, for whatever the next line belongs to.
    pub(super) fn add_blank(&mut self, line: Range<usize>) {
        self.blanks.push(line);
    }

    /// Asks for a blank line, unless there is one.
    pub(super) fn blank_here(&mut self, at: usize) {
        if self.blanks.is_empty() && !self.out.is_empty() {
            self.blanks.push(at..at);
        }
    }

    pub(super) fn flush_blanks(&mut self, depth: usize) {
        for blank in std::mem::take(&mut self.blanks) {
            self.holds_quote = false;
            // Inside a block, a blank line without the marks of its quotes would end them.
            if depth == 0 && !blank.is_empty() && self.text.part(blank.clone()).trim().is_empty() {
                self.copy_range(blank);
            } else {
                let span = self.span(blank);
                self.blank_line(depth, span);
            }
        }
    }

    pub(super) fn blank_line(&mut self, depth: usize, span: Span) {
        self.write_prefix(depth, 0, span);
        self.insert("\n", span);
    }

    /// Writes the marks of the first `depth` open blocks and `indent` spaces more.
    pub(super) fn write_prefix(&mut self, depth: usize, indent: usize, span: Span) {
        if depth == 0 && indent == 0 {
            return;
        }
        let mut prefix = String::with_capacity(depth * 6 + indent);
        for column in self.columns.iter().take(depth) {
            prefix.extend(std::iter::repeat_n(' ', *column));
            prefix.push_str("> ");
        }
        prefix.extend(std::iter::repeat_n(' ', indent));
        self.insert(&prefix, span);
    }
}
