//! Syntax of a dialect that was left in the text.
//! In: text that readers see. Out: what in it looks like a construct that was not understood.
//! Never knows: how constructs are written rightly.

use std::ops::Range;

use pulldown_cmark::Event;

use super::attributes::Attributes;
use super::writer::Writer;
use crate::diagnostic::Rule;

/// Dialect syntax that readers see.
pub(super) static LEAKED: Rule = Rule::warning("markdown/leaked-syntax", include_str!("leaked_syntax.md"));

/// What opens a block, when it is the first thing on a line.
const OPENERS: [(&str, &str); 8] = [
    ("!!!", "a callout"),
    ("???", "a collapsible"),
    ("=== \"", "a content tab"),
    (":::", "an aside"),
    ("--8<--", "an include"),
    ("{%", "a template directive"),
    ("{{#", "an mdBook directive"),
    ("[TOC]", "a table of contents"),
];

impl Writer<'_> {
    /// Reports what looks like syntax in a run of text.
    pub(super) fn report_leaked(&mut self, range: Range<usize>) {
        let text = &self.input.text[range.clone()];
        let Some((opener, what)) = OPENERS.iter().find(|(opener, _)| text.starts_with(opener)) else { return };
        let escape = usize::from(self.input.text[..range.start].ends_with('\\') && !self.is_escaped(range.start));
        let before = &self.input.text[..range.start - escape];
        let is_first = before.trim_end_matches([' ', '\t', '>']).ends_with('\n') || before.trim().is_empty();
        let line = text.lines().next().unwrap_or_default().trim_end();
        // `???` and `!!!` alone are how people write, and `:::` alone ends something already reported.
        let is_construct = match *opener {
            "!!!" | "???" => line.len() > opener.len() && !line[opener.len()..].starts_with(['!', '?', '.']),
            "[TOC]" => line.len() == opener.len() && matches!(self.peek(0), Some(Event::End(_))),
            _ => true,
        };
        if is_first && is_construct {
            self.leaked(range.start..range.start + line.len(), what);
        }
    }

    /// Reports the attribute list at a place, when there is one.
    pub(super) fn report_leaked_attributes(&mut self, at: usize, end: usize) {
        if let Some((_, length)) = Attributes::read(&self.input.text[at..end]) {
            self.leaked(at..at + length, "an attribute list");
        }
    }

    /// Reports a shortcode that stands for nothing. Single words between colons are common; joined ones are not.
    pub(super) fn report_leaked_shortcode(&mut self, name: &str, range: Range<usize>) {
        let mut words = name.split(['-', '_']);
        let is_joined =
            name.contains(['-', '_']) && words.all(|word| word.starts_with(|c: char| c.is_ascii_lowercase()));
        if is_joined {
            self.leaked(range, "an icon or emoji");
        }
    }

    /// Reports a block between two rules that reads as front matter: only the first block of a file is.
    pub(super) fn report_second_front_matter(&mut self, rule: &Range<usize>) {
        let text = &self.input.text[rule.start..];
        let Some(inner) = text.strip_prefix("---\n") else { return };
        let is_key = |line: &str| {
            let (key, value) = line.split_once(':').unwrap_or(("", "x"));
            let is_name = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
            is_name && (value.is_empty() || value.starts_with(' '))
        };
        let continues = |line: &str| is_key(line) || line.starts_with([' ', '-', '#']);
        let mut lines = inner.lines();
        if !lines.next().is_some_and(is_key) {
            return;
        }
        let length: usize =
            inner.lines().take_while(|line| *line != "---" && continues(line)).map(|line| line.len() + 1).sum();
        if inner[length.min(inner.len())..].starts_with("---") {
            self.leaked(rule.start..rule.start + 4 + length + 3, "a second front matter");
        }
    }

    fn leaked(&mut self, range: Range<usize>, what: &str) {
        let text = self.input.text[range.clone()].lines().next().unwrap_or_default();
        let message = match what {
            "a second front matter" => "a second front matter is shown as text".to_owned(),
            _ => format!("`{text}` looks like {what}, but readers see it as text"),
        };
        let help = match what {
            "a second front matter" => "move its keys into the block at the top of the file",
            "a table of contents" => "remove it: every page has a table of contents beside it",
            _ => "check its spelling, its indentation, and the blank line before it",
        };
        let span = self.span(range);
        self.found.push(LEAKED.at(span, message).help(help));
    }
}
