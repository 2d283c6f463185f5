//! Crossing minimisation, the third of Sugiyama's steps: the row of each node within its band.
//!
//! Not the barycentre heuristic of Sugiyama, Tagawa and Toda (1981): that sorts a whole rank, and here lanes and groups
//! have fixed most of the order already. What is left is small enough for greedy switching (Eades and Kelly 1986): a node
//! changes places with another of its rank, or a group moves as a whole, as long as that lowers a cost. The cost counts
//! bends and nodes in the way besides crossings, which a sort by barycentre cannot see. There are no dummy nodes either:
//! long edges find their way around nodes on the grid.

mod cost;
mod packing;

use self::cost::OrderCost;
use self::packing::pack;
use super::cycle_breaking::Sense;
use super::id::BandId;
use super::layout_graph::LayoutGraph;
use crate::map::graph::{EdgeId, GroupId, NodeId};
use crate::map::index_vec::IndexVec;

/// A cell for each node.
#[derive(Clone, Debug)]
pub(super) struct Cells {
    /// Along the flow.
    pub rank: IndexVec<NodeId, usize>,
    /// Across it, counted within the band.
    pub row: IndexVec<NodeId, usize>,
    /// How many rows each band has.
    pub rows: IndexVec<BandId, usize>,
}

/// The most pairs of edges and nodes that are compared for one set of ranks.
const WORK: usize = 400_000;
/// Pairs that are compared in the time in which the router expands one state.
const PAIRS: usize = 40;

/// Rows of all nodes, and how much work it was to find them.
pub(super) fn order(
    graph: &LayoutGraph,
    senses: &IndexVec<EdgeId, Sense>,
    rank: IndexVec<NodeId, usize>,
) -> (Cells, usize) {
    let row = pack(graph, &rank);
    let mut rows = IndexVec::filled(graph.bands.len(), 1);
    for (node, row) in graph.nodes.iter().zip(&row) {
        rows[node.band] = rows[node.band].max(row + 1);
    }
    let mut search = OrderSearch::new(graph, senses, Cells { rank, row, rows });
    search.run();
    (search.cells, (WORK - search.work_left) / PAIRS)
}

/// A node and the row it is to have.
#[derive(Copy, Clone)]
pub(super) struct RowMove {
    pub node: NodeId,
    pub row: usize,
}

struct OrderSearch<'p, 'g> {
    graph: &'p LayoutGraph<'g>,
    cost: OrderCost<'p, 'g>,
    cells: Cells,
    /// Edges that touch a node.
    incident: IndexVec<NodeId, Vec<EdgeId>>,
    /// All nodes in a group, at whatever depth, in their order.
    members: IndexVec<GroupId, Vec<NodeId>>,
    work_left: usize,
}

impl<'p, 'g> OrderSearch<'p, 'g> {
    fn new(graph: &'p LayoutGraph<'g>, senses: &'p IndexVec<EdgeId, Sense>, cells: Cells) -> Self {
        let mut incident = IndexVec::filled(graph.nodes.len(), Vec::new());
        for (id, edge) in graph.edges.entries().filter(|(_, edge)| edge.visible) {
            incident[edge.from].push(id);
            if !edge.is_loop() {
                incident[edge.to].push(id);
            }
        }
        let cost = OrderCost::new(graph, senses, &cells);
        Self { graph, cost, cells, incident, members: members(graph), work_left: WORK }
    }

    fn run(&mut self) {
        // Each improvement may open another. The bound keeps a large diagram from trading tiny gains for long.
        for _ in 0..6 {
            let mut improved = false;
            for node in self.graph.nodes.ids() {
                improved |= self.work_left > 0 && self.improve(node);
            }
            for group in self.members.ids() {
                improved |= self.work_left > 0 && self.improve_group(group);
            }
            if !improved || self.work_left == 0 {
                break;
            }
        }
    }

    /// Tries all other rows for a node; who stands there takes its place.
    fn improve(&mut self, node: NodeId) -> bool {
        let band = self.graph.nodes[node].band;
        let mut improved = false;
        for row in 0..self.cells.rows[band] {
            let own = self.cells.row[node];
            if row == own {
                continue;
            }
            // Two nodes that exchange their rows: one of them alone would find its cell taken.
            let other = self.node_at(band, self.cells.rank[node], row).map(|node| RowMove { node, row: own });
            let moves: Vec<RowMove> = other.into_iter().chain([RowMove { node, row }]).collect();
            improved |= self.attempt(&moves);
        }
        improved
    }

    /// Tries to move a whole group to other rows, or to turn it over: its nodes one by one would each leave its box.
    fn improve_group(&mut self, group: GroupId) -> bool {
        let members = self.members[group].clone();
        let Some(&first) = members.first() else { return false };
        let rows = self.cells.rows[self.graph.nodes[first].band];
        let low = members.iter().map(|&node| self.cells.row[node]).min().unwrap_or(0);
        let high = members.iter().map(|&node| self.cells.row[node]).max().unwrap_or(0);
        for top in (0..rows).filter(|&top| top != low && top + high - low < rows).take(12) {
            let shifted = members.iter().map(|&node| RowMove { node, row: self.cells.row[node] - low + top });
            if self.attempt(&shifted.collect::<Vec<_>>()) {
                return true;
            }
        }
        let turned = members.iter().map(|&node| RowMove { node, row: low + high - self.cells.row[node] });
        low != high && self.attempt(&turned.collect::<Vec<_>>())
    }

    fn node_at(&self, band: BandId, rank: usize, row: usize) -> Option<NodeId> {
        let Cells { rank: ranks, row: rows, .. } = &self.cells;
        ranks.ids().find(|&node| self.graph.nodes[node].band == band && ranks[node] == rank && rows[node] == row)
    }

    /// Keeps the moves if they make the map better.
    fn attempt(&mut self, moves: &[RowMove]) -> bool {
        let before: Vec<RowMove> =
            moves.iter().map(|&RowMove { node, .. }| RowMove { node, row: self.cells.row[node] }).collect();
        let edges: Vec<EdgeId> = self.touched(moves);
        let (nodes, groups) = (self.graph.nodes.len(), self.members.len());
        // Paid before it is known whether the move is allowed, so that the bound holds whatever comes of it.
        let price = (edges.len() + moves.len()) * (self.graph.edges.len() + nodes) + groups * nodes;
        self.work_left = self.work_left.saturating_sub(price);
        if self.work_left == 0 {
            return false;
        }
        // Only edges that touch a moved node can change: all others cost the same before and after.
        let old = self.cost.of(&self.cells, &edges, moves);
        self.apply(moves);
        let is_better = self.is_valid(moves) && self.cost.of(&self.cells, &edges, moves) < old;
        if !is_better {
            self.apply(&before);
        }
        is_better
    }

    fn apply(&mut self, moves: &[RowMove]) {
        for &RowMove { node, row } in moves {
            self.cells.row[node] = row;
        }
    }

    fn touched(&self, moves: &[RowMove]) -> Vec<EdgeId> {
        let edges = moves.iter().flat_map(|&RowMove { node, .. }| self.incident[node].iter().copied());
        let mut edges: Vec<EdgeId> = edges.collect();
        edges.sort_unstable();
        edges.dedup();
        edges
    }

    /// Whether no two nodes share a cell and no node or other group lies within a group's box.
    fn is_valid(&self, moves: &[RowMove]) -> bool {
        let nodes = &self.graph.nodes;
        let cell = |node: NodeId| (nodes[node].band, self.cells.rank[node], self.cells.row[node]);
        let clash = |moved: &RowMove| nodes.ids().any(|node| node != moved.node && cell(node) == cell(moved.node));
        if moves.iter().any(clash) {
            return false;
        }
        self.members.iter().all(|members| {
            let Some(&first) = members.first() else { return true };
            let band = nodes[first].band;
            let span = |of: &IndexVec<NodeId, usize>| {
                let places = members.iter().map(|&node| of[node]);
                places.clone().min().unwrap_or(0)..=places.max().unwrap_or(0)
            };
            let (ranks, rows) = (span(&self.cells.rank), span(&self.cells.row));
            // Members are in order, so each is met once on the way.
            let mut members = members.iter().peekable();
            nodes.ids().all(|node| {
                members.next_if(|&&member| member == node).is_some()
                    || nodes[node].band != band
                    || !ranks.contains(&self.cells.rank[node])
                    || !rows.contains(&self.cells.row[node])
            })
        })
    }
}

/// All nodes in each group. Each node is told to the groups around it, however deep they lie: asking each group for its
/// nodes again and again made sixty groups in each other cost more than the rest of the map.
fn members(graph: &LayoutGraph) -> IndexVec<GroupId, Vec<NodeId>> {
    let mut members = IndexVec::filled(graph.graph.groups.len(), Vec::new());
    for (id, node) in graph.nodes.entries() {
        for group in graph.graph.enclosing(node.group) {
            members[group].push(id);
        }
    }
    members
}
