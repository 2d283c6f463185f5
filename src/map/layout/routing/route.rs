//! Ways through the grid: along which lines each edge runs.
//! In: the grid and the links. Out: for each link the crossings it passes, from step to step.
//! Never knows: where on its line an edge will lie. Cheapest path by Dijkstra, one link after the other, then each
//! again with all others in place. A way never passes a crossing a step stands on.

use std::cell::Cell;
use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use super::grid::{Grid, GridPoint};
use crate::map::layout::cycle::Sense;
use crate::map::layout::geometry::{Px, Side};
use crate::map::layout::problem::LayoutGraph;

/// The crossings a link passes, first and last the ones its steps stand on. Empty for a link that is not drawn.
pub(crate) type GridPath = Vec<GridPoint>;

/// What a way costs, in pixels of length.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(crate) struct RouteCost {
    /// A change of direction.
    pub bend: Px,
    /// Running across another edge.
    pub crossing: Px,
    /// Running beside another edge, from one line to the next.
    pub company: Px,
}

impl RouteCost {
    /// What has proved itself.
    pub(crate) const USUAL: Self = Self { bend: 100, crossing: 600, company: 7 };
    /// For maps on which edges still cross.
    pub(crate) const UNTANGLED: Self = Self { crossing: 1200, ..Self::USUAL };
}

/// Crossings looked at after which no way is reconsidered.
const SECOND_THOUGHTS: usize = 30_000;

/// Crossings looked at after which ways are no longer the cheapest but soon found: no map people can read needs so many.
const EXHAUSTED: usize = 150_000;

/// Looks at other ways after which the same holds.
const OTHERS: usize = 12_000_000;

/// How much work it was to find ways.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(crate) struct RoutingWork {
    /// Crossings that ways were followed to.
    pub crossings: usize,
    /// Other ways that were looked at there: none to speak of, unless hundreds of edges pass the same crossings.
    pub others: usize,
    /// Whether some ways were only soon found, not the cheapest.
    pub is_bounded: bool,
}

/// Finds a way for each link, and tells how much work it was. `thickness` guesses how thick upright and flat lines
/// will be.
pub(crate) fn ways(
    problem: &LayoutGraph,
    grid: &Grid,
    senses: &[Sense],
    thickness: (&[Px], &[Px]),
    prices: RouteCost,
) -> (Vec<GridPath>, RoutingWork) {
    let mut router = Router::new(problem, grid, senses, thickness, prices);
    let mut order: Vec<usize> = (0..problem.links.len()).filter(|&at| problem.links[at].visible).collect();
    let reach = |at: usize| {
        let (a, b) = (grid.cell[problem.links[at].from], grid.cell[problem.links[at].to]);
        a.0.abs_diff(b.0) + a.1.abs_diff(b.1)
    };
    // Short ones first: they have the least choice.
    order.sort_by_key(|&at| (senses[at] != Sense::Forward, reach(at), at));
    let rounds = match order.len() {
        0..=60 => 3,
        61..=400 => 2,
        _ => 1,
    };
    for round in 0..rounds {
        let mut changed = false;
        for &at in &order {
            if round > 0 && (router.work > SECOND_THOUGHTS || !router.meets_others(at)) {
                continue;
            }
            let old = router.lift(at);
            router.lay(at);
            changed |= old != router.ways[at];
        }
        if round > 0 && !changed {
            break;
        }
    }
    let work = RoutingWork { crossings: router.work, others: router.toil.get(), is_bounded: router.is_exhausted() };
    (router.ways, work)
}

/// The arms of a crossing an edge uses, one bit for each side.
pub(super) type Arms = u8;

pub(super) fn arm(side: Side) -> Arms {
    1 << side as u8
}

/// The side of a single arm.
pub(crate) fn only(arms: Arms) -> Option<Side> {
    Side::ALL.into_iter().find(|&side| arms == arm(side))
}

/// Crossings to be followed: the price with the rest of the way guessed, and where, heading where, in one number.
type Frontier = BinaryHeap<Reverse<(Px, u32)>>;

/// Where lines of these thicknesses have their middles.
fn middles(thickness: &[Px]) -> Vec<Px> {
    let mut at = 0;
    let mut before = 0;
    let middle = |&thick: &Px| {
        at += Px::midpoint(before, thick);
        before = thick;
        at
    };
    thickness.iter().map(middle).collect()
}

/// The search, with all ways laid so far.
pub(super) struct Router<'a, 'g> {
    pub(crate) problem: &'a LayoutGraph<'g>,
    pub(crate) grid: &'a Grid,
    pub(crate) senses: &'a [Sense],
    pub(crate) upright: &'a [Px],
    pub(crate) flat: &'a [Px],
    pub(crate) prices: RouteCost,
    ways: Vec<GridPath>,
    /// By crossing: who passes, and on which arms.
    pub(super) usage: Vec<Vec<(usize, Arms)>>,
    /// By crossing and direction of arrival: the best price so far, and from which direction the step before came.
    pub(crate) best: Vec<(Px, Option<Side>)>,
    touched: Vec<usize>,
    /// By line: where its middle would lie, to guess how far a way has to go.
    middles: (Vec<Px>, Vec<Px>),
    /// By band: whether it lies outside the lanes.
    outside: Vec<bool>,
    /// Crossings looked at so far.
    work: usize,
    /// Other ways looked at so far, at the crossings they pass.
    toil: Cell<usize>,
    /// How much more what lies ahead counts than what lies behind: 1 finds the cheapest way, more finds one sooner.
    greed: Px,
}

impl<'a, 'g> Router<'a, 'g> {
    fn new(
        problem: &'a LayoutGraph<'g>,
        grid: &'a Grid,
        senses: &'a [Sense],
        (upright, flat): (&'a [Px], &'a [Px]),
        prices: RouteCost,
    ) -> Self {
        let ways = vec![GridPath::new(); problem.links.len()];
        let usage = vec![Vec::new(); grid.len()];
        let best = vec![(Px::MAX, None); grid.len() * 4];
        let middles = (middles(upright), middles(flat));
        let touched = Vec::new();
        let framed = problem.bands.iter().any(|band| band.lane.is_some());
        let outside = problem.bands.iter().map(|band| framed && band.lane.is_none()).collect();
        Self {
            problem,
            grid,
            senses,
            upright,
            flat,
            prices,
            ways,
            usage,
            best,
            touched,
            middles,
            outside,
            work: 0,
            toil: Cell::new(0),
            greed: 1,
        }
    }

    /// Whether a way passes a crossing that others pass too; one that does not is as good as it can be.
    fn meets_others(&self, at: usize) -> bool {
        let way = &self.ways[at];
        let inner = way.get(1..way.len().max(2) - 1).unwrap_or_default();
        inner.iter().any(|&node| self.usage[self.grid.index(node)].len() > 1)
    }

    /// Counts looks at other ways.
    pub(super) fn look(&self, others: usize) {
        self.toil.set(self.toil.get() + others);
    }

    /// Takes a way out again.
    fn lift(&mut self, at: usize) -> GridPath {
        let way = std::mem::take(&mut self.ways[at]);
        for &node in &way {
            self.usage[self.grid.index(node)].retain(|&(link, _)| link != at);
        }
        way
    }

    /// Finds the cheapest way for a link and puts it in place.
    fn lay(&mut self, at: usize) {
        let is_exhausted = self.work >= EXHAUSTED || self.toil.get() >= OTHERS;
        self.greed = if is_exhausted { 8 } else { 1 };
        let way = self.search(at);
        for (k, &node) in way.iter().enumerate() {
            let before = k.checked_sub(1).map(|k| arm(direction(node, way[k])));
            let after = way.get(k + 1).map(|&next| arm(direction(node, next)));
            self.usage[self.grid.index(node)].push((at, before.unwrap_or(0) | after.unwrap_or(0)));
        }
        self.ways[at] = way;
    }

    /// Whether what others do no longer counts: it would take too long.
    pub(crate) const fn is_exhausted(&self) -> bool {
        self.greed > 1
    }

    fn search(&mut self, at: usize) -> GridPath {
        let link = &self.problem.links[at];
        let (start, goal) = (self.grid.cell[link.from], self.grid.cell[link.to]);
        for state in self.touched.drain(..) {
            self.best[state] = (Px::MAX, None);
        }
        let mut open = Frontier::new();
        for side in Side::ALL {
            // A loop leaves with the flow and comes back from the side.
            if let Some(node) = self.neighbour(start, side).filter(|_| start != goal || side == Side::East) {
                let price = self.exit(at, side) + self.stretch(at, start, node, side);
                self.offer(&mut open, goal, (price, node, side, None));
            }
        }
        while let Some(Reverse((guess, state))) = open.pop() {
            let (node, side) = self.place(state);
            let price = self.best[state as usize].0;
            if price + self.rest(node, side, goal) < guess {
                continue;
            }
            self.work += 1;
            if node == goal {
                return self.trace(start, node, side);
            }
            if self.grid.step_at(node).is_some() {
                continue;
            }
            for turn in Side::ALL.into_iter().filter(|&turn| turn != side.opposite()) {
                let Some(next) = self.neighbour(node, turn) else { continue };
                let enters = if next == goal { self.entry(at, turn) } else { 0 };
                let Some(enters) = enters.checked_add(self.pass(at, node, side, turn)).filter(|_| self.open(at, next))
                else {
                    continue;
                };
                let price = price + enters + self.stretch(at, node, next, turn);
                self.offer(&mut open, goal, (price, next, turn, Some(side)));
            }
        }
        GridPath::new()
    }

    /// Notes a cheaper way to a crossing; those that may reach the goal at the least price are followed first.
    fn offer(&mut self, open: &mut Frontier, goal: GridPoint, way: (Px, GridPoint, Side, Option<Side>)) {
        let (price, node, side, before) = way;
        let state = self.grid.index(node) * 4 + side as usize;
        if price < self.best[state].0 {
            self.best[state] = (price, before);
            self.touched.push(state);
            let key = u32::try_from(state).expect("a grid has fewer crossings than a number");
            open.push(Reverse((price + self.rest(node, side, goal), key)));
        }
    }

    /// What the rest of the way costs at least: its length, and the bends without which it cannot arrive.
    fn rest(&self, node: GridPoint, side: Side, goal: GridPoint) -> Px {
        let (xs, ys) = &self.middles;
        let length = (xs[node.0] - xs[goal.0]).abs() + (ys[node.1] - ys[goal.1]).abs();
        let (east, south) = (goal.0.cmp(&node.0), goal.1.cmp(&node.1));
        let (ahead, aside) = match side {
            Side::East => (east, south),
            Side::West => (east.reverse(), south),
            Side::South => (south, east),
            Side::North => (south.reverse(), east),
        };
        let bends = match (ahead, aside.is_eq()) {
            (Ordering::Less, true) => 3,
            (Ordering::Less, false) => 2,
            (Ordering::Equal | Ordering::Greater, false) => 1,
            (Ordering::Equal | Ordering::Greater, true) => 0,
        };
        self.greed * (length + bends * self.prices.bend)
    }

    /// The crossing and the direction a number stands for.
    fn place(&self, state: u32) -> (GridPoint, Side) {
        let (crossing, side) = (state as usize / 4, Side::ALL[state as usize % 4]);
        ((crossing % self.grid.upright, crossing / self.grid.upright), side)
    }

    fn trace(&self, start: GridPoint, goal: GridPoint, side: Side) -> GridPath {
        let mut way = vec![goal];
        let (mut node, mut side) = (goal, Some(side));
        while let Some(arrived) = side {
            side = self.best[self.grid.index(node) * 4 + arrived as usize].1;
            node = self.neighbour(node, arrived.opposite()).unwrap_or(start);
            way.push(node);
        }
        way.reverse();
        way
    }

    pub(crate) fn neighbour(&self, (i, j): GridPoint, side: Side) -> Option<GridPoint> {
        match side {
            Side::East => (i + 1 < self.grid.upright).then_some((i + 1, j)),
            Side::West => i.checked_sub(1).map(|i| (i, j)),
            Side::South => (j + 1 < self.grid.flat.len()).then_some((i, j + 1)),
            Side::North => j.checked_sub(1).map(|j| (i, j)),
        }
    }

    /// Whether a way may pass here: not over a step, and not outside the lanes unless an end lies there.
    fn open(&self, at: usize, node: GridPoint) -> bool {
        let link = &self.problem.links[at];
        if let Some(step) = self.grid.step_at(node) {
            return step == link.to;
        }
        let is_loose = |step: usize| self.problem.bands[self.problem.steps[step].band].lane.is_none();
        !self.outside[self.grid.flat[node.1].band] || is_loose(link.from) || is_loose(link.to)
    }
}

/// -1 for what lies to the left when heading somewhere, 1 to the right, 0 ahead or behind.
pub(crate) fn turned(heading: Side, to: Side) -> i32 {
    match (to as u8 + 4 - heading as u8) % 4 {
        1 => 1,
        3 => -1,
        _ => 0,
    }
}

/// From a crossing to its neighbour.
pub(crate) fn direction(from: GridPoint, to: GridPoint) -> Side {
    match (from.0.cmp(&to.0), from.1.cmp(&to.1)) {
        (Ordering::Less, _) => Side::East,
        (Ordering::Greater, _) => Side::West,
        (_, Ordering::Less) => Side::South,
        _ => Side::North,
    }
}
