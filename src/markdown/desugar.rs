//! Dialect blocks as block quotes, which every Markdown parser nests rightly.
//! In: a text and its origin. Out: the text with `!!!`, `???`, `===`, `:::` and `///` blocks rewritten, its origin, and
//! a table of where the rewritten blocks start.
//! Never knows: how blocks are drawn, or whether the parser takes the quotes for quotes.
//!
//! One pass over lines with a stack of open blocks. Nothing in the text marks a rewritten block, so no author
//! can forge one: the parser's quote is a block's if it starts where the table says.

pub(super) mod abbreviation;
pub(super) mod block;
pub(super) mod callout_kind;
pub(super) mod callout_title;
pub(super) mod markdown_element;
pub(super) mod quoted;
pub(super) mod rewritten;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use memchr::memmem;

use super::attributes::Attributes;
use super::lines::{CodeFence, IndentedLine, list_content, raw_html_end};
use super::write::code::unclosed::margin;
use crate::source::{SourceMap, SourceMapBuilder};
use abbreviation::Abbreviations;
use block::{BlockEnd, BlockKind, Fold, Opener, TabSet};
use quoted::Next;
use rewritten::{Block, Desugared, Title};

/// Blocks inside blocks beyond this are left as they are: each line repeats the marks of all around it.
const MOST_NESTED: usize = 32;

/// Rewrites the blocks of `text`, but none whose opening line starts at an offset in `keep`. `None` when there
/// is nothing to rewrite.
pub(super) fn desugar(text: &str, origin: &SourceMap, keep: &BTreeSet<usize>) -> Option<Desugared<'static>> {
    let bytes = text.as_bytes();
    let starts = || memchr::memchr_iter(b'\n', bytes).map(|at| at + 1);
    let is_dialect = starts_dialect(bytes)
        || starts().any(|start| starts_dialect(&bytes[start..]))
        || memmem::find_iter(bytes, "markdown").any(|at| is_in_tag(text, at));
    if !is_dialect {
        return None;
    }
    let source = origin.span(0..text.len()).source;
    let mut pass = Pass {
        text,
        origin,
        keep,
        out: SourceMapBuilder::new(source, text.len() + text.len() / 16),
        blocks: Vec::new(),
        abbreviations: Abbreviations::default(),
        margins: Vec::new(),
        elements: Vec::new(),
        changed: false,
        open: Vec::new(),
        lists: Vec::new(),
        fence: None,
        raw: None,
        blanks: Vec::new(),
        quoted: false,
        cut: None,
        options: None,
        done: 0,
    };
    for line in IndentedLine::all(text) {
        if line.start >= pass.done {
            pass.line(&line);
        }
    }
    pass.flush_blanks(0);
    if !pass.changed {
        return None;
    }
    let Pass { out, blocks, abbreviations, margins, .. } = pass;
    let (text, origin) = out.finish();
    Some(Desugared { text: Cow::Owned(text), origin, blocks, abbreviations, margins })
}

/// Whether a `<` precedes an offset, not too far away: on its line, or with no `>` since.
fn is_in_tag(text: &str, at: usize) -> bool {
    let before = &text.as_bytes()[at.saturating_sub(1024)..at];
    let line = memchr::memrchr(b'\n', before).map_or(0, |end| end + 1);
    memchr::memchr(b'<', &before[line..]).is_some()
        || memchr::memrchr2(b'<', b'>', before).is_some_and(|last| before[last] == b'<')
}

/// Whether a line may start a block of a dialect, after what surrounds it: that makes a text worth a pass.
fn starts_dialect(line: &[u8]) -> bool {
    let is_around = |byte: &u8| matches!(byte, b' ' | b'\t' | b'>' | b'-' | b'+' | b'*' | b'.' | b')' | b'0'..=b'9');
    let around = line.iter().take_while(|byte| is_around(byte)).count();
    match line[around..] {
        [mark @ (b'!' | b'?' | b'=' | b'/'), second, third, ..] => mark == second && mark == third,
        [b'[', ..] => line[..around].ends_with(b"*"),
        [b':', ..] => true,
        [b'`' | b'~', ..] => memmem::find(&line[..line.len().min(64)], b"admonish").is_some(),
        _ => false,
    }
}

/// Where a line, after the marks of the author's quotes, starts with a colon that means itself: the parser takes
/// `:rocket: Go` for a definition.
fn plain_colon(body: &str) -> Option<usize> {
    let quoted = if body.starts_with('>') { body.trim_start_matches(['>', ' ']) } else { body };
    let rest = quoted.strip_prefix(':')?;
    let is_table = rest.chars().all(|c| matches!(c, ':' | '-' | '|' | ' '));
    let is_plain = (!rest.starts_with(char::is_whitespace) && !is_table) || rest.starts_with("::");
    is_plain.then_some(body.len() - quoted.len())
}

/// A block whose end was not met yet.
pub(super) struct OpenBlock {
    /// Columns before its first line, inside what surrounds it.
    pub column: usize,
    pub scope: BlockEnd,
    /// Position in `blocks`.
    block: usize,
    /// How many lists surround it.
    lists: usize,
}

/// Where an opening line stands.
struct OpeningLine {
    /// How many open blocks surround it.
    depth: usize,
    /// Columns before its first character, inside them.
    indent: usize,
    /// Columns before the opening marks: list markers may come first.
    column: usize,
    /// Offset of the opening marks.
    at: usize,
}

/// The pass over the lines of a text.
pub(super) struct Pass<'a> {
    pub text: &'a str,
    pub origin: &'a SourceMap,
    keep: &'a BTreeSet<usize>,
    pub out: SourceMapBuilder,
    blocks: Vec<Block>,
    abbreviations: Abbreviations,
    margins: Vec<(usize, String)>,
    /// Names of the HTML elements around the line whose content is Markdown.
    pub elements: Vec<String>,
    /// Whether anything was rewritten.
    pub changed: bool,
    pub open: Vec<OpenBlock>,
    /// Columns at which the contents of open list items start, innermost last.
    lists: Vec<usize>,
    /// The code fence the pass is in, and how many blocks surround it.
    fence: Option<(CodeFence, usize)>,
    /// What ends the comment, script or style that the pass is in, and how many blocks surround it.
    raw: Option<(&'static str, usize)>,
    /// Blank lines not yet written: they belong to whatever the next line belongs to.
    pub blanks: Vec<Range<usize>>,
    /// Whether the lines since the last blank one hold a quote of the author's.
    pub quoted: bool,
    /// The column of a block that just ended, so that the next line could be taken for its paragraph's.
    pub cut: Option<usize>,
    /// The block right after whose opening line the pass is, which may say more there.
    options: Option<usize>,
    /// Lines that start before here are written already: a tag may go over several.
    pub done: usize,
}

impl Pass<'_> {
    fn line(&mut self, line: &IndentedLine<'_>) {
        if line.is_blank() {
            self.options = None;
            self.blanks.push(line.start..line.next);
            return;
        }
        let (mut depth, indent) = self.surroundings(line.indent);
        if self.options.is_some() && self.option(line, indent) {
            return;
        }
        if self.is_verbatim(line.body, depth, indent) {
            return self.copy(line, depth, indent);
        }
        if let Some(closed) = self.closed_by(line.body, depth) {
            self.blocks[self.open[closed].block].closed = true;
            return self.close(closed);
        }
        if depth < self.open.len() {
            self.close(depth);
        }
        depth = depth.min(self.open.len());
        let base = self.open.last().map_or(0, |open| open.lists);
        while self.lists.len() > base && self.lists.last().is_some_and(|column| *column > indent) {
            self.lists.pop();
        }
        let container = if self.lists.len() > base { self.lists.last().copied().unwrap_or(0) } else { 0 };
        if indent - container >= 4 {
            return self.copy(line, depth, indent);
        }
        let mut body = line.body;
        let mut body_column = indent;
        while let Some(width) = list_content(body) {
            body_column += width;
            self.lists.push(body_column);
            body = &body[width.min(body.len())..];
        }
        if self.abbreviations.define(body) {
            self.changed = true;
            return self.blanks.push(line.start..line.next);
        }
        let at = line.body_start + (line.body.len() - body.len());
        self.raw = raw_html_end(body).map(|end| (end, depth));
        if body.starts_with('<') && self.html_line(line, at, (depth, indent)) {
            return;
        }
        if !self.elements.is_empty() && self.last_line(line, (depth, indent)) {
            return;
        }
        let may_open = self.open.len() < MOST_NESTED && !self.keep.contains(&at);
        if let Some(opener) = Opener::parse(body).filter(|_| may_open) {
            return self.open(&opener, line, &OpeningLine { depth, indent, column: body_column, at });
        }
        if let Some(fence) = CodeFence::opened_by(body) {
            let container = if body_column > indent { body_column } else { container };
            return self.open_fence(CodeFence { container, ..fence }, (line, at), (depth, indent));
        }
        if let Some(colon) = plain_colon(line.body) {
            return self.copy_with_plain_colon(line, colon, (depth, indent));
        }
        self.copy(line, depth, indent);
    }

    /// Copies the line whose fence of code stands at an offset, and remembers what its author has before it.
    fn open_fence(
        &mut self,
        fence: CodeFence,
        (line, at): (&IndentedLine<'_>, usize),
        (depth, indent): (usize, usize),
    ) {
        self.fence = Some((fence, depth));
        self.copy(line, depth, indent);
        if depth > 0 {
            self.margins.push((self.out.len() + at - line.next, margin(self.text, self.origin, line.start..at)));
        }
    }

    /// Reads a line right below `/// note`, where the block says more of itself: `    type: warning`. Whether it did.
    fn option(&mut self, line: &IndentedLine<'_>, indent: usize) -> bool {
        let Some(index) = self.options.take().filter(|_| indent >= 4) else { return false };
        let Some((key, value)) = line.body.split_once(':') else { return false };
        let block = &mut self.blocks[index];
        match (key, value.trim(), &block.kind) {
            ("attrs", mapping, _) => {
                let Some(attributes) = Attributes::read_mapping(mapping) else { return false };
                let at = line.body_start + key.len() + 1 + (value.len() - value.trim_start().len());
                block.id_span = self.origin.span(at + attributes.id_at.start..at + attributes.id_at.end);
                let span = |place: &std::ops::Range<usize>| self.origin.span(at + place.start..at + place.end);
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
    fn is_verbatim(&mut self, body: &str, depth: usize, indent: usize) -> bool {
        if let Some((end, outer)) = self.raw {
            if depth < outer || body.to_ascii_lowercase().contains(end) {
                self.raw = None;
            }
            return depth >= outer;
        }
        let Some((fence, outer)) = &self.fence else { return false };
        let is_inside = depth >= *outer && indent >= fence.container;
        if !is_inside || fence.is_closed_by(body) {
            self.fence = None;
        }
        is_inside
    }

    /// How many of the open blocks a line with this indentation lies in, and the indentation left inside them.
    fn surroundings(&self, indent: usize) -> (usize, usize) {
        let mut left = indent;
        for (depth, open) in self.open.iter().enumerate() {
            let cut = open.column + if open.scope == BlockEnd::Indented { 4 } else { 0 };
            if left < cut {
                return (depth, left);
            }
            left -= cut;
        }
        (self.open.len(), left)
    }

    /// The block that a line of colons or slashes ends.
    fn closed_by(&self, body: &str, depth: usize) -> Option<usize> {
        if !body.starts_with([':', '/', '`', '~']) {
            return None;
        }
        let ends = |open: &OpenBlock| open.scope.is_closed_by(body);
        // The line may stand at the column of its block's first line, which is outside what it cut off.
        (0..self.open.len()).rev().filter(|index| *index <= depth).find(|index| ends(&self.open[*index]))
    }

    fn open(&mut self, opener: &Opener<'_>, line: &IndentedLine<'_>, place: &OpeningLine) {
        let &OpeningLine { depth, indent, column, at } = place;
        self.separate(depth, Next::Opener, line.start);
        self.flush_blanks(depth);
        self.write_prefix(depth, indent, self.origin.span(line.start..at));
        if at > line.body_start {
            self.out.copy_derived(self.text, line.body_start..at, self.origin);
        }
        let body = &self.text[at..line.end];
        let whole = self.origin.span(at..at + body.len());
        let title = match &opener.title {
            None => Title::Default,
            Some(range) if range.is_empty() => Title::None,
            Some(_) => Title::Given,
        };
        self.changed = true;
        self.options = matches!(opener.scope, BlockEnd::Slashed(_)).then_some(self.blocks.len());
        self.open.push(OpenBlock { column, scope: opener.scope, block: self.blocks.len(), lists: self.lists.len() });
        self.blocks.push(Block {
            at: self.out.len(),
            kind: opener.kind.clone(),
            words: opener.words.to_owned(),
            words_span: body
                .find(opener.words)
                .map_or(whole, |words| self.origin.span(at + words..at + words + opener.words.len())),
            title,
            attributes: Attributes::default(),
            id_span: whole,
            refused: Vec::new(),
            opener: at,
            span: self.origin.span(at..at + body.trim_end().len()),
            closed: opener.scope == BlockEnd::Indented,
        });
        match &opener.title {
            Some(range) if !range.is_empty() => {
                self.out.insert("> # ", self.origin.span(at..at + range.start));
                self.out.copy_derived(self.text, at + range.start..at + range.end, self.origin);
                // A closing mark, so that nothing at the end of the title is taken for one.
                self.out.insert(" #\n", self.origin.span(at + range.end..at + body.len()));
            }
            _ => self.out.insert(">\n", whole),
        }
        self.quoted = false;
    }

    fn close(&mut self, depth: usize) {
        if let Some(outermost) = self.open.get(depth) {
            self.lists.truncate(outermost.lists);
            self.cut = Some(outermost.column);
        }
        self.open.truncate(depth);
    }
}
