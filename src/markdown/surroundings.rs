//! What is around the places of a text: cells of tables, raw HTML, tags, code.
//! In: a text as it was written, dialects and all. Out: for each place what a value must look like there, and the words
//! in brackets that somebody has to fill in.
//! Never knows: values.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use super::budget::Bounded;
use super::compile::{in_rounds, parser_options, unclaimed};
use super::desugar::Desugared;
use super::document::{Document, LinkKind};
use super::tag::{self, Markup};
use super::writer::Spotted;
use super::{Options, Within};
use crate::text::{Origin, SourceId, Span};
use crate::url::AddressPart;

/// Languages of blocks that hold a text to send, not code.
const LETTERS: [&str; 6] = ["", "text", "txt", "md", "markdown", "email"];

/// What is around the places of a text.
#[derive(Debug, Default)]
pub(super) struct Surroundings {
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
}

impl Surroundings {
    /// Looks at a text with the parser itself, after dialects are rewritten.
    pub(super) fn of(text: &str, options: &Options) -> Self {
        let origin = Origin::identity(Span::new(SourceId::new(0), 0..text.len()));
        let bounded = Bounded::of(text, &origin);
        let mut found = in_rounds(&bounded.text, &bounded.origin, |desugared| parsed(desugared, options));
        let Self { cells, code, html, tags, texts, letters, .. } = &mut found;
        for list in [cells, code, html, tags, texts, letters] {
            list.sort_by_key(|range| range.start);
        }
        found.links.sort_unstable();
        found
    }

    /// What a value must look like at a place; `document` is the text compiled, with its links in place.
    pub(super) fn within(&self, text: &str, place: usize, document: &Document) -> Within {
        let address = document.links.iter().find(|link| link.span.range().contains(&place));
        if let Some(link) = address {
            let part = AddressPart::after(&text[link.span.range().start..place]);
            return match link.kind {
                LinkKind::HtmlHref | LinkKind::HtmlSrc => Within::HtmlAddress(part),
                LinkKind::Markdown | LinkKind::Image | LinkKind::Autolink | LinkKind::UnusedDefinition => {
                    Within::Address(part)
                }
            };
        }
        let line = text[..place].rfind('\n').map_or(0, |at| at + 1);
        let before = &text[line..place];
        // Behind the address of a link comes its title.
        let is_title = |span: Range<usize>, whole: Range<usize>| span.end <= place && whole.contains(&place);
        let has_title = |link: &super::Link| !link.span.is_empty() && is_title(link.span.range(), link.whole.range());
        if holds(&self.tags, place)
            || document
                .links
                .iter()
                .any(|link| matches!(link.kind, LinkKind::Markdown | LinkKind::Image) && has_title(link))
        {
            Within::Attribute
        } else if holds(&self.code, place) {
            Within::Code(before.chars().take_while(|c| matches!(c, ' ' | '\t' | '>')).collect())
        } else if holds(&self.html, place) {
            Within::Html
        } else if holds(&self.cells, place) {
            Within::Cell
        } else {
            let is_mark =
                |c: char| c.is_whitespace() || c.is_ascii_digit() || matches!(c, '>' | '-' | '*' | '+' | '.' | ')');
            Within::Text { begins: before.chars().all(is_mark) }
        }
    }

    /// The words in brackets that nobody has a value for yet: `[Client Name]`. Links and references, footnotes, boxes to
    /// tick, and code are none.
    pub(super) fn brackets(&self, text: &str) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(start) = text[at..].find('[').map(|offset| at + offset) {
            at = start + 1;
            let Some(length) = text[at..].find(['[', ']']).filter(|end| text[at + end..].starts_with(']')) else {
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
        let words = &text[range.start + 1..range.end - 1];
        let (before, after) = (&text[..range.start], &text[range.end..]);
        let line = before.rfind('\n').map_or("", |at| &before[at + 1..]);
        let starts = line.chars().all(|c| !c.is_alphanumeric() || c.is_ascii_digit());
        let is_word = words.chars().any(char::is_alphabetic)
            && !words.starts_with(['^', '!', '@', '"', '\''])
            && words.matches('\n').count() < 2
            && !words.contains(['<', '>', '`'])
            && words != "x"
            && !(words == "X" && starts);
        let is_alone = !before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ']' | '[' | '\\' | '!' | '_'))
            && !after.starts_with(['(', '[', ']']);
        // In a block without a language, a name in brackets may be a part of code.
        let is_phrase =
            words.starts_with(char::is_uppercase) && words.contains(char::is_lowercase) || words.contains(' ');
        let is_text = holds(&self.texts, range.start + 1) && self.links.binary_search(&range.start).is_err();
        is_word && is_alone && (is_text || (is_phrase && holds(&self.letters, range.start)))
    }
}

/// Whether a place lies in one of some ranges that are sorted by their starts and do not cross.
fn holds(ranges: &[Range<usize>], place: usize) -> bool {
    let next = ranges.partition_point(|range| range.start <= place);
    ranges[..next].last().is_some_and(|range| range.contains(&place))
}

fn parsed(desugared: &Desugared<'_>, options: &Options) -> Result<Surroundings, Vec<usize>> {
    let text: &str = &desugared.text;
    let events: Vec<Spotted<'_>> = Parser::new_ext(text, parser_options(options)).into_offset_iter().collect();
    let unclaimed = unclaimed(&events, &desugared.blocks);
    if !unclaimed.is_empty() {
        return Err(unclaimed);
    }
    let mut found = Surroundings::default();
    let mut in_code = false;
    let place = |range: &Range<usize>| desugared.origin.span(range.clone()).range();
    for (event, range) in &events {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                in_code = true;
                let language = match kind {
                    CodeBlockKind::Fenced(info) => info.split_whitespace().next().unwrap_or_default(),
                    CodeBlockKind::Indented => "",
                };
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

/// The tags in a piece of raw HTML.
fn tags(text: &str, piece: &Range<usize>) -> Vec<Range<usize>> {
    let mut list = Vec::new();
    let mut at = piece.start;
    while let Some(start) = text[at..piece.end].find('<').map(|offset| at + offset) {
        at = start + 1;
        if let Markup::Open(tag) = tag::read(&text[start..piece.end]) {
            list.push(start..start + tag.end);
            at = start + tag.end;
        }
    }
    list
}
