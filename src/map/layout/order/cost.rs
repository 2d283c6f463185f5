//! What an order of nodes costs: crossings, bends and nodes in the way, as far as straight lines tell.

use super::{Cells, RowMove};
use crate::map::graph::{EdgeId, NodeId};
use crate::map::index_vec::IndexVec;
use crate::map::layout::cycle_breaking::Sense;
use crate::map::layout::id::BandId;
use crate::map::layout::layout_graph::LayoutGraph;

// What a reader minds, weighed against each other for this search only: routes are not known yet, so lines are taken to
// run straight from cell to cell, and the finished map is judged anew.
const CROSSING: i64 = 40;
/// An edge that would run through a node must go around it: two bends, and often a crossing.
const BLOCKED: i64 = 45;
const BEND: i64 = 14;
/// From a cell to the next.
const CELL: i64 = 10;
/// Between bands, in which a border lies: a little more than nothing, so that neighbours in one band are nearer.
const BORDER: i64 = 8;

/// The middle of a cell, in tenths.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct CellMiddle {
    x: i64,
    y: i64,
}

pub(super) struct OrderCost<'p, 'g> {
    graph: &'p LayoutGraph<'g>,
    senses: &'p IndexVec<EdgeId, Sense>,
    /// Where the first row of each band lies.
    top: IndexVec<BandId, i64>,
    /// Edges that may cross others: those drawn with the flow. The others go around.
    forward: Vec<EdgeId>,
}

impl<'p, 'g> OrderCost<'p, 'g> {
    pub(super) fn new(graph: &'p LayoutGraph<'g>, senses: &'p IndexVec<EdgeId, Sense>, cells: &Cells) -> Self {
        let mut y = 0;
        let top = cells.rows.iter().map(|&rows| {
            let top = y;
            y += CELL * i64::try_from(rows).unwrap_or(0) + BORDER;
            top
        });
        let top = top.collect();
        let forward = senses.ids().filter(|&edge| senses[edge] == Sense::Forward && graph.edges[edge].visible);
        let forward = forward.collect();
        Self { graph, senses, top, forward }
    }

    /// What is wrong with these edges, among themselves and with all others, and around the moved nodes.
    pub(super) fn of(&self, cells: &Cells, edges: &[EdgeId], moves: &[RowMove]) -> i64 {
        let at = StraightLines { cost: self, cells };
        let mut cost = 0;
        for &id in edges {
            let edge = &self.graph.edges[id];
            let (from, to) = (at.place(edge.from), at.place(edge.to));
            cost += (to.y - from.y).abs() + if to.x != from.x && to.y != from.y { BEND } else { 0 };
            if at.is_straight(id) {
                let under = self.graph.nodes.ids().filter(|&node| at.runs_over(id, node)).count();
                cost += BLOCKED * i64::try_from(under).unwrap_or(0);
            }
            if self.senses[id] == Sense::Forward {
                let crossed = self.forward.iter().filter(|&&other| other != id && at.cross(id, other)).count();
                cost += CROSSING * i64::try_from(crossed).unwrap_or(0);
            }
        }
        // A moved node may stand in the way of edges that do not touch it.
        for &RowMove { node, .. } in moves {
            let over = |&id: &EdgeId| at.is_straight(id) && !edges.contains(&id) && at.runs_over(id, node);
            cost += BLOCKED * i64::try_from(self.senses.ids().filter(over).count()).unwrap_or(0);
        }
        cost
    }
}

/// Straight lines between cells.
struct StraightLines<'c, 'p, 'g> {
    cost: &'c OrderCost<'p, 'g>,
    cells: &'c Cells,
}

impl StraightLines<'_, '_, '_> {
    fn place(&self, node: NodeId) -> CellMiddle {
        let tenths = |cells: usize| CELL * i64::try_from(cells).unwrap_or(0);
        let band = self.cost.graph.nodes[node].band;
        CellMiddle { x: tenths(self.cells.rank[node]), y: self.cost.top[band] + tenths(self.cells.row[node]) }
    }

    /// Whether an edge could be drawn as one straight line.
    fn is_straight(&self, id: EdgeId) -> bool {
        let edge = &self.cost.graph.edges[id];
        let (from, to) = (self.place(edge.from), self.place(edge.to));
        self.cost.senses[id] == Sense::Forward && edge.visible && (from.x == to.x || from.y == to.y)
    }

    /// Whether a straight edge would run over a node.
    fn runs_over(&self, id: EdgeId, node: NodeId) -> bool {
        let edge = &self.cost.graph.edges[id];
        let (a, b, at) = (self.place(edge.from), self.place(edge.to), self.place(node));
        let (low, high) = (a.min(b), a.max(b));
        let is_between = low.x <= at.x && at.x <= high.x && low.y <= at.y && at.y <= high.y;
        is_between && node != edge.from && node != edge.to
    }

    /// Whether the straight lines of two edges cross.
    fn cross(&self, one: EdgeId, two: EdgeId) -> bool {
        let (one, two) = (&self.cost.graph.edges[one], &self.cost.graph.edges[two]);
        // Edges that share a node meet there and nowhere else.
        if one.from == two.from || one.to == two.to || one.from == two.to || one.to == two.from {
            return false;
        }
        let (a, b, c, d) = (self.place(one.from), self.place(one.to), self.place(two.from), self.place(two.to));
        // Most pairs are nowhere near each other, and this is asked for all of them.
        let apart = |a: i64, b: i64, c: i64, d: i64| a.max(b) < c.min(d) || c.max(d) < a.min(b);
        if apart(a.x, b.x, c.x, d.x) || apart(a.y, b.y, c.y, d.y) {
            return false;
        }
        let turn = |p: CellMiddle, q: CellMiddle, r: CellMiddle| {
            ((q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x)).signum()
        };
        turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0
    }
}
