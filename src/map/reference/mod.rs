//! The node-reference table: what a map's steps are, who does them, and what to open first.
//! In: the cells of a table, with links as numbers. Out: a `Reference`, one row for each step; also a `Graph`,
//! when the table says which step follows which.
//! Never knows: Markdown, where links lead, the diagram's text.

mod alone;
mod choose;
mod column;
mod columns;
mod evidence;
mod headings;
mod next;
mod number;
mod unread;

pub use alone::to_graph;
pub use choose::{ChosenTable, Diagrams, TABLES_COMPETE, choose, competing};
pub use column::{ColumnNames, Columns};
pub(super) use next::{Followers, followers};
pub use unread::{NOT_COMPARED, not_compared, not_known};

use super::title::{self, StageNumber};
use crate::diagnostic::{Diagnostic, Diagnostics, Parsed, Rule};
use crate::source::{Located, Span};

/// Two rows with one id.
pub static DUPLICATE_ID: Rule = Rule::error("swimlane/duplicate-id", include_str!("duplicate_id.md"));

/// Front matter that names a column the table does not have.
pub static UNKNOWN_COLUMN: Rule = Rule::error("swimlane/unknown-column", include_str!("unknown_column.md"));

/// A row with fewer cells than the table has columns.
pub static INCOMPLETE_ROW: Rule = Rule::warning("swimlane/incomplete-row", include_str!("incomplete_row.md"));

/// A table as its page has it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TableInput {
    /// Cells of the first row.
    pub header: Vec<ReferenceCell>,
    /// The other rows.
    pub rows: Vec<Vec<ReferenceCell>>,
    /// Rows whose cells are not as many as the columns, in order.
    pub uneven: Vec<UnevenReferenceRow>,
    /// All of it.
    pub span: Span,
}

impl TableInput {
    /// Where its headings stand.
    #[must_use]
    pub fn head(&self) -> Span {
        let own = |span: &Span| !span.is_empty() && span.source == self.span.source;
        let spans = self.header.iter().map(|cell| cell.span).filter(own);
        spans.reduce(Span::cover).unwrap_or(self.span)
    }
}

/// A row whose cells are not as many as the columns.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct UnevenReferenceRow {
    /// Its position in [`TableInput::rows`].
    pub row: usize,
    /// All of it.
    pub span: Span,
    /// How many cells it has, when they are too few. Cells too many are the page's finding.
    pub too_few: Option<usize>,
}

/// A cell.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReferenceCell {
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
    /// The headings, as they are written.
    pub headings: Vec<Located<String>>,
    /// All of the table.
    pub span: Span,
}

/// What a row says about a step. What its cell leaves open (`—`) is `None`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// The node's id, as written.
    pub id: Located<String>,
    /// The node that is meant, where the table numbers its rows as the diagram numbers its labels.
    pub node: Option<String>,
    /// Whether each cell stands below its own heading. Of a row with a cell too few nobody knows which is missing, so
    /// only its id is read.
    pub is_whole: bool,
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

impl Row {
    /// The id of the node that the row speaks of.
    #[must_use]
    pub fn key(&self) -> &str {
        self.node.as_ref().unwrap_or(&self.id.value)
    }
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

/// A table with what it says, read as a node reference.
#[derive(Clone, Debug)]
pub struct ReadTable {
    /// As its page has it.
    pub table: TableInput,
    /// `None` when it says nothing that a map could use.
    pub read: Parsed<Option<Reference>>,
}

impl ReadTable {
    /// Reads a table.
    #[must_use]
    pub fn new(table: TableInput, names: &ColumnNames) -> Self {
        let read = read(&table, names);
        Self { table, read }
    }
}

/// Reads a table. `None` when its headings name nothing that a map could use.
#[must_use]
pub fn read(table: &TableInput, names: &ColumnNames) -> Parsed<Option<Reference>> {
    let mut found = Vec::new();
    let columns = columns::find(&table.header, names, &mut found);
    // Nearly any table has a first column and one for reasons: these alone make no node reference.
    let Columns { lane, step, stage, first_action, next, .. } = columns;
    if [lane, step, stage, first_action, next].iter().all(Option::is_none) {
        return Parsed { value: None, found };
    }
    let mut uneven = table.uneven.iter().peekable();
    let rows = table.rows.iter().enumerate().filter_map(|(at, cells)| {
        let is_uneven = uneven.next_if(|uneven| uneven.row == at).is_some();
        row(cells, &columns, is_uneven)
    });
    let rows = rows.collect();
    let headings = table.header.iter().map(|cell| Located::new(cell.text.clone(), cell.span)).collect();
    Parsed { value: Some(Reference { rows, columns, headings, span: table.span }), found }
}

/// The findings for the rows of a table that end early.
#[must_use]
pub fn incomplete_rows(table: &TableInput) -> Diagnostics {
    let columns = table.header.len();
    let finding = |uneven: &UnevenReferenceRow| {
        let cells = uneven.too_few?;
        let message = format!("this row has {cells} of {columns} cells");
        let help =
            "add the missing cell, even if it is empty: `| |`; until then, the row is not compared with the diagram";
        Some(INCOMPLETE_ROW.at(uneven.span, message).help(help))
    };
    table.uneven.iter().filter_map(finding).collect()
}

fn row(cells: &[ReferenceCell], columns: &Columns, is_uneven: bool) -> Option<Row> {
    let cell = |column: Option<usize>| cells.get(column?);
    let said = |column: Option<usize>| -> Option<Located<String>> {
        let cell = cell(column)?;
        let text = cell.text.trim();
        text.contains(char::is_alphanumeric).then(|| Located::new(text.to_owned(), cell.span))
    };
    // A line break in a cell is a blank to who compares it.
    let words = |column: Option<usize>| said(column).map(|text| text.map(|text| text.replace('\n', " ")));
    // Without a heading that says otherwise the first column names the nodes.
    let id = said(Some(columns.id.unwrap_or(0)))?;
    // Each cell may stand below the heading of its neighbour.
    let known = if is_uneven { Columns::default() } else { *columns };
    let first_action = cell(known.first_action);
    let stage = words(known.stage).and_then(|text| title::named_stage(&text.value).map(|stage| (stage, text)));
    Some(Row {
        id,
        node: None,
        is_whole: !is_uneven,
        lane: words(known.lane),
        step: words(known.step),
        why: words(known.why),
        stage,
        first_action: first_action.map(|cell| cell.links.clone()).unwrap_or_default(),
        first_action_span: first_action.map(|cell| cell.span),
        next: cell(known.next)
            .map(|cell| Located::new(cell.text.trim().to_owned(), cell.span))
            .filter(|next| !next.value.is_empty()),
    })
}

/// The finding for a row whose id another row has.
pub(super) fn duplicate(row: &Row, first: &Row) -> Diagnostic {
    let finding = DUPLICATE_ID.at(row.id.span, format!("duplicate id `{}` in the table", row.id.value));
    finding.help("give each step its own id").related(first.id.span, "also here")
}

#[cfg(test)]
mod tests;
