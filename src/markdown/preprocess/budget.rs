//! Bounds on what a few bytes can make the parser do: marks beyond them are escaped, and reported.
//!
//! Nothing here is about what is well written: no text that a person wrote comes near the bounds. They count, and hold no
//! clock: the same text is always read the same way.

use std::borrow::Cow;

use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::markdown::lines::list_content;
use crate::source::{Part as _, SourceMap, SourceMapBuilder};

/// Quotes, items and definitions nested beyond what browsers show.
pub(crate) static TOO_DEEP: Rule = Rule::warning("markdown/nested-too-deep", include_str!("nested_too_deep.md"));
/// A table that leaves out more cells than a page can hold.
pub(crate) static TOO_RAGGED: Rule = Rule::warning("table/too-ragged", include_str!("too_ragged.md"));

/// Browsers stop nesting at 512 elements; each level here is up to two of theirs, and the page around takes some.
pub(crate) const DEEPEST: usize = 200;
/// Marks of quotes and items at the start of a line, with the spaces around them, in bytes. The parser goes through the
/// blocks around a line once more for each line that continues a paragraph in them.
const MOST_MARKS: usize = 1_024;
/// Cells that the tables of a page may leave out. The parser makes up each of them: a row of one cell in a table of a
/// thousand columns costs as much as a row of a thousand.
const MOST_MISSING: usize = 100_000;
/// A text of fewer bytes cannot go beyond the bounds.
const SHORT: usize = 1_024;

/// A text that the parser reads in a time that grows as the text does.
pub(crate) struct Bounded<'a> {
    pub text: Cow<'a, str>,
    pub source_map: Cow<'a, SourceMap>,
    /// What was escaped.
    pub diagnostics: Diagnostics,
}

impl<'a> Bounded<'a> {
    /// Escapes what goes beyond the bounds.
    pub(crate) fn of(text: &'a str, source_map: &'a SourceMap) -> Self {
        let excess = excess(text);
        if excess.is_empty() {
            return Self {
                text: Cow::Borrowed(text),
                source_map: Cow::Borrowed(source_map),
                diagnostics: Diagnostics::new(),
            };
        }
        let mut out = SourceMapBuilder::new(source_map.span(0..text.len()).source, text.len() + excess.len());
        let mut done = 0;
        for mark in &excess {
            out.copy_derived(text, done..mark.at, source_map);
            out.insert("\\", source_map.span(mark.at..mark.at));
            done = mark.at;
        }
        out.copy_derived(text, done..text.len(), source_map);
        let (escaped, escaped_origin) = out.finish();
        let diagnostics = findings(text, source_map, &excess);
        Self { text: Cow::Owned(escaped), source_map: Cow::Owned(escaped_origin), diagnostics }
    }
}

/// A mark that goes beyond a bound.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
struct Excess {
    at: usize,
    bound: Bound,
}

/// What is bounded.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
enum Bound {
    /// Blocks in each other.
    Depth,
    /// Cells that the rows of a table leave out.
    Missing,
}

/// A finding for each table, and one for all that is nested too deep.
fn findings(text: &str, source_map: &SourceMap, excess: &[Excess]) -> Diagnostics {
    let report = |mark: &Excess| -> Diagnostic {
        let line = text.part(mark.at..);
        let span = source_map.span(mark.at..mark.at + line.find(['\r', '\n']).unwrap_or(line.len()));
        match mark.bound {
            Bound::Depth => TOO_DEEP
                .at(span, format!("blocks are nested more than {DEEPEST} levels deep"))
                .help("deeper content is shown as text; remove the markers"),
            Bound::Missing => TOO_RAGGED
                .at(span, format!("the tables up to here leave out more than {MOST_MISSING} cells"))
                .help("this table is shown as text; add the missing cells, or use fewer columns"),
        }
    };
    let deep = excess.iter().find(|mark| mark.bound == Bound::Depth);
    let ragged = excess.iter().filter(|mark| mark.bound == Bound::Missing);
    deep.into_iter().chain(ragged).map(report).collect()
}

/// The marks to escape, in the order of the text.
fn excess(text: &str) -> Vec<Excess> {
    let mut list = Vec::new();
    if text.len() < SHORT {
        return list;
    }
    let mut tables = RaggedTables::default();
    let mut start = 0;
    for end in memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]) {
        let line = text.part(start..end);
        if line.len() > MOST_MARKS {
            list.extend(mark_behind(line, MOST_MARKS).map(|at| Excess { at: start + at, bound: Bound::Depth }));
        }
        list.extend(tables.line(line, start).map(|at| Excess { at, bound: Bound::Missing }));
        start = end + 1;
    }
    // A table is known to be too ragged some lines after the row that makes it one.
    list.sort_by_key(|mark| mark.at);
    list
}

/// The first mark of a quote or item that follows others over more than `most` bytes.
fn mark_behind(line: &str, most: usize) -> Option<usize> {
    // Between two items that begin on one line are single spaces; what is one mark over and over may be a rule.
    let mut at = 0;
    loop {
        let rest = line.part(at..).trim_start_matches([' ', '\t']);
        at = line.len() - rest.len();
        let width = match rest.as_bytes().first()? {
            b'>' => 1,
            _ => list_content(rest)?.min(rest.len()),
        };
        if at > most {
            let is_rule = rest.bytes().all(|byte| matches!(byte, b'-' | b'*' | b'_' | b' ' | b'\t' | b'\r'));
            // In `1.` the digits are text, and the mark is behind them.
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            return (!is_rule).then_some(at + digits);
        }
        at += width;
    }
}

/// The cells that tables leave out, line by line.
#[derive(Default)]
struct RaggedTables {
    /// Left out in all tables so far.
    missing: usize,
    open: Option<TableBudget>,
}

struct TableBudget {
    columns: usize,
    /// Where the row of dashes starts that makes it a table.
    at: usize,
    /// Cells left out so far.
    missing: usize,
}

impl RaggedTables {
    /// Takes a line that starts at `start`; returns where the table starts that has left out too much by now.
    fn line(&mut self, line: &str, start: usize) -> Option<usize> {
        let body = line.trim_start_matches([' ', '\t', '>']);
        let Some(table) = &mut self.open else {
            let columns = columns(body)?;
            self.open = Some(TableBudget { columns, at: start + line.len() - body.len(), missing: 0 });
            return None;
        };
        let bars = memchr::memchr_iter(b'|', body.as_bytes()).count();
        if body.trim_end().is_empty() {
            self.missing += self.open.take().map_or(0, |table| table.missing);
            return None;
        }
        // A bar less or more at the ends of a row makes no difference here.
        table.missing += table.columns.saturating_sub(bars.max(1));
        let is_too_much = self.missing + table.missing > MOST_MISSING;
        // A table that is shown as text leaves nothing out.
        let closed = self.open.take_if(|_| is_too_much)?;
        Some(closed.at)
    }
}

/// How many columns the row of dashes starts that a line is; `None` when it is none.
fn columns(body: &str) -> Option<usize> {
    let may_be = |byte: u8| matches!(byte, b'|' | b'-' | b':' | b' ' | b'\t' | b'\r');
    if !body.starts_with(['|', ':', '-']) || !body.bytes().all(may_be) || !body.contains('|') {
        return None;
    }
    let groups = body.split('|').filter(|group| group.contains('-')).count();
    (groups > 1).then_some(groups)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::tests::{compiled, html};

    /// What is escaped in a text.
    fn escaped(text: &str) -> Vec<usize> {
        excess(text).iter().map(|mark| mark.at).collect()
    }

    fn codes(text: &str) -> Vec<&'static str> {
        compiled(text).found.iter().map(|finding| finding.rule.code).collect()
    }

    #[test]
    fn marks_deeper_than_anybody_nests_are_text() {
        for (mark, shown) in [("> ", ">&gt; &gt; "), ("- ", ">- - "), ("1. ", ">1. 1. "), (">", ">&gt;&gt;")] {
            let text = format!("{}Sign\nnow\n", mark.repeat(2_000));
            assert_eq!(codes(&text), ["markdown/nested-too-deep"], "{mark}");
            assert!(html(&text).contains(shown), "{mark}");
            let closed = mark.repeat(100) + "Sign\n";
            assert_eq!((codes(&closed), html(&closed).contains(shown)), (vec![], false), "{mark}");
        }
        assert_eq!(escaped(&(" ".repeat(1_000) + "> " + &" ".repeat(30) + "- Sign\n")), [1_032]);
    }

    #[test]
    fn long_lines_are_no_deep_ones() {
        for line in ["- Sign. ".repeat(300), "- ".repeat(600), "Sign > ".repeat(300), "-".repeat(2_000) + "> Sign"] {
            assert_eq!(escaped(&line), [0; 0], "{}", &line[..16]);
        }
    }

    #[test]
    fn a_table_that_asks_for_millions_of_cells_is_text() {
        let table = |columns: usize, rows: usize| {
            format!("|{}\n|{}\n{}", "a|".repeat(columns), "-|".repeat(columns), "|b|\n".repeat(rows))
        };
        let wide = table(1_000, 90);
        assert_eq!(codes(&wide).iter().filter(|code| **code == "table/too-ragged").count(), 0);
        let pages =
            [table(1_000, 200), format!("{wide}\n{wide}\n{}", table(4, 4)), "> ".to_owned() + &table(9_000, 20)];
        for page in pages {
            assert_eq!(codes(&page).iter().filter(|code| **code == "table/too-ragged").count(), 1);
        }
        let page = format!("{}\n{}", table(1_000, 200), table(4, 4));
        assert_eq!(compiled(&page).value.tables.len(), 1, "a small table below it is one still");
    }

    #[test]
    fn places_stay_where_they_were_written() {
        let text = format!("{}[Sign](a.md)\n\n# Terms\n", "> ".repeat(600));
        let document = compiled(&text).value;
        assert_eq!(&text[document.links[0].span.range()], "a.md");
        assert_eq!(&text[document.headings[0].span.range()], "Terms");
    }
}
