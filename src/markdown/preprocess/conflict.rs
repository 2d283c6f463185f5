//! Conflicts that git left in a text.
//! In: a text. Out: the text without git's marks, so that both sides are read, and a finding for each conflict.
//! Never knows: what a text says.

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

/// Takes the marks of conflicts out of a text. The line between the sides would make a heading of what stands above.
pub(crate) fn settle<'t>(text: Cow<'t, str>, origin: SourceMap, found: &mut Diagnostics) -> (Cow<'t, str>, SourceMap) {
    if memmem::find(text.as_bytes(), OURS.as_bytes()).is_none() {
        return (text, origin);
    }
    let conflicts = conflicts(&text);
    if conflicts.is_empty() {
        return (text, origin);
    }
    let mut out = SourceMapBuilder::new(origin.span(0..text.len()).source, text.len());
    let mut done = 0;
    for Conflict { ours, middle, theirs } in conflicts {
        let finding = CONFLICT.at(origin.span(ours.clone()), "merge conflict markers are shown to readers");
        let finding = finding.help("keep one side, or both, and delete the three marker lines");
        found.push(finding.related(origin.span(theirs.clone()), "the conflict ends here"));
        for mark in [ours, middle, theirs] {
            out.copy_derived(&text, done..mark.start, &origin);
            done = mark.end;
        }
    }
    out.copy_derived(&text, done..text.len(), &origin);
    let (text, origin) = out.finish();
    (Cow::Owned(text), origin)
}

/// The conflicts of a text, but none in blocks of code: those are examples.
fn conflicts(text: &str) -> Vec<Conflict> {
    let mut conflicts = Vec::new();
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
            _ if line.indent > 0 => fence = CodeFence::opened_by(line.body),
            body if body.starts_with(OURS) => (ours, middle) = (Some(whole), None),
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
