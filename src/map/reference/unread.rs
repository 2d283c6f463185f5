//! Findings for tables that are clearly about a diagram but cannot be compared with it.

use super::evidence::Nodes;
use super::headings::{MEANINGS, of_a_matrix};
use super::{ColumnNames, Columns, Reference, ReferenceCell, TableInput, columns, number, read};
use crate::diagnostic::{Diagnostic, Edit, Fix, Rule};
use crate::map::graph::{Graph, NodeId};

/// A table about the steps of a diagram that is not compared with it.
pub static NOT_COMPARED: Rule = Rule::warning("swimlane/table-not-compared", include_str!("table_not_compared.md"));

/// Fewer rows than this are about a diagram by chance.
const FEWEST: usize = 3;

/// The finding for a table that names most steps of a diagram, by their ids, titles or numbers, when it is not the
/// diagram's node reference only because its columns are called otherwise.
#[must_use]
pub fn not_compared(table: &TableInput, names: &ColumnNames, graph: &Graph) -> Option<Diagnostic> {
    let nodes = Nodes::new(graph);
    // Rows that all name a node are no more than there are nodes.
    let is_longer = table.rows.len() > 2 * nodes.declared;
    let enough =
        !is_longer && table.rows.len() >= FEWEST.min(nodes.declared) && table.rows.len() * 3 >= nodes.declared * 2;
    if !enough || table.rows.len() < 2 || of_a_matrix(&columns::words_of(&table.header)) > 0 {
        return None;
    }
    let reference = read(table, names).value;
    match reference {
        Some(reference) if reference.columns.lane.is_some() || reference.columns.first_action.is_some() => {
            other_ids(table, &reference, &nodes).or_else(|| other_headings(table, &nodes))
        }
        _ => other_headings(table, &nodes),
    }
}

/// A table with known columns whose first column holds something else than ids: numbers, or the titles themselves.
fn other_ids(table: &TableInput, reference: &Reference, nodes: &Nodes<'_>) -> Option<Diagnostic> {
    let column = reference.columns.id.unwrap_or(0);
    let meant = |row: &super::Row| {
        let step = row.step.as_ref().map(|step| step.value.as_str());
        nodes.titled(step.unwrap_or(&row.id.value)).filter(|_| nodes.called(&row.id.value).is_none())
    };
    let pairs: Vec<(&super::Row, NodeId)> = reference.rows.iter().filter_map(|row| Some((row, meant(row)?))).collect();
    // Two thirds of the rows: a step or two are named in any table of the page.
    if pairs.len() < FEWEST.min(nodes.declared).max(2) || pairs.len() * 3 < reference.rows.len() * 2 {
        return None;
    }
    let heading = table.header.get(column)?;
    let id = |node: NodeId| nodes.graph.node(node).id.as_str();
    let (_, first) = *pairs.first()?;
    let message = format!(
        "column `{}` does not contain the ids of the diagram's nodes, so no row is compared",
        heading.text.trim()
    );
    let help = format!("write each node's id in its row: `{}`, …", id(first));
    let finding = NOT_COMPARED.at(table.head(), message).help(help);
    // A number says nothing that would be lost; a title does.
    let numbered = pairs.iter().all(|(row, _)| number::number(row).is_some() && row.is_whole);
    let edits = pairs.iter().map(|(row, node)| Edit { span: row.id.span, replacement: id(*node).to_owned() });
    Some(finding.fix_if(numbered.then(|| Fix::suggested(edits.collect()))))
}

/// A table that holds the ids, and whose headings are not known.
fn other_headings(table: &TableInput, nodes: &Nodes<'_>) -> Option<Diagnostic> {
    let cells = |column: usize| table.rows.iter().filter_map(move |row| row.get(column));
    let holds = |column: usize, is: &dyn Fn(&ReferenceCell) -> bool| cells(column).filter(|cell| is(cell)).count();
    let columns = 0..table.header.len();
    let is_most = |count: usize| count * 3 >= table.rows.len() * 2;
    let ids = columns.clone().find(|column| {
        let count = holds(*column, &|cell| nodes.called(cell.text.trim()).is_some());
        is_most(count) && count * 3 >= nodes.declared * 2
    })?;
    // What stands in the other columns tells whether the table is about the same steps, and how to call them.
    let find = |is: &dyn Fn(&ReferenceCell) -> bool| {
        columns.clone().find(|column| *column != ids && is_most(holds(*column, is)))
    };
    let lane = find(&|cell| nodes.is_lane(&cell.text));
    let step = find(&|cell| nodes.titled(&cell.text).is_some());
    let action = find(&|cell| !cell.links.is_empty());
    let is_distinctive = cells(ids).any(|cell| cell.text.trim().chars().count() > 1);
    if lane.is_none() && step.is_none() && (action.is_none() || !is_distinctive) {
        return None;
    }
    let known = columns::find(&table.header, &ColumnNames::default(), &mut Vec::new());
    if (lane.is_some() || step.is_some()) && known.lane == lane && known.step == step {
        let message = "the rows of this table rarely match the diagram's nodes, so none is compared";
        let help = "check that each row has the right id";
        return Some(NOT_COMPARED.at(table.head(), message).help(help));
    }
    let named = named_columns(table, [("id", Some(ids)), ("lane", lane), ("step", step), ("first_action", action)]);
    let message = "the headings of this table are not recognized, so no row is compared with the diagram";
    Some(NOT_COMPARED.at(table.head(), message).help(named))
}

/// The finding for a table that a diagram took, with columns of titles or lanes whose headings are not known: silence
/// would look like agreement.
#[must_use]
pub fn not_known(table: &TableInput, reference: &Reference, graph: &Graph) -> Option<Diagnostic> {
    let nodes = Nodes::new(graph);
    let Columns { id, lane, step, why, stage, first_action, next } = reference.columns;
    let known = [Some(id.unwrap_or(0)), lane, step, why, stage, first_action, next];
    let unknown = || (0..table.header.len()).filter(|column| !known.contains(&Some(*column)));
    let is_half = |column: &usize, is: &dyn Fn(&ReferenceCell) -> bool| {
        let held = table.rows.iter().filter_map(|row| row.get(*column)).filter(|cell| is(cell)).count();
        held > 1 && held * 2 >= table.rows.len()
    };
    let lanes = unknown().find(|column| lane.is_none() && is_half(column, &|cell| nodes.is_lane(&cell.text)));
    let titles = unknown().find(|column| step.is_none() && is_half(column, &|cell| nodes.titled(&cell.text).is_some()));
    let first = lanes.or(titles)?;
    let heading = table.header.get(first)?;
    let message = format!("heading `{}` is not recognized, so its column is not compared", heading.text.trim());
    let help = named_columns(table, [("lane", lanes), ("step", titles), ("id", None), ("first_action", None)]);
    Some(NOT_COMPARED.at(heading.span, message).help(help))
}

/// The help that names columns in the front matter.
fn named_columns(table: &TableInput, keys: [(&str, Option<usize>); 4]) -> String {
    let is_key = |key: &str| MEANINGS.iter().any(|meaning| meaning.key == key);
    let named = keys.iter().filter(|(key, _)| is_key(key)).filter_map(|(key, column)| {
        let heading = table.header.get((*column)?)?.text.trim();
        (!heading.is_empty()).then(|| format!("`{key}: {heading}`"))
    });
    format!("name its columns under `map` in the front matter: {}", named.collect::<Vec<_>>().join(", "))
}
