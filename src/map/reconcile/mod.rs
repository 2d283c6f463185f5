//! A diagram and its table, made one.
//! In: the graph that a diagram draws, and the rows of its node-reference table. Out: a graph that follows the
//! table, the row of each node, and each difference as one finding with the other place beside it.
//! Never knows: where a step leads. Comparing click targets takes the whole site.
//!
//! The table wins: authors copy a diagram between pages and forget its labels, but they keep the table, since
//! that is what people read and search.

mod labels;
mod lanes;
mod pair;
pub(super) mod stages;

pub use labels::LABEL_MISMATCH;
pub use lanes::LANE_MISMATCH;
pub use pair::{NODE_NOT_IN_TABLE, ROW_NOT_IN_DIAGRAM, UNDEFINED_NODE};

use super::graph::{Graph, NodeId};
use super::mermaid::SYNTAX;
use super::reference::{Reference, Row};
use crate::diagnostic::{Diagnostic, Parsed};

/// A map that diagram and table agree on.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Map {
    /// The diagram, with labels, lanes and stages as the table has them.
    pub graph: Graph,
    /// The table, in its order; empty when the diagram stands alone.
    pub rows: Vec<Row>,
    /// For each node its position in `rows`.
    pub row_of: Vec<Option<usize>>,
}

impl Map {
    /// What the table says about a node.
    #[must_use]
    pub fn row(&self, node: NodeId) -> Option<&Row> {
        self.rows.get((*self.row_of.get(node.0 as usize)?)?)
    }
}

/// How much of a diagram was understood.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Reading {
    /// All of it.
    Whole,
    /// Not all: lanes, labels and nodes may be what is left of a broken statement.
    Broken,
}

impl Reading {
    /// The reading of a diagram in which this was found.
    #[must_use]
    pub fn of(found: &[Diagnostic]) -> Self {
        if found.iter().any(|finding| finding.rule.code == SYNTAX.code) { Self::Broken } else { Self::Whole }
    }

    /// Whether a difference is a cause of its own. A missing `end` puts seven nodes into the wrong lane: who
    /// repairs it has repaired them all, and who reads of them first looks in the wrong place.
    #[must_use]
    pub fn supports(self, finding: &Diagnostic) -> bool {
        let follows = [&LABEL_MISMATCH, &LANE_MISMATCH, &UNDEFINED_NODE];
        self == Self::Whole || follows.iter().all(|rule| rule.code != finding.rule.code)
    }
}

/// Makes the graph follow the table.
#[must_use]
pub fn reconcile(mut graph: Graph, reference: &Reference) -> Parsed<Map> {
    let mut found = Vec::new();
    let rows = reference.rows.clone();
    let row_of = pair::pair(&graph, &rows, &mut found);
    let said: Vec<Option<&Row>> = row_of.iter().map(|row| row.map(|row| &rows[row])).collect();
    lanes::follow(&mut graph, &said, &mut found);
    labels::follow(&mut graph, &said, &mut found);
    stages::assign(&mut graph, &said);
    found.sort_by_key(|finding| finding.span);
    Parsed { value: Map { graph, rows, row_of }, found }
}

/// A diagram without a table: its labels may still number the stages.
#[must_use]
pub fn alone(mut graph: Graph) -> Parsed<Map> {
    let found = pair::misspelt(&graph);
    let row_of = vec![None; graph.nodes.len()];
    stages::assign(&mut graph, &vec![None; row_of.len()]);
    Parsed { value: Map { graph, rows: Vec::new(), row_of }, found }
}

#[cfg(test)]
mod tests;
