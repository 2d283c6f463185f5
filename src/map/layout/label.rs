//! Edge labels: on which line crossing of its path each label lies, and how its text is wrapped.
//!
//! Labels get their places before tracks are assigned, so that channels keep room for them. Placed afterwards, as most
//! layouts do, they land on whatever is there, and every one of them needs a repair.

use super::geometry::{Px, Size};
use super::id::{Axis, LineId, Lines, SegmentId, VerticalId};
use super::layout_graph::LayoutGraph;
use super::page_axes::PageAxes;
use super::routing::grid::{Grid, GridPoint, GridTable, HorizontalKind};
use super::text::{TextBlock, Type, wrap};
use crate::map::graph::{EdgeId, Endpoint, Label};
use crate::map::index_vec::{Id as _, IndexVec};
use crate::map::layout::channel::segment::{Routes, Segment};

/// Between the letters and the edge of a label's box.
const PAD: Px = 4;
/// Widths a label may be wrapped to, in pixels of its type: beside other things, and where there is room.
const LIMITS: [Px; 3] = [76, 120, 210];

/// The place of a label.
#[derive(Clone, Debug)]
pub(super) struct LabelSpot {
    /// The point it lies on.
    pub point: GridPoint,
    /// The segment that carries it.
    pub segment: SegmentId,
    /// What it says.
    pub text: TextBlock,
    /// Its box, along and across the flow.
    pub size: Size,
}

impl LabelSpot {
    /// The line of an axis that it lies on.
    pub(super) const fn line(&self, axis: Axis) -> LineId {
        match axis {
            Axis::Horizontal => LineId::Horizontal(self.point.y),
            Axis::Vertical => LineId::Vertical(self.point.x),
        }
    }
}

/// Chooses a spot for each label. `thickness` is that of the lines, as far as it is known.
pub(super) fn spots(
    graph: &LayoutGraph,
    grid: &Grid,
    routes: &Routes,
    thickness: &Lines<Px>,
    axes: PageAxes,
) -> IndexVec<EdgeId, Option<LabelSpot>> {
    let mut traffic = grid.table(0);
    routes.points().for_each(|point| traffic[point] += 1);
    let needs = IndexVec::filled(grid.verticals, 0);
    let mut placer = LabelPlacer { graph, grid, routes, columns: &thickness.vertical, axes, traffic, needs };
    graph.edges.ids().map(|edge| placer.place(edge)).collect()
}

struct LabelPlacer<'a, 'g> {
    graph: &'a LayoutGraph<'g>,
    grid: &'a Grid,
    routes: &'a Routes,
    columns: &'a IndexVec<VerticalId, Px>,
    axes: PageAxes,
    /// How many edges pass each point.
    traffic: GridTable<Px>,
    /// How wide labels have made each vertical line so far: a second one of that width costs no more room.
    needs: IndexVec<VerticalId, Px>,
}

/// A place that a label may have.
#[derive(Copy, Clone)]
struct SpotCandidate {
    segment: SegmentId,
    point: GridPoint,
}

impl LabelPlacer<'_, '_> {
    fn place(&mut self, edge: EdgeId) -> Option<LabelSpot> {
        let label = self.graph.graph.edge(edge).label.as_ref().filter(|label| !label.text().trim().is_empty())?;
        let candidates: Vec<SpotCandidate> =
            self.routes.of(edge).flat_map(|segment| self.candidates(segment)).collect();
        let mut best: Option<(Px, LabelSpot)> = None;
        // Wrapped narrow it fits beside other things, wrapped wide it is lower: the place decides, not the text.
        for (text, size) in wrappings(label, self.axes) {
            let costs = candidates.iter().map(|&candidate| (self.cost(edge, candidate, size), candidate));
            let Some((cost, SpotCandidate { segment, point })) = costs.min_by_key(|&(cost, _)| cost) else { continue };
            if best.as_ref().is_none_or(|&(least, _)| cost < least) {
                best = Some((cost, LabelSpot { point, segment, text, size }));
            }
        }
        let (_, spot) = best?;
        let need = &mut self.needs[spot.point.x];
        *need = (*need).max(spot.size.w);
        // As much in the way as four edges: the next label goes elsewhere if it can.
        self.traffic[spot.point] += 4;
        Some(spot)
    }

    /// Points on a segment where a label can lie: not over a node, and not on the bend of a vertical segment, where it
    /// would lie on the horizontal one as well.
    fn candidates(&self, id: SegmentId) -> Vec<SpotCandidate> {
        let segment = &self.routes.segments[id];
        let cross = segment.cross();
        let inner = match segment.line.axis() {
            Axis::Horizontal => cross.start..cross.end + 1,
            Axis::Vertical => cross.start + 1..cross.end,
        };
        let points = inner.map(|at| segment.line.point(at)).filter(|&point| self.grid.node_at(point).is_none());
        points.map(|point| SpotCandidate { segment: id, point }).collect()
    }

    fn cost(&self, edge: EdgeId, candidate: SpotCandidate, size: Size) -> Px {
        let SpotCandidate { segment: id, point } = candidate;
        let segment = &self.routes.segments[id];
        let is_horizontal = segment.line.axis() == Axis::Horizontal;
        let is_gap = !point.x.is_column();
        let room = if is_gap { self.needs[point.x] } else { self.columns[point.x].max(self.needs[point.x]) };
        let wider = (size.w + if is_gap { 12 } else { 8 } - room).max(0);
        let in_gutter = self.grid.horizontals[point.y].kind == HorizontalKind::Gutter;
        let higher = match (in_gutter, is_horizontal) {
            (true, false) => size.h + 8,
            (true, true) => size.h / 2,
            (false, _) => size.h / 3,
        };
        // Near its start: a label says why this way is taken.
        let distance = segment.first_point + segment.ends.start.distance(point);
        let is_bend = is_horizontal && !segment.at_node.start && is_end_of(segment, point);
        let is_later = self.routes.of(edge).next() != Some(id);
        // Its own edge passes there too.
        let others = self.traffic[point] - 1;
        let cost = 3 * wider + higher + 30 * others + if is_later { 12 } else { 0 } + self.hidden(edge, point);
        cost + Px::try_from(distance.min(20) * 6 + usize::from(is_bend) * 10).unwrap_or(0)
    }

    /// An edge of a subgraph is cut at its border: a label further in would be left alone.
    fn hidden(&self, edge: EdgeId, point: GridPoint) -> Px {
        let edge = self.graph.graph.edge(edge);
        let covers = |endpoint: Endpoint| match endpoint {
            Endpoint::Node(_) => false,
            Endpoint::Lane(lane) => self.graph.bands[self.grid.horizontals[point.y].band].lane == Some(lane),
            // The border of a group is not on the grid: it may lie as far out as the lines beside its nodes.
            Endpoint::Group(_) => self.graph.nodes.ids().any(|node| {
                let cell = self.grid.cell[node];
                let near = |a: usize, b: usize| a.abs_diff(b) <= 1;
                self.graph.is_within(node, endpoint)
                    && near(cell.x.index(), point.x.index())
                    && near(cell.y.index(), point.y.index())
            }),
        };
        if covers(edge.from) || covers(edge.to) { 400 } else { 0 }
    }
}

/// Whether a point of a horizontal segment is one of its ends.
fn is_end_of(segment: &Segment, point: GridPoint) -> bool {
    point.x == segment.ends.start.x || point.x == segment.ends.finish.x
}

/// The ways to wrap a label, with its box along and across the flow.
fn wrappings(label: &Label, axes: PageAxes) -> Vec<(TextBlock, Size)> {
    let mut found: Vec<(TextBlock, Size)> = Vec::new();
    for limit in LIMITS {
        let text = wrap(label, limit, Type::EDGE);
        let Size { w, h } = text.size();
        // Even, so that the box has a middle to lie on its edge with.
        let size = axes.size(Size { w: w + w % 2 + 2 * PAD, h: h + h % 2 + PAD });
        if found.iter().all(|(other, _)| *other != text) {
            found.push((text, size));
        }
    }
    found
}
