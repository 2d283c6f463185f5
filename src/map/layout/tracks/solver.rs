//! What lies on one line, in the terms of its channel.
//! In: strands and labels on the line. Out: their positions on it, and how far the line reaches.
//! Never knows: other lines, but for how strands leave towards them.

use super::channel::{Channel, ChannelItem, IMPOSSIBLE};
use super::segment::{Segment, leaning};
use super::track::{Axis, Plan, TrackLine, Tracks};
use crate::map::layout::geometry::Px;
use crate::map::layout::label::LabelSpot;
use crate::map::layout::routing::grid::{GridPoint, HorizontalKind};

/// Pseudo-distance between two lines while their places are not known yet.
const FAR: Px = 1000;
/// How near along a line two things must come to count as side by side.
const NEAR: Px = 9;
/// Rounds of making steps larger until all arrows find room at them.
const GROWTHS: usize = 80;

/// What a channel's item stands for.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(crate) enum Member {
    /// A strand on this line.
    Strand(usize),
    /// The label of a link, carried by a strand that runs across this line.
    Label(usize),
}

/// An end of a strand: where along the line, and to which side it leaves the line (0: into a step).
type PortRef = (Px, i32);

/// One line of the grid on its way to positions.
pub(crate) struct Solver<'s, 'a, 'g> {
    pub(crate) plan: &'s Plan<'a, 'g>,
    pub(crate) tracks: &'s mut Tracks,
    pub(crate) axis: Axis,
    line: usize,
    members: Vec<Member>,
}

impl<'s, 'a, 'g> Solver<'s, 'a, 'g> {
    /// Takes on a line and what lies on it.
    pub(crate) fn new(
        plan: &'s Plan<'a, 'g>,
        tracks: &'s mut Tracks,
        (axis, line): (Axis, usize),
        members: Vec<Member>,
    ) -> Self {
        Self { plan, tracks, axis, line, members }
    }

    /// Finds positions and keeps them. `None` if steps would have to grow without end.
    pub(crate) fn run(&mut self) -> Option<()> {
        let margin = if self.axis == Axis::Flat { 0 } else { NEAR };
        let mut items: Vec<ChannelItem> = self.members.iter().map(|&member| self.item(member)).collect();
        let order = self.channel(&items, margin).order(&|a, b| self.cost(a, b));
        self.tracks.clashes.extend(order.iter().flat_map(|part| self.clashes(part)).collect::<Vec<_>>());
        for _ in 0..GROWTHS {
            self.wish(&mut items, &order);
            match self.channel(&items, margin).positions(&order) {
                Ok(places) => {
                    self.keep(&places);
                    self.measure(&items, &places);
                    return Some(());
                }
                Err(narrow) => self.grow(&narrow),
            }
        }
        None
    }

    fn channel<'i>(&self, items: &'i [ChannelItem], margin: Px) -> Channel<'i> {
        let mut channel = Channel::new(items, margin);
        if self.axis == Axis::Flat {
            let find = |strand| self.members.iter().position(|&member| member == Member::Strand(strand));
            for &(a, b) in self.plan.apart {
                if let (Some(a), Some(b)) = (find(a), find(b)) {
                    channel.part(a, b);
                }
            }
        }
        channel
    }

    /// Strands across this line that would lie on each other between two that could not be ordered otherwise: links
    /// that exchange their lines here, each at the height of the other.
    fn clashes(&self, order: &[usize]) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        if self.axis == Axis::Flat {
            return found;
        }
        let strands = |member: &usize| match self.members[*member] {
            Member::Strand(at) => Some(at),
            Member::Label(_) => None,
        };
        let strands: Vec<usize> = order.iter().filter_map(strands).collect();
        for (at, &x) in strands.iter().enumerate() {
            let pairs = strands[at + 1..].iter().filter_map(|&y| self.clash(x, y));
            found.extend(pairs);
        }
        found
    }

    /// The strands that two links run on to, or come from, and that would lie on each other if `x` lies before `y`.
    fn clash(&self, x: usize, y: usize) -> Option<(usize, usize)> {
        let beside = |strand: usize, end: usize| if end == 0 { strand - 1 } else { strand + 1 };
        let ends = [(0, 0), (0, 1), (1, 0), (1, 1)].into_iter().find(|&(a, b)| {
            let (after, before) = (self.tie(x, a), self.tie(y, b));
            after.1 > 0 && before.1 < 0 && (after.0 - before.0).abs() < NEAR
        });
        ends.map(|(a, b)| (beside(x, a), beside(y, b)))
    }

    pub(crate) fn strand(&self, member: usize) -> Option<&Segment> {
        match self.members[member] {
            Member::Strand(at) => Some(&self.plan.strands.all[at]),
            Member::Label(_) => None,
        }
    }

    /// Whether steps stand on this line.
    pub(crate) fn has_steps(&self) -> bool {
        match self.axis {
            Axis::Flat => self.plan.grid.flat[self.line].kind == HorizontalKind::Row,
            Axis::Upright => self.line % 2 == 1,
        }
    }

    fn node(&self, across: usize) -> GridPoint {
        if self.axis == Axis::Flat { (across, self.line) } else { (self.line, across) }
    }

    fn item(&self, member: Member) -> ChannelItem {
        let plan = self.plan;
        match member {
            Member::Strand(at) => {
                let ends = [self.tie(at, 0).0, self.tie(at, 1).0];
                let spot = plan.spots[plan.strands.all[at].link].as_ref().filter(|spot| spot.strand == at);
                let bulge = spot.map(|spot| {
                    let (from, to) = self.label_span(plan.strands.all[at].link, spot);
                    let half = if self.axis == Axis::Flat { spot.size.h } else { spot.size.w } / 2;
                    (from.max(ends[0].min(ends[1])), to.min(ends[0].max(ends[1])), half)
                });
                let span = (ends[0].min(ends[1]), ends[0].max(ends[1]));
                ChannelItem { span, half: 0, bulge, reach: None, want: None }
            }
            Member::Label(link) => {
                let spot = plan.spots[link].as_ref().expect("only labels with a spot are members");
                let half = if self.axis == Axis::Flat { spot.size.h } else { spot.size.w } / 2;
                ChannelItem { span: self.label_span(link, spot), half, bulge: None, reach: None, want: None }
            }
        }
    }

    /// From where to where along the line a label lies.
    fn label_span(&self, link: usize, spot: &LabelSpot) -> (Px, Px) {
        match self.axis {
            Axis::Flat => {
                let at = FAR * Px::try_from(spot.node.0).unwrap_or(0);
                (at - FAR / 3, at + FAR / 3)
            }
            Axis::Upright => {
                let (at, half) = (self.tracks.label[link].1, spot.size.h / 2);
                (at - half, at + half)
            }
        }
    }

    /// The first (0) or last (1) end of a strand.
    fn tie(&self, at: usize, end: usize) -> PortRef {
        let strand = &self.plan.strands.all[at];
        let across = if end == 0 { strand.ends.0 } else { strand.ends.1 };
        let inner = if end == 0 { !strand.place.first } else { !strand.place.last };
        let neighbour = if end == 0 { at.wrapping_sub(1) } else { at + 1 };
        if !inner {
            return (self.step_border(strand, end, across), 0);
        }
        let next = &self.plan.strands.all[neighbour];
        let far = if end == 0 { next.ends.0 } else { next.ends.1 };
        let toward = if far > strand.line { 1 } else { -1 };
        let at = match self.axis {
            Axis::Flat => FAR * Px::try_from(across).unwrap_or(0),
            Axis::Upright => self.tracks.strand[neighbour],
        };
        (at, toward)
    }

    fn step_border(&self, strand: &Segment, end: usize, across: usize) -> Px {
        if self.axis == Axis::Flat {
            return FAR * Px::try_from(across).unwrap_or(0);
        }
        let half = self.tracks.sizes[self.end_step(strand, end)].h / 2;
        let down = (strand.ends.0 < strand.ends.1) == (end == 0);
        self.tracks.flat[across].middle + if down { half } else { -half }
    }

    pub(crate) fn end_step(&self, strand: &Segment, end: usize) -> usize {
        let link = &self.plan.problem.links[strand.link];
        if end == 0 { link.from } else { link.to }
    }

    /// What it costs if `a` lies before `b`.
    fn cost(&self, a: usize, b: usize) -> u32 {
        match (self.members[a], self.members[b]) {
            (Member::Strand(x), Member::Strand(y)) if self.axis == Axis::Flat => self.parting(x, y),
            (Member::Strand(x), Member::Strand(y)) => self.crossings(x, y) + self.parting(x, y) / 10,
            (Member::Label(link), Member::Strand(y)) => self.past_label(link, y, -1),
            (Member::Strand(x), Member::Label(link)) => self.past_label(link, x, 1),
            (Member::Label(_), Member::Label(_)) => 0,
        }
    }

    /// Crossings where two strands that run together part, if `x` lies before `y`.
    fn parting(&self, x: usize, y: usize) -> u32 {
        let all = &self.plan.strands.all;
        // Seen from the link that comes first in the diagram, so that both orders are judged alike.
        let (first, second, sign) = if all[x].link <= all[y].link { (x, y, 1) } else { (y, x, -1) };
        if all[x].link == all[y].link {
            return 0;
        }
        let lean = leaning(self.plan.ways, &all[first], &all[second]);
        // If a crossing cannot be avoided, it is always the one at the end: choosing by line could make three of it.
        u32::from(lean.first * sign > 0) * 11 + u32::from(lean.last * sign > 0) * 10
    }

    /// Crossings of two strands on a line, all across it being known, if `x` lies before `y`.
    fn crossings(&self, x: usize, y: usize) -> u32 {
        let (xs, ys) = ([self.tie(x, 0), self.tie(x, 1)], [self.tie(y, 0), self.tie(y, 1)]);
        let inside = |at: Px, ends: &[PortRef; 2]| ends[0].0.min(ends[1].0) < at && at < ends[0].0.max(ends[1].0);
        let mut cost = 0;
        for &(at, toward) in &xs {
            cost += u32::from(toward > 0 && inside(at, &ys)) * 10;
            for &(other, back) in &ys {
                // Leaving towards each other at one height they would lie on each other.
                cost += u32::from(toward > 0 && back < 0 && (at - other).abs() < NEAR) * IMPOSSIBLE;
            }
        }
        cost + ys.iter().map(|&(at, toward)| u32::from(toward < 0 && inside(at, &xs)) * 10).sum::<u32>()
    }

    /// What it costs if a strand lies before (1) or after (-1) a label that lies on another line.
    fn past_label(&self, link: usize, strand: usize, side: i32) -> u32 {
        let spot = self.plan.spots[link].as_ref().expect("only labels with a spot are members");
        let (low, high) = self.label_span(link, spot);
        let leaves = |end: usize, side: i32| {
            let (at, toward) = self.tie(strand, end);
            toward == side && low - 4 < at && at < high + 4
        };
        if self.plan.strands.all[strand].link == link {
            // Its own edge turns here: the label stays on the stretch that carries it.
            let carried = [(0, strand.wrapping_sub(1)), (1, strand + 1)];
            let astray = carried.iter().any(|&(end, carrier)| carrier == spot.strand && leaves(end, -side));
            return u32::from(astray) * IMPOSSIBLE;
        }
        let across = u32::from(leaves(0, side)) + u32::from(leaves(1, side));
        across * if self.axis == Axis::Upright { IMPOSSIBLE } else { 3 }
    }

    fn keep(&mut self, places: &[Px]) {
        for (&member, &place) in self.members.iter().zip(places) {
            match member {
                Member::Strand(at) => self.tracks.strand[at] = place,
                Member::Label(link) if self.axis == Axis::Flat => self.tracks.label[link].1 = place,
                Member::Label(link) => self.tracks.label[link].0 = place,
            }
        }
    }

    /// How far the line reaches, with all that lies on it.
    fn measure(&mut self, items: &[ChannelItem], places: &[Px]) {
        let across = if self.axis == Axis::Flat { self.plan.grid.upright } else { self.plan.grid.flat.len() };
        let steps = (0..across).filter_map(|at| self.plan.grid.step_at(self.node(at)));
        let half = |step: usize| {
            let size = self.tracks.sizes[step];
            if self.axis == Axis::Flat { size.h / 2 } else { size.w / 2 }
        };
        let steps = steps.map(half).max().unwrap_or(0);
        let halves = items.iter().map(|item| item.bulge.map_or(item.half, |bulge| bulge.2.max(item.half)));
        let (mut low, mut high) = (-steps, steps);
        for (half, &place) in halves.zip(places) {
            (low, high) = (low.min(place - half), high.max(place + half));
        }
        let line = TrackLine { middle: 0, low, high, used: !items.is_empty() };
        if self.axis == Axis::Flat { self.tracks.flat[self.line] = line } else { self.tracks.upright[self.line] = line }
    }
}
