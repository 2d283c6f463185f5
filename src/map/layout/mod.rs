//! Lanes, nodes and edges to boxes and routes.
//! In: a reconciled `Graph`. Out: a `Layout` in pixels, on which the rules of [`verify`] hold.
//! Never knows: links, colours, SVG.
//!
//! Columns along the flow and lanes across it form a grid (`grid`). Steps stand in its cells (`rank`, `order`);
//! edges run along its lines, first as ways from crossing to crossing (`route`), then each on a track of its own
//! (`channel`, `track`). A line has its own stretch of the axis, so what lies on different lines cannot meet, and
//! what lies on one line is kept apart there: nothing is repaired afterwards. Several settings are tried, and the map
//! that reads best is kept.

mod attempt;
mod compose;
mod cycle;
mod frame;
pub mod geometry;
mod label;
mod order;
mod port;
mod problem;
mod rank;
mod routing;
mod shape;
#[cfg(test)]
mod tests;
pub mod text;
mod tracks;
pub mod verify;

use geometry::{Point, Px, Rect, Size};
use text::TextBlock;

use self::compose::LayoutContext;
use crate::diagnostic::{Diagnostic, Rule};
use crate::map::graph::{Direction, Graph};
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
    /// In the order of the graph.
    pub nodes: Vec<NodeBox>,
    /// In the order of the graph; bands over the whole length of the flow.
    pub lanes: Vec<LaneBox>,
    /// In the order of the graph.
    pub groups: Vec<GroupBox>,
    /// In the order of the graph; `None` for edges that are not drawn.
    pub edges: Vec<Option<Route>>,
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
    let Some(base) = LayoutContext::new(graph) else { return empty(graph) };
    attempt::best(base, *options).unwrap_or_else(|| empty(graph))
}

/// A map without anything.
fn empty(graph: &Graph) -> Layout {
    Layout {
        direction: graph.direction,
        size: Size { w: 8, h: 8 },
        nodes: Vec::new(),
        lanes: Vec::new(),
        groups: Vec::new(),
        edges: vec![None; graph.edges.len()],
        stages: vec![None; graph.stages.len()],
        is_simplified: false,
    }
}
