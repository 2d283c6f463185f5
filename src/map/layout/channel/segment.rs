//! Paths cut at their bends into segments, each on one line of the grid.

use std::cmp::Ordering;
use std::ops::Range;

use crate::map::graph::EdgeId;
use crate::map::index_vec::{Id as _, IndexVec};
use crate::map::layout::geometry::Side;
use crate::map::layout::id::{Axis, End, Ends, LineId, SegmentId};
use crate::map::layout::routing::grid::GridPoint;
use crate::map::layout::routing::grid::direction;
use crate::map::layout::routing::reroute::GridPath;
use crate::map::layout::routing::search::turned;

/// A straight stretch of an edge's path.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(crate) struct Segment {
    /// Whose.
    pub edge: EdgeId,
    /// The line it runs on.
    pub line: LineId,
    /// Where it begins and ends, in the order in which it is passed.
    pub ends: Ends<GridPoint>,
    /// How many points of its path lie before it.
    pub first_point: usize,
    /// Whether it leaves a node at its start, and arrives at one at its finish.
    pub at_node: Ends<bool>,
}

/// All paths and their segments.
pub(crate) struct Routes {
    paths: IndexVec<EdgeId, GridPath>,
    /// Those of an edge one after the other.
    pub segments: IndexVec<SegmentId, Segment>,
    of: IndexVec<EdgeId, Range<usize>>,
}

impl Routes {
    /// Cuts paths at their bends.
    pub(crate) fn new(paths: IndexVec<EdgeId, GridPath>) -> Self {
        let mut segments = IndexVec::default();
        let mut of = IndexVec::default();
        for (edge, path) in paths.entries() {
            let start = segments.len();
            segments.extend(cut(edge, path));
            of.push(start..segments.len());
        }
        Self { paths, segments, of }
    }

    /// The segments of an edge; none when it is not drawn.
    pub(crate) fn of(&self, edge: EdgeId) -> impl DoubleEndedIterator<Item = SegmentId> + ExactSizeIterator + use<> {
        self.of[edge].clone().map(SegmentId::from_index)
    }

    /// All segments on lines of one kind.
    pub(crate) fn along(&self, axis: Axis) -> impl Iterator<Item = (SegmentId, &Segment)> {
        self.segments.entries().filter(move |(_, segment)| segment.line.axis() == axis)
    }

    /// The points an edge passes.
    pub(crate) fn points(&self) -> impl Iterator<Item = GridPoint> {
        self.paths.iter().flatten().copied()
    }

    /// The segment that a segment comes from, or goes on to. Only where it does not end at a node.
    pub(crate) fn next(segment: SegmentId, end: End) -> SegmentId {
        match end {
            End::Start => SegmentId(segment.0 - 1),
            End::Finish => SegmentId(segment.0 + 1),
        }
    }

    /// Follows two paths that share a stretch of a line until they part, in both directions: on which side of `b` the
    /// segment `a` should lie at each of its ends. Negative is before it, towards the top or the left.
    pub(super) fn divergence(&self, a: &Segment, b: &Segment) -> Ends<i32> {
        let (low, high) = (a.cross().start.max(b.cross().start), a.cross().end.min(b.cross().end));
        // They only touch, or not even that: nothing is shared that one could be on a side of.
        if low >= high {
            return Ends::default();
        }
        // Left of eastward is up; left of southward is right, which lies after.
        let sign = if a.line.axis() == Axis::Vertical { -1 } else { 1 };
        let walk = |from: usize, to: usize| {
            let (from, to) = (a.line.point(from), a.line.point(to));
            parting(self.walk(a, from, to), self.walk(b, from, to))
        };
        let onward = sign * walk(high - 1, high);
        let backward = -sign * walk(low + 1, low);
        match a.ends.start.cmp(&a.ends.finish) {
            // What lies ahead on the line is behind for an edge that runs against it.
            Ordering::Less => Ends { start: backward, finish: onward },
            Ordering::Equal | Ordering::Greater => Ends { start: onward, finish: backward },
        }
    }

    /// The rest of the path of a segment's edge, from `from` over the neighbouring `to` on.
    fn walk(&self, segment: &Segment, from: GridPoint, to: GridPoint) -> PathWalk<'_> {
        // A segment passes every point of its line between its ends.
        let at = |point: GridPoint| segment.first_point + point.distance(segment.ends.start);
        let path = self.paths[segment.edge].as_slice();
        let is_ahead = at(to) > at(from);
        let rest = if is_ahead { path.get(at(from)..) } else { path.get(..=at(from)) };
        PathWalk { rest: rest.unwrap_or_default(), is_ahead }
    }
}

/// The stretches of a path between its bends.
fn cut(edge: EdgeId, path: &[GridPoint]) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    for (at, (&from, &to)) in path.iter().zip(path.iter().skip(1)).enumerate() {
        let heading = direction(from, to);
        let arrives = at + 2 == path.len();
        match segments.last_mut() {
            Some(last) if last.heading() == heading => {
                last.ends.finish = to;
                last.at_node.finish = arrives;
            }
            _ => segments.push(Segment {
                edge,
                line: LineId::through(from, heading),
                ends: Ends { start: from, finish: to },
                first_point: at,
                at_node: Ends { start: at == 0, finish: arrives },
            }),
        }
    }
    segments
}

impl Segment {
    /// In which direction it is passed.
    pub(crate) fn heading(&self) -> Side {
        direction(self.ends.start, self.ends.finish)
    }

    /// The cross lines from its one end to its other, in the order of the lines, the last one left out.
    pub(crate) fn cross(&self) -> Range<usize> {
        let (a, b) = (self.line.cross(self.ends.start), self.line.cross(self.ends.finish));
        a.min(b)..a.max(b)
    }

    /// The side of a node that an end lies on, if it ends at one.
    pub(crate) fn side(&self, end: End) -> Side {
        match end {
            End::Start => self.heading(),
            End::Finish => self.heading().opposite(),
        }
    }

    /// The ends at which it meets a node.
    pub(super) fn ends_at_nodes(&self) -> impl Iterator<Item = End> {
        let at_node = self.at_node;
        End::BOTH.into_iter().filter(move |&end| at_node[end])
    }
}

/// What is left of a path, to be followed forwards or backwards.
struct PathWalk<'p> {
    rest: &'p [GridPoint],
    is_ahead: bool,
}

impl Iterator for PathWalk<'_> {
    type Item = GridPoint;

    fn next(&mut self) -> Option<GridPoint> {
        let (point, rest) = if self.is_ahead { self.rest.split_first()? } else { self.rest.split_last()? };
        self.rest = rest;
        Some(*point)
    }
}

/// Walks on along two paths that share their first two points; negative if the first one turns off to the left of the
/// second.
fn parting(mut a: PathWalk, mut b: PathWalk) -> i32 {
    let (Some(mut before), Some(mut at)) = (a.next(), a.next()) else { return 0 };
    b.nth(1);
    loop {
        let heading = direction(before, at);
        let (Some(next_a), Some(next_b)) = (a.next(), b.next()) else { return 0 };
        let (to_a, to_b) = (direction(at, next_a), direction(at, next_b));
        if to_a != to_b {
            return (turned(heading, to_a) - turned(heading, to_b)).signum();
        }
        (before, at) = (at, next_a);
    }
}
