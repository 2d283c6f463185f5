//! The graph as the engine sees it: every step in a band, every edge between two steps.
//! In: a `Graph`. Out: a `Problem`, in which loose nodes, empty subgraphs and edges to subgraphs are no special case.
//! Never knows: columns, pixels. It thinks left to right; other directions are turned at the end.

use crate::map::graph::{EdgeLine, End, Graph, GroupId, LaneId, NodeId, Shape};

/// What is laid out.
pub(super) struct LayoutGraph<'g> {
    /// Where labels and shapes are looked up.
    pub graph: &'g Graph,
    /// The nodes of the graph in their order, then a placeholder for each empty subgraph.
    pub steps: Vec<LayoutNode>,
    /// The edges of the graph in their order.
    pub links: Vec<LayoutEdge>,
    /// Lanes and the bands of loose nodes, from the first to the last.
    pub bands: Vec<Band>,
}

/// A node, or the placeholder in an empty subgraph.
pub(super) struct LayoutNode {
    /// The node; `None` for a placeholder.
    pub node: Option<NodeId>,
    /// Position in [`Problem::bands`].
    pub band: usize,
    /// Its lane.
    pub lane: Option<LaneId>,
    /// The innermost group around it.
    pub group: Option<GroupId>,
    /// Its stage.
    pub stage: Option<u32>,
}

/// An edge between two steps.
pub(super) struct LayoutEdge {
    /// Where it starts.
    pub from: usize,
    /// Where it leads.
    pub to: usize,
    /// How much its length counts.
    pub weight: i32,
    /// Columns it spans at least, within a band.
    pub length: u32,
    /// Whether it is drawn.
    pub visible: bool,
}

/// A lane, or the place of loose nodes.
pub(super) struct Band {
    /// The lane; `None` for loose nodes.
    pub lane: Option<LaneId>,
}

impl<'g> LayoutGraph<'g> {
    /// Reads a graph.
    pub(super) fn new(graph: &'g Graph) -> Self {
        let loose = loose_nodes(graph);
        let above = usize::from(loose.contains(&Some(OutsideLanes::Above)));
        let mut bands: Vec<Band> = Vec::new();
        bands.extend((0..above).map(|_| Band { lane: None }));
        bands.extend((0..).zip(&graph.lanes).map(|(lane, _)| Band { lane: Some(LaneId(lane)) }));
        if loose.contains(&Some(OutsideLanes::Below)) {
            bands.push(Band { lane: None });
        }
        let band = |lane: Option<LaneId>, place: Option<OutsideLanes>| match (lane, place) {
            (Some(LaneId(lane)), _) => lane as usize + above,
            (None, Some(OutsideLanes::Below)) => bands.len() - 1,
            (None, _) => 0,
        };
        let steps = (0..).zip(&graph.nodes).zip(&loose).map(|((id, node), &place)| LayoutNode {
            node: Some(NodeId(id)),
            band: band(node.lane, place),
            lane: node.lane,
            group: node.group,
            stage: node.stage,
        });
        let mut steps: Vec<LayoutNode> = steps.collect();
        for (lane, group) in empty_subgraphs(graph) {
            steps.push(LayoutNode { node: None, band: band(Some(lane), None), lane: Some(lane), group, stage: None });
        }
        let links = links(graph, &steps);
        Self { graph, steps, links, bands }
    }

    /// Whether a group lies in another, at whatever depth, or is the same.
    pub(super) fn group_within(&self, inner: Option<GroupId>, outer: GroupId) -> bool {
        group_within(self.graph, inner, outer)
    }

    /// The outline of a step.
    pub(super) fn shape(&self, step: usize) -> Shape {
        self.steps[step].node.map_or(Shape::Rectangle, |NodeId(node)| self.graph.nodes[node as usize].shape)
    }

    /// Whether a step lies in what an edge is tied to.
    pub(super) fn within(&self, step: usize, end: End) -> bool {
        let step = &self.steps[step];
        match end {
            End::Node(node) => step.node == Some(node),
            End::Lane(lane) => self.bands[step.band].lane == Some(lane),
            End::Group(group) => self.group_within(step.group, group),
        }
    }
}

/// A group and the groups around it, from the inside out.
pub(super) fn chain(graph: &Graph, innermost: Option<GroupId>) -> impl Iterator<Item = GroupId> {
    // Outer groups come before inner ones; a parent that does not is no parent.
    let outer = |&GroupId(id): &GroupId| graph.groups[id as usize].parent.filter(|&GroupId(parent)| parent < id);
    std::iter::successors(innermost, outer)
}

fn group_within(graph: &Graph, inner: Option<GroupId>, outer: GroupId) -> bool {
    chain(graph, inner).any(|group| group == outer)
}

/// Where nodes in no lane go.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
enum OutsideLanes {
    Above,
    Below,
}

/// Loose nodes that hang together stay together, on the side of the lanes they have more to do with.
fn loose_nodes(graph: &Graph) -> Vec<Option<OutsideLanes>> {
    let mut part: Vec<usize> = (0..graph.nodes.len()).collect();
    let mut pull = vec![0_i64; graph.nodes.len()];
    let middle = i64::try_from(graph.lanes.len()).unwrap_or(i64::MAX) - 1;
    let lane_of = |end: End| match end {
        End::Node(NodeId(node)) => graph.nodes[node as usize].lane,
        End::Lane(lane) => Some(lane),
        End::Group(GroupId(group)) => Some(graph.groups[group as usize].lane),
    };
    let loose = |end: End| match end {
        End::Node(NodeId(node)) if graph.nodes[node as usize].lane.is_none() => Some(node as usize),
        _ => None,
    };
    for edge in &graph.edges {
        match (loose(edge.from), loose(edge.to)) {
            (Some(a), Some(b)) => {
                let (a, b) = (part[a], part[b]);
                part.iter_mut().filter(|part| **part == b).for_each(|part| *part = a);
            }
            (Some(a), None) => pull[a] += lane_of(edge.to).map_or(0, |LaneId(lane)| 2 * i64::from(lane) - middle),
            (None, Some(b)) => pull[b] += lane_of(edge.from).map_or(0, |LaneId(lane)| 2 * i64::from(lane) - middle),
            (None, None) => {}
        }
    }
    let total = |root: usize| (0..part.len()).filter(|&node| part[node] == root).map(|node| pull[node]).sum::<i64>();
    let place = |node: usize| if total(part[node]) > 0 { OutsideLanes::Below } else { OutsideLanes::Above };
    (0..graph.nodes.len()).map(|node| graph.nodes[node].lane.is_none().then(|| place(node))).collect()
}

/// Lanes and groups with no node in them.
fn empty_subgraphs(graph: &Graph) -> Vec<(LaneId, Option<GroupId>)> {
    let in_lane = |lane: LaneId| graph.nodes.iter().any(|node| node.lane == Some(lane));
    let in_group = |id: GroupId| graph.nodes.iter().any(|node| group_within(graph, node.group, id));
    let has_child = |id: GroupId| graph.groups.iter().any(|group| group.parent == Some(id));
    let groups = (0..).zip(&graph.groups).map(|(id, group)| (GroupId(id), group.lane));
    let groups = groups.filter(|&(id, _)| !in_group(id) && !has_child(id)).map(|(id, lane)| (lane, Some(id)));
    let mut found: Vec<_> = groups.collect();
    let lanes = (0..).zip(&graph.lanes).map(|(id, _)| LaneId(id)).filter(|&lane| !in_lane(lane));
    let bare = lanes.filter(|&lane| found.iter().all(|&(other, _)| other != lane)).collect::<Vec<_>>();
    found.extend(bare.into_iter().map(|lane| (lane, None)));
    found
}

fn links(graph: &Graph, steps: &[LayoutNode]) -> Vec<LayoutEdge> {
    let edges = graph.edges.iter();
    edges
        .map(|edge| LayoutEdge {
            from: step(graph, steps, edge.from, edge.to, NodeRole::Source),
            to: step(graph, steps, edge.to, edge.from, NodeRole::Target),
            weight: if edge.line == EdgeLine::Dashed { 1 } else { 4 },
            length: edge.length.clamp(1, 4),
            visible: edge.line != EdgeLine::Invisible,
        })
        .collect()
}

#[derive(Copy, Clone, PartialEq, Eq)]
enum NodeRole {
    Source,
    Target,
}

/// The step an edge is tied to. An edge of a subgraph is tied to one of its steps and cut at its border afterwards:
/// it starts at the last step that leads nowhere else in it and leads to the first one nothing in it leads to.
fn step(graph: &Graph, steps: &[LayoutNode], end: End, other: End, role: NodeRole) -> usize {
    let inside = |step: &LayoutNode| match end {
        End::Node(node) => step.node == Some(node),
        End::Lane(lane) => step.lane == Some(lane),
        End::Group(group) => group_within(graph, step.group, group),
    };
    let members: Vec<usize> = (0..steps.len()).filter(|&at| inside(&steps[at])).collect();
    if let [only] = members[..] {
        return only;
    }
    let is_member = |node: NodeId| members.contains(&(node.0 as usize));
    let has_inner = |at: usize| {
        graph.edges.iter().any(|edge| match (edge.from, edge.to) {
            (End::Node(a), End::Node(b)) if role == NodeRole::Source => a.0 as usize == at && is_member(b),
            (End::Node(a), End::Node(b)) => b.0 as usize == at && is_member(a),
            _ => false,
        })
    };
    let is_other = |at: usize| matches!(other, End::Node(node) if steps[at].node == Some(node));
    let mut free = members.iter().copied().filter(|&at| !has_inner(at) && !is_other(at));
    let chosen = if role == NodeRole::Source { free.next_back() } else { free.next() };
    chosen.or(members.first().copied()).expect("each subgraph has a node or a placeholder")
}
