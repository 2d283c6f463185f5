//! Layout: lanes, nodes and edges to boxes and routes.
//! In: a reconciled `Graph`. Out: a `Layout` in pixels, on which the rules of [`verify`] hold.
//! Never knows: links, colours, SVG.
//!
//! Layered drawing after Sugiyama, Tagawa and Toda (1981), with lanes. Several settings are tried (`portfolio`), and each
//! attempt (`attempt`) takes their steps in their order:
//!
//! | Step | Where | What it is here |
//! |---|---|---|
//! | cycle breaking | `cycle_breaking` | depth-first search; dashed edges lead back first |
//! | layering | `rank` | longest path and sweeps; hand-offs across lanes within one rank |
//! | crossing minimisation | `order` | greedy switching of nodes and groups within lanes |
//! | edges | `routing` | weighted A* on a grid, rip-up and reroute, instead of dummy nodes |
//! | labels | `label` | a place on the path, before tracks are assigned |
//! | tracks | `channel` | channel routing: an order that crosses least, then longest paths |
//! | coordinates | `coordinates`, `group_padding` | lines laid side by side |
//!
//! `assemble` brings the result onto the page. The layout thinks left to right; `page_axes` turns it.

mod assemble;
mod attempt;
mod channel;
mod coordinates;
mod cycle_breaking;
pub mod geometry;
mod group_padding;
mod id;
mod label;
mod layout_graph;
mod order;
mod outside;
mod page_axes;
mod portfolio;
mod rank;
mod routing;
mod shape;
#[cfg(test)]
mod tests;
pub mod text;
pub mod verify;

use geometry::{Point, Px, Rect, Size};
use text::TextBlock;

use self::attempt::LayoutContext;
use crate::diagnostic::{Diagnostic, Rule};
use crate::map::graph::{Direction, EdgeId, Graph, GroupId, LaneId, NodeId};
use crate::map::index_vec::IndexVec;
use crate::source::Span;

pub use self::shape::{LID, RIM, STADIUM_RADIUS, slant};

/// What a map is laid out for.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct LayoutOptions {
    /// The width of the column it is shown in. Wider maps are made narrower where they can be.
    pub width: Px,
}

impl Default for LayoutOptions {
    fn default() -> Self {
        Self { width: 1200 }
    }
}

/// A map in pixels.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Layout {
    /// Where the flow runs.
    pub direction: Direction,
    /// The whole drawing.
    pub size: Size,
    /// The box of each node of the graph.
    pub nodes: IndexVec<NodeId, NodeBox>,
    /// The band of each lane, over the whole length of the flow.
    pub lanes: IndexVec<LaneId, LaneBox>,
    /// The box of each group.
    pub groups: IndexVec<GroupId, GroupBox>,
    /// The route of each edge; `None` for edges that are not drawn.
    pub edges: IndexVec<EdgeId, Option<Route>>,
    /// In the order of the graph; `None` for stages without a node.
    pub stages: Vec<Option<StageBox>>,
    /// Whether the work that a map may cost did not suffice: it is drawn, but not as well as it could be.
    pub is_simplified: bool,
}

/// A node's place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NodeBox {
    /// The box around its outline.
    pub rect: Rect,
    /// Its text, centred in the box.
    pub text: TextBlock,
}

/// A lane's place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LaneBox {
    /// The band.
    pub rect: Rect,
    /// The part of the band that holds the title.
    pub strip: Rect,
    /// The title, centred in the strip. Where the flow runs to the side, it reads upwards.
    pub title: TextBlock,
}

/// A group's place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GroupBox {
    /// Its border.
    pub rect: Rect,
    /// Its title, along the upper side.
    pub title: TextBlock,
}

/// An edge's route.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Route {
    /// From outline to outline; each stretch runs along an axis.
    pub points: Vec<Point>,
    /// Its label.
    pub label: Option<LabelBox>,
}

impl Route {
    /// Its straight stretches, each as a box without width or without height.
    pub(super) fn stretches(&self) -> impl Iterator<Item = Rect> + Clone {
        self.points.iter().zip(self.points.iter().skip(1)).map(|(&from, &to)| Rect::between(from, to))
    }
}

/// A label's place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LabelBox {
    /// The box around the text.
    pub rect: Rect,
    /// The text, centred in the box.
    pub text: TextBlock,
}

/// The place of a stage's heading.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StageBox {
    /// Over the columns of the stage.
    pub rect: Rect,
    /// The heading.
    pub title: TextBlock,
}

/// A diagram that is drawn more simply than others, because it would take too long.
pub static TOO_DENSE: Rule = Rule::warning("diagram/too-dense", include_str!("too_dense.md"));

/// The finding for a map that is drawn more simply; `span` is where its diagram begins.
#[must_use]
pub fn too_dense(graph: &Graph, layout: &Layout, span: Span) -> Option<Diagnostic> {
    let message =
        format!("the diagram's {} edges cross too often, so it is drawn with simpler routes", graph.edges.len());
    let help = "split it into several maps, or merge steps whose edges lead to the same places";
    layout.is_simplified.then(|| TOO_DENSE.at(span, message).help(help))
}

/// Lays out a map.
#[must_use]
pub fn layout(graph: &Graph, options: &LayoutOptions) -> Layout {
    let Some(context) = LayoutContext::new(graph) else { return empty(graph) };
    portfolio::best(context, *options).unwrap_or_else(|| empty(graph))
}

/// A map without anything.
fn empty(graph: &Graph) -> Layout {
    Layout {
        direction: graph.direction,
        size: Size { w: 8, h: 8 },
        nodes: IndexVec::default(),
        lanes: IndexVec::default(),
        groups: IndexVec::default(),
        edges: IndexVec::filled(graph.edges.len(), None),
        stages: vec![None; graph.stages.len()],
        is_simplified: false,
    }
}
