//! Layering, the second of Sugiyama's steps: the rank of each node, which is its column along the flow.
//!
//! Longest path, then sweeps that move a node on to where its heavier edges pull it, in place of the network simplex of
//! Gansner et al. (1993): a map has few enough nodes that the sweeps leave little to gain. It departs from both in that
//! an edge may have length 0. A hand-off to another lane then goes straight across within one rank, as people draw it,
//! and a map of four lanes needs half the width. Such edges within a rank are called flat, as in dot.

use super::cycle_breaking::Sense;
use super::id::BandId;
use super::layout_graph::LayoutGraph;
use crate::map::graph::{EdgeId, NodeId};
use crate::map::index_vec::{Id as _, IndexVec};

/// What ranks are chosen by.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) struct RankOptions {
    /// Nodes of one band in one rank, at most.
    pub cell: usize,
    /// Which edges need no rank of their own.
    pub flat: FlatEdges,
}

/// Edges that may run across the flow, within a rank.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) enum FlatEdges {
    /// None.
    Never,
    /// Hand-offs from one band to another.
    HandOffs,
    /// Hand-offs, and nodes of one band that only follow each other.
    Chains,
    /// Any, as far as there is room above and below each node: the narrowest map.
    Any,
}

/// Ranks of all nodes, from 0.
pub(super) fn ranks(
    graph: &LayoutGraph,
    senses: &IndexVec<EdgeId, Sense>,
    options: RankOptions,
) -> IndexVec<NodeId, usize> {
    let mut ranking = Ranking::new(graph, senses, options);
    // Each round forbids at least one flat edge or moves at least one node on, so this ends; the limit is for diagrams
    // of thousands of nodes, which would take seconds to be thinned out node by node.
    for _ in 0..4 * graph.nodes.len().min(100) {
        ranking.assign();
        if !ranking.forbid_blocked() && !ranking.thin_out(options.cell) {
            break;
        }
    }
    ranking.rank
}

/// The forward edges of a node.
#[derive(Clone, Default)]
struct Incident {
    incoming: Vec<EdgeId>,
    outgoing: Vec<EdgeId>,
}

struct Ranking<'p, 'g> {
    graph: &'p LayoutGraph<'g>,
    forward: Vec<EdgeId>,
    /// Ranks from the start of an edge to its end, at least.
    length: IndexVec<EdgeId, usize>,
    incident: IndexVec<NodeId, Incident>,
    /// Nodes, each after all that lead to it.
    topological: Vec<NodeId>,
    /// No rank before this.
    floor: IndexVec<NodeId, usize>,
    rank: IndexVec<NodeId, usize>,
}

impl<'p, 'g> Ranking<'p, 'g> {
    fn new(graph: &'p LayoutGraph<'g>, senses: &IndexVec<EdgeId, Sense>, options: RankOptions) -> Self {
        let forward: Vec<EdgeId> = senses.ids().filter(|&edge| senses[edge] == Sense::Forward).collect();
        let mut incident = IndexVec::filled(graph.nodes.len(), Incident::default());
        for &id in &forward {
            let edge = &graph.edges[id];
            incident[edge.to].incoming.push(id);
            incident[edge.from].outgoing.push(id);
        }
        let topological = topological(graph, &incident);
        let mut length: IndexVec<EdgeId, usize> = graph.edges.iter().map(|edge| edge.length as usize).collect();
        for edge in flat(graph, &forward, &incident, options.flat) {
            length[edge] = 0;
        }
        let zeros = IndexVec::filled(graph.nodes.len(), 0);
        Self { graph, forward, length, incident, topological, floor: zeros.clone(), rank: zeros }
    }

    fn assign(&mut self) {
        let last = self.graph.nodes.iter().filter_map(|node| node.stage).max();
        self.settle();
        // Stages follow each other: none begins before the one before it is complete, or a column would lie under two
        // headings.
        for stage in 0..last.unwrap_or(0) {
            let of = |node: NodeId| self.graph.nodes[node].stage;
            let so_far = self.rank.ids().filter(|&node| of(node).is_some_and(|own| own <= stage));
            let Some(end) = so_far.map(|node| self.rank[node]).max() else { continue };
            let later: Vec<NodeId> = self.rank.ids().filter(|&node| of(node).is_some_and(|own| own > stage)).collect();
            for node in later {
                self.floor[node] = self.floor[node].max(end + 1);
            }
            self.settle();
        }
    }

    /// Longest path, then a few sweeps that shorten the heavier edges.
    fn settle(&mut self) {
        let topological = std::mem::take(&mut self.topological);
        for &node in &topological {
            self.rank[node] = self.earliest(node);
        }
        // Against the flow first: how far a node can move on depends on those it leads to.
        for _ in 0..3 {
            for &node in topological.iter().rev().chain(&topological) {
                self.pull(node);
            }
        }
        self.topological = topological;
        let first = self.rank.iter().copied().min().unwrap_or(0);
        for rank in &mut self.rank {
            *rank -= first;
        }
    }

    fn earliest(&self, node: NodeId) -> usize {
        let edges = self.incident[node].incoming.iter();
        let after = edges.map(|&edge| self.rank[self.graph.edges[edge].from] + self.length[edge]);
        after.max().unwrap_or(0).max(self.floor[node])
    }

    fn pull(&mut self, node: NodeId) {
        let weigh = |edges: &[EdgeId]| edges.iter().map(|&edge| self.graph.edges[edge].weight).sum::<i32>();
        let Incident { incoming, outgoing } = &self.incident[node];
        let (before, after) = (weigh(incoming), weigh(outgoing));
        let earliest = self.earliest(node);
        let latest =
            outgoing.iter().map(|&edge| self.rank[self.graph.edges[edge].to].saturating_sub(self.length[edge]));
        // A node of a stage keeps the place its stage gives it; only the others are drawn on.
        let is_staged = self.graph.nodes[node].stage.is_some();
        self.rank[node] = match latest.min() {
            Some(latest) if after > before && !is_staged => latest.max(earliest),
            _ => earliest,
        };
    }

    /// Forbids flat edges that could not run straight; whether there were any.
    fn forbid_blocked(&mut self) -> bool {
        let is_crowded = |band: BandId, rank: usize| {
            self.rank.ids().any(|node| self.rank[node] == rank && self.graph.nodes[node].band == band)
        };
        let mut blocked = Vec::new();
        let mut taken: Vec<Exit> = Vec::new();
        for &id in self.forward.iter().filter(|&&edge| self.length[edge] == 0) {
            let edge = &self.graph.edges[id];
            let (from, to) = (self.graph.nodes[edge.from].band, self.graph.nodes[edge.to].band);
            let rank = self.rank[edge.from];
            if rank != self.rank[edge.to] || from == to {
                continue;
            }
            let is_below = from < to;
            let mut between = (from.min(to).index() + 1..from.max(to).index()).map(BandId::from_index);
            // Where nodes stand on each other, only the outermost can be reached from outside.
            let exits = [Exit { band: from, rank, is_below }, Exit { band: to, rank, is_below: !is_below }];
            if between.any(|band| is_crowded(band, rank)) || exits.iter().any(|exit| taken.contains(exit)) {
                blocked.push(id);
            } else {
                taken.extend(exits);
            }
        }
        for &edge in &blocked {
            self.length[edge] = self.graph.edges[edge].length as usize;
        }
        !blocked.is_empty()
    }

    /// Moves a node out of a cell that holds more than `limit`; whether there was one.
    fn thin_out(&mut self, limit: usize) -> bool {
        let cell = |node: NodeId| (self.rank[node], self.graph.nodes[node].band);
        let mut nodes: Vec<NodeId> = self.rank.ids().collect();
        nodes.sort_by_key(|&node| cell(node));
        let Some(full) = nodes.chunk_by(|&a, &b| cell(a) == cell(b)).find(|cell| cell.len() > limit) else {
            return false;
        };
        let slack = |node: NodeId| {
            let edges = self.incident[node].outgoing.iter();
            let latest = edges.map(|&edge| self.rank[self.graph.edges[edge].to] - self.length[edge]).min();
            // More than three ranks of slack are all alike: the last of the diagram moves, so that the first stays put.
            latest.unwrap_or(usize::MAX).saturating_sub(self.rank[node]).min(3)
        };
        let moved = full.iter().copied().max_by_key(|&node| (slack(node), node)).expect("a full cell has nodes");
        self.floor[moved] = self.rank[moved] + 1;
        true
    }
}

/// A side of the nodes that a band has in a rank.
#[derive(Copy, Clone, PartialEq, Eq)]
struct Exit {
    band: BandId,
    rank: usize,
    is_below: bool,
}

/// Nodes in an order in which forward edges lead on (Kahn 1962).
fn topological(graph: &LayoutGraph, incident: &IndexVec<NodeId, Incident>) -> Vec<NodeId> {
    let mut waiting: IndexVec<NodeId, usize> = incident.iter().map(|of_node| of_node.incoming.len()).collect();
    let mut order: Vec<NodeId> = waiting.ids().filter(|&node| waiting[node] == 0).collect();
    let mut at = 0;
    while let Some(&node) = order.get(at) {
        at += 1;
        for &edge in &incident[node].outgoing {
            let to = graph.edges[edge].to;
            waiting[to] -= 1;
            if waiting[to] == 0 {
                order.push(to);
            }
        }
    }
    order
}

/// Whether a flat edge is tied to a node from above, and from below.
#[derive(Copy, Clone, Default)]
struct Tied {
    above: bool,
    below: bool,
}

/// Edges that may be flat: at most one leaves or reaches a node above, and one below.
fn flat(
    graph: &LayoutGraph,
    forward: &[EdgeId],
    incident: &IndexVec<NodeId, Incident>,
    mode: FlatEdges,
) -> Vec<EdgeId> {
    let mut tied: IndexVec<NodeId, Tied> = IndexVec::filled(graph.nodes.len(), Tied::default());
    let mut found = Vec::new();
    let mut sorted = forward.to_vec();
    // A hand-off on the main line goes before a dashed one.
    sorted.sort_by_key(|&edge| -graph.edges[edge].weight);
    for id in sorted {
        let edge = &graph.edges[id];
        let (from, to) = (&graph.nodes[edge.from], &graph.nodes[edge.to]);
        let is_staged_apart = from.stage.is_some() && to.stage.is_some() && from.stage != to.stage;
        let is_only_way = incident[edge.from].outgoing.len() == 1 && incident[edge.to].incoming.len() == 1;
        let allowed = match mode {
            FlatEdges::Never => false,
            FlatEdges::HandOffs => from.band != to.band,
            FlatEdges::Chains => from.band != to.band || is_only_way && from.group == to.group,
            FlatEdges::Any => from.band != to.band || from.group == to.group,
        };
        if !allowed || is_staged_apart || edge.length > 1 {
            continue;
        }
        let (upper, lower) = if from.band <= to.band { (edge.from, edge.to) } else { (edge.to, edge.from) };
        if !tied[upper].below && !tied[lower].above {
            tied[upper].below = true;
            tied[lower].above = true;
            found.push(id);
        }
    }
    found
}
