//! Measures how far the columns of a table agree with the diagram.
//!
//! That a table is about a diagram's steps does not say that each of its columns is what its heading promises: `What`
//! may hold what a step achieves, and `Owner` who answers for it. A column that agrees in less than half of its rows is
//! about something else, and nothing is concluded from it.

use std::collections::{BTreeMap, BTreeSet};

use super::RowOfNode;
use crate::diagnostic::{Diagnostic, slips};
use crate::map::graph::{Graph, LaneId, NodeId};
use crate::map::reference::{NOT_COMPARED, Reference, Row};
use crate::map::title;
use crate::source::Located;

/// In fewer rows than this, all may be wrong.
const FEW: usize = 3;

/// Whether the cells of one row agree with the diagram; `None` where there is nothing to compare.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default)]
struct InRow {
    lane: Option<bool>,
    step: Option<bool>,
    stage: Option<bool>,
}

/// How often a column agrees.
#[derive(Copy, Clone, Debug, Default)]
struct Count {
    compared: usize,
    agreeing: usize,
}

impl Count {
    fn of(rows: &[InRow], cell: impl Fn(&InRow) -> Option<bool>) -> Self {
        let mut count = Self::default();
        for agrees in rows.iter().filter_map(cell) {
            count.compared += 1;
            count.agreeing += usize::from(agrees);
        }
        count
    }

    fn is_of_the_diagram(self) -> bool {
        self.compared < FEW || self.agreeing * 2 >= self.compared
    }
}

/// How far a table agrees with a diagram.
pub(super) struct Agreement {
    lane: Count,
    step: Count,
    stage: Count,
}

impl Agreement {
    /// Compares the row of each node with it.
    pub(super) fn of(graph: &Graph, rows: &RowOfNode) -> Self {
        let renamed = renamed_lanes(graph, rows);
        let in_row = |(node, row): (NodeId, Option<&Row>)| {
            let Some(row) = row else { return InRow::default() };
            let has_lane = !graph.lanes.is_empty();
            InRow {
                lane: row.lane.as_ref().filter(|_| has_lane).map(|who| {
                    is_lane_of(graph, node, &who.value) || renamed.contains(&(graph.node(node).lane, words(who)))
                }),
                step: step_agrees(graph, node, row),
                stage: stage_agrees(graph, node, row),
            }
        };
        let rows: Vec<InRow> = rows.entries().map(|(node, row)| (node, *row)).map(in_row).collect();
        Self {
            lane: Count::of(&rows, |row| row.lane),
            step: Count::of(&rows, |row| row.step),
            stage: Count::of(&rows, |row| row.stage),
        }
    }

    /// Takes what is about something else out of the rows.
    pub(super) fn leave_out(&self, rows: &mut [Row]) {
        // Any small number may be taken for a stage; one that never agrees is something else, even in few rows.
        let is_stage = self.stage.agreeing * 2 >= self.stage.compared;
        let (is_lane, is_step) = (self.lane.is_of_the_diagram(), self.step.is_of_the_diagram());
        for row in rows {
            row.lane = row.lane.take().filter(|_| is_lane);
            row.step = row.step.take().filter(|_| is_step);
            row.stage = row.stage.take().filter(|_| is_stage);
        }
    }

    /// The findings for columns that are not compared: silence would look like agreement.
    pub(super) fn findings(&self, reference: &Reference) -> Vec<Diagnostic> {
        let columns = [
            (self.lane, reference.columns.lane, "the lanes of the diagram"),
            (self.step, reference.columns.step, "the titles of the diagram"),
        ];
        let left_out = columns.into_iter().filter(|(count, ..)| !count.is_of_the_diagram());
        left_out
            .filter_map(|(count, column, what)| not_compared(reference.headings.get(column?)?, count, what))
            .collect()
    }
}

fn not_compared(heading: &Located<String>, count: Count, what: &str) -> Option<Diagnostic> {
    let Count { compared, agreeing } = count;
    let name = heading.value.trim();
    let message = format!("column `{name}` matches {what} in {agreeing} of {compared} rows, so it is not compared");
    let help = "if it has the same content, use the words of the diagram; if not, rename the column";
    (!name.is_empty()).then(|| NOT_COMPARED.at(heading.span, message).help(help))
}

fn words(text: &Located<String>) -> Vec<String> {
    title::words(&text.value)
}

fn is_lane_of(graph: &Graph, node: NodeId, who: &str) -> bool {
    let own = graph.node(node).lane.map(|lane| graph.lane(lane));
    own.is_some_and(|own| title::same(&own.title.text(), who) || own.id == who)
}

/// Lanes that all of their rows call by one other name, which is no lane's: one cause, and not many rows that disagree.
/// Where no row names its lane, the column is about something else.
fn renamed_lanes(graph: &Graph, rows: &RowOfNode) -> BTreeSet<(Option<LaneId>, Vec<String>)> {
    let mut names: BTreeMap<LaneId, BTreeSet<Vec<String>>> = BTreeMap::new();
    let mut is_column_of_lanes = graph.lanes.len() == 1;
    for (node, who) in rows.entries().filter_map(|(node, row)| Some((node, row.as_ref()?.lane.as_ref()?))) {
        is_column_of_lanes |= is_lane_of(graph, node, &who.value);
        if let Some(lane) = graph.node(node).lane {
            names.entry(lane).or_default().insert(words(who));
        }
    }
    let titles: Vec<Vec<String>> = graph.lanes.iter().map(|lane| title::words(&lane.title.text())).collect();
    let only = names.into_iter().filter(|_| is_column_of_lanes).filter_map(|(lane, names)| {
        // All rows, or it is no renaming: two names are two differences.
        let name = names.into_iter().reduce(|_, _| Vec::new())?;
        (!name.is_empty() && !titles.contains(&name)).then_some((Some(lane), name))
    });
    only.collect()
}

fn step_agrees(graph: &Graph, node: NodeId, row: &Row) -> Option<bool> {
    let (step, written) = (row.step.as_ref()?, graph.node(node));
    written.label_span?;
    let title = written.label.title();
    let own = title::without_stage(&title);
    // A title with a slip in it is the title all the same.
    (!own.is_empty())
        .then(|| title::fits(&title, &step.value) || slips(own, title::without_stage(&step.value)).is_some())
}

fn stage_agrees(graph: &Graph, node: NodeId, row: &Row) -> Option<bool> {
    let (stage, _) = row.stage.as_ref()?;
    let (said, _) = title::leading_stage(&graph.node(node).label.title())?;
    Some(said.fits(*stage))
}
