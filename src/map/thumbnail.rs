//! A map without words, small enough to show readers where they are on it.

use std::fmt::Write as _;

use super::layout::Layout;
use super::layout::geometry::{Px, Rect};

/// How wide a small map is, and how high it gets at most.
const WIDTH: Px = 240;
const HEIGHT: Px = 150;
/// With more steps there is nothing to see at this size, and every page would carry them.
const MOST_NODES: usize = 150;
/// With more arrows, the steps alone show the shape.
const MOST_EDGES: usize = 80;

/// A map without words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Thumbnail {
    /// Width and height.
    pub size: (Px, Px),
    /// Paths of the classes `tl` (lanes), `te` (edges) and `tn` (nodes).
    pub paths: String,
    /// Where each node is.
    pub nodes: Vec<Rect>,
}

/// Draws a small map; none when there are too many steps to tell them apart.
#[must_use]
pub fn thumbnail(layout: &Layout) -> Option<Thumbnail> {
    let (w, h) = (layout.size.w.max(1), layout.size.h.max(1));
    if layout.nodes.is_empty() || layout.nodes.len() > MOST_NODES {
        return None;
    }
    // One number for both axes, as a fraction: the smaller of the two.
    let (up, down) = if h * WIDTH > w * HEIGHT { (HEIGHT, h) } else { (WIDTH, w) };
    let scaled = |length: Px| length * up / down;
    let small =
        |rect: Rect| Rect { x: scaled(rect.x), y: scaled(rect.y), w: scaled(rect.w).max(2), h: scaled(rect.h).max(2) };
    let nodes: Vec<Rect> = layout.nodes.iter().map(|node| small(node.rect)).collect();
    let mut paths = String::new();
    // Lanes, edges, nodes: what comes later lies on top.
    boxes(&mut paths, "tl", layout.lanes.iter().map(|lane| small(lane.rect)));
    let routes = || layout.edges.iter().flatten();
    // Every page carries this drawing: hundreds of arrows would outweigh its text.
    if routes().count() <= MOST_EDGES {
        paths.push_str("<path class=\"te\" d=\"");
        for route in routes() {
            for (at, point) in route.points.iter().enumerate() {
                let command = if at == 0 { 'M' } else { 'L' };
                let _ = write!(paths, "{command}{} {}", scaled(point.x), scaled(point.y));
            }
        }
        paths.push_str("\"/>");
    }
    boxes(&mut paths, "tn", nodes.iter().copied());
    Some(Thumbnail { size: (scaled(w), scaled(h)), paths, nodes })
}

impl Thumbnail {
    /// Adds boxes of a class over the drawing.
    pub fn lit(&self, out: &mut String, class: &str, nodes: impl IntoIterator<Item = usize>) {
        boxes(out, class, nodes.into_iter().filter_map(|node| self.nodes.get(node).copied()));
    }
}

/// All boxes of one kind as one path.
fn boxes(out: &mut String, class: &str, rects: impl IntoIterator<Item = Rect>) {
    let _ = write!(out, "<path class=\"{class}\" d=\"");
    for Rect { x, y, w, h } in rects {
        let _ = write!(out, "M{x} {y}h{w}v{h}h-{w}z");
    }
    out.push_str("\"/>");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::graph::{Graph, Label, Node};
    use crate::map::layout::{LayoutOptions, layout};
    use crate::map::mermaid::{Diagram, parse};
    use crate::source::{SourceId, SourceMap, Span};

    fn graph(steps: usize) -> Graph {
        let chain: Vec<String> = (0..steps).map(|step| format!("s{step}[Step {step}]")).collect();
        let text = format!("flowchart LR\n subgraph L[Lane]\n {}\n end\n", chain.join(" --> "));
        match parse(&text, &SourceMap::identity(Span::new(SourceId::new(0), 0..text.len()))).value {
            Diagram::Flowchart(graph) => graph,
            Diagram::Other { kind, .. } => panic!("{kind} is no flowchart"),
        }
    }

    #[test]
    fn a_small_map_keeps_every_step_and_lights_some() {
        let small = thumbnail(&layout(&graph(11), &LayoutOptions::default())).unwrap();
        assert_eq!(small.nodes.len(), 11);
        assert!(small.size.0 <= WIDTH && small.size.1 <= HEIGHT && small.paths.len() < 1_500, "{}", small.paths.len());
        let mut out = String::new();
        small.lit(&mut out, "th", [3, 99]);
        assert_eq!(out.matches('z').count(), 1);
    }

    #[test]
    fn more_steps_than_can_be_told_apart_are_no_small_map() {
        let mut graph = Graph::default();
        let node = |id: usize| Node {
            id: id.to_string(),
            label: Label::plain("x"),
            lane: None,
            ..super::tests::graph(1).nodes[0].clone()
        };
        graph.nodes = (0..=MOST_NODES).map(node).collect();
        assert_eq!(thumbnail(&layout(&graph, &LayoutOptions::default())), None);
    }
}
