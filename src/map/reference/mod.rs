//! The node-reference table: what a map's steps are, who does them, and what to open first.
//! In: the cells of a table, with links as numbers. Out: a `Reference`, one row for each step; also a `Graph`,
//! when the table says which step follows which.
//! Never knows: Markdown, where links lead, the diagram's text.

mod alone;
mod columns;

pub use alone::to_graph;
pub use columns::{ColumnNames, Columns};

use super::graph::Graph;
use super::title::{self, StageNumber};
use crate::diagnostic::{Diagnostic, Parsed, Rule};
use crate::text::{Located, Span};

/// Two rows with one id.
pub static DUPLICATE_ID: Rule = Rule::error("swimlane/duplicate-id", include_str!("duplicate_id.md"));

/// Front matter that names a column the table does not have.
pub static UNKNOWN_COLUMN: Rule = Rule::error("swimlane/unknown-column", include_str!("unknown_column.md"));

/// A table as its page has it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TableInput {
    /// Cells of the first row.
    pub header: Vec<Cell>,
    /// The other rows.
    pub rows: Vec<Vec<Cell>>,
    /// All of it.
    pub span: Span,
}

/// A cell.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cell {
    /// Plain text.
    pub text: String,
    /// Its content in its source, without the blanks around it.
    pub span: Span,
    /// The links in it, in order.
    pub links: Vec<LinkRef>,
}

/// A link of the page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LinkRef {
    /// Which of the page's links it is; means nothing here.
    pub index: u32,
    /// Its words.
    pub text: String,
}

/// A node-reference table, read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reference {
    /// In table order. Two rows may have one id: whoever compares them says so.
    pub rows: Vec<Row>,
    /// Which column holds what.
    pub columns: Columns,
    /// All of the table.
    pub span: Span,
}

/// What a row says about a step. What its cell leaves open (`—`) is `None`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// The node's id.
    pub id: Located<String>,
    /// Who does it.
    pub lane: Option<Located<String>>,
    /// The step's title.
    pub step: Option<Located<String>>,
    /// Why it matters.
    pub why: Option<Located<String>>,
    /// The stage that its cell numbers, with the cell's words.
    pub stage: Option<(StageNumber, Located<String>)>,
    /// What to open first: links of the page. The first is the one that the map's node opens.
    pub first_action: Vec<LinkRef>,
    /// The first-action cell.
    pub first_action_span: Option<Span>,
    /// The steps that follow, as written.
    pub next: Option<Located<String>>,
}

impl Reference {
    /// Whether the table draws a map all by itself: it says of each step what it is called, who does it, and
    /// what comes next.
    #[must_use]
    pub fn draws_a_map(&self) -> bool {
        let Columns { id, lane, step, next, .. } = self.columns;
        id.is_some() && lane.is_some() && step.is_some() && next.is_some()
    }
}

/// Reads a table. `None` when its headings name nothing that a map could use.
#[must_use]
pub fn read(table: &TableInput, names: &ColumnNames) -> Parsed<Option<Reference>> {
    let mut found = Vec::new();
    let columns = columns::find(&table.header, names, &mut found);
    let Columns { lane, step, stage, first_action, next, .. } = columns;
    if [lane, step, stage, first_action, next].iter().all(Option::is_none) {
        return Parsed { value: None, found };
    }
    let rows = table.rows.iter().filter_map(|cells| row(cells, &columns)).collect();
    Parsed { value: Some(Reference { rows, columns, span: table.span }), found }
}

fn row(cells: &[Cell], columns: &Columns) -> Option<Row> {
    let said = |column: Option<usize>| -> Option<Located<String>> {
        let cell = cells.get(column?)?;
        let text = cell.text.trim();
        text.contains(char::is_alphanumeric).then(|| Located::new(text.to_owned(), cell.span))
    };
    let first_action = columns.first_action.and_then(|column| cells.get(column));
    let stage = said(columns.stage).and_then(|text| title::named_stage(&text.value).map(|stage| (stage, text)));
    Some(Row {
        // Without a heading that says otherwise the first column names the nodes.
        id: said(Some(columns.id.unwrap_or(0)))?,
        lane: said(columns.lane),
        step: said(columns.step),
        why: said(columns.why),
        stage,
        first_action: first_action.map(|cell| cell.links.clone()).unwrap_or_default(),
        first_action_span: first_action.map(|cell| cell.span),
        next: said(columns.next),
    })
}

/// Whether a table is the node reference of a graph: most of its first cells are ids of the graph, and its
/// headings name something to say about them.
#[must_use]
pub fn describes(table: &TableInput, names: &ColumnNames, graph: &Graph) -> bool {
    let Some(reference) = read(table, names).value else { return false };
    let known = reference.rows.iter().filter(|row| graph.nodes.iter().any(|node| node.id == row.id.value)).count();
    known >= 2.min(graph.nodes.len()).max(1) && known * 2 > reference.rows.len()
}

/// The finding for a row whose id another row has.
pub(super) fn duplicate(row: &Row, first: &Row) -> Diagnostic {
    let finding = DUPLICATE_ID.at(row.id.span, format!("table row `{}` is there twice", row.id.value));
    finding.help("give each step its own id").related(first.id.span, "also here")
}

#[cfg(test)]
mod tests;
