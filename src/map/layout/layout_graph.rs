//! The graph as the layout sees it: every node in a band, every edge between two nodes.
//!
//! Nodes outside all lanes, empty subgraphs and edges to subgraphs are special cases here and nowhere later. From here
//! on the flow runs left to right; `page_axes` turns the result.

use super::id::{BandId, End, Ends};
use super::outside::{OutsideLanes, outside_lanes};
use crate::map::graph::{EdgeId, EdgeLine, Endpoint, Graph, GroupId, LaneId, NodeId, Shape};
use crate::map::index_vec::{Id as _, IndexVec};

/// What is laid out.
pub(super) struct LayoutGraph<'g> {
    /// Where labels and shapes are looked up.
    pub graph: &'g Graph,
    /// The nodes of the graph with their ids, then a placeholder for each empty subgraph.
    pub nodes: IndexVec<NodeId, LayoutNode>,
    /// The edges of the graph with their ids.
    pub edges: IndexVec<EdgeId, LayoutEdge>,
    /// Lanes and the bands of nodes outside them, from the first to the last.
    pub bands: IndexVec<BandId, Band>,
}

/// A node, or the placeholder in an empty subgraph.
pub(super) struct LayoutNode {
    /// The band it lies in.
    pub band: BandId,
    /// Its lane.
    pub lane: Option<LaneId>,
    /// The innermost group around it.
    pub group: Option<GroupId>,
    /// Its stage.
    pub stage: Option<u32>,
}

/// An edge between two nodes.
pub(super) struct LayoutEdge {
    /// Where it starts.
    pub from: NodeId,
    /// Where it leads.
    pub to: NodeId,
    /// How much its length counts.
    pub weight: i32,
    /// Ranks it spans at least, within a band.
    pub length: u32,
    /// Whether it is drawn.
    pub visible: bool,
}

impl LayoutEdge {
    /// Whether it leads from a node to itself.
    pub(super) fn is_loop(&self) -> bool {
        self.from == self.to
    }

    /// The node at an end.
    pub(super) fn at(&self, end: End) -> NodeId {
        match end {
            End::Start => self.from,
            End::Finish => self.to,
        }
    }
}

/// A lane, or the place of nodes outside all lanes.
pub(super) struct Band {
    /// The lane; `None` for nodes outside all lanes.
    pub lane: Option<LaneId>,
}

impl<'g> LayoutGraph<'g> {
    /// Reads a graph.
    pub(super) fn new(graph: &'g Graph) -> Self {
        let outside = outside_lanes(graph);
        let is_used = |place: OutsideLanes| outside.iter().any(|of_node| *of_node == Some(place));
        let above = is_used(OutsideLanes::Above).then_some(Band { lane: None });
        let below = is_used(OutsideLanes::Below).then_some(Band { lane: None });
        let lanes_before = above.iter().len();
        let lanes = (0..).zip(&graph.lanes).map(|(lane, _)| Band { lane: Some(LaneId(lane)) });
        let bands: IndexVec<BandId, Band> = above.into_iter().chain(lanes).chain(below).collect();
        // Nodes in a lane go by the lane; `place` is for the others.
        let band = |lane: Option<LaneId>, place: Option<OutsideLanes>| match (lane, place) {
            (Some(lane), _) => BandId::from_index(lane.index() + lanes_before),
            (None, Some(OutsideLanes::Below)) => BandId::from_index(bands.len() - 1),
            (None, _) => BandId::from_index(0),
        };
        let nodes = graph.nodes.iter().zip(&outside).map(|(node, &place)| LayoutNode {
            band: band(node.lane, place),
            lane: node.lane,
            group: node.group,
            stage: node.stage,
        });
        // A subgraph without a node would have no place on the grid, and what has no place cannot be drawn or lead
        // anywhere: `subgraph L … end` with nothing in it is still a lane.
        let placeholders = empty_subgraphs(graph).into_iter().map(|(lane, group)| LayoutNode {
            band: band(Some(lane), None),
            lane: Some(lane),
            group,
            stage: None,
        });
        let nodes: IndexVec<NodeId, LayoutNode> = nodes.chain(placeholders).collect();
        let mut layout = Self { graph, nodes, edges: IndexVec::default(), bands };
        layout.edges = layout.edges_of_graph();
        layout
    }

    /// The outline of a node.
    pub(super) fn shape(&self, node: NodeId) -> Shape {
        self.graph.nodes.get(node.index()).map_or(Shape::Rectangle, |node| node.shape)
    }

    /// Whether a node lies in what an edge is tied to.
    pub(super) fn is_within(&self, node: NodeId, endpoint: Endpoint) -> bool {
        match endpoint {
            Endpoint::Node(own) => own == node,
            Endpoint::Lane(lane) => self.nodes[node].lane == Some(lane),
            Endpoint::Group(group) => self.graph.is_within(self.nodes[node].group, group),
        }
    }

    fn edges_of_graph(&self) -> IndexVec<EdgeId, LayoutEdge> {
        let edges = self.graph.edges.iter().map(|edge| {
            let ends = Ends { start: edge.from, finish: edge.to };
            LayoutEdge {
                from: self.stand_in(ends, End::Start),
                to: self.stand_in(ends, End::Finish),
                // Authors draw dashed what leads back or aside: let those be the long ones.
                weight: if edge.line == EdgeLine::Dashed { 1 } else { 4 },
                // `A ------> B` asks for room; beyond four ranks it would only push a map out of its column.
                length: edge.length.clamp(1, 4),
                visible: edge.line != EdgeLine::Invisible,
            }
        });
        edges.collect()
    }

    /// The node an edge is tied to. An edge of a subgraph is tied to one of its nodes and cut at its border afterwards:
    /// it starts at the last node that leads nowhere else in it and leads to the first one nothing in it leads to.
    fn stand_in(&self, ends: Ends<Endpoint>, end: End) -> NodeId {
        let (own, other) = match end {
            End::Start => (ends.start, ends.finish),
            End::Finish => (ends.finish, ends.start),
        };
        let members: Vec<NodeId> = self.nodes.ids().filter(|&node| self.is_within(node, own)).collect();
        if let [only] = members[..] {
            return only;
        }
        let has_inner = |node: NodeId| {
            self.graph.edges.iter().any(|edge| match (edge.from, edge.to) {
                (Endpoint::Node(a), Endpoint::Node(b)) if end == End::Start => a == node && members.contains(&b),
                (Endpoint::Node(a), Endpoint::Node(b)) => b == node && members.contains(&a),
                _ => false,
            })
        };
        let is_other = |node: NodeId| other == Endpoint::Node(node);
        let mut free = members.iter().copied().filter(|&node| !has_inner(node) && !is_other(node));
        let chosen = if end == End::Start { free.next_back() } else { free.next() };
        chosen.or(members.first().copied()).expect("each subgraph has a node or a placeholder")
    }
}

/// Lanes and groups with no node in them.
fn empty_subgraphs(graph: &Graph) -> Vec<(LaneId, Option<GroupId>)> {
    let in_lane = |lane: LaneId| graph.nodes.iter().any(|node| node.lane == Some(lane));
    let in_group = |id: GroupId| graph.nodes.iter().any(|node| graph.is_within(node.group, id));
    let has_child = |id: GroupId| graph.groups.iter().any(|group| group.parent == Some(id));
    let groups = (0..).zip(&graph.groups).map(|(id, group)| (GroupId(id), group.lane));
    // One placeholder in the innermost group keeps all groups around it open.
    let groups = groups.filter(|&(id, _)| !in_group(id) && !has_child(id)).map(|(id, lane)| (lane, Some(id)));
    let mut found: Vec<_> = groups.collect();
    let lanes = (0..).zip(&graph.lanes).map(|(id, _)| LaneId(id)).filter(|&lane| !in_lane(lane));
    let bare = lanes.filter(|&lane| found.iter().all(|&(other, _)| other != lane)).collect::<Vec<_>>();
    found.extend(bare.into_iter().map(|lane| (lane, None)));
    found
}
