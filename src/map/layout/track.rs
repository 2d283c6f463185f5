//! Strands and labels to coordinates: first across the flow, line by line, then along it.
//! In: the grid, strands, spots of labels, sizes of steps. Out: where each line lies, and each strand and label on it.
//! Never knows: how anything is drawn. Each line has its own stretch of the axis, so what lies on different lines
//! cannot meet; what lies on one line is kept apart by its channel.

use super::channel::{Channel, IMPOSSIBLE, Item, PITCH};
use super::geometry::{Px, Side, Size};
use super::grid::{FlatKind, Grid, Node};
use super::label::Spot;
use super::problem::Problem;
use super::route::Way;
use super::shape::reach;
use super::strand::{Strand, Strands, leaning};
use super::turn::Turn;

/// Pseudo-distance between two lines while their places are not known yet.
const FAR: Px = 1000;
/// How near along a line two things must come to count as side by side.
const NEAR: Px = 9;
/// Rounds of making steps larger until all arrows find room at them.
const GROWTHS: usize = 80;

/// A line's place.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Line {
    /// Where its middle lies.
    pub middle: Px,
    /// What lies on it reaches from here, relative to its middle …
    pub low: Px,
    /// … to here.
    pub high: Px,
    /// Whether edges or labels lie on it.
    pub used: bool,
}

/// What is known before any coordinate is.
pub(super) struct Plan<'a, 'g> {
    pub problem: &'a Problem<'g>,
    pub grid: &'a Grid,
    pub ways: &'a [Way],
    pub strands: &'a Strands,
    pub spots: &'a [Option<Spot>],
    pub turn: Turn,
}

/// What grows from one axis to the next.
pub(super) struct Tracks {
    /// By step: its box, along and across the flow.
    pub sizes: Vec<Size>,
    /// By strand: its position across its line.
    pub strand: Vec<Px>,
    /// By link: the middle of its label, along and across the flow.
    pub label: Vec<(Px, Px)>,
    /// Upright lines.
    pub upright: Vec<Line>,
    /// Flat lines.
    pub flat: Vec<Line>,
}

/// Which lines are being settled.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) enum Axis {
    /// Flat lines: positions across the flow.
    Flat,
    /// Upright lines: positions along it. The flat ones are settled by then.
    Upright,
}

impl Tracks {
    /// Nothing settled yet.
    pub(super) fn new(plan: &Plan, sizes: Vec<Size>) -> Self {
        Self {
            sizes,
            strand: vec![0; plan.strands.all.len()],
            label: vec![(0, 0); plan.spots.len()],
            upright: vec![Line::default(); plan.grid.upright],
            flat: vec![Line::default(); plan.grid.flat.len()],
        }
    }

    /// Finds positions on every line of an axis, relative to the line's middle. `None` if steps would have to grow
    /// without end.
    pub(super) fn settle(&mut self, plan: &Plan, axis: Axis) -> Option<()> {
        let count = if axis == Axis::Flat { plan.grid.flat.len() } else { plan.grid.upright };
        let mut members = vec![Vec::new(); count];
        for (at, strand) in plan.strands.all.iter().enumerate() {
            if strand.upright == (axis == Axis::Upright) {
                members[strand.line].push(Member::Strand(at));
            }
        }
        for (link, spot) in plan.spots.iter().enumerate() {
            let Some(spot) = spot else { continue };
            // Across the strand that carries it, a label is an item of its own.
            if plan.strands.all[spot.strand].upright == (axis == Axis::Flat) {
                members[if axis == Axis::Flat { spot.node.1 } else { spot.node.0 }].push(Member::Label(link));
            }
        }
        for (line, members) in members.into_iter().enumerate() {
            let mut solver = Solver { plan, tracks: self, axis, line, members };
            solver.run()?;
        }
        Some(())
    }

    /// Moves everything on an axis from its line's middle to where the line lies.
    pub(super) fn place(&mut self, plan: &Plan, axis: Axis) {
        let lines = if axis == Axis::Flat { &self.flat } else { &self.upright };
        for (at, strand) in plan.strands.all.iter().enumerate() {
            if strand.upright == (axis == Axis::Upright) {
                self.strand[at] += lines[strand.line].middle;
            }
        }
        for (link, spot) in plan.spots.iter().enumerate() {
            let Some(spot) = spot else { continue };
            let carrier = plan.strands.all[spot.strand].upright == (axis == Axis::Upright);
            let middle = lines[if axis == Axis::Flat { spot.node.1 } else { spot.node.0 }].middle;
            let label = &mut self.label[link];
            let place = if axis == Axis::Flat { &mut label.1 } else { &mut label.0 };
            *place = if carrier { self.strand[spot.strand] } else { *place + middle };
        }
    }
}

/// What a channel's item stands for.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
enum Member {
    Strand(usize),
    Label(usize),
}

/// An end of a strand: where along the line, and to which side it leaves the line (0: into a step).
type Tie = (Px, i32);

struct Solver<'s, 'a, 'g> {
    plan: &'s Plan<'a, 'g>,
    tracks: &'s mut Tracks,
    axis: Axis,
    line: usize,
    members: Vec<Member>,
}

impl Solver<'_, '_, '_> {
    fn run(&mut self) -> Option<()> {
        let margin = if self.axis == Axis::Flat { 0 } else { NEAR };
        let mut items: Vec<Item> = self.members.iter().map(|&member| self.item(member)).collect();
        let order = Channel::new(&items, margin).order(&|a, b| self.cost(a, b));
        for _ in 0..GROWTHS {
            self.wish(&mut items, &order);
            match Channel::new(&items, margin).positions(&order) {
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

    fn strand(&self, member: usize) -> Option<&Strand> {
        match self.members[member] {
            Member::Strand(at) => Some(&self.plan.strands.all[at]),
            Member::Label(_) => None,
        }
    }

    /// Whether steps stand on this line.
    fn has_steps(&self) -> bool {
        match self.axis {
            Axis::Flat => self.plan.grid.flat[self.line].kind == FlatKind::Row,
            Axis::Upright => self.line % 2 == 1,
        }
    }

    fn node(&self, across: usize) -> Node {
        if self.axis == Axis::Flat { (across, self.line) } else { (self.line, across) }
    }

    fn item(&self, member: Member) -> Item {
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
                Item { span, half: 0, bulge, reach: None, want: None }
            }
            Member::Label(link) => {
                let spot = plan.spots[link].as_ref().expect("only labels with a spot are members");
                let half = if self.axis == Axis::Flat { spot.size.h } else { spot.size.w } / 2;
                Item { span: self.label_span(link, spot), half, bulge: None, reach: None, want: None }
            }
        }
    }

    /// From where to where along the line a label lies.
    fn label_span(&self, link: usize, spot: &Spot) -> (Px, Px) {
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
    fn tie(&self, at: usize, end: usize) -> Tie {
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

    fn step_border(&self, strand: &Strand, end: usize, across: usize) -> Px {
        if self.axis == Axis::Flat {
            return FAR * Px::try_from(across).unwrap_or(0);
        }
        let half = self.tracks.sizes[self.end_step(strand, end)].h / 2;
        let down = (strand.ends.0 < strand.ends.1) == (end == 0);
        self.tracks.flat[across].middle + if down { half } else { -half }
    }

    fn end_step(&self, strand: &Strand, end: usize) -> usize {
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
        let inside = |at: Px, ends: &[Tie; 2]| ends[0].0.min(ends[1].0) < at && at < ends[0].0.max(ends[1].0);
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

    /// Tells each strand that ends at a step where it may lie and where it would like to.
    fn wish(&self, items: &mut [Item], order: &[usize]) {
        if !self.has_steps() {
            return;
        }
        items.iter_mut().for_each(|item| (item.reach, item.want) = (None, Some((0, u32::MAX))));
        let mut ports: Vec<(usize, Side, usize)> = Vec::new();
        for &member in order {
            let Some(strand) = self.strand(member) else { continue };
            let ends = [(strand.place.first, 0), (strand.place.last, 1)];
            for (_, end) in ends.into_iter().filter(|(touches, _)| *touches) {
                ports.push((self.end_step(strand, end), self.side(strand, end), member));
            }
        }
        ports.sort_by_key(|&(step, side, _)| (step, side));
        for ports in ports.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            let last = Px::try_from(ports.len()).unwrap_or(Px::MAX) - 1;
            for (at, &(step, side, member)) in (0..).zip(ports) {
                let free = self.plan.turn.reach(self.plan.problem, step, self.tracks.sizes[step], side);
                let want = (2 * at - last) * PITCH / 2;
                let item = &mut items[member];
                item.reach = Some(item.reach.map_or(free, |other| other.min(free)));
                item.want = match item.want {
                    // A strand straight from step to step stays in the middle of the one with fewer arrows.
                    Some((other, rank)) if rank < u32::MAX => Some((if want.abs() < other.abs() { want } else { other }, 0)),
                    _ => Some((want, 1 + want.unsigned_abs())),
                };
            }
        }
    }

    /// The side of a step on which a strand ends.
    fn side(&self, strand: &Strand, end: usize) -> Side {
        let on = strand.ends.0 < strand.ends.1;
        match (strand.upright, on == (end == 0)) {
            (false, true) => Side::East,
            (false, false) => Side::West,
            (true, true) => Side::South,
            (true, false) => Side::North,
        }
    }

    /// Makes the steps larger at which too many strands end.
    fn grow(&mut self, narrow: &[usize]) {
        let mut steps = Vec::new();
        for &member in narrow {
            let Some(strand) = self.strand(member) else { continue };
            let ends = [(strand.place.first, 0), (strand.place.last, 1)];
            steps.extend(ends.into_iter().filter(|(touches, _)| *touches).map(|(_, end)| self.end_step(strand, end)));
        }
        steps.sort_unstable();
        steps.dedup();
        for step in steps {
            let size = &mut self.tracks.sizes[step];
            *(if self.axis == Axis::Flat { &mut size.h } else { &mut size.w }) += 8;
        }
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
    fn measure(&mut self, items: &[Item], places: &[Px]) {
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
        let line = Line { middle: 0, low, high, used: !items.is_empty() };
        if self.axis == Axis::Flat { self.tracks.flat[self.line] = line } else { self.tracks.upright[self.line] = line }
    }
}

impl Turn {
    /// How far from the middle of a side an arrow may end at a step.
    fn reach(self, problem: &Problem, step: usize, size: Size, side: Side) -> Px {
        let shape = problem.shape(step);
        reach(shape, self.size(size), self.side(side))
    }
}
