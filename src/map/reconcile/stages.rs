//! Stages of a map: the columns with headings that rows and labels number.

use std::collections::BTreeMap;

use super::RowOfNode;
use crate::map::graph::{Graph, Stage};
use crate::map::reference::Row;
use crate::map::title;

/// Words of a cell that are short enough to head a column.
const LONGEST_HEADING: usize = 40;

/// Gives each node its stage: the one of its row, else the one of its label.
pub(in crate::map) fn assign(graph: &mut Graph, rows: &RowOfNode) {
    let numbers: Vec<Option<u32>> = graph
        .nodes
        .iter()
        .zip(rows)
        .map(|(node, row)| {
            let said = row.and_then(|row| row.stage.as_ref()).map(|(stage, _)| stage.number);
            said.or_else(|| title::leading_stage(&node.label.title()).map(|(stage, _)| stage.number))
        })
        .collect();
    let mut held: BTreeMap<u32, (usize, Option<&str>)> = BTreeMap::new();
    for (number, row) in numbers.iter().zip(rows) {
        let Some(number) = number else { continue };
        let (count, heading) = held.entry(*number).or_default();
        *count += 1;
        *heading = heading.or_else(|| row.and_then(named_heading));
    }
    // A table that numbers stages means them, however few share one.
    let by_table = rows.iter().flatten().any(|row| row.stage.is_some());
    // Numbers that are all different count the steps, not the stages.
    let shared = held.values().any(|(count, _)| *count > 1);
    if held.len() < 2 || !(by_table || shared) {
        return;
    }
    let position: BTreeMap<u32, u32> = held.keys().copied().zip(0..).collect();
    graph.stages = held
        .iter()
        .map(|(number, (_, heading))| Stage { title: heading.map_or_else(|| format!("Stage {number}"), str::to_owned) })
        .collect();
    for (node, number) in graph.nodes.iter_mut().zip(&numbers) {
        node.stage = number.and_then(|number| position.get(&number).copied());
    }
}

/// The words of a stage cell, when they head a column well: `Stage 3`, `Phase 2 – Sign`.
fn named_heading(row: &Row) -> Option<&str> {
    let (stage, cell) = row.stage.as_ref()?;
    let named = stage.part.is_none() && title::leading_stage(&cell.value).is_some_and(|(_, range)| range.end > 2);
    (named && cell.value.chars().count() <= LONGEST_HEADING).then_some(cell.value.as_str())
}
