//! Ways as strands: straight stretches, each on one line of the grid.
//! In: ways. Out: strands in the order they are passed, and which of two that run together keeps to which side.
//! Never knows: positions on lines.

use std::ops::Range;

use crate::map::layout::geometry::Side;
use crate::map::layout::routing::route::{GridPath, direction, turned};

/// A straight stretch of a link's way.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(crate) struct Segment {
    /// Whose.
    pub link: usize,
    /// Whether it runs on an upright line.
    pub upright: bool,
    /// The line.
    pub line: usize,
    /// Where it begins and ends: positions of the lines across, in the order it is passed.
    pub ends: (usize, usize),
    /// Where it begins in its way.
    pub at: usize,
    /// Its place among the strands of its link.
    pub place: SegmentEnds,
}

/// Whether a strand touches a step.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(crate) struct SegmentEnds {
    /// The first of its link: it leaves a step.
    pub first: bool,
    /// The last of its link: it arrives at a step.
    pub last: bool,
}

/// All strands, those of a link one after the other.
pub(crate) struct Segments {
    /// In the order of links.
    pub all: Vec<Segment>,
    /// By link.
    pub of: Vec<Range<usize>>,
}

impl Segments {
    /// Cuts ways at their bends.
    pub(crate) fn new(ways: &[GridPath]) -> Self {
        let mut all = Vec::new();
        let mut of = Vec::new();
        for (link, way) in ways.iter().enumerate() {
            let start = all.len();
            let mut at = 0;
            while at + 1 < way.len() {
                let side = direction(way[at], way[at + 1]);
                let run = (at..way.len() - 1).take_while(|&k| direction(way[k], way[k + 1]) == side).count();
                let (a, b) = (way[at], way[at + run]);
                let flat = side.is_horizontal();
                let (line, ends) = if flat { (a.1, (a.0, b.0)) } else { (a.0, (a.1, b.1)) };
                let place = SegmentEnds { first: at == 0, last: at + run + 1 == way.len() };
                all.push(Segment { link, upright: !flat, line, ends, at, place });
                at += run;
            }
            of.push(start..all.len());
        }
        Self { all, of }
    }
}

impl Segment {
    /// Its ends in the order of the lines across.
    pub(crate) fn span(&self) -> (usize, usize) {
        (self.ends.0.min(self.ends.1), self.ends.0.max(self.ends.1))
    }

    /// The side of a step its first (0) or last (1) end lies on, if it ends at one.
    pub(crate) fn side(&self, end: usize) -> Side {
        let onward = self.ends.0 < self.ends.1;
        match (self.upright, onward == (end == 0)) {
            (false, true) => Side::East,
            (false, false) => Side::West,
            (true, true) => Side::South,
            (true, false) => Side::North,
        }
    }
}

/// On which side of a neighbour a strand should lie where both go apart: `first` at the end the strand comes from,
/// `last` at the end it goes to. Negative: before it, towards the top or the left.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Leaning {
    /// Where it comes from.
    pub first: i32,
    /// Where it goes.
    pub last: i32,
}

/// Follows two ways that share a stretch of a line until they part, in both directions.
pub(super) fn leaning(ways: &[GridPath], a: &Segment, b: &Segment) -> Leaning {
    let (sa, sb) = (a.span(), b.span());
    // A crossing both pass with the next one on the line.
    let (low, high) = (sa.0.max(sb.0), sa.1.min(sb.1));
    if low >= high {
        return Leaning::default();
    }
    // A strand passes every crossing of its line between its ends.
    let find = |strand: &Segment, across: usize| strand.at + across.abs_diff(strand.ends.0);
    let walk = |from: usize, to: usize| {
        let ((pa, qa), (pb, qb)) = ((find(a, to), find(a, from)), (find(b, to), find(b, from)));
        part((&ways[a.link], pa, pa > qa), (&ways[b.link], pb, pb > qb))
    };
    // Left of eastward is up; left of southward is right, which lies after.
    let sign = if a.upright { -1 } else { 1 };
    let forward = sign * walk(high - 1, high);
    let backward = -sign * walk(low + 1, low);
    if a.ends.0 < a.ends.1 {
        Leaning { first: backward, last: forward }
    } else {
        Leaning { first: forward, last: backward }
    }
}

/// Walks on along both ways; negative if the first one turns off to the left of the second.
fn part(a: (&GridPath, usize, bool), b: (&GridPath, usize, bool)) -> i32 {
    let step = |(way, at, ahead): (&GridPath, usize, bool)| {
        let next = if ahead { at.checked_add(1) } else { at.checked_sub(1) };
        next.filter(|&next| next < way.len())
    };
    let before = |(way, at, ahead): (&GridPath, usize, bool)| if ahead { way[at - 1] } else { way[at + 1] };
    let (mut a, mut b) = (a, b);
    loop {
        let heading = direction(before(a), a.0[a.1]);
        let (Some(next_a), Some(next_b)) = (step(a), step(b)) else { return 0 };
        let (to_a, to_b) = (direction(a.0[a.1], a.0[next_a]), direction(b.0[b.1], b.0[next_b]));
        if to_a != to_b {
            return (turned(heading, to_a) - turned(heading, to_b)).signum();
        }
        (a.1, b.1) = (next_a, next_b);
    }
}
