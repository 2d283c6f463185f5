//! Chooses the table that describes a diagram.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::evidence::{Evidence, Nodes};
use super::{ReadTable, Reference, Row, TableInput, columns, number};
use crate::diagnostic::{Diagnostic, Rule};
use crate::map::graph::Graph;
use crate::map::title;
use crate::source::Span;

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
pub struct ChosenTable {
    /// Its position among the tables; of several the first.
    pub table: usize,
    /// Tables that go on where it ends.
    pub more: Vec<usize>,
    /// What it says, and what they say.
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
/// stands between its diagram and the next.
#[must_use]
pub fn choose(tables: &[ReadTable], graph: &Graph, diagrams: &Diagrams<'_>) -> Option<ChosenTable> {
    let nodes = Nodes::new(graph);
    let reach = diagrams.reach();
    let among = Among { tables, reach: &reach, nodes: &nodes };
    let candidate = |(at, ReadTable { table, read }): (usize, &ReadTable)| {
        // Every diagram of a page looks at every table: what names none of its nodes costs next to nothing.
        let may_name = |row: &Row| nodes.called(row.key()).is_some() || number::number(row).is_some();
        let read = read.value.as_ref().filter(|read| read.rows.iter().any(may_name))?;
        let reference = number::resolved(read, &nodes).map_or(Cow::Borrowed(read), Cow::Owned);
        let evidence = Evidence::of(&reference, table, &nodes);
        let is_near = reach.holds(table.span);
        let candidate =
            || Candidate { table: at, reference: reference.into_owned(), evidence: evidence.clone(), is_near };
        evidence.belongs().then(candidate)
    };
    let mut candidates: Vec<Candidate> = tables.iter().enumerate().filter_map(candidate).collect();
    // Of equals the first one: `max_by_key` takes the last.
    let by_score = candidates.iter().enumerate().rev();
    let best = by_score.max_by_key(|(_, candidate)| (candidate.evidence.score(), candidate.is_near));
    let Some((best, _)) = best else { return among.together() };
    let mut best = candidates.swap_remove(best);
    // Three quarters of the nodes: who names a few of them is about something else.
    let is_rival = |other: &&Candidate| {
        let is_as_near = other.is_near || !best.is_near;
        is_as_near && other.evidence.known * 4 >= best.evidence.known * 3 && differ(&best.reference, &other.reference)
    };
    let mut rivals: Vec<usize> = candidates.iter().filter(is_rival).map(|candidate| candidate.table).collect();
    rivals.sort_unstable();
    let more = among.going_on(best.table, &mut best.reference);
    Some(ChosenTable { table: best.table, more, reference: best.reference, rivals })
}

/// The tables of a page beside a diagram.
struct Among<'a> {
    tables: &'a [ReadTable],
    reach: &'a Reach,
    nodes: &'a Nodes<'a>,
}

impl Among<'_> {
    /// Tables none of which is the node reference by itself, and which are it together.
    fn together(&self) -> Option<ChosenTable> {
        self.near().find_map(|(table, ReadTable { table: input, read })| {
            let mut reference = read.value.clone()?;
            let more = self.going_on(table, &mut reference);
            let belongs = Evidence::of(&reference, input, self.nodes).belongs();
            (!more.is_empty() && belongs).then_some(ChosenTable { table, more, reference, rivals: Vec::new() })
        })
    }

    /// The tables between the diagram and the next one, with their positions.
    fn near(&self) -> impl Iterator<Item = (usize, &ReadTable)> {
        self.tables.iter().enumerate().filter(|(_, other)| self.reach.holds(other.table.span))
    }

    /// The tables that go on where one ends, whose rows are added to it: of the same headings, between the diagram and
    /// the next, and about other steps. Authors write a table for each stage or each role.
    fn going_on(&self, table: usize, reference: &mut Reference) -> Vec<usize> {
        let head = |table: &ReadTable| columns::words_of(&table.table.header);
        let Some(own) = self.tables.get(table).map(head) else { return Vec::new() };
        let mut keys: HashSet<String> = reference.rows.iter().map(|row| row.key().to_owned()).collect();
        let mut more = Vec::new();
        for (at, near) in self.near().filter(|(at, near)| *at != table && head(near) == own) {
            let Some(other) = near.read.value.as_ref() else { continue };
            let is_of_steps = Evidence::of(other, &near.table, self.nodes).is_of_steps();
            let is_of_others = other.rows.iter().all(|row| !keys.contains(row.key()));
            // A table that repeats steps says them anew: it is a rival, and no continuation.
            if is_of_steps && is_of_others {
                keys.extend(other.rows.iter().map(|row| row.key().to_owned()));
                reference.rows.extend(other.rows.iter().cloned());
                more.push(at);
            }
        }
        more
    }
}

/// What lies between a diagram and the next one of its file.
struct Reach {
    own: Span,
    /// Where the next one starts, if there is one.
    next: Option<u32>,
}

impl Diagrams<'_> {
    fn reach(&self) -> Reach {
        let own = self.own;
        let behind = self.all.iter().filter(|other| other.source == own.source && own.start < other.start);
        Reach { own, next: behind.map(|other| other.start).min() }
    }
}

impl Reach {
    /// Whether a table stands behind the diagram, and before the next one.
    fn holds(&self, table: Span) -> bool {
        let is_before_next = self.next.is_none_or(|next| table.start <= next);
        table.source == self.own.source && table.start > self.own.start && is_before_next
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
    let message = "two tables describe the same diagram and differ";
    let help = "make both tables the same, or remove the step ids from the one that the map should ignore";
    TABLES_COMPETE.at(rival.head(), message).help(help).related(chosen.head(), "the map uses this one")
}
