//! Blocks that a caller draws: a hole for each, and its text with the place of every line.

use std::ops::Range;

use super::writer::{Writer, position};
use crate::markdown::document::{Embed, Ending, HoleContent};
use crate::source::{Located, Part as _, SourceMap, SourceMapBuilder};

/// What diagrams are called, however their block is written.
pub(crate) const DIAGRAM: &str = "mermaid";

/// Whether the name of a block says that it is a diagram: `mermaid`, `Mermaid`, `{mermaid}`, `{ .mermaid }`.
pub(crate) fn is_diagram(name: &str) -> bool {
    name.trim_matches(['{', '}', '.', ' ']).eq_ignore_ascii_case(DIAGRAM)
}

/// How a block is headed, and how it ends.
pub(crate) struct EmbedHead {
    pub name: Located<String>,
    pub arguments: Located<String>,
    pub ending: Ending,
}

/// Leaves a hole for what a caller draws. `lines` are the text and the place of each line: in a list or a quote, what
/// precedes a line is not part of it.
pub(crate) fn embed<'t>(
    writer: &mut Writer<'_>,
    head: EmbedHead,
    lines: impl Iterator<Item = (&'t str, Range<usize>)>,
    range: &Range<usize>,
) {
    let span = writer.span(range.clone());
    let mut text = SourceMapBuilder::new(span.source, range.len());
    for (line, place) in lines {
        if writer.text().part(place.clone()) == line {
            text.copy_derived(writer.text(), place, writer.input().source_map);
        } else {
            text.insert(line, writer.span(place));
        }
    }
    // Of nothing, the place is where it begins.
    let begins = if text.is_empty() { Some(SourceMap::identity(span.part(0..0))) } else { None };
    let (text, source_map) = text.finish();
    let origin = begins.unwrap_or(source_map);
    let index = position(writer.document().embeds.len());
    let EmbedHead { name, arguments, ending } = head;
    writer.document().embeds.push(Embed { name, arguments, text, origin, span, ending });
    writer.hole(HoleContent::Embed(index));
    writer.raw("\n");
}
