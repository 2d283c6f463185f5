//! A text as Markdown again, for somebody else's files: with what it includes, and placeholders that can be filled.

use std::borrow::Cow;
use std::cell::LazyCell;
use std::ops::Range;

use super::names::{Form, authored};
use super::seal::{next_sealed, shown};
use crate::diagnostic::Diagnostics;
use crate::markdown::compile::{ExpandedText, prepare, read};
use crate::markdown::preprocess::comments::hidden;
use crate::markdown::preprocess::surroundings::{LinkTargets, Surroundings};
use crate::markdown::preprocess::verbatim::{Verbatim, VerbatimKind};
use crate::markdown::{CompileContext, Document, Options, Within};
use crate::source::{Part as _, SourceMap, Span};

/// A text that can be written again.
#[derive(Clone, Debug, Default)]
pub struct TemplateSource {
    /// With what it includes and the values of variables, names that are filled in later sealed.
    text: String,
    /// Where the destination of each link stands in the text, in the order of [`Document::links`].
    pub links: Vec<Range<usize>>,
    /// What shows parts of the site.
    parts: Vec<SitePart>,
    /// Sorted by place.
    placeholders: Vec<(Range<usize>, FilledPart)>,
}

/// A block that shows a part of the site.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SitePart {
    /// The block.
    pub range: Range<usize>,
    /// Its position in [`Document::embeds`].
    pub embed: usize,
    /// Whether it stays as it is in a document outside the site.
    pub stays: bool,
}

#[derive(Clone, Debug)]
enum FilledPart {
    Blank { name: String, written: String, within: Within },
    Value(String),
}

/// A piece of a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum TemplatePiece<'m> {
    /// Markdown.
    Text(Cow<'m, str>),
    /// A place to be filled in.
    Blank {
        /// Of what is wanted.
        name: &'m str,
        /// What stands there until then.
        written: &'m str,
        /// What is around it.
        within: &'m Within,
    },
}

impl TemplateSource {
    /// Takes a text apart; the places in the document are those in the template source.
    pub fn new(text: &str, body: Span, options: &Options, context: &dyn CompileContext) -> (Self, Document) {
        let ExpandedText { text, .. } = prepare(text, body, context, options, &mut Diagnostics::new());
        let place = Span::new(body.source, 0..text.len());
        let document = read(&text, &SourceMap::identity(place), options, context).value;
        let links = document.links.iter().map(|link| link.span.range()).collect();
        let placeholders = placeholders(&text, &document, options, context);
        (Self { text: text.into_owned(), links, parts: Vec::new(), placeholders }, document)
    }

    /// A text whose links are known from compiling it. `None` if it is not written as it was compiled, because it
    /// includes something or may have names that are filled in: then it has to be taken apart.
    #[must_use]
    pub fn as_compiled(
        text: &str,
        body: Span,
        links: Vec<Range<usize>>,
        options: &Options,
        context: &dyn CompileContext,
    ) -> Option<Self> {
        let prepared = prepare(text, body, context, options, &mut Diagnostics::new()).text;
        // Words that ask for something stay as they are written, unless there is a value for them.
        let has_value = |name: &str| authored(context, name).is_some();
        let may_be_filled = || context.blanks().may_be_in(Form::Plain, text) && context.blanks().names().any(has_value);
        let is_same = matches!(prepared, Cow::Borrowed(_)) && !may_be_filled();
        is_same.then(|| Self { text: text.to_owned(), links, parts: Vec::new(), placeholders: Vec::new() })
    }

    /// Takes out what its author wrote for nobody: comments.
    pub fn drop_comments(&mut self, options: &Options) {
        let comments = hidden(&self.text, options).into_iter();
        self.placeholders.extend(comments.map(|range| (range, FilledPart::Value(String::new()))));
        self.placeholders.sort_by_key(|(range, _)| range.start);
    }

    /// Notes a block of the text that shows a part of the site.
    pub fn add_part(&mut self, part: SitePart) {
        // Without the break behind it, wherever the parser lets a block end.
        let SitePart { range, embed, stays } = part;
        let end = range.start + self.text.part(range.clone()).trim_end_matches('\n').len();
        self.parts.push(SitePart { range: range.start..end, embed, stays });
    }

    /// The words in brackets that nobody has a value for: `[Client Name]`, as they were written, in order.
    #[must_use]
    pub fn brackets(&self) -> Vec<String> {
        brackets(&self.text, &self.placeholders)
    }

    /// The text in pieces, each link whose new address is given leading there, without the site's own parts.
    pub fn pieces(&self, address: impl Fn(usize) -> Option<String>) -> Vec<TemplatePiece<'_>> {
        self.pieces_with(address, |part| (!part.stays).then(String::new))
    }

    /// The same with other blocks in place of the site's own parts, where there are any.
    pub fn pieces_with(
        &self,
        address: impl Fn(usize) -> Option<String>,
        shown: impl Fn(&SitePart) -> Option<String>,
    ) -> Vec<TemplatePiece<'_>> {
        let links = self.links.iter().enumerate().filter(|(_, range)| !range.is_empty());
        let links =
            links.filter_map(|(index, range)| Some((range.clone(), TemplatePiece::Text(address(index)?.into()))));
        let parts = self.parts.iter().filter_map(|part| {
            let block = self.block(&part.range, &shown(part)?);
            Some((part.range.clone(), TemplatePiece::Text(block.into())))
        });
        let placeholders = self.placeholders.iter().map(|(range, filling)| (range.clone(), filling.piece()));
        let mut edits: Vec<(Range<usize>, TemplatePiece<'_>)> = parts.chain(links).chain(placeholders).collect();
        // Of two edits at one place the first holds: a link is written whole, with the placeholders in its address.
        edits.sort_by_key(|(range, _)| range.start);
        let mut pieces = Vec::new();
        let mut done = 0;
        for (range, piece) in edits {
            // Inside what was written just now.
            if range.start < done {
                continue;
            }
            pieces.push(TemplatePiece::Text(Cow::Borrowed(self.text.part(done..range.start))));
            pieces.push(piece);
            done = range.end;
        }
        pieces.push(TemplatePiece::Text(Cow::Borrowed(self.text.part(done..))));
        pieces
    }

    /// A block in place of another, in the same list or quote, with empty lines around it.
    fn block(&self, range: &Range<usize>, block: &str) -> String {
        let is_empty = |line: &str| line.trim_start_matches(['>', ' ', '\t']).is_empty();
        let (before, behind) = (self.text.part(..range.start), self.text.part(range.end..));
        let (above, opening) = before.rsplit_once('\n').unwrap_or(("", before));
        // What surrounds the block is before its first line only as `- ` of a list, and as `> ` of a quote before each.
        let margin: String = opening.chars().map(|c| if matches!(c, '>' | '\t') { c } else { ' ' }).collect();
        let mut lines: Vec<&str> = block.trim_matches('\n').lines().collect();
        if is_empty(opening) && !is_empty(above.rsplit('\n').next().unwrap_or_default()) && !lines.is_empty() {
            lines.insert(0, "");
        }
        // Text right behind a list would belong to its last item.
        if !is_empty(behind.lines().nth(1).unwrap_or_default()) && !lines.is_empty() {
            lines.push("");
        }
        let line = |line: &&str| if line.is_empty() { margin.trim_end().to_owned() } else { format!("{margin}{line}") };
        let text = lines.iter().map(line).collect::<Vec<_>>().join("\n");
        // The margin of the first line is in the text already.
        text.strip_prefix(&margin).or_else(|| text.strip_prefix(margin.trim_end())).unwrap_or_default().to_owned()
    }
}

impl FilledPart {
    fn piece(&self) -> TemplatePiece<'_> {
        match self {
            Self::Blank { name, written, within } => TemplatePiece::Blank { name, written, within },
            Self::Value(value) => TemplatePiece::Text(Cow::Borrowed(value)),
        }
    }
}

/// The words in brackets of a text that nobody has a value for: `[Client Name]`, as they were written.
fn brackets(text: &str, placeholders: &[(Range<usize>, FilledPart)]) -> Vec<String> {
    let verbatim = Verbatim::of(text, &Options::default());
    let is_free = |range: &Range<usize>| {
        !matches!(verbatim.at(range.start), Some(VerbatimKind::Comment | VerbatimKind::CodeSpan))
            && !crosses(placeholders, range)
    };
    let found = Surroundings::of(text, &Options::default()).brackets(text).into_iter().filter(is_free);
    found.map(|range| text.part(range).split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

/// Whether a stretch shares a letter with one of some placeholders, which are sorted.
fn crosses(placeholders: &[(Range<usize>, FilledPart)], range: &Range<usize>) -> bool {
    let before_end = placeholders.partition_point(|(own, _)| own.start < range.end);
    let before = before_end.checked_sub(1).and_then(|last| placeholders.get(last));
    before.is_some_and(|(own, _)| own.end > range.start)
}

/// The placeholders of a text: sealed names anywhere, and literal words outside comments and code in prose. A block of code
/// may be a letter to send.
fn placeholders(
    text: &str,
    document: &Document,
    options: &Options,
    context: &dyn CompileContext,
) -> Vec<(Range<usize>, FilledPart)> {
    let mut list = Vec::new();
    let around = LazyCell::new(|| (Surroundings::of(text, options), LinkTargets::of(document)));
    let within = |at| around.0.within(text, at, &around.1);
    let mut at = 0;
    // `[Partner Name](terms.md)` is a link, and no text asks for its words; a name in braces asks wherever it stands.
    while let Some((range, name)) = next_sealed(text, at) {
        at = range.end;
        // Names in braces are no syntax of diagrams.
        let within = within(range.start).unwrap_or(Within::Label);
        list.push((range, FilledPart::Blank { name: name.to_owned(), written: shown(name), within }));
    }
    if context.blanks().may_be_in(Form::Plain, text) {
        let verbatim = Verbatim::of(text, options);
        let mut done = 0;
        for (at, _) in text.char_indices() {
            if at < done {
                continue;
            }
            let Some((length, name)) = context.blanks().words_at(Form::Plain, text.part(at..)) else { continue };
            done = at + length;
            if matches!(verbatim.at(at), Some(VerbatimKind::Comment | VerbatimKind::CodeSpan))
                || is_link(text, at, done)
            {
                continue;
            }
            let Some(within) = within(at) else { continue };
            let filling = match authored(context, name) {
                Some(value) => FilledPart::Value(within.put(&value)),
                None => FilledPart::Blank { name: name.to_owned(), written: text.part(at..done).to_owned(), within },
            };
            list.push((at..done, filling));
        }
        list.sort_by_key(|(range, _)| range.start);
    }
    list
}

/// Whether words in brackets are a link's, or define one.
fn is_link(text: &str, start: usize, end: usize) -> bool {
    let is_first = text.part(..start).trim_end_matches(' ').ends_with('\n') || start == 0;
    text.part(..end).ends_with(']')
        && (text.part(end..).starts_with(['(', '[']) || (is_first && text.part(end..).starts_with(':')))
}
