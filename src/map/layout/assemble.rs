//! Everything placed on the grid, brought onto the page: boxes, routes from outline to outline, labels.

use super::channel::plan::{Plan, Tracks};
use super::coordinates::Titles;
use super::geometry::{Interval, Point, Px, Rect, Side, Size};
use super::group_padding::Padding;
use super::id::{Axis, BandId, End, SegmentId, VerticalId};
use super::label::LabelSpot;
use super::order::Cells;
use super::shape::{Fitted, inset};
use super::text::{TextBlock, Type, wrap};
use super::{GroupBox, LabelBox, LaneBox, Layout, NodeBox, Route, StageBox};
use crate::map::graph::{EdgeId, Endpoint, GroupId, Label, LaneId, NodeId, Stage};
use crate::map::index_vec::IndexVec;

/// Around the whole drawing, for the width of its outermost lines.
pub(super) const MARGIN: Px = 2;
/// Height of the headings of stages.
pub(super) const STAGES: Px = 30;

/// A map in which everything has its place, along and across the flow.
pub(super) struct Placed {
    pub tracks: Tracks,
    pub bands: IndexVec<BandId, Interval>,
    pub titles: Titles,
    /// Where the last line along the flow ends.
    pub end: Px,
}

pub(super) struct Assembly<'a, 'g> {
    plan: Plan<'a, 'g>,
    placed: &'a Placed,
    cells: &'a Cells,
    /// Of the map along the flow, and across it.
    length: Px,
    across: Px,
}

/// The boxes that an edge of a subgraph ends at.
struct Borders {
    lanes: IndexVec<LaneId, LaneBox>,
    groups: IndexVec<GroupId, GroupBox>,
}

impl Borders {
    fn of(&self, endpoint: Endpoint) -> Option<Rect> {
        match endpoint {
            Endpoint::Node(_) => None,
            Endpoint::Lane(lane) => Some(self.lanes[lane].rect),
            Endpoint::Group(group) => Some(self.groups[group].rect),
        }
    }
}

impl<'a, 'g> Assembly<'a, 'g> {
    pub(super) fn new(plan: Plan<'a, 'g>, placed: &'a Placed, cells: &'a Cells) -> Self {
        let across = placed.bands.iter().last().map_or(0, |band| band.high) + MARGIN;
        Self { plan, placed, cells, length: placed.end + MARGIN, across }
    }

    /// The map in pixels.
    pub(super) fn layout(&self, fitted: IndexVec<NodeId, Fitted>, padding: &Padding) -> Layout {
        let axes = self.plan.axes;
        let graph = self.plan.graph.graph;
        let groups = padding.boxes(&self.placed.tracks);
        let groups = groups.map(|group| GroupBox { rect: axes.rect(group.rect, self.length), ..group });
        let titles = self.placed.titles.by_band.iter().zip(&self.placed.bands);
        let lanes = titles.filter_map(|(title, &band)| Some(self.lane(title.clone()?, band)));
        let borders = Borders { lanes: lanes.collect(), groups: groups.collect() };
        // Placeholders come behind the nodes of the graph, and nothing is drawn of them.
        let nodes = fitted.ids().zip(fitted).take(graph.nodes.len());
        let nodes = nodes.map(|(node, fitted)| NodeBox { rect: self.node(node), text: fitted.text });
        let nodes = nodes.collect();
        let edges = self.plan.graph.edges.ids().map(|edge| self.route(edge, &borders)).collect();
        let size = axes.size(Size { w: self.length, h: self.across });
        let stages = (0..).zip(&graph.stages).map(|(number, stage)| self.stage(number, stage)).collect();
        let Borders { lanes, groups } = borders;
        Layout { direction: axes.direction(), size, nodes, lanes, groups, edges, stages, is_simplified: false }
    }

    fn node(&self, node: NodeId) -> Rect {
        let point = self.plan.grid.cell[node];
        let lines = &self.placed.tracks.lines;
        let centre = Point::new(lines.vertical[point.x].middle, lines.horizontal[point.y].middle);
        self.plan.axes.rect(Rect::around(centre, self.placed.tracks.sizes[node]), self.length)
    }

    fn lane(&self, title: TextBlock, band: Interval) -> LaneBox {
        let axes = self.plan.axes;
        let rect = Rect { x: MARGIN, y: band.low, w: self.length - 2 * MARGIN, h: band.high - band.low };
        let strip = self.placed.titles.strip;
        let at = if axes.is_reversed() { rect.right() - strip } else { rect.x };
        let strip = axes.rect(Rect { x: at, w: strip, ..rect }, self.length);
        LaneBox { rect: axes.rect(rect, self.length), strip, title }
    }

    fn stage(&self, number: u32, stage: &Stage) -> Option<StageBox> {
        let nodes = self.plan.graph.nodes.entries().filter(|(_, node)| node.stage == Some(number));
        let ranks = nodes.map(|(node, _)| self.cells.rank[node]);
        let column = |rank: usize| self.placed.tracks.lines.vertical[VerticalId::of_rank(rank)];
        let (first, last) = (column(ranks.clone().min()?), column(ranks.max()?));
        let (x, right) = (first.middle + first.low, last.middle + last.high);
        let rect = self.plan.axes.rect(Rect { x, y: MARGIN, w: right - x, h: STAGES - 6 }, self.length);
        Some(StageBox { rect, title: wrap(&Label::plain(&stage.title), rect.w.max(60), Type::GROUP) })
    }

    fn route(&self, id: EdgeId, borders: &Borders) -> Option<Route> {
        let segments = &self.plan.routes.segments;
        let (first, last) = (self.plan.routes.of(id).next()?, self.plan.routes.of(id).next_back()?);
        let start = self.port(id, End::Start, segments[first].side(End::Start), first);
        let finish = self.port(id, End::Finish, segments[last].side(End::Finish), last);
        let corners = self.plan.routes.of(id).zip(self.plan.routes.of(id).skip(1));
        let corners = corners.map(|(segment, next)| self.plan.axes.point(self.corner(segment, next), self.length));
        let whole: Vec<Point> = [start].into_iter().chain(corners).chain([finish]).collect();
        let label = self.plan.spots[id].as_ref().map(|spot| self.label(id, spot));
        let edge = self.plan.graph.graph.edge(id);
        let mut points = whole.clone();
        // Both ends are cut by one function: the start is the end of the path walked backwards.
        cut(&mut points, borders.of(edge.to));
        points.reverse();
        cut(&mut points, borders.of(edge.from));
        points.reverse();
        let route = Route { points, label };
        // A label further in would be left alone: such an edge runs on to the node it was tied to.
        let is_carried = |label: &LabelBox| route.stretches().any(|run| run.grown(1).meets(label.rect));
        let is_cut_well = route.label.as_ref().is_none_or(is_carried);
        Some(if is_cut_well { route } else { Route { points: whole, ..route } })
    }

    /// Where a segment goes over into the next one.
    fn corner(&self, segment: SegmentId, next: SegmentId) -> Point {
        let tracks = &self.placed.tracks.segment;
        match self.plan.routes.segments[segment].line.axis() {
            Axis::Vertical => Point::new(tracks[segment], tracks[next]),
            Axis::Horizontal => Point::new(tracks[next], tracks[segment]),
        }
    }

    /// Where an edge meets the outline of a node at the end of a segment.
    fn port(&self, id: EdgeId, end: End, side: Side, segment: SegmentId) -> Point {
        let axes = self.plan.axes;
        let node = self.plan.graph.edges[id].at(end);
        let shape = self.plan.graph.shape(node);
        let rect = self.node(node);
        let side = axes.side(side);
        // Only the coordinate along the side is used.
        let track = self.placed.tracks.segment[segment];
        let place = axes.point(Point::new(track, track), self.length);
        let centre = rect.centre();
        let inset = |off: Px| inset(shape, Size { w: rect.w, h: rect.h }, side, off);
        match side {
            // The tip lies on the outline, which in a diamond or a circle is inside the box.
            Side::East => Point::new(rect.right() - inset(place.y - centre.y), place.y),
            Side::West => Point::new(rect.x + inset(place.y - centre.y), place.y),
            Side::South => Point::new(place.x, rect.bottom() - inset(place.x - centre.x)),
            Side::North => Point::new(place.x, rect.y + inset(place.x - centre.x)),
        }
    }

    fn label(&self, edge: EdgeId, spot: &LabelSpot) -> LabelBox {
        let middle = self.placed.tracks.label[edge];
        let rect = self.plan.axes.rect(Rect::around(middle, spot.size), self.length);
        LabelBox { rect, text: spot.text.clone() }
    }
}

/// Ends a route at the border it crosses last on its way in, if what remains can be seen.
fn cut(points: &mut Vec<Point>, border: Option<Rect>) {
    /// An arrow shorter than its head and a shaft looks like a mark on the border.
    const SHORTEST: Px = 16;
    let Some(border) = border else { return };
    let is_inside = |point: Point| border.holds(Rect { x: point.x, y: point.y, w: 0, h: 0 });
    let Some((_, before_last)) = points.split_last() else { return };
    let Some(last_outside) = before_last.iter().rposition(|&point| !is_inside(point)) else { return };
    let (Some(&outer), Some(&inner)) = (points.get(last_outside), points.get(last_outside + 1)) else { return };
    let tip = Point::new(outer.x.clamp(border.x, border.right()), outer.y.clamp(border.y, border.bottom()));
    if last_outside == 0 && tip.distance(outer) < SHORTEST || !is_inside(inner) {
        return;
    }
    points.truncate(last_outside + 1);
    points.push(tip);
}
