//! What is around a place of a text, a cell or a tag or code, so that a value put there is read as it was given.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use super::budget::Bounded;
use crate::html::tokenizer::{Markup, next_markup};
use crate::markdown::desugar::block::quotes_title;
use crate::markdown::desugar::rewritten::Desugared;
use crate::markdown::document::{Document, Link, LinkKind};
use crate::markdown::parse::{SpannedEvent, Unclaimed, claimed, in_rounds, parser_options};
use crate::markdown::write::embed::is_diagram;
use crate::markdown::{Options, Within};
use crate::source::{Part as _, SourceId, SourceMap, Span};
use crate::url::AddressPart;

/// Languages of blocks that hold a text to send, not code.
const LETTERS: [&str; 6] = ["", "text", "txt", "md", "markdown", "email"];

/// What is around the places of a text.
#[derive(Debug, Default)]
pub(crate) struct Surroundings {
    cells: Vec<Range<usize>>,
    code: Vec<Range<usize>>,
    /// Blocks of raw HTML, with their tags among `tags`.
    html: Vec<Range<usize>>,
    tags: Vec<Range<usize>>,
    /// What readers read, but for code.
    texts: Vec<Range<usize>>,
    /// Blocks that hold a text to send.
    letters: Vec<Range<usize>>,
    /// Where links and images begin.
    links: Vec<usize>,
    /// Diagrams, of which only what is in quotes is text.
    diagrams: Vec<Range<usize>>,
    /// What is in quotes in diagrams.
    labels: Vec<Range<usize>>,
    /// Definitions of links, from behind their labels on.
    definitions: Vec<Range<usize>>,
    /// Where lines begin.
    lines: Vec<usize>,
}

/// The addresses of the links of a text, and the titles behind them.
#[derive(Debug)]
pub(crate) struct LinkTargets {
    /// Sorted; each with whether it is in an attribute.
    places: Vec<(Range<usize>, bool)>,
    titles: Vec<Range<usize>>,
}

impl LinkTargets {
    /// Those of a text that is compiled, with its links in place.
    pub(crate) fn of(document: &Document) -> Self {
        let is_html = |link: &Link| matches!(link.kind, LinkKind::HtmlHref | LinkKind::HtmlSrc | LinkKind::HtmlOther);
        // A link without an address has no place for a value.
        let links = || document.links.iter().filter(|link| !link.span.is_empty());
        let mut places: Vec<(Range<usize>, bool)> = links().map(|link| (link.span.range(), is_html(link))).collect();
        // Behind the address of a link comes its title, where both are together.
        let title = |link: &Link| {
            let (span, whole) = (link.span.range(), link.whole.range());
            (whole.start <= span.start && span.end <= whole.end).then_some(span.end..whole.end)
        };
        let is_written = |link: &&Link| matches!(link.kind, LinkKind::Markdown | LinkKind::Image);
        let mut titles: Vec<Range<usize>> = links().filter(is_written).filter_map(title).collect();
        places.sort_by_key(|(range, _)| range.start);
        titles.sort_by_key(|range| range.start);
        Self { places, titles }
    }

    /// What a value must look like in the address at a place; `None` where there is none.
    fn within(&self, text: &str, place: usize) -> Option<Within> {
        let next = self.places.partition_point(|(range, _)| range.start <= place);
        let (range, is_html) = self.places.get(..next)?.last().filter(|(range, _)| range.contains(&place))?;
        let part = AddressPart::after(text.part(range.start..place));
        Some(if *is_html { Within::HtmlAddress(part) } else { Within::Address(part) })
    }
}

impl Surroundings {
    /// Looks at a text with the parser itself, after dialects are rewritten.
    pub(crate) fn of(text: &str, options: &Options) -> Self {
        let source_map = SourceMap::identity(Span::new(SourceId::new(0), 0..text.len()));
        let bounded = Bounded::of(text, &source_map);
        let mut found = in_rounds(&bounded.text, &bounded.source_map, |desugared| parsed(desugared, options));
        let Self { cells, code, html, tags, texts, letters, diagrams, definitions, .. } = &mut found;
        for list in [cells, code, html, tags, texts, letters, diagrams, definitions] {
            list.sort_by_key(|range| range.start);
        }
        found.links.sort_unstable();
        found.labels = found.diagrams.iter().flat_map(|diagram| quoted(text, diagram)).collect();
        found.lines = std::iter::once(0).chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1)).collect();
        found
    }

    /// What a value must look like at a place; `None` where words in brackets are the syntax of a diagram.
    pub(crate) fn within(&self, text: &str, place: usize, addresses: &LinkTargets) -> Option<Within> {
        if let Some(within) = addresses.within(text, place) {
            return Some(within);
        }
        let before = self.line_before(text, place);
        // Inner before outer: a label is in a diagram, and a diagram is a block of code.
        let within = if holds(&self.tags, place) || holds(&addresses.titles, place) || holds(&self.definitions, place) {
            Within::Attribute
        } else if holds(&self.labels, place) {
            Within::Label
        } else if holds(&self.diagrams, place) {
            return None;
        } else if holds(&self.code, place) {
            Within::Code(before.chars().take_while(|c| matches!(c, ' ' | '\t' | '>')).collect())
        } else if holds(&self.html, place) {
            Within::Html
        } else if holds(&self.cells, place) {
            Within::Cell
        } else if is_title_of_block(before) {
            Within::Quoted
        } else {
            Within::Text { begins: before.chars().all(is_mark) }
        };
        Some(within)
    }

    /// What precedes a place on its line.
    fn line_before<'t>(&self, text: &'t str, place: usize) -> &'t str {
        let next = self.lines.partition_point(|start| *start <= place);
        let start = next.checked_sub(1).and_then(|line| self.lines.get(line));
        text.part(start.copied().unwrap_or_default()..place)
    }

    /// The words in brackets that nobody has a value for yet: `[Client Name]`. Links and references, footnotes, boxes to
    /// tick, and code are none.
    pub(crate) fn brackets(&self, text: &str) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(start) = text.part(at..).find('[').map(|offset| at + offset) {
            at = start + 1;
            let Some(length) = text.part(at..).find(['[', ']']).filter(|end| text.part(at + end..).starts_with(']'))
            else {
                continue;
            };
            let range = start..at + length + 1;
            if self.is_bracket(text, &range) {
                at = range.end;
                found.push(range);
            }
        }
        found
    }

    fn is_bracket(&self, text: &str, range: &Range<usize>) -> bool {
        let words = text.part(range.start + 1..range.end - 1);
        let (before, after) = (text.part(..range.start), text.part(range.end..));
        let starts = || self.line_before(text, range.start).chars().all(|c| !c.is_alphanumeric() || c.is_ascii_digit());
        let is_word = words.chars().any(char::is_alphabetic)
            && !words.starts_with(['^', '!', '@', '"', '\''])
            && words.matches('\n').count() < 2
            && !words.contains(['<', '>', '`'])
            // A box that is ticked: `[x]`, `[X]`.
            && words != "x"
            && !(words == "X" && starts());
        let is_alone = !before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ']' | '[' | '\\' | '!' | '_'))
            && !after.starts_with(['(', '[', ']']);
        // In a block without a language, a name in brackets may be a part of code.
        let is_phrase =
            words.starts_with(char::is_uppercase) && words.contains(char::is_lowercase) || words.contains(' ');
        let is_text = holds(&self.texts, range.start + 1) && self.links.binary_search(&range.start).is_err();
        is_word
            && is_alone
            && (is_text || (is_phrase && (holds(&self.letters, range.start) || holds(&self.labels, range.start))))
    }
}

/// Whether a place is in one of some ranges that are sorted by their starts and do not cross.
fn holds(ranges: &[Range<usize>], place: usize) -> bool {
    let next = ranges.partition_point(|range| range.start <= place);
    ranges.get(..next).and_then(<[_]>::last).is_some_and(|range| range.contains(&place))
}

fn parsed(desugared: &Desugared<'_>, options: &Options) -> Result<Surroundings, Unclaimed> {
    let text: &str = &desugared.text;
    let parser = Parser::new_ext(text, parser_options(options));
    let defined: Vec<Range<usize>> = parser.reference_definitions().iter().map(|(_, own)| own.span.clone()).collect();
    let events: Vec<SpannedEvent<'_>> = parser.into_offset_iter().collect();
    claimed(&events, desugared)?;
    let mut found = Surroundings::default();
    let mut in_code = false;
    let place = |range: &Range<usize>| desugared.source_map.span(range.clone()).range();
    for whole in &defined {
        let label = text.part(whole.clone()).find("]:").map_or(whole.end, |at| whole.start + at + 2);
        found.definitions.push(place(&(label..whole.end)));
    }
    for (event, range) in &events {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                in_code = true;
                let language = match kind {
                    CodeBlockKind::Fenced(info) => info.split_whitespace().next().unwrap_or_default(),
                    CodeBlockKind::Indented => "",
                };
                if is_diagram(language) {
                    found.diagrams.push(place(range));
                }
                // A letter to send is often shown as code, so that it can be copied whole.
                if LETTERS.contains(&language.to_ascii_lowercase().as_str()) {
                    found.letters.push(place(range));
                }
                found.code.push(place(range));
            }
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Start(Tag::TableCell) => found.cells.push(place(range)),
            Event::Start(Tag::HtmlBlock) => found.html.push(place(range)),
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => found.links.push(place(range).start),
            Event::Html(_) | Event::InlineHtml(_) => {
                found.tags.extend(tags(text, range).iter().map(&place));
            }
            Event::Text(_) if !in_code => found.texts.push(place(range)),
            _ => {}
        }
    }
    Ok(found)
}

/// What is in quotes in a diagram.
fn quoted(text: &str, diagram: &Range<usize>) -> Vec<Range<usize>> {
    let mut list = Vec::new();
    let mut open = None;
    let mut start = diagram.start;
    for line in text.part(diagram.clone()).split_inclusive('\n') {
        let is_comment = line.trim_start_matches([' ', '\t', '>']).starts_with("%%");
        for (at, _) in line.match_indices('"').filter(|_| !is_comment) {
            match open.take() {
                Some(first) => list.push(first..start + at),
                None => open = Some(start + at + 1),
            }
        }
        start += line.len();
    }
    list
}

/// Whether the quoted title of a callout or a tab is open at the end of a line's beginning: `!!! note "For `.
fn is_title_of_block(before: &str) -> bool {
    let opener = before.trim_start_matches(is_mark);
    quotes_title(opener) && opener.matches('"').count() % 2 == 1
}

/// Signs that begin lines of blocks.
fn is_mark(c: char) -> bool {
    c.is_whitespace() || c.is_ascii_digit() || matches!(c, '>' | '-' | '*' | '+' | '.' | ')')
}

/// The tags in a piece of raw HTML.
fn tags(text: &str, piece: &Range<usize>) -> Vec<Range<usize>> {
    let mut list = Vec::new();
    let mut at = piece.start;
    while let Some(markup) = next_markup(text.part(..piece.end), at) {
        at = markup.span().end;
        if let Markup::StartTag(tag) = markup {
            list.push(tag.span);
        }
    }
    list
}
