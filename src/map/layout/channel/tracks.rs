//! Segments and labels to coordinates: first across the flow, line by line, then along it.

use super::line::solve;
use super::plan::{Member, Plan, TrackLine, Tracks};
use crate::map::graph::NodeId;
use crate::map::index_vec::IndexVec;
use crate::map::layout::geometry::{Point, Px, Size};
use crate::map::layout::id::{Axis, LineId, Lines};

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
