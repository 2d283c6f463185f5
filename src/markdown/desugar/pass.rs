//! The pass that rewrites dialect blocks line by line: which line opens a block, which ends one, and which is code.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use memchr::memmem;

use super::abbreviation::Abbreviations;
use super::block::{BlockEnd, BlockKind, Fold, Opener, TabSet};
use super::line::{continues_lazily, heading_without_blank, is_in_tag, is_text, plain_colon, starts_dialect};
use super::markdown_element::MarkdownElements;
use super::quoted::{LinePlace, Next, QuotedText};
use super::rewritten::{Block, Desugared, Title};
use crate::markdown::attributes::Attributes;
use crate::markdown::lines::{CodeFence, IndentedLine, list_content, margin, raw_html_end};
use crate::source::{Part as _, SourceMap};

/// Blocks inside blocks beyond this are left as they are: each line repeats the marks of all around it.
const MOST_NESTED: usize = 32;

/// Rewrites the blocks of `text`, but none whose opening line starts at an offset in `keep`. `None` when there
/// is nothing to rewrite.
pub(crate) fn desugar(text: &str, source_map: &SourceMap, keep: &BTreeSet<usize>) -> Option<Desugared<'static>> {
    let bytes = text.as_bytes();
    let mut starts = std::iter::once(0).chain(memchr::memchr_iter(b'\n', bytes).map(|at| at + 1));
    let is_dialect = starts.any(|start| bytes.get(start..).is_some_and(starts_dialect))
        || memmem::find_iter(bytes, "markdown").any(|at| is_in_tag(text, at));
    if !is_dialect {
        return None;
    }
    let source = source_map.span(0..text.len()).source;
    let mut pass = Pass {
        text,
        source_map,
        keep,
        out: QuotedText::new(text, source_map, source),
        blocks: Vec::new(),
        abbreviations: Abbreviations::default(),
        margins: Vec::new(),
        elements: MarkdownElements::default(),
        open: Vec::new(),
        lists: Vec::new(),
        fence: None,
        raw: None,
        options: None,
        after_text: false,
    };
    for line in IndentedLine::all(text) {
        if !pass.elements.has_written(&line) {
            pass.line(&line);
        }
    }
    let Pass { out, blocks, abbreviations, margins, .. } = pass;
    let (text, source_map) = out.finish()?;
    Some(Desugared { text: Cow::Owned(text), source_map, blocks, abbreviations, margins, comments: Vec::new() })
}

/// A block whose end was not met yet.
struct OpenBlock {
    /// Columns before its first line, inside what surrounds it.
    column: usize,
    end: BlockEnd,
    /// Position in `blocks`.
    block: usize,
    /// How many lists surround it.
    lists: usize,
}

/// Where the marks of an opening line are.
struct OpeningMarks {
    /// Columns before them: list markers may come first.
    column: usize,
    at: usize,
}

/// The pass over the lines of a text.
struct Pass<'a> {
    text: &'a str,
    source_map: &'a SourceMap,
    keep: &'a BTreeSet<usize>,
    out: QuotedText<'a>,
    blocks: Vec<Block>,
    abbreviations: Abbreviations,
    margins: Vec<(usize, String)>,
    elements: MarkdownElements,
    open: Vec<OpenBlock>,
    /// Columns at which the contents of open list items start, innermost last.
    lists: Vec<usize>,
    /// The code fence the pass is in, and how many blocks surround it.
    fence: Option<(CodeFence, usize)>,
    /// What ends the comment, script or style that the pass is in, and how many blocks surround it.
    raw: Option<(&'static str, usize)>,
    /// The block right after whose opening line the pass is, which may say more there.
    options: Option<usize>,
    /// Whether the line before is a paragraph's.
    after_text: bool,
}

impl Pass<'_> {
    fn line(&mut self, line: &IndentedLine<'_>) {
        let after_text = std::mem::take(&mut self.after_text);
        if line.is_blank() {
            self.options = None;
            self.out.add_blank(line.start..line.next);
            return;
        }
        let mut place = self.surroundings(line.indent);
        // Before it could be code: options are indented by four columns, too.
        if self.options.is_some() && self.option(line, place.indent) {
            return;
        }
        if self.is_verbatim(line.body, place) {
            self.out.copy(line, place);
            return self.close_code_tab();
        }
        // Outside code alone: `:::` in an example ends nothing.
        if let Some(closed) = self.closed_by(line.body, place.depth) {
            if let Some(block) = self.open.get(closed).and_then(|open| self.blocks.get_mut(open.block)) {
                block.closed = true;
            }
            return self.close(closed);
        }
        self.close(place.depth);
        place.depth = place.depth.min(self.open.len());
        let is_lazy = after_text && continues_lazily(line.body);
        self.content_line(line, place, is_lazy);
    }

    /// A line that ends nothing and is not shown as it is: it may open a block, or code in which none opens.
    /// A lazy one is in the item of the line before, wherever it begins.
    fn content_line(&mut self, line: &IndentedLine<'_>, place: LinePlace, is_lazy: bool) {
        let LinePlace { depth, indent } = place;
        // Lists of a block around this one reach no line in it.
        let base = self.open.last().map_or(0, |open| open.lists);
        while !is_lazy && self.lists.len() > base && self.lists.last().is_some_and(|column| *column > indent) {
            self.lists.pop();
        }
        let container = if self.lists.len() > base { self.lists.last().copied().unwrap_or(0) } else { 0 };
        // Indented code: nothing opens in it.
        if !is_lazy && indent - container >= 4 {
            return self.out.copy(line, place);
        }
        let mut body = line.body;
        let mut column = indent;
        while let Some(width) = list_content(body) {
            column += width;
            self.lists.push(column);
            body = body.part(width.min(body.len())..);
        }
        if self.abbreviations.define(body) {
            self.out.mark_changed();
            return self.out.add_blank(line.start..line.next);
        }
        let at = line.body_start + (line.body.len() - body.len());
        // Nothing opens inside a comment or a script either, even over blank lines.
        self.raw = raw_html_end(body).map(|end| (end, depth));
        if body.starts_with('<') && self.elements.tag_line(&mut self.out, line, at, place) {
            return;
        }
        if self.elements.last_line(&mut self.out, line, place) {
            return;
        }
        let may_open = self.open.len() < MOST_NESTED && !self.keep.contains(&at);
        if let Some(opener) = Opener::parse(body).filter(|_| may_open) {
            self.open(&opener, line, place, &OpeningMarks { column, at });
            if opener.end == BlockEnd::Code {
                self.code_of_tab(line, at);
            }
        } else if let Some(fence) = CodeFence::opened_by(body) {
            let container = if column > indent { column } else { container };
            self.open_fence(CodeFence { container, ..fence }, line, at, place);
        } else if let Some(marks) = heading_without_blank(body.as_bytes()) {
            self.out.copy_with(line, at - line.body_start + marks, " ", place);
        } else {
            self.after_text = is_text(body);
            self.text_line(line, place);
        }
    }

    fn text_line(&mut self, line: &IndentedLine<'_>, place: LinePlace) {
        match plain_colon(line.body) {
            // The backslash stands for nothing that was written, by which the writer knows that the author did not escape
            // anything.
            Some(colon) => self.out.copy_with(line, colon, "\\", place),
            None => self.out.copy(line, place),
        }
    }

    /// Writes the line that opened a tab of code as its content, too.
    fn code_of_tab(&mut self, line: &IndentedLine<'_>, at: usize) {
        let place = LinePlace { depth: self.open.len(), indent: 0 };
        let body = self.text.part(at..line.end);
        let inner = IndentedLine { start: at, body_start: at, body, indent: 0, spaces_only: true, ..*line };
        if let Some(fence) = CodeFence::opened_by(body) {
            self.open_fence(fence, &inner, at, place);
        }
    }

    /// Ends a tab of code whose last line was just copied.
    fn close_code_tab(&mut self) {
        let innermost = self.open.len().checked_sub(1).filter(|_| self.fence.is_none());
        if let Some(depth) =
            innermost.filter(|depth| self.open.get(*depth).is_some_and(|open| open.end == BlockEnd::Code))
        {
            self.close(depth);
        }
    }

    /// Copies the line whose fence of code is at an offset, and remembers what its author has before it.
    fn open_fence(&mut self, fence: CodeFence, line: &IndentedLine<'_>, at: usize, place: LinePlace) {
        self.fence = Some((fence, place.depth));
        self.out.copy(line, place);
        // A fix that closes the fence has to repeat what the author has before it, not the marks written here.
        if place.depth > 0 {
            self.margins.push((self.out.len() + at - line.next, margin(self.text, self.source_map, line.start..at)));
        }
    }

    /// Reads a line right below `/// note`, where the block says more of itself: `    type: warning`. Whether it did.
    fn option(&mut self, line: &IndentedLine<'_>, indent: usize) -> bool {
        let Some(index) = self.options.take().filter(|_| indent >= 4) else { return false };
        let Some((key, value)) = line.body.split_once(':') else { return false };
        let Some(block) = self.blocks.get_mut(index) else { return false };
        match (key, value.trim(), &block.kind) {
            ("attrs", mapping, _) => {
                let Some(attributes) = Attributes::read_mapping(mapping) else { return false };
                let at = line.body_start + key.len() + 1 + (value.len() - value.trim_start().len());
                block.id_span = self.source_map.span(at + attributes.id_at.start..at + attributes.id_at.end);
                let span = |place: &Range<usize>| self.source_map.span(at + place.start..at + place.end);
                block.refused = attributes.refused.iter().map(|(name, place)| (name.clone(), span(place))).collect();
                block.attributes = attributes;
            }
            ("type", kind, _) => {
                kind.clone_into(&mut block.words);
                block.words_span = block.span;
            }
            ("open", "true" | "True", BlockKind::Details(_)) => block.kind = BlockKind::Details(Fold::Open),
            ("new", "true" | "True", BlockKind::Tab(_)) => block.kind = BlockKind::Tab(TabSet::Starts),
            ("open" | "new" | "select", _, _) => {}
            _ => return false,
        }
        self.options = Some(index);
        true
    }

    /// Whether a line belongs to code or raw HTML around it.
    fn is_verbatim(&mut self, body: &str, LinePlace { depth, indent }: LinePlace) -> bool {
        if let Some((end, outer)) = self.raw {
            // The end of the block around it ends raw HTML, as it does for the parser.
            if depth < outer || body.to_ascii_lowercase().contains(end) {
                self.raw = None;
            }
            return depth >= outer;
        }
        let Some((fence, outer)) = &self.fence else { return false };
        let is_inside = depth >= *outer && indent >= fence.container;
        // Four columns deeper, marks are a part of what is shown, as they are for the parser.
        if !is_inside || (indent < fence.container + 4 && fence.is_closed_by(body)) {
            self.fence = None;
        }
        is_inside
    }

    /// How many of the open blocks a line with this indentation is in, and the indentation left inside them.
    fn surroundings(&self, indent: usize) -> LinePlace {
        let mut left = indent;
        for (depth, open) in self.open.iter().enumerate() {
            // Only blocks that are indented cut four columns off; lines between `:::` start where it does.
            let cut = open.column + if open.end == BlockEnd::Indented { 4 } else { 0 };
            if left < cut {
                return LinePlace { depth, indent: left };
            }
            left -= cut;
        }
        LinePlace { depth: self.open.len(), indent: left }
    }

    /// The block that a line of colons or slashes ends.
    fn closed_by(&self, body: &str, depth: usize) -> Option<usize> {
        // The line may be at the column of its block's first line, which is outside what it cut off.
        let mut around = self.open.iter().take(depth + 1);
        around.rposition(|open| open.end.is_closed_by(body))
    }

    fn open(&mut self, opener: &Opener<'_>, line: &IndentedLine<'_>, place: LinePlace, marks: &OpeningMarks) {
        let &OpeningMarks { column, at } = marks;
        let out = &mut self.out;
        out.separate(place.depth, Next::Opener, line.start);
        out.flush_blanks(place.depth);
        out.write_prefix(place.depth, place.indent, out.span(line.start..at));
        if at > line.body_start {
            out.copy_range(line.body_start..at);
        }
        let body = self.text.part(at..line.end);
        let whole = out.span(at..line.end);
        let words = body.find(opener.words).map(|words| out.span(at + words..at + words + opener.words.len()));
        out.mark_changed();
        out.open_block(column);
        self.options = opener.end.takes_options().then_some(self.blocks.len());
        self.open.push(OpenBlock { column, end: opener.end, block: self.blocks.len(), lists: self.lists.len() });
        self.blocks.push(Block {
            at: out.len(),
            kind: opener.kind.clone(),
            words: opener.words.to_owned(),
            words_span: words.unwrap_or(whole),
            title: match &opener.title {
                None => Title::Default,
                Some(range) if range.is_empty() => Title::None,
                Some(_) => Title::Given,
            },
            attributes: Attributes::default(),
            id_span: whole,
            refused: Vec::new(),
            opener: at,
            span: out.span(at..at + body.trim_end().len()),
            // A block of code that is not closed is reported as one.
            closed: matches!(opener.end, BlockEnd::Indented | BlockEnd::Code),
        });
        match &opener.title {
            Some(range) if !range.is_empty() => {
                // As a heading, because titles hold inline markup that the parser has to read.
                out.insert("> # ", out.span(at..at + range.start));
                out.copy_range(at + range.start..at + range.end);
                // A closing mark, so that nothing at the end of the title is taken for one.
                out.insert(" #\n", out.span(at + range.end..at + body.len()));
            }
            _ => out.insert(">\n", whole),
        }
    }

    fn close(&mut self, depth: usize) {
        if let Some(outermost) = self.open.get(depth) {
            self.lists.truncate(outermost.lists);
        }
        self.open.truncate(depth);
        self.out.close_blocks(depth);
    }
}
