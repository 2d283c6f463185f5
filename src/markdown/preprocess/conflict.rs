//! Git's conflict markers: taken out, so that both sides are read, and reported.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memmem;

use crate::diagnostic::{Diagnostics, Rule};
use crate::markdown::lines::{CodeFence, IndentedLine};
use crate::source::{SourceMap, SourceMapBuilder};

/// A conflict that was committed.
pub(crate) static CONFLICT: Rule = Rule::error("markdown/conflict", include_str!("conflict.md"));

const OURS: &str = "<<<<<<< ";
const THEIRS: &str = ">>>>>>> ";

/// A conflict: its three lines.
struct Conflict {
    ours: Range<usize>,
    middle: Range<usize>,
    theirs: Range<usize>,
}

/// Takes the marks of conflicts out of a text. The line between the sides would make a heading of what is above it.
pub(crate) fn settle<'t>(
    text: Cow<'t, str>,
    source_map: SourceMap,
    diagnostics: &mut Diagnostics,
) -> (Cow<'t, str>, SourceMap) {
    if memmem::find(text.as_bytes(), OURS.as_bytes()).is_none() {
        return (text, source_map);
    }
    let conflicts = conflicts(&text);
    if conflicts.is_empty() {
        return (text, source_map);
    }
    let mut out = SourceMapBuilder::new(source_map.span(0..text.len()).source, text.len());
    let mut done = 0;
    for Conflict { ours, middle, theirs } in conflicts {
        let finding = CONFLICT.at(source_map.span(ours.clone()), "merge conflict markers are shown to readers");
        let finding = finding.help("keep one side, or both, and delete the three marker lines");
        diagnostics.push(finding.related(source_map.span(theirs.clone()), "the conflict ends here"));
        for mark in [ours, middle, theirs] {
            out.copy_derived(&text, done..mark.start, &source_map);
            done = mark.end;
        }
    }
    out.copy_derived(&text, done..text.len(), &source_map);
    let (text, source_map) = out.finish();
    (Cow::Owned(text), source_map)
}

/// The conflicts of a text, but none in blocks of code: those are examples.
fn conflicts(text: &str) -> Vec<Conflict> {
    let mut conflicts = Vec::new();
    // Only all three lines in this order are a conflict: a document about git may show one of them.
    let (mut fence, mut ours, mut middle) = (None::<CodeFence>, None, None);
    for line in IndentedLine::all(text) {
        let whole = line.start..line.end;
        if let Some(open) = &fence {
            if open.is_closed_by(line.body) {
                fence = None;
            }
            continue;
        }
        match line.body {
            // Git writes its marks at the margin.
            _ if line.indent > 0 => fence = CodeFence::opened_by(line.body),
            body if body.starts_with(OURS) => (ours, middle) = (Some(whole), None),
            // Elsewhere such a line makes a heading of the one above.
            "=======" if ours.is_some() => middle = Some(whole),
            body if body.starts_with(THEIRS) => {
                if let (Some(ours), Some(middle)) = (ours.take(), middle.take()) {
                    conflicts.push(Conflict { ours, middle, theirs: whole });
                }
            }
            body => fence = CodeFence::opened_by(body),
        }
    }
    conflicts
}
