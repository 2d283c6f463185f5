//! Lines that are a table to their author, and text to the parser.

use std::ops::Range;

use super::construct::{TABLE, TABLE_IN_TEXT};
use super::place::{Leak, MARGIN, Place};
use crate::source::Part as _;

/// A row between bars above which nothing makes it a table's: its second line lacks a cell, or is missing.
pub(super) fn row<'t>(place: &Place<'t>) -> Option<Leak<'t>> {
    let line = place.line();
    let next = place.at + line.len() + 1;
    if !place.starts_paragraph() || next >= place.text.len() {
        return None;
    }
    let below = Place { at: next, ..*place }.line().trim_end();
    let marks = below.len() - below.trim_start_matches(MARGIN).len();
    let (range, right) = second_line(line.trim_end(), below.part(marks..))?;
    let start = line.len() + 1;
    let row = Leak::new(0..line.trim_end().len(), &TABLE);
    // Inside a quote, a new line would want its marks.
    Some(if marks > 0 { row } else { row.right(start + range.start..start + range.end, right) })
}

/// A line of dashes that the parser did not take for a table's second: the line above ends a paragraph, or has more
/// cells, or fewer.
pub(super) fn dashes<'t>(place: &Place<'t>) -> Option<Leak<'t>> {
    let line = place.line().trim_end();
    let (start, above) = place.above()?;
    let head = above.trim_matches(MARGIN);
    if !is_dashes(line) || !line.contains('|') || !head.contains('|') || head.starts_with('|') {
        return None;
    }
    let back = place.at - start - (above.len() - above.trim_start_matches(MARGIN).len());
    let columns = cells(head);
    let fits = columns == cells(line);
    let leak = Leak { back, ..Leak::new(0..line.len(), if fits { &TABLE_IN_TEXT } else { &TABLE }) };
    // Beside a margin, a new line would want its marks.
    Some(match (fits, above.starts_with(MARGIN)) {
        (_, true) => leak,
        (true, false) => leak.right(0..0, "\n".to_owned()),
        (false, false) => leak.right(back..back + line.len(), vec!["---"; columns].join(" | ")),
    })
}

/// What is wrong with the line below a row between bars, and what would be right.
fn second_line(line: &str, next: &str) -> Option<(Range<usize>, String)> {
    let columns = is_between_bars(line).then(|| cells(line))?;
    let second = next.trim();
    let dashes = format!("|{}", "---|".repeat(columns));
    match (is_dashes(second), is_between_bars(second).then(|| cells(second))) {
        // The parser goes by the number of cells.
        (true, Some(given)) if given != columns => Some((0..next.len(), dashes)),
        (false, Some(given)) if given == columns => Some((0..0, format!("{dashes}\n"))),
        _ => None,
    }
}

fn is_dashes(line: &str) -> bool {
    line.contains('-') && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

fn is_between_bars(row: &str) -> bool {
    let inner = row.trim().strip_prefix('|').and_then(|row| row.strip_suffix('|'));
    inner.is_some_and(|inner| !inner.trim().is_empty())
}

/// How many cells a row has, with bars around it or without.
fn cells(row: &str) -> usize {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let inner = row.strip_suffix('|').unwrap_or(row);
    inner.replace("\\|", "").matches('|').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_wants_a_line_of_dashes() {
        assert_eq!(second_line("| A | B |", "| 1 | 2 |"), Some((0..0, "|---|---|\n".to_owned())));
        assert_eq!(second_line("| A | B |", "|---|"), Some((0..5, "|---|---|".to_owned())));
        assert_eq!(second_line("| A | B |", "|---|---|"), None);
        assert_eq!(second_line("| A |", "text"), None);
    }

    #[test]
    fn a_table_without_outer_bars_wants_a_blank_line_above() {
        let right = |text: &str| {
            let leak = dashes(&Place { text, at: text.rfind("--- ")? })?;
            let (range, right) = leak.right?;
            Some((text[range].to_owned(), right))
        };
        assert_eq!(right("List:\nA | B\n--- | ---\n"), Some((String::new(), "\n".to_owned())));
        assert_eq!(right("A | B | C\n--- | ---\n").map(|(_, right)| right).as_deref(), Some("--- | --- | ---"));
        assert_eq!(right("A or B\n--- | ---\n"), None);
    }
}
