//! Tables that may be copies: of the steps of a playbook, or of all playbooks.
//! In: a table. Out: its rows as copies have them, when its head says that it may be one.
//! Never knows: which playbooks there are.

use crate::markdown::{Cell, Table};
use crate::playbook::drift::{Counted, Overview, OverviewRow, TableRow};
use crate::text::Located;

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
            wanted.iter().any(|word| head == *word || (word.len() > 4 && head.contains(word)))
        })
    };
    let template = head(&["template", "document"])?;
    let step = head(&["#", "no", "no.", "nr", "step"])?;
    let is_number = |row: &Vec<Cell>| row.get(step).is_some_and(|cell| cell.text.trim().parse::<usize>().is_ok());
    let numbered = table.rows.iter().any(is_number);
    let name = if numbered { head(&["name", "step name"]) } else { Some(step) };
    Some(StepColumns { number: numbered.then_some(step), template, name })
}

impl StepColumns {
    /// The rows of the table, with what the cells of templates link.
    pub(super) fn rows<K>(&self, table: &Table, linked: impl Fn(&Cell) -> Option<Located<K>>) -> Vec<TableRow<K>> {
        let located = |row: &[Cell], column: Option<usize>| {
            let cell = row.get(column?).filter(|cell| !cell.text.is_empty())?;
            Some(Located::new(cell.text.clone(), cell.span))
        };
        let row = |row: &Vec<Cell>| TableRow {
            span: row.iter().find(|cell| !cell.span.is_empty()).map_or(table.span, |cell| cell.span),
            number: located(row, self.number),
            template: row.get(self.template).and_then(&linked),
            name: located(row, self.name),
        };
        table.rows.iter().map(row).collect()
    }
}

/// A table whose first column may name playbooks. Another column may count.
pub(super) fn counted(table: &Table) -> Option<Overview> {
    let mut columns = table.header.iter().enumerate().skip(1);
    let counted = columns.find_map(|(column, cell)| Some((column, Counted::of_column(&cell.text)?)));
    let column = counted.map(|(column, _)| column);
    let head = table.header.first()?;
    let row = |(at, row): (usize, &Vec<Cell>)| {
        let name = row.first()?;
        let uneven = table.uneven.iter().find(|uneven| uneven.row == at);
        // Of a row with a cell too many nobody knows which of them is the number; that it has one has been said.
        let has_more = uneven.is_some_and(|uneven| uneven.too_few.is_none());
        let cell = column.filter(|_| !has_more).and_then(|column| row.get(column));
        let count = cell.map(|cell| Located::new(cell.text.clone(), cell.span));
        let playbook = Located::new(name.text.clone(), name.span);
        Some(OverviewRow { playbook, count, is_whole: uneven.is_none() })
    };
    Some(Overview {
        head: Located::new(head.text.clone(), head.span),
        counted: counted.map(|(_, counted)| counted),
        column,
        end: table.replaceable.map(|all| (all.part(all.len()..all.len()), table.header.len())),
        rows: table.rows.iter().enumerate().filter_map(row).collect(),
    })
}
