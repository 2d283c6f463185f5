//! Places where Python-Markdown would have read a text otherwise.
//! In: lists as they come. Out: findings for a team that migrates and asks for them.
//! Never knows: which tool is right.

use std::ops::Range;

use pulldown_cmark::{Event, TagEnd};

use crate::diagnostic::Rule;
use crate::markdown::Differences;
use crate::markdown::write::writer::Writer;

/// A place that Python-Markdown reads otherwise, so that readers see a difference.
pub(crate) static DIFFERENCE: Rule =
    Rule::info("markdown/python-markdown-difference", include_str!("python_markdown_difference.md"));

/// Columns by which Python-Markdown wants a nested list indented.
const NESTING: usize = 4;

impl Writer<'_> {
    /// Reports a list that Python-Markdown takes for text, or for a part of the list around it.
    pub(crate) fn compare_list(&mut self, range: &Range<usize>) {
        if self.input.options.differences == Differences::Silent {
            return;
        }
        let text = self.input.text;
        let start = self.trimmed(range).start;
        let before = self.at.checked_sub(2).map(|index| &self.input.events[index].0);
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_before = text[..line_start].trim_end_matches(['\n', '\r']).rsplit('\n').next().unwrap_or_default();
        let is_blank = text[..line_start].ends_with("\n\n") || line_before.trim_matches([' ', '\t', '>']).is_empty();
        let message = if matches!(before, Some(Event::End(TagEnd::Paragraph))) && !is_blank {
            "Python-Markdown reads this list as part of the paragraph before it"
        } else if self.item_columns.last().is_some_and(|column| start - line_start < column + NESTING) {
            "Python-Markdown does not nest this list, which is indented by less than four spaces"
        } else {
            return;
        };
        let line = text[start..].lines().next().unwrap_or_default().trim_end().len();
        let span = self.span(start..start + line);
        self.found.push(DIFFERENCE.at(span, message).help("no action needed: the list is rendered as indented"));
    }

    /// Takes note of the column at which an item's marker stands.
    pub(crate) fn note_item(&mut self, range: &Range<usize>) {
        if self.input.options.differences != Differences::Silent {
            let start = self.trimmed(range).start;
            let line_start = self.input.text[..start].rfind('\n').map_or(0, |at| at + 1);
            self.item_columns.push(start - line_start);
        }
    }
}
