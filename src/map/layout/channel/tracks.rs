//! Segments and labels to coordinates: first across the flow, line by line, then along it.

use super::line::{Member, solve};
use super::segment::Routes;
use crate::map::graph::{EdgeId, NodeId};
use crate::map::index_vec::IndexVec;
use crate::map::layout::geometry::{Point, Px, Size};
use crate::map::layout::id::{Axis, LineId, Lines, SegmentId};
use crate::map::layout::label::LabelSpot;
use crate::map::layout::layout_graph::LayoutGraph;
use crate::map::layout::page_axes::PageAxes;
use crate::map::layout::routing::grid::Grid;

/// A line's place.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct TrackLine {
    /// Where its middle lies.
    pub middle: Px,
    /// What lies on it reaches from here, relative to its middle …
    pub low: Px,
    /// … to here.
    pub high: Px,
    /// Whether edges or labels lie on it.
    pub used: bool,
}

/// Two segments on one line of which the first must lie before the second.
pub(crate) type Clash = (SegmentId, SegmentId);

/// What is known before any coordinate is.
pub(crate) struct Plan<'a, 'g> {
    pub graph: &'a LayoutGraph<'g>,
    pub grid: &'a Grid,
    pub routes: &'a Routes,
    pub spots: &'a IndexVec<EdgeId, Option<LabelSpot>>,
    pub axes: PageAxes,
    /// Segments on one horizontal line that end where the other begins, and must not do so at one height.
    pub apart: &'a [Clash],
}

/// What grows from one axis to the next.
pub(crate) struct Tracks {
    /// The box of each node, along and across the flow.
    pub sizes: IndexVec<NodeId, Size>,
    /// The position of each segment across its line.
    pub segment: IndexVec<SegmentId, Px>,
    /// The middle of each label, along and across the flow.
    pub label: IndexVec<EdgeId, Point>,
    pub lines: Lines<TrackLine>,
    /// Segments on one horizontal line whose edges would lie on each other between them.
    pub clashes: Vec<Clash>,
}

impl Point {
    /// The coordinate across a line of this kind.
    fn across_mut(&mut self, axis: Axis) -> &mut Px {
        match axis {
            Axis::Horizontal => &mut self.y,
            Axis::Vertical => &mut self.x,
        }
    }
}

impl Tracks {
    /// Nothing settled yet.
    pub(crate) fn new(plan: &Plan, sizes: IndexVec<NodeId, Size>) -> Self {
        // Every line has its place from the start, empty ones too: their room is given to the map all the same.
        let lines = Lines {
            horizontal: IndexVec::filled(plan.grid.horizontals.len(), TrackLine::default()),
            vertical: IndexVec::filled(plan.grid.verticals, TrackLine::default()),
        };
        Self {
            sizes,
            segment: IndexVec::filled(plan.routes.segments.len(), 0),
            label: IndexVec::filled(plan.spots.len(), Point::default()),
            lines,
            clashes: Vec::new(),
        }
    }

    /// Finds positions on every line of an axis, relative to the line's middle. The horizontal lines come first, so
    /// that heights are known when the vertical ones are solved. `None` if nodes would have to grow without end.
    pub(crate) fn settle(&mut self, plan: &Plan, axis: Axis) -> Option<()> {
        let mut members = Lines {
            horizontal: IndexVec::filled(self.lines.horizontal.len(), Vec::new()),
            vertical: IndexVec::filled(self.lines.vertical.len(), Vec::new()),
        };
        for (id, segment) in plan.routes.along(axis) {
            members[segment.line].push(Member::Segment(id));
        }
        for (edge, spot) in plan.spots.entries() {
            let Some(spot) = spot else { continue };
            // Across the segment that carries it, a label is an item of its own.
            if plan.routes.segments[spot.segment].line.axis() != axis {
                members[spot.line(axis)].push(Member::Label(edge));
            }
        }
        match axis {
            Axis::Horizontal => {
                let mut lines = members.horizontal.ids().map(LineId::Horizontal).zip(members.horizontal);
                lines.try_for_each(|(line, members)| solve(plan, self, line, members))
            }
            Axis::Vertical => {
                let mut lines = members.vertical.ids().map(LineId::Vertical).zip(members.vertical);
                lines.try_for_each(|(line, members)| solve(plan, self, line, members))
            }
        }
    }

    /// Moves everything on an axis from its line's middle to where the line lies.
    pub(crate) fn place(&mut self, plan: &Plan, axis: Axis) {
        for (id, segment) in plan.routes.along(axis) {
            self.segment[id] += self.lines[segment.line].middle;
        }
        for (edge, spot) in plan.spots.entries() {
            let Some(spot) = spot else { continue };
            let is_carried = plan.routes.segments[spot.segment].line.axis() == axis;
            let middle = self.lines[spot.line(axis)].middle;
            let place = self.label[edge].across_mut(axis);
            // A label in the middle of its own segment lies wherever that does; one across is an item with a place.
            *place = if is_carried { self.segment[spot.segment] } else { *place + middle };
        }
    }
}
