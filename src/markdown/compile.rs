//! Compiles one Markdown text: preprocessing, dialects, the parser, the writer, and the rules that look at the whole.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, LinkType, Parser};

use super::desugar::rewritten::{Block, Desugared};
use super::document::Document;
use super::lint::leaked::{LEAKED, Leftover, MKDOCSTRINGS};
use super::lint::swallowed::SwallowedLabels;
use super::lint::{list_restart, migration};
use super::parse::{SpannedEvent, Unclaimed, claimed, in_rounds, parser_options};
use super::placeholder::holes;
use super::preprocess::budget::{Bounded, TOO_DEEP};
use super::preprocess::{conflict, formula, include, variable};
use super::write::code::fence::UNCLOSED;
use super::write::definition::{Definitions, report_duplicates};
use super::write::dispatch::Dispatch;
use super::write::finish::{tab_anchor, tag_index};
use super::write::input::Input;
use super::{CompileContext, Options};
use crate::diagnostic::{Diagnostic, Diagnostics, Parsed, Rule, code};
use crate::source::{Part as _, SourceId, SourceMap, Span};

/// A reference that no definition stands for.
pub(super) static UNDEFINED_REFERENCE: Rule =
    Rule::warning("link/undefined-reference", include_str!("undefined_reference.md"));

/// Compiles a text that is at `body` in its file.
pub(super) fn compile(text: &str, body: Span, options: &Options, context: &dyn CompileContext) -> Parsed<Document> {
    let mut diagnostics = Diagnostics::new();
    let ExpandedText { text, source_map, title } = prepare(text, body, context, options, &mut diagnostics);
    let mut parsed = read(&text, &source_map, options, context);
    parsed.value.title = title;
    // What could not be replaced is still in the text; it is known by a better name than leaked syntax.
    let known = DiagnosticSpans::of(&diagnostics);
    parsed.found.retain(|leak| leak.rule != &LEAKED || !known.overlaps(leak.span));
    parsed.value.leftovers.retain(|left| left.finding.rule != &LEAKED || !known.overlaps(left.finding.span));
    parsed.found.append(&mut diagnostics);
    // Rules look at the text one after the other; people read findings from top to bottom.
    parsed.found.sort_by_key(|finding| (finding.span, finding.rule.code));
    parsed
}

/// The places of findings, so that a page full of them asks for each of its leaks quickly.
struct DiagnosticSpans {
    /// Sorted, each with the furthest end of it and those before it in the same source.
    spans: Vec<(Span, u32)>,
}

impl DiagnosticSpans {
    fn of(diagnostics: &Diagnostics) -> Self {
        let places = |finding: &Diagnostic| {
            let related: Vec<Span> = finding.related.iter().map(|related| related.span).collect();
            std::iter::once(finding.span).chain(related)
        };
        let mut spans: Vec<(Span, u32)> = diagnostics.iter().flat_map(places).map(|span| (span, span.end)).collect();
        spans.sort_by_key(|(span, _)| (span.source, span.start));
        // A long finding may reach over short ones behind it, so the nearest one before a place is not enough.
        let mut furthest: Option<(SourceId, u32)> = None;
        for (span, end) in &mut spans {
            if let Some((_, before)) = furthest.filter(|(source, _)| *source == span.source) {
                *end = before.max(*end);
            }
            furthest = Some((span.source, *end));
        }
        Self { spans }
    }

    fn overlaps(&self, span: Span) -> bool {
        let begins_before = |known: &Span| (known.source, known.start) < (span.source, span.end);
        let after = self.spans.partition_point(|(known, _)| begins_before(known));
        let last = after.checked_sub(1).and_then(|last| self.spans.get(last));
        last.is_some_and(|(known, end)| known.source == span.source && *end > span.start)
    }
}

/// A text with what it includes and the values of its variables.
pub(super) struct ExpandedText<'t> {
    pub text: Cow<'t, str>,
    pub source_map: SourceMap,
    /// What a directive in it calls the page.
    pub title: Option<String>,
}

/// Brings in what the text includes, and the values of its variables.
pub(super) fn prepare<'t>(
    text: &'t str,
    body: Span,
    context: &dyn CompileContext,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> ExpandedText<'t> {
    // The order matters: a conflict may run across a directive, and what is included uses variables as well.
    let (mut text, mut source_map) = conflict::settle(Cow::Borrowed(text), SourceMap::identity(body), diagnostics);
    let mut title = None;
    if let Some(expanded) = include::expand(&text, &source_map, context, options, diagnostics) {
        (text, source_map, title) = (Cow::Owned(expanded.text), expanded.source_map, expanded.title);
    }
    if let Some((filled, filled_map)) = variable::substitute(&text, &source_map, context, options, diagnostics) {
        (text, source_map) = (Cow::Owned(filled), filled_map);
    }
    if let Some((rewritten, rewritten_map)) = formula::rewrite(&text, &source_map, options) {
        (text, source_map) = (Cow::Owned(rewritten), rewritten_map);
    }
    ExpandedText { text, source_map, title }
}

/// Compiles a text that is prepared.
pub(super) fn read(
    text: &str,
    source_map: &SourceMap,
    options: &Options,
    context: &dyn CompileContext,
) -> Parsed<Document> {
    // Before anything is parsed: it is the parser's own cost that is bounded.
    let mut bounded = Bounded::of(text, source_map);
    let mut parsed = in_rounds(&bounded.text, &bounded.source_map, |desugared| parse_and_write(desugared, options));
    // What was escaped is at the depth that the parser saw as well.
    parsed
        .found
        .retain(|finding| finding.rule != &TOO_DEEP || !bounded.diagnostics.iter().any(|deep| deep.rule == &TOO_DEEP));
    parsed.found.append(&mut bounded.diagnostics);
    // Not before: words in brackets may be a link, and only the parser knows.
    holes::open(&mut parsed.value, text, context);
    tag_index::open(&mut parsed.value, text, source_map);
    parsed
}

/// Parses and writes a text; or returns the blocks that the parser did not take for quotes.
fn parse_and_write(desugared: &Desugared<'_>, options: &Options) -> Result<Parsed<Document>, Unclaimed> {
    let text: &str = &desugared.text;
    let broken = RefCell::new(Vec::new());
    let callback = |link: BrokenLink<'_>| {
        broken.borrow_mut().push((link.link_type, link.span, link.reference.to_string()));
        None::<(CowStr<'_>, CowStr<'_>)>
    };
    let parser = Parser::new_with_broken_link_callback(text, parser_options(options), Some(callback));
    let mut iterator = parser.into_offset_iter();
    // Prose has an event for some twenty bytes.
    let mut events: Vec<SpannedEvent<'_>> = Vec::with_capacity(text.len() / 16);
    events.extend(iterator.by_ref());
    // The parser has the last word: a `!!!` inside an HTML block is HTML to it, whatever its line looks like.
    claimed(&events, desugared)?;
    let labels = iterator.reference_definitions();
    let definitions = Definitions::new(text, labels);
    let Desugared { source_map, blocks, abbreviations, margins, .. } = desugared;
    let input = Input { text, source_map, events: &events, options, blocks, abbreviations, margins };
    let mut parsed = Dispatch::new(input, definitions).run();
    tab_anchor::add(&mut parsed.value, blocks, options.heading_ids);
    report_duplicates(&input, labels, &mut parsed.found);
    let swallowed = SwallowedLabels::of(&input, &parsed.found);
    swallowed.forgive(&input, &mut parsed.value, &mut parsed.found);
    report_broken(&broken.borrow(), &swallowed, &input, &mut parsed);
    report_unclosed(blocks, &mut parsed.found);
    list_restart::report(&input, &mut parsed.found);
    migration::report(&input, &mut parsed.found);
    Ok(parsed)
}

fn report_unclosed(blocks: &[Block], diagnostics: &mut Diagnostics) {
    for block in blocks.iter().filter(|block| !block.closed) {
        let message = format!("unclosed `{}` block", block.words);
        let help = "everything after it is part of the block: end it with a line of the same characters";
        diagnostics.push(UNCLOSED.at(block.span, message).help(help));
    }
}

fn report_broken(
    broken: &[(LinkType, Range<usize>, String)],
    swallowed: &SwallowedLabels,
    input: &Input<'_>,
    parsed: &mut Parsed<Document>,
) {
    let mut done = 0;
    let mut ends = BTreeSet::new();
    for (link_type, range, label) in broken {
        // In `[a][b][c]` the parser tries the second label again, as a text.
        if range.start < done {
            continue;
        }
        // A shortcut that nothing defines, `[Client Name]`, is how people write brackets.
        if !matches!(link_type, LinkType::Reference | LinkType::Collapsed) {
            continue;
        }
        // The parser leaves the brackets without text out of a collapsed reference.
        let is_short = *link_type == LinkType::Collapsed && input.text.part(range.end..).starts_with("[]");
        let end = range.end + if is_short { 2 } else { 0 };
        done = end;
        if swallowed.defines(label) {
            continue;
        }
        let message = format!("undefined link label {}", code(label));
        let span = input.source_map.span(range.start..end);
        ends.insert((span.source, span.end));
        let finding = UNDEFINED_REFERENCE.at(span, message);
        if names_code(label) {
            let finding = finding.help("link to a page that documents it, or write it as code");
            parsed.value.leftovers.push(Leftover { tool: MKDOCSTRINGS, finding });
        } else {
            parsed.found.push(finding.help(format!("add a line `[{label}]: address`")));
        }
    }
    // An attribute list behind one of them would have been the link's.
    parsed.found.retain(|leak| leak.rule != &LEAKED || !ends.contains(&(leak.span.source, leak.span.start)));
}

/// Whether a label names a part of a program: with mkdocstrings, ``[`acme.sign`][]`` links to what it made of the code.
fn names_code(label: &str) -> bool {
    let name = label.trim_matches('`');
    let is_word = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '_');
    name.contains('.') && name.split('.').all(is_word)
}
