//! One attempt at a map, from the graph to boxes and routes.
//! In: a `Graph` and a setting. Out: a `Layout`, or nothing if the setting leads nowhere.
//! Never knows: whether the map is any good.

use super::cycle::{Sense, senses};
use super::frame::{Padding, stack_flat, stack_upright, titles};
use super::geometry::{Point, Px, Rect, Side, Size};
use super::label::{LabelSpot, spots};
use super::order::{Cells, rows};
use super::problem::LayoutGraph;
use super::rank::{RankOptions, columns};
use super::routing::grid::{Grid, HorizontalKind};
use super::routing::route::{RouteCost, ways};
use super::routing::turn::Turn;
use super::shape::{Fitted, fit, inset};
use super::text::{TextBlock, Type, wrap};
use super::tracks::segment::Segments;
use super::tracks::track::{Axis, Plan, Tracks};
use super::{GroupBox, LabelBox, LaneBox, Layout, NodeBox, Route, StageBox};
use crate::map::graph::{Direction, End, Graph, Label, NodeId, Shape};

/// Around the whole drawing, for the width of its outermost lines.
const MARGIN: Px = 2;
/// Height of the headings of stages.
const STAGES: Px = 30;

/// What an attempt is made with.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) struct AttemptSettings {
    /// Where the flow runs.
    pub direction: Direction,
    pub rank: RankOptions,
    /// The widest line of text in a step.
    pub text: Px,
    pub prices: RouteCost,
}

/// What all attempts at a map have in common.
pub(super) struct LayoutContext<'g> {
    problem: LayoutGraph<'g>,
    senses: Vec<Sense>,
    /// Cells found so far, and by which options.
    cells: Vec<(RankOptions, Cells)>,
    work: usize,
    toil: usize,
}

impl<'g> LayoutContext<'g> {
    /// Reads a graph; `None` if there is nothing to be drawn.
    pub(super) fn new(graph: &'g Graph) -> Option<Self> {
        let problem = LayoutGraph::new(graph);
        let senses = senses(&problem);
        (!problem.steps.is_empty()).then_some(Self { problem, senses, cells: Vec::new(), work: 0, toil: 0 })
    }

    /// What is laid out.
    pub(super) fn graph(&self) -> &'g Graph {
        self.problem.graph
    }

    /// How much work all attempts were so far. It is counted, not timed, so that every machine draws the same map.
    pub(super) fn work(&self) -> usize {
        self.work
    }

    /// How often all attempts so far have compared an edge with another that passes the same place.
    pub(super) fn toil(&self) -> usize {
        self.toil
    }

    fn cells(&mut self, options: RankOptions) -> Cells {
        if let Some((_, cells)) = self.cells.iter().find(|(by, _)| *by == options) {
            return cells.clone();
        }
        let (cells, work) = rows(&self.problem, &self.senses, columns(&self.problem, &self.senses, options));
        self.work += work;
        self.cells.push((options, cells.clone()));
        cells
    }
}

/// Makes a map.
pub(super) fn compose(base: &mut LayoutContext, setting: &AttemptSettings) -> Option<Layout> {
    let cells = base.cells(setting.rank);
    let (problem, senses) = (&base.problem, &base.senses);
    let turn = Turn::new(setting.direction);
    let grid = Grid::new(problem, &cells);
    let mut fitted: Vec<Fitted> = (0..problem.steps.len()).map(|step| fitted(problem, step, setting.text)).collect();
    even_columns(problem, &cells, turn, &mut fitted);
    let sizes: Vec<Size> = fitted.iter().map(|fitted| turn.size(fitted.size)).collect();
    let (upright, flat) = guess(&grid, &sizes);
    let (ways, work) = ways(problem, &grid, senses, (&upright, &flat), setting.prices);
    base.work += work.crossings + fixed_work(problem);
    base.toil += work.others;
    let strands = Segments::new(&ways);
    let spots = spots(problem, &grid, (&strands, &ways), &upright, turn);
    let pads = Padding::new(problem, &grid, turn, &sizes);
    // Each round knows of more strands to be kept apart; the limit is for diagrams of hundreds of steps.
    let mut apart = Vec::new();
    let mut rounds = 0..4;
    let (tracks, BandFrame { bands, titles, strip, end }) = loop {
        let plan = Plan { problem, grid: &grid, ways: &ways, strands: &strands, spots: &spots, turn, apart: &apart };
        let (tracks, frame) = settled(&plan, &pads, sizes.clone())?;
        let known = apart.len();
        apart.extend(tracks.clashes.iter().filter(|clash| !apart.contains(clash)).copied().collect::<Vec<_>>());
        if apart.len() == known || rounds.next().is_none() {
            break (tracks, frame);
        }
    };
    let plan = Plan { problem, grid: &grid, ways: &ways, strands: &strands, spots: &spots, turn, apart: &apart };
    let across = bands.last().map_or(0, |band| band.1) + MARGIN;
    let composer = Composer { plan, tracks, cells, bands, strip, length: end + MARGIN, across };
    let layout = composer.layout(fitted, titles, &pads);
    Some(Layout { is_simplified: work.is_bounded, ..layout })
}

/// Where bands lie, and how far the map goes along the flow.
struct BandFrame {
    bands: Vec<(Px, Px)>,
    titles: Vec<Option<TextBlock>>,
    /// The width of titles.
    strip: Px,
    end: Px,
}

/// Positions of everything, first across the flow, then along it.
fn settled(plan: &Plan, pads: &Padding, sizes: Vec<Size>) -> Option<(Tracks, BandFrame)> {
    let mut tracks = Tracks::new(plan, sizes);
    tracks.settle(plan, Axis::Flat)?;
    let heading = if plan.problem.graph.stages.is_empty() { 0 } else { STAGES };
    let bands = stack_flat(plan.problem, plan.grid, pads, &mut tracks, MARGIN + heading);
    tracks.place(plan, Axis::Flat);
    let (titles, strip) = titles(plan.problem, &bands);
    tracks.settle(plan, Axis::Upright)?;
    // The strip stands on the left and on top, whichever way the flow runs.
    let (before, after) = if plan.turn.is_reversed() { (0, strip) } else { (strip, 0) };
    let end = stack_upright(pads, &mut tracks, MARGIN + before) + after;
    tracks.place(plan, Axis::Upright);
    Some((tracks, BandFrame { bands, titles, strip, end }))
}

/// What an attempt costs apart from what is counted: columns, channels and checks, which compare all with all.
fn fixed_work(problem: &LayoutGraph) -> usize {
    (problem.steps.len() + problem.links.len()).pow(2) / 50
}

fn fitted(problem: &LayoutGraph, step: usize, limit: Px) -> Fitted {
    match problem.steps[step].node {
        Some(NodeId(node)) => {
            let node = &problem.graph.nodes[node as usize];
            fit(node.shape, &node.label, limit)
        }
        None => Fitted { text: wrap(&Label::default(), limit, Type::NODE), size: Size { w: 48, h: 24 } },
    }
}

/// Boxes of one column are equally wide, for a calm picture.
fn even_columns(problem: &LayoutGraph, cells: &Cells, turn: Turn, fitted: &mut [Fitted]) {
    let plain = |step: usize| {
        matches!(
            problem.shape(step),
            Shape::Rectangle | Shape::Rounded | Shape::Stadium | Shape::Subroutine | Shape::Document
        )
    };
    let group = |step: usize| {
        if turn.is_vertical() { (problem.steps[step].band, cells.row[step]) } else { (cells.column[step], 0) }
    };
    for step in 0..fitted.len() {
        let others = (0..fitted.len()).filter(|&other| plain(other) && group(other) == group(step));
        let widest = others.map(|other| fitted[other].size.w).max().unwrap_or(0);
        if plain(step) {
            fitted[step].size.w = widest;
        }
    }
}

/// How thick lines will be about, to compare ways by.
fn guess(grid: &Grid, sizes: &[Size]) -> (Vec<Px>, Vec<Px>) {
    let mut upright: Vec<Px> = (0..grid.upright).map(|line| if line % 2 == 0 { 36 } else { 60 }).collect();
    let flat = grid.flat.iter().map(|line| if line.kind == HorizontalKind::Row { 44 } else { 22 });
    let mut flat: Vec<Px> = flat.collect();
    for (size, &(i, j)) in sizes.iter().zip(&grid.cell) {
        upright[i] = upright[i].max(size.w);
        flat[j] = flat[j].max(size.h);
    }
    (upright, flat)
}

struct Composer<'a, 'g> {
    plan: Plan<'a, 'g>,
    tracks: Tracks,
    cells: Cells,
    bands: Vec<(Px, Px)>,
    strip: Px,
    /// Of the map along the flow, and across it.
    length: Px,
    across: Px,
}

impl Composer<'_, '_> {
    fn layout(&self, fitted: Vec<Fitted>, titles: Vec<Option<TextBlock>>, pads: &Padding) -> Layout {
        let turn = self.plan.turn;
        let graph = self.plan.problem.graph;
        let lanes = titles.into_iter().zip(&self.bands).filter_map(|(title, &band)| Some(self.lane(title?, band)));
        let groups = pads.boxes(&self.tracks).into_iter();
        let groups: Vec<GroupBox> =
            groups.map(|(rect, title)| GroupBox { rect: turn.rect(rect, self.length), title }).collect();
        let lanes: Vec<LaneBox> = lanes.collect();
        let nodes: Vec<NodeBox> = fitted
            .into_iter()
            .enumerate()
            .take(graph.nodes.len())
            .map(|(step, fitted)| NodeBox { rect: self.step(step), text: fitted.text })
            .collect();
        let edges = (0..graph.edges.len()).map(|link| self.route(link, &lanes, &groups)).collect();
        let size = turn.size(Size { w: self.length, h: self.across });
        let stages = (0..graph.stages.len()).map(|stage| self.stage(stage)).collect();
        Layout { direction: turn.direction(), size, nodes, lanes, groups, edges, stages, is_simplified: false }
    }

    fn step(&self, step: usize) -> Rect {
        let (i, j) = self.plan.grid.cell[step];
        let centre = Point::new(self.tracks.upright[i].middle, self.tracks.flat[j].middle);
        self.plan.turn.rect(Rect::around(centre, self.tracks.sizes[step]), self.length)
    }

    fn lane(&self, title: TextBlock, (start, end): (Px, Px)) -> LaneBox {
        let turn = self.plan.turn;
        let rect = Rect { x: MARGIN, y: start, w: self.length - 2 * MARGIN, h: end - start };
        let at = if turn.is_reversed() { rect.right() - self.strip } else { rect.x };
        let strip = Rect { x: at, w: self.strip, ..rect };
        LaneBox { rect: turn.rect(rect, self.length), strip: turn.rect(strip, self.length), title }
    }

    fn stage(&self, stage: usize) -> Option<StageBox> {
        let of = |step: usize| self.plan.problem.steps[step].stage.is_some_and(|own| own as usize == stage);
        let columns = (0..self.cells.column.len()).filter(|&step| of(step)).map(|step| 2 * self.cells.column[step] + 1);
        let (first, last) = (columns.clone().min()?, columns.max()?);
        let (first, last) = (self.tracks.upright[first], self.tracks.upright[last]);
        let (x, right) = (first.middle + first.low, last.middle + last.high);
        let rect = self.plan.turn.rect(Rect { x, y: MARGIN, w: right - x, h: STAGES - 6 }, self.length);
        let label = Label::plain(&self.plan.problem.graph.stages[stage].title);
        Some(StageBox { rect, title: wrap(&label, rect.w.max(60), Type::GROUP) })
    }

    fn route(&self, link: usize, lanes: &[LaneBox], groups: &[GroupBox]) -> Option<Route> {
        let range = self.plan.strands.of[link].clone();
        if range.is_empty() {
            return None;
        }
        let graph = self.plan.problem.graph;
        let (from, to) = (self.plan.problem.links[link].from, self.plan.problem.links[link].to);
        let strands = &self.plan.strands.all[range.clone()];
        let at = &self.tracks.strand[range];
        let corner = |k: usize| {
            if strands[k].upright { Point::new(at[k], at[k + 1]) } else { Point::new(at[k + 1], at[k]) }
        };
        let turn = self.plan.turn;
        let (first, last) = (strands[0], strands[strands.len() - 1]);
        let mut points = vec![self.port(from, first.side(0), at[0])];
        points.extend((0..strands.len() - 1).map(|k| turn.point(corner(k), self.length)));
        points.push(self.port(to, last.side(1), at[at.len() - 1]));
        let border = |end: End| match end {
            End::Node(_) => None,
            End::Lane(lane) => Some(lanes[lane.0 as usize].rect),
            End::Group(group) => Some(groups[group.0 as usize].rect),
        };
        let label = self.plan.spots[link].as_ref().map(|spot| self.label(link, spot));
        let whole = points.clone();
        cut(&mut points, border(graph.edges[link].to));
        points.reverse();
        cut(&mut points, border(graph.edges[link].from));
        points.reverse();
        // A label further in would be left alone: such an edge runs on to the step it was tied to.
        let carried =
            |label: &LabelBox| points.windows(2).any(|ends| Rect::between(ends[0], ends[1]).grown(1).meets(label.rect));
        let points = if label.as_ref().is_none_or(carried) { points } else { whole };
        Some(Route { points, label })
    }

    /// Where an arrow meets the outline of a step, `at` pixels along the axis its side lies on.
    fn port(&self, step: usize, side: Side, at: Px) -> Point {
        let turn = self.plan.turn;
        let shape = self.plan.problem.shape(step);
        let rect = self.step(step);
        let side = turn.side(side);
        let place = turn.point(Point::new(at, at), self.length);
        let centre = rect.centre();
        let inset = |off: Px| inset(shape, Size { w: rect.w, h: rect.h }, side, off);
        match side {
            Side::East => Point::new(rect.right() - inset(place.y - centre.y), place.y),
            Side::West => Point::new(rect.x + inset(place.y - centre.y), place.y),
            Side::South => Point::new(place.x, rect.bottom() - inset(place.x - centre.x)),
            Side::North => Point::new(place.x, rect.y + inset(place.x - centre.x)),
        }
    }

    fn label(&self, link: usize, spot: &LabelSpot) -> LabelBox {
        let (x, y) = self.tracks.label[link];
        let rect = self.plan.turn.rect(Rect::around(Point::new(x, y), spot.size), self.length);
        LabelBox { rect, text: spot.text.clone() }
    }
}

/// Ends a route at the border it crosses last on its way in, if what remains can be seen.
fn cut(points: &mut Vec<Point>, border: Option<Rect>) {
    let Some(border) = border else { return };
    let inside = |point: Point| border.holds(Rect { x: point.x, y: point.y, w: 0, h: 0 });
    let Some(k) = (1..points.len()).rev().find(|&k| !inside(points[k - 1])) else { return };
    let (outer, inner) = (points[k - 1], points[k]);
    if !inside(inner) {
        return;
    }
    let tip = Point::new(outer.x.clamp(border.x, border.right()), outer.y.clamp(border.y, border.bottom()));
    if k == 1 && (tip.x - outer.x).abs() + (tip.y - outer.y).abs() < 16 {
        return;
    }
    points.truncate(k);
    points.push(tip);
}
