//! Recognizes tables that may be copies of a playbook's steps or of the list of playbooks, by their headings.

use std::collections::BTreeSet;

use crate::markdown::{Table, TableCell};
use crate::playbook::drift::{Counted, Overview, OverviewRow, TableRow};
use crate::playbook::folded_name;
use crate::source::Located;

/// Which columns of a table a step table has.
pub(super) struct StepColumns {
    pub(super) number: Option<usize>,
    pub(super) template: usize,
    pub(super) name: Option<usize>,
}

/// The columns of a step table, when a table is one.
pub(super) fn step_columns(table: &Table) -> Option<StepColumns> {
    let head = |wanted: &[&str]| {
        table.header.iter().position(|cell| {
            let head = cell.text.to_lowercase();
            // Short words only as they are: `no` is part of `notes`, and `step` of `stepwise`.
            wanted.iter().any(|word| head == *word || (word.len() > 4 && head.contains(word)))
        })
    };
    let template = head(&["template", "document"])?;
    let step = head(&["#", "no", "no.", "nr", "step"])?;
    // A column `Step` may number the steps or name them; only its cells tell.
    let is_number = |row: &Vec<TableCell>| row.get(step).is_some_and(|cell| cell.text.trim().parse::<usize>().is_ok());
    let numbered = table.rows.iter().any(is_number);
    let name = if numbered { head(&["name", "step name"]) } else { Some(step) };
    Some(StepColumns { number: numbered.then_some(step), template, name })
}

impl StepColumns {
    /// The rows of the table, with what the cells of templates link.
    pub(super) fn rows<K>(&self, table: &Table, linked: impl Fn(&TableCell) -> Option<Located<K>>) -> Vec<TableRow<K>> {
        let located = |row: &[TableCell], column: Option<usize>| {
            let cell = row.get(column?).filter(|cell| !cell.text.is_empty())?;
            Some(Located::new(cell.text.clone(), cell.span))
        };
        // An unescaped `|` in a cell shifts all cells after it: in such a row no column can be trusted.
        let is_whole = |at: usize| !table.uneven.iter().any(|uneven| uneven.row == at);
        let row = |(at, row): (usize, &Vec<TableCell>)| TableRow {
            is_whole: is_whole(at),
            span: row.iter().find(|cell| !cell.span.is_empty()).map_or(table.span, |cell| cell.span),
            number: located(row, self.number.filter(|_| is_whole(at))),
            template: row.get(self.template).filter(|_| is_whole(at)).and_then(&linked),
            name: located(row, self.name.filter(|_| is_whole(at))),
        };
        table.rows.iter().enumerate().map(row).collect()
    }
}

/// A table whose column `names` may name playbooks. Others may count.
pub(super) fn counted(table: &Table, names: usize) -> Option<Overview> {
    let head = table.header.get(names)?;
    let columns = table.header.iter().enumerate().filter(|(column, _)| *column != names);
    let counted: Vec<(usize, Counted)> = columns
        .filter(|(column, _)| !is_ordinal(table, *column, names))
        .filter_map(|(column, cell)| Some((column, Counted::of_column(&cell.text)?)))
        .collect();
    let located = |cell: &TableCell| Located::new(cell.text.clone(), cell.span);
    let uneven: BTreeSet<usize> = table.uneven.iter().map(|uneven| uneven.row).collect();
    let row = |(at, cells): (usize, &Vec<TableCell>)| {
        let counts = counted.iter().filter(|_| !uneven.contains(&at));
        let counts = counts.filter_map(|(column, _)| cells.get(*column)).map(located).collect();
        Some(OverviewRow { playbook: located(cells.get(names)?), counts })
    };
    Some(Overview {
        head: located(head),
        names,
        end: table.replaceable.map(|all| (all.part(all.len()..all.len()), table.header.len())),
        rows: table.rows.iter().enumerate().filter_map(row).collect(),
        counted,
    })
}

/// Whether a column numbers the rows, or the steps in them, and counts nothing: `Step` with 1, 2, 3 below it.
fn is_ordinal(table: &Table, column: usize, names: usize) -> bool {
    let head = table.header.get(column).map(|head| folded_name(&head.text)).unwrap_or_default();
    let numbers = || table.rows.iter().map(|row| row.get(column).and_then(|cell| cell.text.trim().parse().ok()));
    // In front of the names, only 1, 2, 3 in this order number the rows; other numbers count steps.
    let runs = table.rows.len() > 1 && numbers().eq((1..=table.rows.len()).map(Some));
    matches!(head.as_str(), "step" | "stepno" | "stepnr" | "stepnumber") && (names > 0 || runs)
}
