//! Tables.
//! In: tables as they come. Out: HTML that scrolls sideways by itself, and the cells with their places and links.
//! Never knows: what a table is about.

use std::ops::Range;

use pulldown_cmark::Alignment;

use super::writer::Writer;
use crate::diagnostic::{Edit, Fix, Rule};
use crate::markdown::document::{HoleContent, Table, TableCell, UnevenRow};
use crate::source::Span;
use crate::wording::Wording;

/// A cell behind the last column.
pub(crate) static EXTRA_CELL: Rule = Rule::warning("table/extra-cell", include_str!("extra_cell.md"));
/// A row that ends before the last column.
pub static MISSING_CELL: Rule = Rule::warning("table/missing-cell", include_str!("missing_cell.md")).off();

/// A table that leaves out more cells than a page can hold.
pub(crate) static TOO_RAGGED: Rule = Rule::warning("table/too-ragged", include_str!("too_ragged.md"));

/// A table whose end was not met yet.
pub(crate) struct OpenTable {
    table: Table,
    alignments: Vec<Alignment>,
    row: Vec<TableCell>,
    /// Cells of the row that stand in the text, and where the last of them ends.
    written: usize,
    cell_end: usize,
    section: TableSection,
    /// The cell being written: its range, where its plain text starts, and its first link.
    cell: Option<(Range<usize>, usize, u32)>,
}

#[derive(Copy, Clone, PartialEq, Eq)]
enum TableSection {
    Head,
    Body,
}

impl Writer<'_> {
    pub(super) fn start_table(&mut self, alignments: &[Alignment], range: &Range<usize>) {
        self.out.fresh_line();
        let whole = self.trimmed(range);
        let replaceable = self.replaceable(&whole);
        let table = Table {
            span: self.span(whole),
            replaceable,
            header: Vec::new(),
            rows: Vec::new(),
            headings_before: self.document.headings.len(),
            uneven: Vec::new(),
        };
        self.tables.push(OpenTable {
            table,
            alignments: alignments.to_vec(),
            row: Vec::new(),
            written: 0,
            cell_end: 0,
            section: TableSection::Head,
            cell: None,
        });
    }

    /// The head is written aside: the label in front of it is made from its cells.
    pub(super) fn start_head(&mut self) {
        self.put_aside();
    }

    pub(super) fn end_head(&mut self) {
        let head = self.take_up();
        let Some(open) = self.tables.last_mut() else { return };
        open.table.header = std::mem::take(&mut open.row);
        open.section = TableSection::Body;
        let names: Vec<&str> =
            open.table.header.iter().map(|cell| cell.text.trim()).filter(|t| !t.is_empty()).collect();
        let label = Wording::english().with("text.table", &[("columns", &names.join(", "))]);
        let index = u32::try_from(self.document.tables.len()).unwrap_or(u32::MAX);
        self.out.hole(HoleContent::Table(index));
        self.out.raw("<div class=\"table\" tabindex=\"0\" role=\"group\"");
        self.out.attribute("aria-label", label.trim_end_matches([':', ' ']));
        self.out.raw("><table>\n<thead>\n<tr>");
        self.append(head);
        self.out.raw("</tr>\n</thead>\n<tbody>\n");
    }

    pub(super) fn start_row(&mut self) {
        if let Some(open) = self.tables.last_mut() {
            open.written = 0;
        }
        self.out.raw("<tr>");
    }

    pub(super) fn end_row(&mut self, range: &Range<usize>) {
        self.out.raw("</tr>\n");
        self.report_ragged(range);
        if let Some(open) = self.tables.last_mut() {
            let row = std::mem::take(&mut open.row);
            open.table.rows.push(row);
        }
    }

    /// The parser drops cells behind the last column, and makes up those that are missing.
    fn report_ragged(&mut self, range: &Range<usize>) {
        let Some(open) = self.tables.last() else { return };
        let (columns, written) = (open.alignments.len(), open.written);
        let line = self.trimmed(range);
        if written < columns {
            let message = format!("this row has {written} of {columns} cells");
            let help = "add the missing cells, even if they are empty: `| |`";
            self.found.push(MISSING_CELL.at(self.span(line.clone()), message).help(help));
            return self.note_uneven(line, Some(written));
        }
        let end = open.cell_end.clamp(line.start, line.end);
        let behind = &self.input.text[end..line.end];
        let bar = line.end - behind.trim_start().len();
        let Some(rest) = behind.trim_start().strip_prefix('|') else { return };
        let start = line.end - rest.trim_start().len();
        let rest = rest.trim().strip_suffix('|').unwrap_or(rest.trim()).trim_end();
        if rest.trim_matches(['|', ' ', '\t']).is_empty() {
            return;
        }
        let message = format!("`{rest}` is after the last of {columns} columns, so it is not shown");
        let help = "add a column to the table; to use `|` as text, write `\\|`, even in code";
        // With one backtick on either side, the bar stood in code.
        let is_code = rest.matches('`').count() % 2 == 1;
        let escape = || Fix::suggested(vec![Edit { span: self.span(bar..bar), replacement: "\\".to_owned() }]);
        let finding = EXTRA_CELL.at(self.span(start..start + rest.len()), message).help(help);
        self.found.push(finding.fix_if(is_code.then(escape)));
        self.note_uneven(line, None);
    }

    fn note_uneven(&mut self, line: Range<usize>, too_few: Option<usize>) {
        let span = self.span(line);
        let Some(OpenTable { table, .. }) = self.tables.last_mut() else { return };
        table.uneven.push(UnevenRow { row: table.rows.len(), span, too_few });
    }

    pub(super) fn end_table(&mut self) {
        self.out.raw("</tbody>\n</table></div>\n");
        if let Some(open) = self.tables.pop() {
            self.document.tables.push(open.table);
        }
    }

    pub(super) fn start_cell(&mut self, range: &Range<usize>) {
        let first_link = self.link_count();
        let plain = self.plain.start();
        let Some(open) = self.tables.last_mut() else { return };
        let name = if open.section == TableSection::Head { "<th scope=\"col\"" } else { "<td" };
        let align = match open.alignments.get(open.row.len()) {
            Some(Alignment::Left) => " style=\"text-align: left\"",
            Some(Alignment::Center) => " style=\"text-align: center\"",
            Some(Alignment::Right) => " style=\"text-align: right\"",
            Some(Alignment::None) | None => "",
        };
        open.cell = Some((range.clone(), plain, first_link));
        self.out.raw(name);
        self.out.raw(align);
        self.out.raw(">");
    }

    pub(super) fn end_cell(&mut self) {
        let last_link = self.link_count();
        let Some((range, plain, first_link)) = self.tables.last_mut().and_then(|open| open.cell.take()) else { return };
        let text = self.plain.since(plain).trim().to_owned();
        self.plain.end();
        let span = self.span(self.trimmed(&range));
        let Some(open) = self.tables.last_mut() else { return };
        if !range.is_empty() {
            open.written += 1;
            open.cell_end = range.end;
        }
        open.row.push(TableCell { text, span, links: first_link..last_link });
        self.out.raw(if open.section == TableSection::Head { "</th>" } else { "</td>" });
    }

    /// The place of a range that stands at the margin, on lines of its own, just as it stands in its source.
    pub(crate) fn replaceable(&self, range: &Range<usize>) -> Option<Span> {
        let text = self.input.text;
        let starts_line = range.start == 0 || text[..range.start].ends_with('\n');
        let ends_line = text[range.end..].chars().next().is_none_or(|next| matches!(next, '\n' | '\r'));
        // What was indented before it was rewritten comes in pieces, at the least from the line break before it.
        let with_break = range.start.saturating_sub(1)..range.end;
        (starts_line && ends_line && self.input.origin.is_exact(with_break)).then(|| self.span(range.clone()))
    }

    /// A line break in a cell parts words; `<br>` is how people write one there.
    pub(crate) fn break_in_cell(&mut self) {
        if self.tables.last().is_some_and(|open| open.cell.is_some()) {
            self.plain.push("\n");
        }
    }

    fn link_count(&self) -> u32 {
        u32::try_from(self.document.links.len()).unwrap_or(u32::MAX)
    }

    /// A range without the blanks around its text.
    pub(crate) fn trimmed(&self, range: &Range<usize>) -> Range<usize> {
        let text = &self.input.text[range.clone()];
        let start = range.start + (text.len() - text.trim_start().len());
        start..(start + text.trim().len()).max(start)
    }
}
