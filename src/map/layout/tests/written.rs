//! Maps as they are written, odd ones above all: whatever the text says, the drawing keeps the rules.

use proptest::prelude::*;

use super::super::verify::check;
use super::{Graph, Label, Layout, laid_out, workflows};
use crate::map::graph::{LaneId, NodeId};
use crate::map::mermaid::{Diagram, parse};
use crate::source::{SourceId, SourceMap, Span};

fn written(body: &str) -> (Graph, Layout) {
    let text = format!("flowchart LR\n{body}");
    let origin = SourceMap::identity(Span::new(SourceId::new(0), 0..text.len()));
    let graph = match parse(&text, &origin).value {
        Diagram::Flowchart(graph) => graph,
        Diagram::Other { kind, .. } => panic!("{kind} is no flowchart"),
    };
    let layout = laid_out(&graph);
    assert_eq!(check(&graph, &layout).faults, Vec::<String>::new(), "{body}");
    (graph, layout)
}

#[test]
fn a_lane_given_twice_is_one_lane() {
    let (graph, layout) = written("subgraph L\n a --> b\nend\nsubgraph M\n c\nend\nsubgraph L\n d\nend\nb --> c --> d");
    assert_eq!((graph.lanes.len(), layout.lanes.len()), (2, 2));
    assert_eq!(graph.nodes.iter().filter(|node| node.lane == graph.nodes[0].lane).count(), 3);
}

#[test]
fn a_node_named_in_two_lanes_stands_in_the_first() {
    let (graph, layout) = written("subgraph L\n a --> b\nend\nsubgraph M\n b --> c\nend");
    assert_eq!(graph.nodes[1].lane, graph.nodes[0].lane);
    let (lane, node) = (layout.lanes[LaneId(0)].rect, layout.nodes[NodeId(1)].rect);
    assert!(lane.y < node.y && node.bottom() < lane.bottom());
}

#[test]
fn a_lane_of_nothing_but_groups_holds_them() {
    let (graph, layout) =
        written("subgraph L\n subgraph g\n  subgraph h\n   a\n  end\n end\nend\nsubgraph M\n b\nend\na --> b --> g");
    assert_eq!((graph.lanes.len(), graph.groups.len()), (2, 2));
    let lane = layout.lanes[LaneId(0)].rect;
    assert!(layout.groups.iter().all(|group| lane.y < group.rect.y && group.rect.bottom() < lane.bottom()));
}

#[test]
fn odd_maps_break_no_rule() {
    for body in [
        "subgraph L\nend\na --> b",
        "subgraph L\n subgraph g\n end\nend\nsubgraph M\n a\nend",
        "a --> a --> a\na -.-> a",
        "a --> b\na --> b\na -- yes --> b\nb --> a\nb -- no --> a",
        "subgraph L\n a\nend\nL --> L\na --> L\nL --> a",
        "subgraph L\n a\nend\nsubgraph M\n b\nend\nL --> M\nM --> L\na --> M",
        "a ~~~ b ~~~ c",
        "a[\"🙂🙂 承認する مرحبا بالعالم e\u{301}e\u{301}\"] -- \"日本語のラベル\" --> b{\"👩‍👩‍👧 שלום\"}",
    ] {
        written(body);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    /// What a label says is not what it takes: only its size may move anything.
    #[test]
    fn a_label_of_the_same_size_moves_nothing(graph in workflows(16), pick in any::<usize>()) {
        let before = laid_out(&graph);
        let mut renamed = graph.clone();
        let nodes = renamed.nodes.len();
        let node = &mut renamed.nodes[pick % nodes];
        let mirrored = |text: &str| text.split(' ').map(|word| word.chars().rev().collect()).collect::<Vec<String>>().join(" ");
        let lines: Vec<String> = node.label.lines.iter().map(|line| line.iter().map(|run| mirrored(&run.text)).collect()).collect();
        node.label = Label::plain(&lines.join("\n"));
        let after = laid_out(&renamed);
        prop_assert_eq!(before.nodes.iter().map(|node| node.rect).collect::<Vec<_>>(), after.nodes.iter().map(|node| node.rect).collect::<Vec<_>>());
        prop_assert_eq!(before.edges, after.edges);
    }
}
