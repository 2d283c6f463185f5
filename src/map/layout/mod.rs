//! Lanes, nodes and edges to boxes and routes.
//! In: a reconciled `Graph`. Out: a `Layout` in pixels, on which the rules of [`verify`] hold.
//! Never knows: links, colours, SVG.
//!
//! Columns along the flow and lanes across it form a grid (`grid`). Steps stand in its cells (`rank`, `order`);
//! edges run along its lines, first as ways from crossing to crossing (`route`), then each on a track of its own
//! (`channel`, `track`). A line has its own stretch of the axis, so what lies on different lines cannot meet, and
//! what lies on one line is kept apart there: nothing is repaired afterwards. Several settings are tried, and the map
//! that reads best is kept.

mod channel;
mod compose;
mod cycle;
mod fare;
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
#[cfg(test)]
mod tests;
pub mod text;
mod track;
mod turn;
pub mod verify;

use geometry::{Point, Px, Rect, Size};
use text::TextBlock;

use self::compose::{Base, Setting, compose};
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
    let Some(mut base) = Base::new(graph) else { return empty(graph) };
    let mut best: Option<(u64, Layout)> = None;
    let (all, usual) = settings(graph);
    for (at, setting) in all.iter().enumerate() {
        // The rest is for maps on which a rule is still broken.
        if at >= usual && best.as_ref().is_some_and(|(least, _)| *least < FAULT) {
            break;
        }
        let Some(layout) = compose(&mut base, setting) else { continue };
        let score = score(graph, &layout, *options);
        if best.as_ref().is_none_or(|(least, _)| score < *least) {
            best = Some((score, layout));
        }
    }
    best.map_or_else(|| empty(graph), |(_, layout)| layout)
}

/// What a broken rule costs: more than anything else can.
const FAULT: u64 = 10_000_000;

/// What can be tried, and how much of it always is: less for larger diagrams. The last ones are the plainest, with
/// each step in a cell of its own, and other prices for ways.
fn settings(graph: &Graph) -> (Vec<Setting>, usize) {
    let with = |cell, upright, text| Setting { rank: RankOptions { cell, upright }, text, prices: Prices::default() };
    let flat = [
        with(4, Upright::HandOffs, 150),
        with(4, Upright::HandOffs, 120),
        with(2, Upright::Any, 120),
        with(3, Upright::Any, 110),
        with(4, Upright::Never, 150),
        with(3, Upright::Chains, 120),
        with(6, Upright::HandOffs, 190),
        with(1, Upright::Never, 150),
    ];
    // Where the flow runs down, it is stacks that make a map wide.
    let tall = [
        with(2, Upright::HandOffs, 150),
        with(3, Upright::HandOffs, 120),
        with(1, Upright::Never, 120),
        with(3, Upright::Never, 150),
        with(1, Upright::HandOffs, 110),
        with(5, Upright::Never, 120),
    ];
    let vertical = matches!(graph.direction, Direction::TopBottom | Direction::BottomTop);
    let all: &[Setting] = if vertical { &tall } else { &flat };
    let tries = match graph.nodes.len() + graph.edges.len() + 4 * graph.groups.len() {
        0..=70 => all.len(),
        71..=150 => 5,
        151..=400 => 2,
        _ => 1,
    };
    let plain = with(1, Upright::Never, 150);
    let prices = [Prices { bend: 20, crossing: 90, company: 40 }, Prices { bend: 120, crossing: 160, company: 0 }];
    let last = prices.map(|prices| [Setting { prices, ..all[0] }, Setting { prices, ..plain }]);
    let usual = tries.min(all.len());
    (all.iter().copied().chain(last.concat()).collect(), usual)
}

/// How hard a map is to read; lower is better.
fn score(graph: &Graph, layout: &Layout, options: LayoutOptions) -> u64 {
    let report = verify::check(graph, layout);
    let width = u64::try_from(layout.size.w).unwrap_or(0);
    let height = u64::try_from(layout.size.h).unwrap_or(0);
    let target = u64::try_from(options.width).unwrap_or(0);
    // Shown in its column, a map half as wide again has letters of 11 pixels: about what can still be read.
    let (over, far_over) = (width.saturating_sub(target), width.saturating_sub(target * 29 / 20));
    // Text in tall narrow boxes is hard to read.
    let cramped = |node: &NodeBox| u64::try_from(node.rect.h - node.rect.w / 2).unwrap_or(0);
    report.faults.len() as u64 * FAULT
        + report.crossings as u64 * 260
        + report.bends as u64 * 25
        + report.aslant as u64 * 150
        + report.length.unsigned_abs() / 12
        + layout.nodes.iter().map(cramped).sum::<u64>()
        + over * 6
        + far_over * 20
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
