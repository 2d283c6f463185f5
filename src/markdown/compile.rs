//! One Markdown text, compiled.
//! In: a text, what it may include, and how it is to be read. Out: a `Document` and what was found.
//! Never knows: how any construct is drawn.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Options as ParserOptions, Parser, Tag};

use super::desugar::abbreviation::Abbreviations;
use super::desugar::desugar;
use super::desugar::rewritten::{Block, Desugared};
use super::document::Document;
use super::lint::leaked::LEAKED;
use super::lint::list_restart;
use super::placeholder::holes;
use super::preprocess::budget::Bounded;
use super::preprocess::depth::TOO_DEEP;
use super::preprocess::{conflict, include, variable};
use super::write::code::fence::UNCLOSED;
use super::write::definition::{Definitions, report_duplicates};
use super::write::tag_index;
use super::write::writer::{Input, Spotted, Writer};
use super::{CompileContext, Options};
use crate::diagnostic::{Diagnostic, Diagnostics, Parsed, Rule};
use crate::source::{SourceMap, Span};

/// A reference that no definition stands for.
pub(super) static UNDEFINED_REFERENCE: Rule =
    Rule::warning("link/undefined-reference", include_str!("undefined_reference.md"));
/// A footnote that no text stands for.
pub(super) static UNDEFINED_FOOTNOTE: Rule =
    Rule::warning("link/undefined-footnote", include_str!("undefined_footnote.md"));

/// How often a text is rewritten because the parser saw code or HTML where a block was taken for one.
const MOST_ROUNDS: usize = 4;

/// Compiles a text that stands at `body` in its file.
pub(super) fn compile(text: &str, body: Span, options: &Options, world: &dyn CompileContext) -> Parsed<Document> {
    let mut found = Diagnostics::new();
    let ExpandedText { text, origin, title } = prepare(text, body, (world, options), &mut found);
    let mut parsed = read(&text, &origin, options, world);
    parsed.value.title = title;
    // What could not be replaced is still in the text; it is known by a better name than leaked syntax.
    let known = DiagnosticSpans::of(&found);
    parsed.found.retain(|leak| leak.rule != &LEAKED || !known.overlaps(leak.span));
    parsed.found.append(&mut found);
    parsed.found.sort_by_key(|finding| (finding.span, finding.rule.code));
    parsed
}

/// The places of findings, so that a page full of them asks for each of its leaks quickly.
struct DiagnosticSpans {
    /// Sorted, each with the furthest end of it and those before it in the same source.
    spans: Vec<(Span, u32)>,
}

impl DiagnosticSpans {
    fn of(found: &Diagnostics) -> Self {
        let places = |finding: &Diagnostic| {
            let related: Vec<Span> = finding.related.iter().map(|related| related.span).collect();
            std::iter::once(finding.span).chain(related)
        };
        let mut spans: Vec<(Span, u32)> = found.iter().flat_map(places).map(|span| (span, span.end)).collect();
        spans.sort_by_key(|(span, _)| (span.source, span.start));
        for at in 1..spans.len() {
            let (before, end) = spans[at - 1];
            if before.source == spans[at].0.source {
                spans[at].1 = end.max(spans[at].1);
            }
        }
        Self { spans }
    }

    fn overlaps(&self, span: Span) -> bool {
        let begins_before = |known: &Span| (known.source, known.start) < (span.source, span.end);
        let after = self.spans.partition_point(|(known, _)| begins_before(known));
        self.spans[..after].last().is_some_and(|(known, end)| known.source == span.source && *end > span.start)
    }
}

/// A text with what it includes and the values of its variables.
pub(super) struct ExpandedText<'t> {
    pub text: Cow<'t, str>,
    pub origin: SourceMap,
    /// What a directive in it calls the page.
    pub title: Option<String>,
}

/// Brings in what the text includes, and the values of its variables.
pub(super) fn prepare<'t>(
    text: &'t str,
    body: Span,
    (world, options): (&dyn CompileContext, &Options),
    found: &mut Diagnostics,
) -> ExpandedText<'t> {
    let (mut text, mut origin) = conflict::settle(Cow::Borrowed(text), SourceMap::identity(body), found);
    let mut title = None;
    if let Some(expanded) = include::expand(&text, &origin, (world, options), found) {
        (text, origin, title) = (Cow::Owned(expanded.text), expanded.origin, expanded.title);
    }
    if let Some((filled, came_from)) = variable::substitute(&text, &origin, (world, options), found) {
        (text, origin) = (Cow::Owned(filled), came_from);
    }
    ExpandedText { text, origin, title }
}

/// Compiles a text that is prepared.
pub(super) fn read(text: &str, origin: &SourceMap, options: &Options, world: &dyn CompileContext) -> Parsed<Document> {
    let mut bounded = Bounded::of(text, origin);
    let mut parsed = in_rounds(&bounded.text, &bounded.origin, |desugared| parse_and_write(desugared, options));
    // What was escaped lies at the depth that the parser saw as well.
    parsed
        .found
        .retain(|finding| finding.rule != &TOO_DEEP || !bounded.found.iter().any(|deep| deep.rule == &TOO_DEEP));
    parsed.found.append(&mut bounded.found);
    holes::open(&mut parsed.value, text, world);
    tag_index::open(&mut parsed.value, text, origin);
    parsed
}

/// Rewrites the blocks of dialects, and has what is plain Markdown by then read; again without the blocks that the
/// reader says the parser did not take for quotes.
pub(super) fn in_rounds<T>(
    text: &str,
    origin: &SourceMap,
    read: impl Fn(&Desugared<'_>) -> Result<T, Vec<usize>>,
) -> T {
    let mut keep = BTreeSet::new();
    for _ in 0..MOST_ROUNDS {
        let Some(desugared) = desugar(text, origin, &keep) else { break };
        match read(&desugared) {
            Ok(value) => return value,
            Err(unclaimed) => keep.extend(unclaimed),
        }
    }
    let plain = Desugared {
        text: Cow::Borrowed(text),
        origin: origin.clone(),
        blocks: Vec::new(),
        abbreviations: Abbreviations::default(),
        margins: Vec::new(),
    };
    read(&plain).unwrap_or_else(|_| unreachable!("without blocks, none is unclaimed"))
}

/// Parses and writes a text; or returns the blocks that the parser did not take for quotes.
fn parse_and_write(desugared: &Desugared<'_>, options: &Options) -> Result<Parsed<Document>, Vec<usize>> {
    let text: &str = &desugared.text;
    let broken = RefCell::new(Vec::new());
    let callback = |link: BrokenLink<'_>| {
        broken.borrow_mut().push((link.link_type, link.span, link.reference.to_string()));
        None::<(CowStr<'_>, CowStr<'_>)>
    };
    let parser = Parser::new_with_broken_link_callback(text, parser_options(options), Some(callback));
    let mut iterator = parser.into_offset_iter();
    // Prose has an event for some twenty bytes.
    let mut events: Vec<Spotted<'_>> = Vec::with_capacity(text.len() / 16);
    events.extend(iterator.by_ref());
    let unclaimed = unclaimed(&events, &desugared.blocks);
    if !unclaimed.is_empty() {
        return Err(unclaimed);
    }
    let labels = iterator.reference_definitions();
    let definitions = Definitions::new(text, labels);
    let Desugared { origin, blocks, abbreviations, margins, .. } = desugared;
    let input = Input { text, origin, events: &events, options, blocks, abbreviations, margins };
    let mut parsed = Writer::new(input, definitions).run();
    report_duplicates(&input, labels, &mut parsed.found);
    report_broken(&broken.borrow(), &input, &mut parsed.found);
    report_unclosed(blocks, &mut parsed.found);
    list_restart::report(&input, &mut parsed.found);
    Ok(parsed)
}

pub(super) fn parser_options(options: &Options) -> ParserOptions {
    let mut parser = ParserOptions::ENABLE_TABLES
        | ParserOptions::ENABLE_FOOTNOTES
        | ParserOptions::ENABLE_STRIKETHROUGH
        | ParserOptions::ENABLE_TASKLISTS
        | ParserOptions::ENABLE_HEADING_ATTRIBUTES
        | ParserOptions::ENABLE_GFM
        | ParserOptions::ENABLE_DEFINITION_LIST;
    parser.set(ParserOptions::ENABLE_MATH, options.math);
    parser.set(ParserOptions::ENABLE_SMART_PUNCTUATION, options.smart_punctuation);
    parser
}

/// Where the opening lines stand of blocks at whose place no quote starts: they were code, or HTML.
pub(super) fn unclaimed(events: &[Spotted<'_>], blocks: &[Block]) -> Vec<usize> {
    if blocks.is_empty() {
        return Vec::new();
    }
    let quotes: BTreeSet<usize> = events
        .iter()
        .filter(|(event, _)| matches!(event, Event::Start(Tag::BlockQuote(_))))
        .map(|(_, range)| range.start)
        .collect();
    blocks.iter().filter(|block| !quotes.contains(&block.at)).map(|block| block.opener).collect()
}

fn report_unclosed(blocks: &[Block], found: &mut Diagnostics) {
    for block in blocks.iter().filter(|block| !block.closed) {
        let message = format!("unclosed `{}` block", block.words);
        let help = "everything after it is part of the block: end it with a line of the same characters";
        found.push(UNCLOSED.at(block.span, message).help(help));
    }
}

fn report_broken(broken: &[(LinkType, Range<usize>, String)], input: &Input<'_>, found: &mut Diagnostics) {
    let mut done = 0;
    let mut ends = BTreeSet::new();
    for (link_type, range, label) in broken {
        // In `[a][b][c]` the parser tries the second label again, as a text.
        if range.start < done {
            continue;
        }
        if !matches!(link_type, LinkType::Reference | LinkType::Collapsed) {
            continue;
        }
        // The parser leaves the brackets without text out of a collapsed reference.
        let is_short = *link_type == LinkType::Collapsed && input.text[range.end..].starts_with("[]");
        let end = range.end + if is_short { 2 } else { 0 };
        done = end;
        let message = format!("undefined link label `{label}`");
        let span = input.origin.span(range.start..end);
        ends.insert((span.source, span.end));
        found.push(UNDEFINED_REFERENCE.at(span, message).help(what_to_define(label)));
    }
    // An attribute list behind one of them would have been the link's.
    found.retain(|leak| leak.rule != &LEAKED || !ends.contains(&(leak.span.source, leak.span.start)));
}

/// What to do about a reference without a definition.
fn what_to_define(label: &str) -> String {
    let name = label.trim_matches('`');
    let is_word = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '_');
    if name.contains('.') && name.split('.').all(is_word) {
        return "cross-references to code are not supported: link to a page that documents it, or write it as code"
            .to_owned();
    }
    format!("add a line `[{label}]: address`")
}
