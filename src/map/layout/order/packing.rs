//! A first row for each node: groups keep together, and everything else goes into the first free row.
//!
//! Crossing minimisation starts from here and only moves within the rows there are. It needs a start in which
//! nothing stands in another group's box, because it keeps what is valid valid.

use std::ops::{Range, RangeInclusive};

use crate::map::graph::{GroupId, NodeId};
use crate::map::index_vec::IndexVec;
use crate::map::layout::layout_graph::LayoutGraph;

/// The first free row for each node; a group takes its rows over all its ranks.
pub(super) fn pack(graph: &LayoutGraph, rank: &IndexVec<NodeId, usize>) -> IndexVec<NodeId, usize> {
    let mut packing = Packing { graph, rank, row: IndexVec::filled(rank.len(), 0) };
    for band in graph.bands.ids() {
        let members = rank.ids().filter(|&node| graph.nodes[node].band == band).collect();
        packing.pack(&Unit { group: None, members });
    }
    packing.row
}

/// A band or a group, with all nodes in it; inside these, a node alone.
struct Unit {
    group: Option<GroupId>,
    members: Vec<NodeId>,
}

struct Packing<'p, 'g> {
    graph: &'p LayoutGraph<'g>,
    rank: &'p IndexVec<NodeId, usize>,
    row: IndexVec<NodeId, usize>,
}

impl Packing<'_, '_> {
    /// Gives rows, from 0, to the members of a unit; returns how many there are. As deep as groups are nested, and each
    /// parent comes before its children, so this ends.
    fn pack(&mut self, unit: &Unit) -> usize {
        // What has its rows already, by the ranks and rows of its box: a group keeps all of its box, empty cells too,
        // or others would stand inside its border.
        let mut taken: Vec<(RangeInclusive<usize>, Range<usize>)> = Vec::new();
        for part in self.parts(unit) {
            let ranks = part.members.iter().map(|&node| self.rank[node]);
            let (first, last) = (ranks.clone().min().unwrap_or(0), ranks.max().unwrap_or(0));
            let height = if part.group.is_some() { self.pack(&part) } else { 1 };
            // Rows are counted within the part until it is known where the part goes.
            if let [only] = part.members[..] {
                self.row[only] = 0;
            }
            let clash = |top: usize| {
                taken.iter().find(|(ranks, rows)| {
                    *ranks.start() <= last && first <= *ranks.end() && rows.start < top + height && top < rows.end
                })
            };
            // First fit, in the order of the diagram: what authors write first stands above.
            let mut top = 0;
            while let Some((_, rows)) = clash(top) {
                top = rows.end;
            }
            for &node in &part.members {
                self.row[node] += top;
            }
            taken.push((first..=last, top..top + height));
        }
        taken.iter().map(|(_, rows)| rows.end).max().unwrap_or(1)
    }

    /// The groups right inside a unit, and its nodes in none of them, in the order of the diagram.
    fn parts(&self, unit: &Unit) -> Vec<Unit> {
        let child = |node: NodeId| {
            let around: Vec<GroupId> = self.graph.graph.enclosing(self.graph.nodes[node].group).collect();
            // Groups come from the inside out, so the one right inside this unit is the one before it.
            let own = unit.group.map_or(around.len(), |own| around.iter().position(|&g| g == own).unwrap_or(0));
            own.checked_sub(1).and_then(|at| around.get(at).copied())
        };
        let mut parts: Vec<Unit> = Vec::new();
        for &node in &unit.members {
            let group = child(node);
            match parts.iter_mut().find(|part| group.is_some() && part.group == group) {
                Some(part) => part.members.push(node),
                None => parts.push(Unit { group, members: vec![node] }),
            }
        }
        parts
    }
}
