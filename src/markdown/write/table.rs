//! Tables: HTML that scrolls sideways, the cells with their links, and rows that are too short or too long.

use std::ops::Range;

use pulldown_cmark::Alignment;

use super::writer::{Enclosing, Writer, position};
use crate::diagnostic::{Edit, Fix, Rule};
use crate::markdown::document::{HoleContent, Table, TableCell, UnevenRow};
use crate::source::{Part as _, Span};
use crate::wording::Wording;

/// A cell behind the last column.
pub(crate) static EXTRA_CELL: Rule = Rule::warning("table/extra-cell", include_str!("extra_cell.md"));
/// A row that ends before the last column.
pub static MISSING_CELL: Rule = Rule::warning("table/missing-cell", include_str!("missing_cell.md")).off();

/// The tables that are open: the cells of one may hold raw HTML, but no other table.
#[derive(Default)]
pub(super) struct Tables {
    open: Vec<OpenTable>,
}

/// A table whose end was not met yet.
struct OpenTable {
    table: Table,
    alignments: Vec<Alignment>,
    row: Vec<TableCell>,
    /// Cells of the row that are in the text, and where the last of them ends.
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

impl Tables {
    pub(super) fn start(&mut self, writer: &mut Writer<'_>, alignments: &[Alignment], range: &Range<usize>) {
        writer.fresh_line();
        let whole = writer.trimmed(range);
        // A directive can replace a copied table, but only where the table is on lines of its own.
        let replaceable = writer.input().replaceable(&whole);
        let table = Table {
            span: writer.span(whole),
            replaceable,
            header: Vec::new(),
            rows: Vec::new(),
            headings_before: writer.heading_count(),
            uneven: Vec::new(),
        };
        self.open.push(OpenTable {
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
    pub(super) fn start_head(writer: &mut Writer<'_>) {
        writer.start_nested();
    }

    pub(super) fn end_head(&mut self, writer: &mut Writer<'_>) {
        let head = writer.end_nested();
        let Some(open) = self.open.last_mut() else { return };
        open.table.header = std::mem::take(&mut open.row);
        open.section = TableSection::Body;
        let names: Vec<&str> =
            open.table.header.iter().map(|cell| cell.text.trim()).filter(|t| !t.is_empty()).collect();
        // A page may have many tables; the names of its columns tell one from another for who does not see them.
        let label = Wording::english().with("text.table", &[("columns", &names.join(", "))]);
        let index = position(writer.document().tables.len());
        writer.hole(HoleContent::Table(index));
        writer.raw("<div class=\"table\" tabindex=\"0\" role=\"group\"");
        writer.attribute("aria-label", label.trim_end_matches([':', ' ']));
        writer.raw("><table>\n<thead>\n<tr>");
        writer.append(head);
        writer.raw("</tr>\n</thead>\n<tbody>\n");
    }

    pub(super) fn start_row(&mut self, writer: &mut Writer<'_>) {
        if let Some(open) = self.open.last_mut() {
            open.written = 0;
        }
        writer.raw("<tr>");
    }

    pub(super) fn end_row(&mut self, writer: &mut Writer<'_>, range: &Range<usize>) {
        writer.raw("</tr>\n");
        self.report_uneven(writer, range);
        if let Some(open) = self.open.last_mut() {
            let row = std::mem::take(&mut open.row);
            open.table.rows.push(row);
        }
    }

    /// The parser drops cells behind the last column, and makes up those that are missing.
    fn report_uneven(&mut self, writer: &mut Writer<'_>, range: &Range<usize>) {
        let Some(open) = self.open.last_mut() else { return };
        let (columns, written) = (open.alignments.len(), open.written);
        let line = writer.trimmed(range);
        if written < columns {
            let message = format!("this row has {written} of {columns} cells");
            let help = "add the missing cells, even if they are empty: `| |`";
            writer.report(MISSING_CELL.at(writer.span(line.clone()), message).help(help));
            return open.note_uneven(writer.span(line), Some(written));
        }
        let end = open.cell_end.clamp(line.start, line.end);
        let behind = writer.text().part(end..line.end);
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
        let escape = || Fix::suggested(vec![Edit { span: writer.span(bar..bar), replacement: "\\".to_owned() }]);
        let finding = EXTRA_CELL.at(writer.span(start..start + rest.len()), message).help(help);
        writer.report(finding.fix_if(is_code.then(escape)));
        open.note_uneven(writer.span(line), None);
    }

    pub(super) fn end(&mut self, writer: &mut Writer<'_>) {
        writer.raw("</tbody>\n</table></div>\n");
        if let Some(open) = self.open.pop() {
            writer.document().tables.push(open.table);
        }
    }

    pub(super) fn start_cell(&mut self, writer: &mut Writer<'_>, range: &Range<usize>) {
        let first_link = writer.link_count();
        let plain = writer.plain().start();
        let Some(open) = self.open.last_mut() else { return };
        let name = if open.section == TableSection::Head { "<th scope=\"col\"" } else { "<td" };
        let align = match open.alignments.get(open.row.len()) {
            Some(Alignment::Left) => " class=\"align-left\"",
            Some(Alignment::Center) => " class=\"align-center\"",
            Some(Alignment::Right) => " class=\"align-right\"",
            Some(Alignment::None) | None => "",
        };
        open.cell = Some((range.clone(), plain, first_link));
        writer.enter(Enclosing::Cell);
        writer.raw(name);
        writer.raw(align);
        writer.raw(">");
    }

    pub(super) fn end_cell(&mut self, writer: &mut Writer<'_>) {
        let last_link = writer.link_count();
        let Some((range, plain, first_link)) = self.open.last_mut().and_then(|open| open.cell.take()) else { return };
        writer.leave(Enclosing::Cell);
        let text = writer.gathered(plain, |text| text.trim().to_owned());
        let span = writer.span(writer.trimmed(&range));
        let Some(open) = self.open.last_mut() else { return };
        // Cells that the parser made up have an empty range.
        if !range.is_empty() {
            open.written += 1;
            open.cell_end = range.end;
        }
        open.row.push(TableCell { text, span, links: first_link..last_link });
        writer.raw(if open.section == TableSection::Head { "</th>" } else { "</td>" });
    }
}

impl OpenTable {
    fn note_uneven(&mut self, span: Span, too_few: Option<usize>) {
        self.table.uneven.push(UnevenRow { row: self.table.rows.len(), span, too_few });
    }
}
