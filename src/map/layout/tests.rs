//! What holds for every map, and two things readers rely on from one edit to the next.

mod written;

use proptest::collection::vec;
use proptest::prelude::*;

use super::verify::check;
use super::{Layout, LayoutOptions, layout};
use crate::map::graph::{
    Direction, Edge, EdgeLine, Endpoint, Graph, Group, GroupId, Label, Lane, LaneId, Node, NodeId, Shape, Tip,
};
use crate::source::{SourceId, Span};

#[test]
fn all_with_all_is_drawn_and_says_that_it_is_drawn_simply() {
    let mut dense = graph(Direction::LeftRight, 0, &[(None, Shape::Rectangle, "a"); 32]);
    for from in 0..16 {
        (16..32).for_each(|to| link(&mut dense, from, to, EdgeLine::Solid, ""));
    }
    let sparse = graph(Direction::LeftRight, 0, &[(None, Shape::Rectangle, "a"); 32]);
    assert!(!layout(&sparse, &LayoutOptions::default()).is_simplified);
    let drawn = layout(&dense, &LayoutOptions::default());
    assert!(drawn.is_simplified && drawn.edges.iter().all(Option::is_some));
    assert!(check(&dense, &drawn).faults.is_empty());
}

const SHAPES: [Shape; 8] = [
    Shape::Rectangle,
    Shape::Diamond,
    Shape::Stadium,
    Shape::Circle,
    Shape::Hexagon,
    Shape::Cylinder,
    Shape::LeanRight,
    Shape::Flag,
];

fn span() -> Span {
    Span::start_of(SourceId::new(0))
}

/// Lanes A, B, C, …; nodes by lane, shape and label.
fn graph(direction: Direction, lanes: u32, nodes: &[(Option<u32>, Shape, &str)]) -> Graph {
    let lane = |at: u32| {
        let id = char::from_u32('A' as u32 + at).unwrap_or('?').to_string();
        Lane { title: Label::plain(&format!("Lane {id}")), id, span: span(), classes: vec![], style: vec![] }
    };
    let node = |(at, (lane, shape, label)): (usize, &(Option<u32>, Shape, &str))| Node {
        id: format!("n{at}"),
        label: Label::plain(label),
        shape: *shape,
        lane: lane.map(LaneId),
        group: None,
        stage: None,
        classes: vec![],
        style: vec![],
        click: None,
        declared: true,
        span: span(),
        label_span: None,
    };
    let lanes = (0..lanes).map(lane).collect();
    Graph { direction, lanes, nodes: nodes.iter().enumerate().map(node).collect(), ..Graph::default() }
}

fn edge(from: Endpoint, to: Endpoint, line: EdgeLine, label: &str) -> Edge {
    let label = (!label.is_empty()).then(|| Label::plain(label));
    Edge { from, to, label, line, tail: Tip::None, head: Tip::Arrow, length: 1, style: vec![], span: span() }
}

fn link(graph: &mut Graph, from: u32, to: u32, line: EdgeLine, label: &str) {
    graph.edges.push(edge(Endpoint::Node(NodeId(from)), Endpoint::Node(NodeId(to)), line, label));
}

fn laid_out(graph: &Graph) -> Layout {
    layout(graph, &LayoutOptions::default())
}

/// A workflow of a few lanes that mostly leads on, as people draw them, with all that makes it hard.
fn workflows(most_nodes: usize) -> impl Strategy<Value = Graph> {
    let directions = [Direction::LeftRight, Direction::RightLeft, Direction::TopBottom, Direction::BottomTop];
    let label = prop::sample::select(vec!["Go", "Approve the request", "Check\nand sign off", "経費申請書を作成"]);
    let node = (any::<u32>(), prop::sample::select(SHAPES.to_vec()), label, any::<bool>());
    let text = prop::sample::select(vec!["", "", "yes", "more information needed"]);
    let arrow = (any::<usize>(), 0..9_usize, text, 0..12_u32);
    let parts = (prop::sample::select(directions.to_vec()), 0..6_u32, vec(node, 1..most_nodes), vec(arrow, 0..100));
    parts.prop_map(|(direction, lanes, nodes, edges)| {
        let in_lane = |pick: u32| (lanes > 0 && !pick.is_multiple_of(17)).then(|| pick % lanes.max(1));
        let drawn: Vec<_> = nodes.iter().map(|&(pick, shape, label, _)| (in_lane(pick), shape, label)).collect();
        let mut graph = graph(direction, lanes, &drawn);
        group(&mut graph, &nodes.iter().map(|node| node.3).collect::<Vec<_>>());
        let count = nodes.len();
        // At most two edges to a node on average, about what real maps have.
        for (from, ahead, text, kind) in edges.into_iter().take(2 * count) {
            let a = from % count;
            let b = (a + ahead).min(count - 1);
            let id = |at: usize| NodeId(u32::try_from(at).expect("there are few nodes"));
            let (from, to, line) = match kind {
                0 => (Endpoint::Node(id(b)), Endpoint::Node(id(a)), EdgeLine::Dashed),
                1 if !graph.groups.is_empty() => (Endpoint::Node(id(a)), Endpoint::Group(GroupId(0)), EdgeLine::Solid),
                2 if lanes > 0 => (Endpoint::Node(id(a)), Endpoint::Lane(LaneId(lanes - 1)), EdgeLine::Solid),
                3 => (Endpoint::Node(id(a)), Endpoint::Node(id(b)), EdgeLine::Invisible),
                4 => (Endpoint::Node(id(a)), Endpoint::Node(id(b)), EdgeLine::Thick),
                _ => (Endpoint::Node(id(a)), Endpoint::Node(id(b)), EdgeLine::Solid),
            };
            // Now and then an edge is written twice.
            for _ in 0..=usize::from(kind == 5) {
                graph.edges.push(edge(from, to, line, text));
            }
        }
        graph
    })
}

/// Puts some nodes of the first lane into a group, and some of these into a group in it.
fn group(graph: &mut Graph, chosen: &[bool]) {
    if graph.lanes.is_empty() {
        return;
    }
    let new = |id: &str, parent| Group {
        id: id.to_owned(),
        title: Label::plain("Squad"),
        lane: LaneId(0),
        parent,
        span: span(),
        classes: vec![],
        style: vec![],
    };
    graph.groups = vec![new("outer", None), new("inner", Some(GroupId(0)))];
    let members = graph.nodes.iter_mut().zip(chosen).filter(|(node, chosen)| node.lane == Some(LaneId(0)) && **chosen);
    for (at, (node, _)) in members.enumerate() {
        node.group = Some(GroupId(u32::from(at % 3 == 2)));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn no_map_breaks_a_rule(graph in workflows(24)) {
        let layout = laid_out(&graph);
        prop_assert_eq!(check(&graph, &layout).faults, Vec::<String>::new());
    }

    #[test]
    fn the_same_graph_is_laid_out_alike(graph in workflows(12)) {
        prop_assert_eq!(laid_out(&graph), laid_out(&graph));
    }

    #[test]
    fn everything_lies_in_the_drawing(graph in workflows(16)) {
        let layout = laid_out(&graph);
        let inside = |x: i32, y: i32| (0..=layout.size.w).contains(&x) && (0..=layout.size.h).contains(&y);
        for rect in layout.nodes.iter().map(|node| node.rect).chain(layout.groups.iter().map(|group| group.rect)) {
            prop_assert!(inside(rect.x, rect.y) && inside(rect.right(), rect.bottom()));
        }
        for point in layout.edges.iter().flatten().flat_map(|route| &route.points) {
            prop_assert!(inside(point.x, point.y));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn no_large_map_breaks_a_rule(graph in workflows(60)) {
        let layout = laid_out(&graph);
        prop_assert_eq!(check(&graph, &layout).faults, Vec::<String>::new());
    }
}

/// A request that is checked, returned or approved, and delivered.
fn request() -> Graph {
    let step = |lane, label| (Some(lane), Shape::Rectangle, label);
    let nodes = [step(0, "Ask"), step(1, "Check"), step(1, "Approve"), step(2, "Deliver"), step(0, "Use")];
    let mut graph = graph(Direction::LeftRight, 3, &nodes);
    for (from, to) in [(0, 1), (1, 2), (2, 3), (3, 4)] {
        link(&mut graph, from, to, EdgeLine::Solid, "");
    }
    link(&mut graph, 1, 0, EdgeLine::Dashed, "more detail");
    graph
}

#[test]
fn a_longer_label_moves_no_node_to_another_column() {
    let order = |layout: &Layout| {
        let mut nodes: Vec<NodeId> = layout.nodes.ids().collect();
        nodes.sort_by_key(|&node| (layout.nodes[node].rect.centre().x, node));
        nodes
    };
    let mut graph = request();
    let before = order(&laid_out(&graph));
    graph.nodes[2].label = Label::plain("Approve the request and tell whoever asked");
    assert_eq!(order(&laid_out(&graph)), before);
}

#[test]
fn a_step_added_at_the_end_leaves_the_others_in_their_order() {
    let mut graph = request();
    let before = laid_out(&graph);
    let mut last = graph.nodes[4].clone();
    last.id = "n5".to_owned();
    graph.nodes.push(last);
    link(&mut graph, 4, 5, EdgeLine::Solid, "");
    let after = laid_out(&graph);
    let place = |layout: &Layout, node: u32| {
        let centre = layout.nodes[NodeId(node)].rect.centre();
        (centre.x, centre.y)
    };
    for (a, b) in (0..5).flat_map(|a| (0..5).map(move |b| (a, b))) {
        let (old, new) = (place(&before, a).0.cmp(&place(&before, b).0), place(&after, a).0.cmp(&place(&after, b).0));
        assert_eq!(old, new, "along the flow, {a} and {b}");
        let (old, new) = (place(&before, a).1.cmp(&place(&before, b).1), place(&after, a).1.cmp(&place(&after, b).1));
        assert_eq!(old, new, "across the flow, {a} and {b}");
    }
}

#[test]
fn a_request_is_drawn_without_a_crossing() {
    let graph = request();
    let report = check(&graph, &laid_out(&graph));
    assert_eq!((report.crossings, report.faults), (0, vec![]));
}

#[test]
fn a_graph_of_nothing_is_a_drawing_of_nothing() {
    let layout = laid_out(&Graph::default());
    assert!(layout.nodes.is_empty() && layout.size.w > 0);
}

#[test]
fn an_empty_lane_is_still_a_lane() {
    let graph = graph(Direction::TopBottom, 2, &[(Some(0), Shape::Rectangle, "Ask")]);
    let layout = laid_out(&graph);
    assert_eq!(layout.lanes.len(), 2);
    assert_eq!(layout.lanes[LaneId(0)].rect.right(), layout.lanes[LaneId(1)].rect.x);
}

#[test]
fn stages_follow_each_other_whatever_the_arrows_say() {
    let mut graph = request();
    graph.stages = ["Intake", "Work"].map(|title| crate::map::graph::Stage { title: title.to_owned() }).into();
    for (node, stage) in graph.nodes.iter_mut().zip([0, 0, 1, 1, 0]) {
        node.stage = Some(stage);
    }
    let layout = laid_out(&graph);
    let right = |node: u32| layout.nodes[NodeId(node)].rect.right();
    assert!([0, 1, 4].map(right).iter().all(|&end| end < layout.nodes[NodeId(2)].rect.x));
    assert_eq!(layout.stages.iter().flatten().count(), 2);
}

/// Steps that follow each other, from one of three lanes to the next.
fn relay(direction: Direction, steps: u32) -> Graph {
    let nodes: Vec<_> = (0..steps).map(|at| (Some(at % 3), Shape::Rectangle, "Review the partner's request")).collect();
    let mut graph = graph(direction, 3, &nodes);
    for at in 1..steps {
        link(&mut graph, at - 1, at, EdgeLine::Solid, "approved");
    }
    graph
}

#[test]
fn the_flow_runs_as_the_author_wrote_it_where_it_can_be_read() {
    for direction in [Direction::LeftRight, Direction::RightLeft, Direction::TopBottom, Direction::BottomTop] {
        assert_eq!(laid_out(&relay(direction, 6)).direction, direction);
    }
}

#[test]
fn a_flow_too_long_to_be_read_in_its_column_runs_down() {
    let layout = laid_out(&relay(Direction::LeftRight, 45));
    assert_eq!(layout.direction, Direction::TopBottom);
    assert!(layout.size.w <= 1740, "{} pixels wide", layout.size.w);
}

#[test]
fn groups_in_groups_cost_little_and_break_no_rule() {
    let mut graph = graph(Direction::LeftRight, 1, &[(Some(0), Shape::Rectangle, "Ask")]);
    for at in 0..60_u32 {
        let parent = at.checked_sub(1).map(|outer| GroupId(outer.min(15)));
        let title = Label::plain("Squad");
        let id = format!("g{at}");
        graph.groups.push(Group { id, title, lane: LaneId(0), parent, span: span(), classes: vec![], style: vec![] });
    }
    let layout = laid_out(&graph);
    assert_eq!(check(&graph, &layout).faults, Vec::<String>::new());
    assert_eq!(layout.groups.len(), 60);
}
