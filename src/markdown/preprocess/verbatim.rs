//! Comments and code: the stretches of a text in which nothing else is looked for.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::budget::Bounded;
use crate::html::tokenizer::{Markup, next_markup};
use crate::markdown::Options;
use crate::markdown::desugar::rewritten::Desugared;
use crate::markdown::parse::{SpannedEvent, Unclaimed, claimed, in_rounds, parser_options};
use crate::source::{Part as _, SourceId, SourceMap, Span};

/// Elements that show or run their content as it is.
const ELEMENTS: [&str; 5] = ["code", "pre", "script", "style", "textarea"];

/// Why a stretch stands for itself.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(crate) enum VerbatimKind {
    /// Nobody sees it.
    Comment,
    /// Code in a line of prose.
    CodeSpan,
    /// A block of code, or the content of an element that keeps what is in it.
    Block,
}

/// Stretches of a text that are comments or code, by their start.
#[derive(Debug)]
pub(crate) struct Verbatim(Vec<(Range<usize>, VerbatimKind)>);

impl Verbatim {
    /// Finds them with the parser itself, after dialects are rewritten: the content of a callout is no code.
    pub(crate) fn of(text: &str, options: &Options) -> Self {
        // Places come back as offsets into this text, so any source will do.
        let source_map = SourceMap::identity(Span::new(SourceId::new(0), 0..text.len()));
        let bounded = Bounded::of(text, &source_map);
        let mut list = in_rounds(&bounded.text, &bounded.source_map, |desugared| parsed(desugared, options));
        list.sort_by_key(|(range, _)| range.start);
        // The furthest end comes first among those that hold each other.
        let mut end = 0;
        list.retain(|(range, _)| {
            let is_outer = range.end > end;
            end = end.max(range.end);
            is_outer
        });
        Self(list)
    }

    /// What a place is in.
    pub(crate) fn at(&self, place: usize) -> Option<VerbatimKind> {
        self.around(place).map(|(_, kind)| kind)
    }

    /// What a place is in, and all of it.
    pub(crate) fn around(&self, place: usize) -> Option<(Range<usize>, VerbatimKind)> {
        let next = self.0.partition_point(|(range, _)| range.start <= place);
        let (range, kind) = self.0.get(next.checked_sub(1)?)?;
        range.contains(&place).then(|| (range.clone(), *kind))
    }
}

fn parsed(desugared: &Desugared<'_>, options: &Options) -> Result<Vec<(Range<usize>, VerbatimKind)>, Unclaimed> {
    let text: &str = &desugared.text;
    let events: Vec<SpannedEvent<'_>> = Parser::new_ext(text, parser_options(options)).into_offset_iter().collect();
    claimed(&events, desugared)?;
    let mut markup = RawMarkup { text, open: None, list: Vec::new() };
    for (event, range) in &events {
        match event {
            Event::Code(_) => markup.list.push((range.clone(), VerbatimKind::CodeSpan)),
            Event::Start(Tag::CodeBlock(_)) => markup.list.push((range.clone(), VerbatimKind::Block)),
            Event::Html(_) => markup.scan(range, VerbatimKind::Block),
            Event::InlineHtml(_) => markup.scan(range, VerbatimKind::CodeSpan),
            Event::End(TagEnd::HtmlBlock) => markup.end_block(range.end),
            // What a line of prose leaves open ends with it.
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::TableCell | TagEnd::Item) => {
                markup.open.take_if(|open| open.kind == VerbatimKind::CodeSpan);
            }
            _ => {}
        }
    }
    let place =
        |(range, kind): &(Range<usize>, VerbatimKind)| (desugared.source_map.span(range.clone()).range(), *kind);
    Ok(markup.list.iter().map(place).collect())
}

/// Raw HTML, piece by piece.
struct RawMarkup<'t> {
    text: &'t str,
    open: Option<OpenElement>,
    list: Vec<(Range<usize>, VerbatimKind)>,
}

/// A comment or an element whose end was not met yet.
struct OpenElement {
    /// `None` for a comment.
    name: Option<String>,
    start: usize,
    kind: VerbatimKind,
}

impl RawMarkup<'_> {
    fn scan(&mut self, piece: &Range<usize>, kind: VerbatimKind) {
        let mut at = piece.start;
        while at < piece.end {
            let rest = self.text.part(at..piece.end);
            if self.open.as_ref().is_some_and(|open| open.name.is_none()) {
                let Some(end) = rest.find("-->") else { return };
                at += end + 3;
                self.close(at);
                continue;
            }
            let Some(markup) = next_markup(self.text.part(..piece.end), at) else { return };
            at = markup.span().end;
            match markup {
                // In a script, `<!--` opens nothing.
                Markup::UnclosedComment(span) if self.open.is_none() => {
                    self.open = Some(OpenElement { name: None, start: span.start, kind: VerbatimKind::Comment });
                }
                Markup::Comment(span) => self.list.push((span, VerbatimKind::Comment)),
                Markup::StartTag(tag) => {
                    if self.open.is_none() && ELEMENTS.contains(&&*tag.name) {
                        let start = tag.span.start;
                        self.open = Some(OpenElement { name: Some(tag.name.into_owned()), start, kind });
                    }
                }
                Markup::EndTag(tag) => {
                    if self.open.as_ref().is_some_and(|open| open.name.as_deref() == Some(&*tag.name)) {
                        self.close(tag.span.end);
                    }
                }
                // What this piece leaves open may end in the next one.
                Markup::UnclosedComment(_) | Markup::UnclosedTag(_) => {}
            }
        }
    }

    fn close(&mut self, end: usize) {
        if let Some(open) = self.open.take() {
            self.list.push((open.start..end, open.kind));
        }
    }

    /// The end of a block of HTML ends a comment; an element goes on for as far as the block went, at least.
    fn end_block(&mut self, end: usize) {
        match &self.open {
            Some(open) if open.name.is_none() => self.close(end),
            Some(open) => self.list.push((open.start..end, open.kind)),
            None => {}
        }
    }
}
