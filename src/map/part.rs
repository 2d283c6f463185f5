//! Cuts a map down to one lane or one stage.

use super::graph::{Edge, Endpoint, Graph, GroupId, LaneId, Node, NodeId};
use super::title;

/// A graph cut to some of its nodes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GraphPart {
    /// The nodes that stay, the edges between them, and the lanes, groups and stages that hold any of them.
    pub graph: Graph,
    /// For each of its nodes, which one it is in the whole.
    pub nodes: Vec<NodeId>,
}

/// The lane of a title or id; emoji and letter case do not count.
#[must_use]
pub fn lane_called(graph: &Graph, name: &str) -> Option<LaneId> {
    // The title is what readers see; an id that happens to be another lane's title is nobody's first thought.
    let by_title = graph.find_lane(|lane| title::same(&lane.title.text(), name));
    by_title.or_else(|| graph.find_lane(|lane| lane.id == name))
}

/// The position of the stage of a number or heading.
#[must_use]
pub fn stage_called(graph: &Graph, name: &str) -> Option<u32> {
    let number = title::named_stage(name).map(|stage| stage.number);
    let numbered = |title: &str| title::named_stage(title).map(|stage| stage.number);
    let by_heading = graph.stages.iter().position(|stage| title::same(&stage.title, name));
    let by_number =
        || graph.stages.iter().position(|stage| number.is_some_and(|number| numbered(&stage.title) == Some(number)));
    u32::try_from(by_heading.or_else(by_number)?).ok()
}

/// Cuts a graph to the nodes that are kept.
#[must_use]
pub fn cut(graph: &Graph, keep: impl Fn(&Node) -> bool) -> GraphPart {
    let nodes = numbered(&graph.nodes, |_, node| keep(node));
    let kept = || graph.nodes.iter().zip(&nodes).filter(|(_, position)| position.is_some()).map(|(node, _)| node);
    let holds = |test: &dyn Fn(&Node) -> bool| kept().any(test);
    let lanes = numbered(&graph.lanes, |lane, _| holds(&|node| node.lane == Some(LaneId(lane))));
    let groups = numbered(&graph.groups, |group, _| holds(&|node| graph.is_within(node.group, GroupId(group))));
    let stages = numbered(&graph.stages, |stage, _| holds(&|node| node.stage == Some(stage)));
    // Positions move up where something before them is cut away.
    let of = |list: &[Option<u32>], at: u32| list.get(at as usize).copied().flatten();
    let end = |end: Endpoint| match end {
        Endpoint::Node(NodeId(node)) => of(&nodes, node).map(|node| Endpoint::Node(NodeId(node))),
        Endpoint::Lane(LaneId(lane)) => of(&lanes, lane).map(|lane| Endpoint::Lane(LaneId(lane))),
        Endpoint::Group(GroupId(group)) => of(&groups, group).map(|group| Endpoint::Group(GroupId(group))),
    };
    let edge = |edge: &Edge| Some(Edge { from: end(edge.from)?, to: end(edge.to)?, ..edge.clone() });
    let mut part = graph.clone();
    part.edges = graph.edges.iter().filter_map(edge).collect();
    retain(&mut part.nodes, &nodes);
    retain(&mut part.lanes, &lanes);
    retain(&mut part.groups, &groups);
    retain(&mut part.stages, &stages);
    for node in &mut part.nodes {
        node.lane = node.lane.and_then(|LaneId(lane)| of(&lanes, lane)).map(LaneId);
        node.group = node.group.and_then(|GroupId(group)| of(&groups, group)).map(GroupId);
        node.stage = node.stage.and_then(|stage| of(&stages, stage));
    }
    for group in &mut part.groups {
        group.lane = LaneId(of(&lanes, group.lane.0).unwrap_or(0));
        group.parent = group.parent.and_then(|GroupId(parent)| of(&groups, parent)).map(GroupId);
    }
    let whole = (0u32..).map(NodeId).zip(&nodes).filter_map(|(id, kept)| kept.map(|_| id)).collect();
    GraphPart { graph: part, nodes: whole }
}

/// For each item that is kept, its new position.
fn numbered<T>(items: &[T], keep: impl Fn(u32, &T) -> bool) -> Vec<Option<u32>> {
    let mut next = 0..;
    (0u32..).zip(items).map(|(at, item)| if keep(at, item) { next.next() } else { None }).collect()
}

fn retain<T>(items: &mut Vec<T>, kept: &[Option<u32>]) {
    let mut kept = kept.iter();
    items.retain(|_| kept.next().is_some_and(Option::is_some));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::mermaid::{Diagram, parse};
    use crate::map::reconcile::alone;
    use crate::source::{SourceId, SourceMap, Span};

    fn graph() -> Graph {
        let text = "flowchart LR\n subgraph PM[\"🤝 Partner manager\"]\n A[\"1. Ask\"]\n subgraph G[Papers]\n B[\"2. Sign\"]\n end\n end\n \
                    subgraph SE[Engineer]\n C[\"2. Train\"]\n D[\"3. Build\"]\n end\n A --> B --> C --> D\n C --> G\n SE --> A\n";
        match parse(text, &SourceMap::identity(Span::new(SourceId::new(0), 0..text.len()))).value {
            Diagram::Flowchart(graph) => alone(graph).value.graph,
            Diagram::Other { kind, .. } => panic!("{kind} is no flowchart"),
        }
    }

    /// Nodes and edges by id.
    fn shown(part: &GraphPart) -> (Vec<&str>, Vec<(&str, &str)>) {
        let graph = &part.graph;
        let id = |end: Endpoint| match end {
            Endpoint::Node(NodeId(at)) => graph.nodes[at as usize].id.as_str(),
            Endpoint::Lane(LaneId(at)) => &graph.lanes[at as usize].id,
            Endpoint::Group(GroupId(at)) => &graph.groups[at as usize].id,
        };
        let edges = graph.edges.iter().map(|edge| (id(edge.from), id(edge.to))).collect();
        (graph.nodes.iter().map(|node| node.id.as_str()).collect(), edges)
    }

    #[test]
    fn a_lane_is_its_nodes_and_the_edges_between_them() {
        let graph = graph();
        let lane = lane_called(&graph, "partner Manager").unwrap();
        let part = cut(&graph, |node| node.lane == Some(lane));
        assert_eq!(shown(&part), (vec!["A", "B"], vec![("A", "B")]));
        assert_eq!((part.graph.lanes.len(), part.graph.groups.len(), part.graph.stages.len()), (1, 1, 2));
        let other = cut(&graph, |node| node.lane == lane_called(&graph, "SE"));
        assert_eq!(shown(&other), (vec!["C", "D"], vec![("C", "D")]));
        assert_eq!(other.nodes, [NodeId(2), NodeId(3)]);
    }

    #[test]
    fn a_stage_is_its_nodes_in_all_lanes() {
        let graph = graph();
        let stage = stage_called(&graph, "2").unwrap();
        assert_eq!(stage_called(&graph, "stage 2"), Some(stage));
        assert_eq!(stage_called(&graph, "Stage 9"), None);
        let part = cut(&graph, |node| node.stage == Some(stage));
        assert_eq!(shown(&part), (vec!["B", "C"], vec![("B", "C"), ("C", "G")]));
        assert_eq!(part.graph.lanes.len(), 2);
    }
}
