//! Lists that Python-Markdown would have read otherwise, for a team that migrates and asks for them.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::markdown::Differences;
use crate::markdown::write::input::Input;
use crate::source::Part as _;

/// A place that Python-Markdown reads otherwise, so that readers see a difference.
pub(crate) static DIFFERENCE: Rule =
    Rule::info("markdown/python-markdown-difference", include_str!("python_markdown_difference.md"));

/// Columns by which Python-Markdown wants a nested list indented.
const NESTING: usize = 4;

/// Reports each list that Python-Markdown takes for text, or for a part of the list around it.
pub(crate) fn report(input: &Input<'_>, found: &mut Diagnostics) {
    if input.options.differences == Differences::Silent {
        return;
    }
    // Columns of the markers of the items around a place.
    let mut items = Vec::new();
    let mut before = None;
    for (event, range) in input.events {
        match event {
            Event::Start(Tag::List(_)) => {
                let follows_paragraph = matches!(before, Some(&Event::End(TagEnd::Paragraph)));
                found.extend(difference(input, range, follows_paragraph, items.last().copied()));
            }
            Event::Start(Tag::Item) => items.push(MarkerLine::of(input, range).column()),
            Event::End(TagEnd::Item) => drop(items.pop()),
            _ => {}
        }
        before = Some(event);
    }
}

/// Where the first marker of a list or an item stands.
struct MarkerLine {
    line: usize,
    marker: usize,
}

impl MarkerLine {
    fn of(input: &Input<'_>, range: &Range<usize>) -> Self {
        let marker = input.trimmed(range).start;
        let line = input.text.part(..marker).rfind('\n').map_or(0, |at| at + 1);
        Self { line, marker }
    }

    fn column(&self) -> usize {
        self.marker - self.line
    }
}

fn difference(
    input: &Input<'_>,
    range: &Range<usize>,
    follows_paragraph: bool,
    around: Option<usize>,
) -> Option<Diagnostic> {
    let text = input.text;
    let place = MarkerLine::of(input, range);
    let above = text.part(..place.line);
    let line_above = above.trim_end_matches(['\n', '\r']).rsplit('\n').next().unwrap_or_default();
    let is_apart = above.ends_with("\n\n") || line_above.trim_matches([' ', '\t', '>']).is_empty();
    let message = if follows_paragraph && !is_apart {
        "Python-Markdown reads this list as part of the paragraph before it"
    } else if around.is_some_and(|column| place.column() < column + NESTING) {
        "Python-Markdown does not nest this list, which is indented by less than four spaces"
    } else {
        return None;
    };
    let line = text.part(place.marker..).lines().next().unwrap_or_default().trim_end().len();
    let span = input.span(place.marker..place.marker + line);
    Some(DIFFERENCE.at(span, message).help("no action needed: the list is rendered as indented"))
}
