//! One line of the grid: its channel made from the segments and labels on it, solved, and what came of it kept.

use super::item::{ChannelItem, ItemId, LabelExtent};
use super::linear_order::linear_order;
use super::neighbours::Neighbours;
use super::plan::{Clash, Member, Plan, TrackLine, Tracks};
use super::positions::positions;
use super::segment::{Routes, Segment};
use crate::map::graph::{EdgeId, NodeId};
use crate::map::index_vec::{Id as _, IndexVec};
use crate::map::layout::geometry::{Interval, Px};
use crate::map::layout::id::{Axis, End, Ends, LineId, SegmentId};
use crate::map::layout::label::LabelSpot;

/// Pseudo-distance between two lines while their places are not known yet.
const FAR: Px = 1000;
/// How near along a line two things must come to count as side by side.
pub(super) const NEAR: Px = 9;
/// Rounds of making nodes larger until all arrows find room at them. Each closes about half of what is missing, so the
/// limit is reached only where nothing would ever fit.
const GROWTHS: usize = 80;

/// An end of a segment, seen on its line.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct PortRef {
    /// Where along the line.
    pub at: Px,
    /// To which side it leaves the line: negative for before it, 0 into a node.
    pub toward: i32,
}

/// Finds positions on a line and keeps them. `None` if nodes would have to grow without end.
pub(super) fn solve(plan: &Plan, tracks: &mut Tracks, line: LineId, members: Vec<Member>) -> Option<()> {
    LineSolver { plan, tracks, line, members: members.into() }.run()
}

/// One line of the grid on its way to positions.
pub(super) struct LineSolver<'s, 'a, 'g> {
    pub(super) plan: &'s Plan<'a, 'g>,
    pub(super) tracks: &'s mut Tracks,
    pub(super) line: LineId,
    pub(super) members: IndexVec<ItemId, Member>,
}

impl LineSolver<'_, '_, '_> {
    fn run(&mut self) -> Option<()> {
        // While lines across have no places, two ends on one of them may be anywhere on it: meeting is all or
        // nothing.
        let margin = match self.line.axis() {
            Axis::Horizontal => 0,
            Axis::Vertical => NEAR,
        };
        let mut items: IndexVec<ItemId, ChannelItem> = self.members.iter().map(|&member| self.item(member)).collect();
        let order = linear_order(&self.neighbours(&items, margin), &|a, b| self.cost(a, b));
        let clashes: Vec<Clash> = order.iter().flat_map(|component| self.clashes(component)).collect();
        self.tracks.clashes.extend(clashes);
        // The order stays: larger nodes change where edges lie, not which of them cross.
        for _ in 0..GROWTHS {
            self.wish(&mut items, &order);
            match positions(&items, &self.neighbours(&items, margin), &order) {
                Ok(places) => {
                    self.keep(&places);
                    self.measure(&items, &places);
                    return Some(());
                }
                Err(shortfalls) => self.grow(&shortfalls),
            }
        }
        None
    }

    pub(super) fn axis(&self) -> Axis {
        self.line.axis()
    }

    fn neighbours(&self, items: &IndexVec<ItemId, ChannelItem>, margin: Px) -> Neighbours {
        let mut neighbours = Neighbours::new(items, margin);
        if self.axis() == Axis::Horizontal {
            let find = |segment| self.members.ids().find(|&item| self.members[item] == Member::Segment(segment));
            for &(a, b) in self.plan.apart {
                if let (Some(a), Some(b)) = (find(a), find(b)) {
                    neighbours.separate(a, b);
                }
            }
        }
        neighbours
    }

    /// Segments across this line that would lie on each other between two that could not be ordered otherwise: edges
    /// that exchange their lines here, each at the height of the other. No order of this line helps, so the two are
    /// kept apart on theirs in the next round.
    fn clashes(&self, order: &[ItemId]) -> Vec<Clash> {
        if self.axis() == Axis::Horizontal {
            return Vec::new();
        }
        let segments: Vec<SegmentId> = order.iter().filter_map(|&item| self.segment_id(item)).collect();
        // Every pair, in the order of the line: it says who would have to lie before whom.
        let mut found = Vec::new();
        let mut rest = segments.as_slice();
        while let Some((&before, after)) = rest.split_first() {
            found.extend(after.iter().filter_map(|&after| self.clash(before, after)));
            rest = after;
        }
        found
    }

    /// The segments that two edges run on to, or come from, and that would lie on each other if `before` lies before
    /// `after`.
    fn clash(&self, before: SegmentId, after: SegmentId) -> Option<Clash> {
        let pairs = End::BOTH.into_iter().flat_map(|a| End::BOTH.map(|b| (a, b)));
        let mut pairs = pairs.filter(|&(a, b)| {
            let (onward, back) = (self.port(before, a), self.port(after, b));
            onward.toward > 0 && back.toward < 0 && (onward.at - back.at).abs() < NEAR
        });
        let (a, b) = pairs.next()?;
        Some((Routes::next(before, a), Routes::next(after, b)))
    }

    fn segment_id(&self, item: ItemId) -> Option<SegmentId> {
        match self.members[item] {
            Member::Segment(segment) => Some(segment),
            Member::Label(_) => None,
        }
    }

    pub(super) fn segment(&self, item: ItemId) -> Option<&Segment> {
        self.segment_id(item).map(|segment| &self.plan.routes.segments[segment])
    }

    pub(super) fn spot(&self, edge: EdgeId) -> &LabelSpot {
        self.plan.spots[edge].as_ref().expect("only labels with a spot are members")
    }

    fn item(&self, member: Member) -> ChannelItem {
        let plain = |span, half| ChannelItem { span, half, label: None, limit: None, wish: None };
        let half = |spot: &LabelSpot| self.axis().thickness(spot.size) / 2;
        match member {
            Member::Segment(id) => {
                let ends = self.ports(id);
                let span = Interval::between(ends.start.at, ends.finish.at);
                let edge = self.plan.routes.segments[id].edge;
                // The label that this segment carries makes it thicker, but only where the label lies.
                let spot = self.plan.spots[edge].as_ref().filter(|spot| spot.segment == id);
                let label = spot.map(|spot| {
                    let on_line = self.label_span(edge, spot);
                    let shown = Interval { low: on_line.low.max(span.low), high: on_line.high.min(span.high) };
                    LabelExtent { span: shown, half: half(spot) }
                });
                ChannelItem { label, ..plain(span, 0) }
            }
            Member::Label(edge) => {
                let spot = self.spot(edge);
                plain(self.label_span(edge, spot), half(spot))
            }
        }
    }

    /// From where to where along the line a label lies.
    pub(super) fn label_span(&self, edge: EdgeId, spot: &LabelSpot) -> Interval {
        let (at, half) = match self.axis() {
            // Widths are not known yet: a third to each side, so that labels on neighbouring lines never meet.
            Axis::Horizontal => (far(spot.point.x.index()), FAR / 3),
            Axis::Vertical => (self.tracks.label[edge].y, spot.size.h / 2),
        };
        Interval { low: at - half, high: at + half }
    }

    pub(super) fn ports(&self, id: SegmentId) -> Ends<PortRef> {
        Ends { start: self.port(id, End::Start), finish: self.port(id, End::Finish) }
    }

    /// An end of a segment: at a node, or where it turns into the segment before or after it.
    pub(super) fn port(&self, id: SegmentId, end: End) -> PortRef {
        let segment = &self.plan.routes.segments[id];
        if segment.at_node[end] {
            return PortRef { at: self.node_border(segment, end), toward: 0 };
        }
        let next_id = Routes::next(id, end);
        let next = &self.plan.routes.segments[next_id];
        let far_end = next.ends[end];
        let toward = if far_end > segment.ends[end] { 1 } else { -1 };
        let at = match self.axis() {
            Axis::Horizontal => far(segment.ends[end].x.index()),
            Axis::Vertical => self.tracks.segment[next_id],
        };
        PortRef { at, toward }
    }

    /// Where along the line a segment reaches the box of the node it ends at.
    fn node_border(&self, segment: &Segment, end: End) -> Px {
        let point = segment.ends[end];
        if self.axis() == Axis::Horizontal {
            return far(point.x.index());
        }
        let half = self.tracks.sizes[self.node_at(segment, end)].h / 2;
        let is_downward = (segment.ends.start < segment.ends.finish) == (end == End::Start);
        self.tracks.lines.horizontal[point.y].middle + if is_downward { half } else { -half }
    }

    pub(super) fn node_at(&self, segment: &Segment, end: End) -> NodeId {
        self.plan.graph.edges[segment.edge].at(end)
    }

    fn keep(&mut self, places: &IndexVec<ItemId, Px>) {
        for (&member, &place) in self.members.iter().zip(places) {
            match (member, self.line.axis()) {
                (Member::Segment(segment), _) => self.tracks.segment[segment] = place,
                (Member::Label(edge), Axis::Horizontal) => self.tracks.label[edge].y = place,
                (Member::Label(edge), Axis::Vertical) => self.tracks.label[edge].x = place,
            }
        }
    }

    /// How far the line reaches, with all that lies on it.
    fn measure(&mut self, items: &IndexVec<ItemId, ChannelItem>, places: &IndexVec<ItemId, Px>) {
        let axis = self.axis();
        let cross = 0..self.plan.grid.cross_lines(self.line);
        let nodes = cross.filter_map(|at| self.plan.grid.node_at(self.line.point(at)));
        let nodes = nodes.map(|node| axis.thickness(self.tracks.sizes[node]) / 2).max().unwrap_or(0);
        let (mut low, mut high) = (-nodes, nodes);
        for (item, &place) in items.iter().zip(places) {
            let half = item.label.map_or(item.half, |label| label.half.max(item.half));
            (low, high) = (low.min(place - half), high.max(place + half));
        }
        self.tracks.lines[self.line] = TrackLine { middle: 0, low, high, used: !items.is_empty() };
    }
}

/// Where the `at`th vertical line would lie, as long as only their order counts.
fn far(at: usize) -> Px {
    FAR * Px::try_from(at).unwrap_or(0)
}
