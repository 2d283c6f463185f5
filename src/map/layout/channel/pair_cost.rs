//! What it costs if one item of a channel lies before another: crossings, and what cannot be drawn.

use super::item::ItemId;
use super::line::{LineSolver, NEAR, PortRef};
use super::plan::Member;
use super::segment::Routes;
use crate::map::graph::EdgeId;
use crate::map::layout::geometry::{Interval, Px};
use crate::map::layout::id::{Axis, End, SegmentId};

/// The cost of an order that cannot be drawn.
const IMPOSSIBLE: u32 = 10_000;
/// The cost of a crossing: in tenths, so that what only leans towards one counts less.
const CROSSING: u32 = 10;

impl LineSolver<'_, '_, '_> {
    /// What it costs if `a` lies before `b`.
    pub(super) fn cost(&self, a: ItemId, b: ItemId) -> u32 {
        match (self.members[a], self.members[b]) {
            // While nothing is known about the lines across, only where paths part tells what crosses.
            (Member::Segment(a), Member::Segment(b)) if self.axis() == Axis::Horizontal => self.parting(a, b),
            (Member::Segment(a), Member::Segment(b)) => self.crossings(a, b) + self.parting(a, b) / 10,
            (Member::Label(edge), Member::Segment(b)) => self.past_label(edge, b, -1),
            (Member::Segment(a), Member::Label(edge)) => self.past_label(edge, a, 1),
            (Member::Label(_), Member::Label(_)) => 0,
        }
    }

    /// Crossings where two segments that run together part, if `a` lies before `b`.
    fn parting(&self, a: SegmentId, b: SegmentId) -> u32 {
        let segments = &self.plan.routes.segments;
        let (one, two) = (&segments[a], &segments[b]);
        if one.edge == two.edge {
            return 0;
        }
        // Seen from the edge that comes first in the diagram, so that both orders are judged alike.
        let (first, second, sign) = if one.edge < two.edge { (one, two, 1) } else { (two, one, -1) };
        let leaning = self.plan.routes.divergence(first, second);
        // If a crossing cannot be avoided, it is always the one at the end: choosing by line could make three of it.
        u32::from(leaning.start * sign > 0) * (CROSSING + 1) + u32::from(leaning.finish * sign > 0) * CROSSING
    }

    /// Crossings of two segments on a line, all across it being known, if `a` lies before `b`.
    fn crossings(&self, a: SegmentId, b: SegmentId) -> u32 {
        let (a, b) = (self.ports(a), self.ports(b));
        let (a_span, b_span) = (Interval::between(a.start.at, a.finish.at), Interval::between(b.start.at, b.finish.at));
        let mut cost = 0;
        for leaving in [a.start, a.finish] {
            cost += u32::from(leaving.toward > 0 && b_span.is_around(leaving.at)) * CROSSING;
            for other in [b.start, b.finish] {
                // Leaving towards each other at one height they would lie on each other.
                let is_facing = leaving.toward > 0 && other.toward < 0;
                cost += u32::from(is_facing && (leaving.at - other.at).abs() < NEAR) * IMPOSSIBLE;
            }
        }
        let crossed = |port: PortRef| u32::from(port.toward < 0 && a_span.is_around(port.at)) * CROSSING;
        cost + crossed(b.start) + crossed(b.finish)
    }

    /// What it costs if a segment lies before (1) or after (-1) a label that lies on another line.
    fn past_label(&self, edge: EdgeId, segment: SegmentId, side: i32) -> u32 {
        /// Room around a label that an edge beside it keeps free.
        const CLEARANCE: Px = 4;
        let spot = self.spot(edge);
        let span = self.label_span(edge, spot);
        let near = Interval { low: span.low - CLEARANCE, high: span.high + CLEARANCE };
        let leaves = |end: End, side: i32| {
            let port = self.port(segment, end);
            port.toward == side && near.is_around(port.at)
        };
        if self.plan.routes.segments[segment].edge == edge {
            // Its own edge turns here: the label stays on the segment that carries it.
            let inner = End::BOTH.into_iter().filter(|&end| !self.plan.routes.segments[segment].at_node[end]);
            let mut carriers = inner.filter(|&end| Routes::next(segment, end) == spot.segment);
            return u32::from(carriers.any(|end| leaves(end, -side))) * IMPOSSIBLE;
        }
        let across = u32::from(leaves(End::Start, side)) + u32::from(leaves(End::Finish, side));
        across * if self.axis() == Axis::Vertical { IMPOSSIBLE } else { 3 }
    }
}
