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
use super::desugar::rewritten::{Block, Desugared};
use crate::source::SourceMap;

/// An event, and the range of its text.
pub(super) type SpannedEvent<'a> = (Event<'a>, Range<usize>);

/// How often a text is rewritten because the parser saw code or HTML where a block was taken for one.
const MOST_ROUNDS: usize = 4;

/// Rewrites the blocks of dialects, and has what is plain Markdown by then read; again without the blocks that the
/// reader says the parser did not take for quotes.
pub(super) fn in_rounds<T>(
    text: &str,
    source_map: &SourceMap,
    read: impl Fn(&Desugared<'_>) -> Result<T, Vec<usize>>,
) -> T {
    let mut keep = BTreeSet::new();
    for _ in 0..MOST_ROUNDS {
        // The set only grows, so no block is given back twice: most texts need one round, and none needs many.
        let Some(desugared) = desugar(text, source_map, &keep) else { break };
        match read(&desugared) {
            Ok(value) => return value,
            Err(unclaimed) => keep.extend(unclaimed),
        }
    }
    // A text that is still at odds with the parser is shown without its dialect blocks; it is not refused.
    let plain = Desugared {
        text: Cow::Borrowed(text),
        source_map: source_map.clone(),
        blocks: Vec::new(),
        abbreviations: Abbreviations::default(),
        margins: Vec::new(),
    };
    read(&plain).unwrap_or_else(|_| unreachable!("without blocks, none is unclaimed"))
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

/// Where the opening lines are of blocks at whose place no quote starts: they were code, or HTML.
pub(super) fn unclaimed(events: &[SpannedEvent<'_>], blocks: &[Block]) -> Vec<usize> {
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
