//! Where an included text is put: each of its lines gets what surrounds the directive, quotes and the columns of lists.
//! In: a directive in its text, and what it asked for. Out: lines.
//! Never knows: files, findings.

use std::ops::Range;

use super::directive::IncludeDirective;
use super::part;
use crate::markdown::lines::{CodeFence, list_content, spaced};
use crate::source::{Part as _, SourceMap, SourceMapBuilder, Span};

/// A text that is included, with what it includes itself.
pub(super) struct IncludedText {
    pub text: String,
    pub source_map: SourceMap,
}

/// The place of a directive.
pub(super) struct IncludePlace<'d> {
    /// All of the directive.
    pub whole: Span,
    /// What each line but the first begins with.
    margin: String,
    margin_span: Span,
    dedents: bool,
    directive: &'d IncludeDirective,
}

impl<'d> IncludePlace<'d> {
    pub(super) fn new(text: &str, source_map: &SourceMap, directive: &'d IncludeDirective, dedents: bool) -> Self {
        let around = surroundings(text, directive.whole.start);
        Self {
            whole: source_map.span(directive.whole.clone()),
            margin: spaced(text.part(around.clone())),
            margin_span: source_map.span(around),
            dedents,
            directive,
        }
    }

    /// Writes texts one after the other.
    pub(super) fn put(&self, parts: &[IncludedText], out: &mut SourceMapBuilder) {
        let fence = self.directive.shown_as.as_ref().filter(|_| !parts.is_empty()).map(|_| fence_around(parts));
        if let (Some(fence), Some(info)) = (&fence, &self.directive.shown_as) {
            out.insert(&format!("{fence}{info}\n{}", self.margin), self.whole);
        }
        let indent = if self.dedents { common_indent(parts) } else { 0 };
        for (index, part) in parts.iter().enumerate() {
            if index > 0 {
                out.insert(&format!("\n{}", self.margin), self.whole);
            }
            self.put_lines(part, indent, fence.is_some(), out);
        }
        if let Some(fence) = &fence {
            out.insert(&format!("\n{}{fence}", self.margin), self.whole);
        }
    }

    /// Copies lines: the first where the directive is, the others behind the margin; headings pushed down; marks of
    /// sections left out.
    fn put_lines(&self, part: &IncludedText, indent: usize, in_code: bool, out: &mut SourceMapBuilder) {
        let (text, source_map) = (&*part.text, &part.source_map);
        // The line break after the directive ends the last line.
        let text = text.strip_suffix('\n').unwrap_or(text);
        let mut fence: Option<CodeFence> = None;
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let start = at + indent.min(line.len() - line.trim_start_matches([' ', '\t']).len());
            let range = start..at + line.len();
            let is_first = at == 0;
            at = range.end;
            if part::is_section_mark(line) {
                continue;
            }
            if !is_first {
                // A quote would end at a blank line without its mark.
                let margin = if line.trim().is_empty() { self.margin.trim_end() } else { &self.margin };
                out.insert(margin, self.margin_span);
            }
            let body = line.trim_start();
            // In code, a line that starts with `#` is no heading.
            match &fence {
                Some(open) if open.is_closed_by(body) => fence = None,
                Some(_) => {}
                None => fence = CodeFence::opened_by(body.trim_end()),
            }
            let level = line.len() - line.trim_start_matches('#').len();
            if fence.is_none() && !in_code && (1..=6).contains(&level) && line.part(level..).starts_with(' ') {
                let here = source_map.span(range.start..range.start);
                out.insert(&"#".repeat(self.directive.heading_offset.min(6 - level)), here);
            }
            out.copy_derived(text, range, source_map);
        }
    }
}

/// What surrounds a place on its line: blanks, and the marks of quotes, items and definitions, up to the first word.
fn surroundings(text: &str, at: usize) -> Range<usize> {
    let start = text.part(..at).rfind('\n').map_or(0, |line| line + 1);
    let line = text.part(start..at);
    let mut end = 0;
    loop {
        let rest = line.part(end..);
        let blank = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let width = match rest.as_bytes().get(blank) {
            Some(b'>') => blank + 1,
            Some(b':') if rest.part(blank + 1..).starts_with([' ', '\t']) => blank + 1,
            _ => match list_content(rest.part(blank..)) {
                // Of `- ` before the directive itself, the blank is a part of the mark.
                Some(width) => (blank + width).min(rest.len()),
                None => return start..start + end + blank,
            },
        };
        end += width;
    }
}

/// The longest indentation that all lines have in common, in bytes.
fn common_indent(parts: &[IncludedText]) -> usize {
    let lines = parts.iter().flat_map(|part| part.text.lines());
    let lines = lines.filter(|line| !line.trim().is_empty() && !part::is_section_mark(line));
    let mut common: Option<&str> = None;
    for line in lines {
        let own = line.part(..line.len() - line.trim_start_matches([' ', '\t']).len());
        let before = common.unwrap_or(own);
        let shared = before.bytes().zip(own.bytes()).take_while(|(left, right)| left == right).count();
        common = Some(own.part(..shared));
    }
    common.map_or(0, str::len)
}

/// Backticks for a block of code around texts: more than any line of theirs begins with.
fn fence_around(parts: &[IncludedText]) -> String {
    let ticks = |line: &str| line.trim_start().bytes().take_while(|byte| *byte == b'`').count();
    let longest = parts.iter().flat_map(|part| part.text.lines()).map(ticks).max().unwrap_or(0);
    "`".repeat(longest.max(2) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn margin(line: &str) -> String {
        spaced(&line[surroundings(line, line.len())])
    }

    #[test]
    fn lines_get_what_surrounds_the_directive() {
        for (line, expected) in [
            ("", ""),
            ("See ", ""),
            ("    ", "    "),
            ("> ", "> "),
            ("> > 1. ", "> >    "),
            ("  - Sign: ", "    "),
            ("- ", "  "),
            ("10. ", "    "),
            (":   ", "    "),
            ("\t", "\t"),
            ("before\n  ", "  "),
            ("*emphasis* ", ""),
            ("# ", ""),
        ] {
            assert_eq!(margin(line), expected, "{line}");
        }
    }
}
