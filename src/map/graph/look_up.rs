//! The parts of a graph by their ids.
//!
//! An id is only ever made with the part it belongs to, and parts are never taken out of a graph, so that looking one up
//! cannot fail. Whoever cuts a graph makes a new one (`part`).

#![allow(clippy::indexing_slicing, reason = "typed ids index their own tables")]

use super::{Edge, EdgeId, Endpoint, Graph, Group, GroupId, Lane, LaneId, Node, NodeId};
use crate::map::index_vec::Id as _;

impl Graph {
    /// The node of an id of this graph.
    #[must_use]
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.index()]
    }

    /// The same, to be changed.
    pub fn node_mut(&mut self, id: NodeId) -> &mut Node {
        &mut self.nodes[id.index()]
    }

    /// The ids of all nodes.
    pub fn node_ids(&self) -> impl DoubleEndedIterator<Item = NodeId> + Clone + use<> {
        (0..self.nodes.len()).map(NodeId::from_index)
    }

    /// All nodes with their ids.
    pub fn nodes_by_id(&self) -> impl Iterator<Item = (NodeId, &Node)> {
        self.node_ids().zip(&self.nodes)
    }

    /// The edge of an id of this graph.
    #[must_use]
    pub fn edge(&self, id: EdgeId) -> &Edge {
        &self.edges[id.index()]
    }

    /// The lane of an id of this graph.
    #[must_use]
    pub fn lane(&self, id: LaneId) -> &Lane {
        &self.lanes[id.index()]
    }

    /// The same, to be changed.
    pub fn lane_mut(&mut self, id: LaneId) -> &mut Lane {
        &mut self.lanes[id.index()]
    }

    /// The first lane of a kind.
    pub fn find_lane(&self, is_meant: impl FnMut(&Lane) -> bool) -> Option<LaneId> {
        self.lanes.iter().position(is_meant).map(LaneId::from_index)
    }

    /// Adds a lane behind the others.
    pub fn add_lane(&mut self, lane: Lane) -> LaneId {
        self.lanes.push(lane);
        LaneId::from_index(self.lanes.len() - 1)
    }

    /// The group of an id of this graph.
    #[must_use]
    pub fn group(&self, id: GroupId) -> &Group {
        &self.groups[id.index()]
    }

    /// What an edge is tied to, as the diagram calls it.
    #[must_use]
    pub fn id_of(&self, endpoint: Endpoint) -> &str {
        match endpoint {
            Endpoint::Node(node) => &self.node(node).id,
            Endpoint::Lane(lane) => &self.lane(lane).id,
            Endpoint::Group(group) => &self.group(group).id,
        }
    }

    /// A group and the groups around it, from the inside out.
    pub fn enclosing(&self, innermost: Option<GroupId>) -> impl Iterator<Item = GroupId> {
        // Outer groups come before inner ones. A parent that does not is no parent: two groups given each other's ids
        // by a diagram would otherwise never end.
        std::iter::successors(innermost, |&id| self.group(id).parent.filter(|&parent| parent < id))
    }

    /// Whether a group is another or lies in it.
    #[must_use]
    pub fn is_within(&self, group: Option<GroupId>, outer: GroupId) -> bool {
        self.enclosing(group).any(|group| group == outer)
    }

    /// Every text that is drawn, to be changed.
    pub fn for_each_text(&mut self, change: &mut dyn FnMut(&mut String)) {
        let lanes = self.lanes.iter_mut().map(|lane| &mut lane.title);
        let groups = self.groups.iter_mut().map(|group| &mut group.title);
        let nodes = self.nodes.iter_mut().map(|node| &mut node.label);
        let edges = self.edges.iter_mut().filter_map(|edge| edge.label.as_mut());
        let labels = lanes.chain(groups).chain(nodes).chain(edges);
        labels.flat_map(|label| &mut label.lines).flatten().for_each(|run| change(&mut run.text));
    }
}
