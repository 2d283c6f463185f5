//! Lanes, nodes and edges to boxes and routes.
//! In: a reconciled `Graph`. Out: a `Layout` in pixels, on which the rules of [`verify`] hold.
//! Never knows: links, colours, SVG.
//!
//! Columns along the flow and lanes across it form a grid ([`grid`]). Steps stand in its cells ([`rank`], [`order`]);
//! edges run along its lines, first as ways from crossing to crossing ([`route`]), then each on a track of its own
//! ([`channel`], [`track`]). A line has its own stretch of the axis, so what lies on different lines cannot meet, and
//! what lies on one line is kept apart there: nothing is repaired afterwards. Several settings are tried, and the map
//! that reads best is kept.

mod channel;
mod compose;
mod cycle;
mod frame;
pub mod geometry;
mod grid;
mod label;
mod order;
mod port;
mod problem;
mod rank;
mod route;
mod shape;
mod solver;
mod strand;
pub mod text;
mod track;
mod turn;
pub mod verify;

use geometry::{Point, Px, Rect, Size};
use text::TextBlock;

use self::compose::{Setting, compose};
use self::rank::{RankOptions, Upright};
use self::route::Prices;
use crate::map::graph::{Direction, Graph};

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

/// Lays out a map.
#[must_use]
pub fn layout(graph: &Graph, options: &LayoutOptions) -> Layout {
    let mut best: Option<(u64, Layout)> = None;
    for setting in settings(graph) {
        let Some(layout) = compose(graph, &setting) else { continue };
        let score = score(graph, &layout, *options);
        if best.as_ref().is_none_or(|(least, _)| score < *least) {
            best = Some((score, layout));
        }
    }
    best.map(|(_, layout)| layout).or_else(|| compose(graph, &Setting::plain())).unwrap_or_else(|| empty(graph))
}

/// What is tried, the most usual first. Large diagrams get fewer tries.
fn settings(graph: &Graph) -> Vec<Setting> {
    let usual = Setting::plain();
    let rank = |cell, upright| RankOptions { cell, upright };
    let all = [
        Setting { rank: rank(4, Upright::HandOffs), ..usual },
        Setting { rank: rank(4, Upright::HandOffs), text: 120, ..usual },
        Setting { rank: rank(4, Upright::Never), ..usual },
        Setting { rank: rank(3, Upright::Chains), text: 120, ..usual },
        Setting { rank: rank(6, Upright::HandOffs), text: 190, ..usual },
        Setting { rank: rank(4, Upright::HandOffs), text: 96, ..usual },
        usual,
    ];
    let tries = match graph.nodes.len() + graph.edges.len() {
        0..=60 => all.len(),
        61..=120 => 4,
        121..=400 => 2,
        _ => 1,
    };
    all[..tries].to_vec()
}

/// How hard a map is to read; lower is better.
fn score(graph: &Graph, layout: &Layout, options: LayoutOptions) -> u64 {
    let report = verify::check(graph, layout);
    let width = u64::try_from(layout.size.w).unwrap_or(0);
    let height = u64::try_from(layout.size.h).unwrap_or(0);
    let over = width.saturating_sub(u64::try_from(options.width).unwrap_or(0));
    let faults = report.faults.len() as u64;
    // Text in tall narrow boxes is hard to read.
    let cramped: u64 =
        layout.nodes.iter().map(|node| u64::from((node.rect.h * 3 / 2 - node.rect.w).max(0).unsigned_abs())).sum();
    faults * 1_000_000
        + cramped * 2
        + report.crossings as u64 * 260
        + report.bends as u64 * 25
        + report.length.unsigned_abs() / 12
        + over * 4
        + width * height / 1000
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
    }
}

/// The longest text a reader sees without a break, for prices and tests.
pub(crate) const PLAIN_TEXT: Px = 150;

impl Setting {
    /// One that never fails: each step has a cell of its own.
    fn plain() -> Self {
        let rank = RankOptions { cell: 1, upright: Upright::Never };
        Self { rank, text: PLAIN_TEXT, prices: Prices::default() }
    }
}
