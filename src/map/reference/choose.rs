//! Which table of a page is the node reference of a diagram.
//! In: the tables of a page, and the diagram with its place. Out: one of them, read; and those that compete with it.
//! Never knows: what the table is compared with in the end.

use std::collections::HashMap;

use super::evidence::{Evidence, Nodes};
use super::{Reference, Row, TableInput, number};
use crate::diagnostic::{Diagnostic, Parsed, Rule};
use crate::map::graph::Graph;
use crate::map::title;
use crate::text::Span;

/// Two tables that describe one diagram, and differ.
pub static TABLES_COMPETE: Rule = Rule::warning("swimlane/tables-compete", include_str!("tables_compete.md"));

/// The diagrams of a page, and which of them looks for its table.
#[derive(Copy, Clone, Debug)]
pub struct Diagrams<'a> {
    /// The diagram in question.
    pub own: Span,
    /// All of them.
    pub all: &'a [Span],
}

/// The node reference of a diagram.
#[derive(Clone, Debug)]
pub struct Chosen {
    /// Its position among the tables.
    pub table: usize,
    /// What it says.
    pub reference: Reference,
    /// Others that could be meant as well, and say something else.
    pub rivals: Vec<usize>,
}

/// A table that belongs to the diagram.
struct Candidate {
    table: usize,
    reference: Reference,
    evidence: Evidence,
    is_near: bool,
}

/// Chooses among the tables of a page: the one that names most nodes and agrees with them; of equals the one that
/// stands between its diagram and the next. `read` holds what each table says.
#[must_use]
pub fn choose(
    tables: &[TableInput],
    read: &[Parsed<Option<Reference>>],
    graph: &Graph,
    diagrams: &Diagrams<'_>,
) -> Option<Chosen> {
    let nodes = Nodes::new(graph);
    let candidate = |(at, (table, read)): (usize, (&TableInput, &Parsed<Option<Reference>>))| {
        let read = read.value.as_ref()?;
        let reference = number::resolved(read, &nodes).unwrap_or_else(|| read.clone());
        let evidence = Evidence::of(&reference, table, &nodes);
        let is_near = diagrams.is_near(table.span);
        evidence.belongs().then_some(Candidate { table: at, reference, evidence, is_near })
    };
    let mut candidates: Vec<Candidate> = tables.iter().zip(read).enumerate().filter_map(candidate).collect();
    // Of equals the first one.
    let best = (0..candidates.len()).rev().max_by_key(|at| {
        let Candidate { evidence, is_near, .. } = &candidates[*at];
        (evidence.score(), *is_near)
    })?;
    let best = candidates.swap_remove(best);
    let is_rival = |other: &&Candidate| {
        let is_as_near = other.is_near || !best.is_near;
        is_as_near && other.evidence.known * 4 >= best.evidence.known * 3 && differ(&best.reference, &other.reference)
    };
    let mut rivals: Vec<usize> = candidates.iter().filter(is_rival).map(|candidate| candidate.table).collect();
    rivals.sort_unstable();
    Some(Chosen { table: best.table, reference: best.reference, rivals })
}

impl Diagrams<'_> {
    /// Whether a table stands behind the diagram, and before the next one.
    fn is_near(&self, table: Span) -> bool {
        let own = self.own;
        let lies_between =
            |other: &Span| other.source == own.source && own.start < other.start && other.start < table.start;
        table.source == own.source && table.start > own.start && !self.all.iter().any(lies_between)
    }
}

/// Whether two tables say different things about one node.
fn differ(one: &Reference, other: &Reference) -> bool {
    let others: HashMap<&str, &Row> = other.rows.iter().map(|row| (row.key(), row)).collect();
    one.rows.iter().any(|row| {
        others.get(row.key()).is_some_and(|other| {
            let lanes = row.lane.as_ref().zip(other.lane.as_ref());
            let steps = row.step.as_ref().zip(other.step.as_ref());
            lanes.is_some_and(|(one, other)| !title::same(&one.value, &other.value))
                || steps.is_some_and(|(one, other)| !title::fits(&one.value, &other.value))
        })
    })
}

/// The finding for a table that could be meant beside the chosen one.
#[must_use]
pub fn competing(chosen: &TableInput, rival: &TableInput) -> Diagnostic {
    let message = "two tables describe the steps of one diagram, and they differ";
    let help = "let both say the same, or take the steps' ids out of the table that the map should not follow";
    TABLES_COMPETE.at(rival.head(), message).help(help).related(chosen.head(), "the map follows this one")
}
