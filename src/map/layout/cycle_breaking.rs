//! Cycle breaking, the first of Sugiyama's steps: which edges run against the flow.
//!
//! A depth-first search in the order of declaration, as in Gansner et al. (1993): what leads back to an open node is a
//! back edge. It departs from the textbook in two ways. Back edges are not reversed, since readers must see them lead
//! back. And dashed edges wait until all others are placed: authors draw returns dashed, so the edge that closes a cycle
//! should be one of those. A minimum feedback arc set could do with fewer back edges, but would turn around edges that
//! the author reads as leading on.

use super::layout_graph::{LayoutEdge, LayoutGraph};
use crate::map::graph::{EdgeId, NodeId};
use crate::map::index_vec::IndexVec;

/// How an edge runs.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) enum Sense {
    /// With the flow.
    Forward,
    /// Against it.
    Back,
    /// From a node to itself.
    Loop,
}

/// By node: the edges that leave it.
type Outgoing = IndexVec<NodeId, Vec<EdgeId>>;

/// Decides how each edge runs; the forward ones never close a cycle.
pub(super) fn senses(graph: &LayoutGraph) -> IndexVec<EdgeId, Sense> {
    let mut senses = IndexVec::filled(graph.edges.len(), Sense::Back);
    let mut outgoing = Outgoing::filled(graph.nodes.len(), Vec::new());
    let mut dashed = Vec::new();
    for (id, edge) in graph.edges.entries() {
        if edge.is_loop() {
            senses[id] = Sense::Loop;
        } else if is_against_stages(graph, edge) {
            // Whatever the arrows say, a node of an earlier stage stands before one of a later stage: the headings
            // over the columns would be wrong otherwise.
        } else if edge.weight > 1 {
            outgoing[edge.from].push(id);
        } else {
            dashed.push(id);
        }
    }
    let is_back = back_edges(graph, &outgoing);
    for edges in &mut outgoing {
        edges.retain(|&edge| !is_back[edge]);
        for &edge in edges.iter() {
            senses[edge] = Sense::Forward;
        }
    }
    for id in dashed {
        let edge = &graph.edges[id];
        if !reaches(graph, &outgoing, edge.to, edge.from) {
            senses[id] = Sense::Forward;
            outgoing[edge.from].push(id);
        }
    }
    senses
}

fn is_against_stages(graph: &LayoutGraph, edge: &LayoutEdge) -> bool {
    match (graph.nodes[edge.from].stage, graph.nodes[edge.to].stage) {
        (Some(from), Some(to)) => to < from,
        _ => false,
    }
}

#[derive(Copy, Clone, PartialEq, Eq)]
enum VisitState {
    New,
    Open,
    Done,
}

/// Edges to a node that is still open when they are followed.
fn back_edges(graph: &LayoutGraph, outgoing: &Outgoing) -> IndexVec<EdgeId, bool> {
    let mut is_back = IndexVec::filled(graph.edges.len(), false);
    let mut visits = IndexVec::filled(graph.nodes.len(), VisitState::New);
    let mut is_entered: IndexVec<NodeId, bool> = IndexVec::filled(graph.nodes.len(), false);
    outgoing.iter().flatten().for_each(|&edge| is_entered[graph.edges[edge].to] = true);
    // Starts of the flow first. From a node in the middle of a cycle the search would call another of its edges the
    // one that leads back.
    let starts = is_entered.ids().filter(|&node| !is_entered[node]).chain(is_entered.ids());
    for start in starts {
        if visits[start] != VisitState::New {
            continue;
        }
        visits[start] = VisitState::Open;
        // A stack of its own: a chain of thousands of nodes must not exhaust the program's.
        let mut path = vec![(start, outgoing[start].iter())];
        while let Some((node, edges)) = path.last_mut() {
            let Some(&edge) = edges.next() else {
                visits[*node] = VisitState::Done;
                path.pop();
                continue;
            };
            let to = graph.edges[edge].to;
            match visits[to] {
                VisitState::Open => is_back[edge] = true,
                VisitState::Done => {}
                VisitState::New => {
                    visits[to] = VisitState::Open;
                    path.push((to, outgoing[to].iter()));
                }
            }
        }
    }
    is_back
}

fn reaches(graph: &LayoutGraph, outgoing: &Outgoing, from: NodeId, to: NodeId) -> bool {
    let mut is_seen: IndexVec<NodeId, bool> = IndexVec::filled(outgoing.len(), false);
    let mut open = vec![from];
    while let Some(node) = open.pop() {
        if node == to {
            return true;
        }
        if !std::mem::replace(&mut is_seen[node], true) {
            open.extend(outgoing[node].iter().map(|&edge| graph.edges[edge].to));
        }
    }
    false
}
