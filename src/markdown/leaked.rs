//! Syntax of a dialect that was left in the text.
//! In: text that readers see. Out: what in it looks like a construct that was not understood.
//! Never knows: how constructs are written rightly.

use std::ops::Range;

use super::writer::Writer;
use crate::diagnostic::Rule;

/// Dialect syntax that readers see.
pub(super) static LEAKED: Rule = Rule::warning("markdown/leaked-syntax", include_str!("leaked_syntax.md"));

/// What opens a block, when it is the first thing on a line.
const OPENERS: [(&str, &str); 5] = [
    ("!!!", "a callout"),
    ("???", "a collapsible"),
    ("=== \"", "a content tab"),
    (":::", "an aside"),
    ("--8<--", "an include"),
];

impl Writer<'_> {
    /// Reports what looks like syntax at the start of a run of text, which is the start of a line or follows markup.
    pub(super) fn report_leaked(&mut self, range: Range<usize>) {
        let text = &self.input.text[range.clone()];
        let before = &self.input.text[..range.start];
        let at_line_start = before.trim_end_matches([' ', '\t', '>']).ends_with('\n') || before.trim().is_empty();
        let Some((_, what)) = OPENERS.iter().find(|(opener, _)| at_line_start && text.starts_with(opener)) else {
            return;
        };
        let line = text.lines().next().unwrap_or_default().trim_end();
        let rest = line.trim_start_matches(['!', '?', ':', '=']);
        // `???` and `!!!` alone are how people write.
        if rest.trim().is_empty() && !line.starts_with(':') {
            return;
        }
        let span = self.span(range.start..range.start + line.len());
        let message = format!("`{line}` looks like {what}, but readers see it as text");
        let help = "check its spelling, its indentation, and the blank line before it";
        self.found.push(LEAKED.at(span, message).help(help));
    }
}
