//! One text, given to the Markdown parser once its dialects are rewritten.
//!
//! The compiler, the search for code and comments, and that for what surrounds a place all read a text this way: what
//! one of them takes for a callout, none of the others takes for code.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{Event, Options as ParserOptions, Tag};

use super::Options;
use super::desugar::abbreviation::Abbreviations;
use super::desugar::desugar;
use super::desugar::flanks::{self, NoEmphasis};
use super::desugar::rewritten::Desugared;
use crate::source::{SourceId, SourceMap};

/// An event, and the range of its text.
pub(super) type SpannedEvent<'a> = (Event<'a>, Range<usize>);

/// How often a text is rewritten because the parser saw code or HTML where a block was taken for one.
const MOST_ROUNDS: usize = 4;

/// Rewrites the blocks of dialects, and has what is plain Markdown by then read; again without the blocks that the
/// reader says the parser did not take for quotes.
pub(super) fn in_rounds<T>(
    text: &str,
    source_map: &SourceMap,
    read: impl Fn(&Desugared<'_>) -> Result<T, Unclaimed>,
) -> T {
    let plain = || Desugared {
        text: Cow::Borrowed(text),
        source_map: source_map.clone(),
        blocks: Vec::new(),
        abbreviations: Abbreviations::default(),
        margins: Vec::new(),
        comments: Vec::new(),
    };
    let (mut keep, mut not_here) = (BTreeSet::new(), NoEmphasis::new());
    for _ in 0..MOST_ROUNDS {
        // The sets only grow, so nothing is given back twice: most texts need one round, and none needs many.
        let desugared = desugar(text, source_map, &keep).unwrap_or_else(plain);
        match read(&flanks::mark(desugared, &not_here)) {
            Ok(value) => return value,
            Err(unclaimed) => {
                keep.extend(unclaimed.openers);
                not_here.extend(unclaimed.comments);
            }
        }
    }
    // A text that is still at odds with the parser is shown without its dialect blocks; it is not refused.
    read(&plain()).unwrap_or_else(|_| unreachable!("without blocks, none is unclaimed"))
}

/// What was written into a text, and the parser took for something else.
#[derive(Debug)]
pub(super) struct Unclaimed {
    /// Where the opening lines are of blocks at whose place no quote starts: they were code, or HTML.
    openers: Vec<usize>,
    /// Where stars are in their files that are code or a part of an address.
    comments: Vec<(SourceId, u32)>,
}

pub(super) fn parser_options(options: &Options) -> ParserOptions {
    // `ENABLE_GFM` reads GitHub's alerts, `> [!NOTE]`. Front matter is off: the caller has removed it, and from there on
    // `---` is a rule.
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

/// Whether the parser took everything for what it was written as.
pub(super) fn claimed(events: &[SpannedEvent<'_>], desugared: &Desugared<'_>) -> Result<(), Unclaimed> {
    let Desugared { blocks, comments, source_map, .. } = desugared;
    if blocks.is_empty() && comments.is_empty() {
        return Ok(());
    }
    let starts = |is_meant: fn(&Event<'_>) -> bool| -> BTreeSet<usize> {
        events.iter().filter(|(event, _)| is_meant(event)).map(|(_, range)| range.start).collect()
    };
    let quotes = starts(|event| matches!(event, Event::Start(Tag::BlockQuote(_))));
    let markup = starts(|event| matches!(event, Event::InlineHtml(_)));
    let openers: Vec<usize> =
        blocks.iter().filter(|block| !quotes.contains(&block.at)).map(|block| block.opener).collect();
    let place = |at: &usize| source_map.span(*at..*at);
    let lost = comments.iter().filter(|at| !markup.contains(at));
    let comments: Vec<_> = lost.map(|at| (place(at).source, place(at).start)).collect();
    if openers.is_empty() && comments.is_empty() { Ok(()) } else { Err(Unclaimed { openers, comments }) }
}
