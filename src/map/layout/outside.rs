//! Nodes outside all lanes: whether they stand above the lanes or below them.

use crate::map::graph::{Endpoint, Graph, LaneId, NodeId};
use crate::map::index_vec::IndexVec;

/// Where nodes in no lane go.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) enum OutsideLanes {
    Above,
    Below,
}

/// Where each node goes that lies in no lane. Nodes that are connected stay together, on the side of the lanes they
/// have more to do with.
pub(super) fn outside_lanes(graph: &Graph) -> IndexVec<NodeId, Option<OutsideLanes>> {
    let lanes: IndexVec<NodeId, Option<LaneId>> = graph.nodes.iter().map(|node| node.lane).collect();
    let mut component: IndexVec<NodeId, NodeId> = lanes.ids().collect();
    let mut pull: IndexVec<NodeId, i64> = IndexVec::filled(lanes.len(), 0);
    // Twice the lane's number, measured from the middle of all lanes: above it is negative, below it is positive.
    let middle = i64::try_from(graph.lanes.len()).unwrap_or(i64::MAX) - 1;
    let lane_of = |endpoint: Endpoint| match endpoint {
        Endpoint::Node(node) => lanes[node],
        Endpoint::Lane(lane) => Some(lane),
        Endpoint::Group(group) => Some(graph.group(group).lane),
    };
    let pull_of = |endpoint: Endpoint| lane_of(endpoint).map_or(0, |LaneId(lane)| 2 * i64::from(lane) - middle);
    let loose = |endpoint: Endpoint| match endpoint {
        Endpoint::Node(node) if lanes[node].is_none() => Some(node),
        _ => None,
    };
    for edge in &graph.edges {
        match (loose(edge.from), loose(edge.to)) {
            (Some(a), Some(b)) => {
                let (a, b) = (component[a], component[b]);
                component.iter_mut().filter(|of_node| **of_node == b).for_each(|of_node| *of_node = a);
            }
            (Some(loose), None) => pull[loose] += pull_of(edge.to),
            (None, Some(loose)) => pull[loose] += pull_of(edge.from),
            (None, None) => {}
        }
    }
    let total = |root: NodeId| lanes.ids().filter(|&node| component[node] == root).map(|node| pull[node]).sum::<i64>();
    // A start or an end with as much to do above as below goes on top, where readers begin.
    let place = |node: NodeId| if total(component[node]) > 0 { OutsideLanes::Below } else { OutsideLanes::Above };
    lanes.ids().map(|node| lanes[node].is_none().then(|| place(node))).collect()
}
