//! A diagram and its table, made one.
//! In: the graph that a diagram draws, and the rows of its node-reference table. Out: a graph that follows the
//! table, the row of each node, and each difference as one finding with the other place beside it.
//! Never knows: where a step leads. Comparing click targets takes the whole site.
//!
//! The table wins: authors copy a diagram between pages and forget its labels, but they keep the table, since
//! that is what people read and search.

mod agreement;
mod labels;
mod lanes;
mod next;
mod pair;
pub(super) mod stages;

pub use labels::LABEL_MISMATCH;
pub use lanes::LANE_MISMATCH;
pub use next::NEXT_MISMATCH;
pub use pair::{NODE_NOT_IN_TABLE, ROW_NOT_IN_DIAGRAM, UNDEFINED_NODE};

use std::collections::BTreeMap;

use agreement::Agreement;

use super::graph::{Graph, NodeId};
use super::index_vec::IndexVec;
use super::mermaid::SYNTAX;
use super::reference::{self, NOT_COMPARED, Reference, Row};
use crate::diagnostic::{Diagnostic, Fix, Parsed};
use crate::source::Span;

/// A map that diagram and table agree on.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Map {
    /// The diagram, with labels, lanes and stages as the table has them.
    pub graph: Graph,
    /// The table, in its order; empty when the diagram stands alone.
    pub rows: Vec<Row>,
    /// For each node its position in `rows`.
    pub row_of: IndexVec<NodeId, Option<usize>>,
}

impl Map {
    /// What the table says about a node.
    #[must_use]
    pub fn row(&self, node: NodeId) -> Option<&Row> {
        self.rows.get((*self.row_of.get(node)?)?)
    }

    /// The nodes in the order of the table, then those it does not have.
    #[must_use]
    pub fn order(&self) -> Vec<NodeId> {
        let mut order: Vec<NodeId> = self.graph.node_ids().collect();
        order.sort_by_key(|&node| self.row_of.get(node).copied().flatten().unwrap_or(usize::MAX));
        order
    }

    /// What a node is for, in a sentence: of its click, else of its row.
    #[must_use]
    pub fn tooltip(&self, node: NodeId) -> Option<&str> {
        let of_click = self.graph.node(node).click.as_ref().and_then(|click| click.tooltip.as_deref());
        of_click.or_else(|| self.row(node)?.why.as_ref().map(|why| why.value.as_str()))
    }
}

/// How much of a diagram was understood.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum DiagramReading {
    /// All of it.
    Whole,
    /// Not all: lanes, labels and nodes may be what is left of a broken statement.
    Broken,
}

impl DiagramReading {
    /// The reading of a diagram in which this was found.
    #[must_use]
    pub fn of(found: &[Diagnostic]) -> Self {
        if found.iter().any(|finding| finding.rule.code == SYNTAX.code) { Self::Broken } else { Self::Whole }
    }

    /// Whether a difference is a cause of its own. A missing `end` puts seven nodes into the wrong lane: who
    /// repairs it has repaired them all, and who reads of them first looks in the wrong place.
    #[must_use]
    pub fn supports(self, finding: &Diagnostic) -> bool {
        let follows = [&LABEL_MISMATCH, &LANE_MISMATCH, &NEXT_MISMATCH, &UNDEFINED_NODE, &NOT_COMPARED];
        self == Self::Whole || follows.iter().all(|rule| rule.code != finding.rule.code)
    }
}

/// Makes the graph follow the table.
#[must_use]
pub fn reconcile(mut graph: Graph, reference: &Reference) -> Parsed<Map> {
    let mut found = Vec::new();
    let mut rows = reference.rows.clone();
    let row_of = pair::pair(&graph, &rows, &mut found);
    // Before anything is corrected: once the graph follows a column, every column agrees with it.
    let agreement = Agreement::of(&graph, &said(&rows, &row_of));
    found.extend(agreement.findings(reference));
    agreement.leave_out(&mut rows);
    let said = said(&rows, &row_of);
    lanes::follow(&mut graph, &said, &mut found);
    labels::follow(&mut graph, &said, &mut found);
    stages::assign(&mut graph, &said);
    // Last, by the titles that hold now: a cell may name a step as the table calls it.
    next::compare(&graph, &said, &mut found);
    found.sort_by_key(|finding| finding.span);
    Parsed { value: Map { graph, rows, row_of }, found }
}

/// A repair of a diagram by what a table says. It is never more than a guess: the slip may as well be the table's. A
/// diagram that lies in another file than the table may stand beside another table as well, which says otherwise.
fn guess(fix: Fix, diagram: Span, table: Span) -> Option<Fix> {
    (diagram.source == table.source).then(|| Fix::suggested(fix.edits))
}

/// The row of each node.
type RowOfNode<'r> = IndexVec<NodeId, Option<&'r Row>>;

fn said<'r>(rows: &'r [Row], row_of: &IndexVec<NodeId, Option<usize>>) -> RowOfNode<'r> {
    row_of.iter().map(|row| row.and_then(|row| rows.get(row))).collect()
}

/// A table without a diagram: it says which step follows which.
#[must_use]
pub fn from_table(reference: &Reference) -> Parsed<Map> {
    let drawn = reference::to_graph(reference);
    let mut row_of: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, row) in reference.rows.iter().enumerate() {
        row_of.entry(row.key()).or_insert(index);
    }
    let row_of = drawn.value.nodes.iter().map(|node| row_of.get(node.id.as_str()).copied()).collect();
    Parsed { value: Map { graph: drawn.value, rows: reference.rows.clone(), row_of }, found: drawn.found }
}

/// A diagram without a table: its labels may still number the stages.
#[must_use]
pub fn alone(mut graph: Graph) -> Parsed<Map> {
    let found = pair::misspelt(&graph);
    let nodes = graph.nodes.len();
    stages::assign(&mut graph, &RowOfNode::filled(nodes, None));
    Parsed { value: Map { graph, rows: Vec::new(), row_of: IndexVec::filled(nodes, None) }, found }
}

#[cfg(test)]
mod tests;
