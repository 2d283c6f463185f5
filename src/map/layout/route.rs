//! Ways through the grid: along which lines each edge runs.
//! In: the grid and the links. Out: for each link the crossings it passes, from step to step.
//! Never knows: where on its line an edge will lie. Cheapest path by Dijkstra, one link after the other, then each
//! again with all others in place. A way never passes a crossing a step stands on.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::cycle::Sense;
use super::geometry::{Px, Side};
use super::grid::{FlatKind, Grid, Node};
use super::problem::Problem;

/// The crossings a link passes, first and last the ones its steps stand on. Empty for a link that is not drawn.
pub(super) type Way = Vec<Node>;

/// What a way costs, in pixels of length.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) struct Prices {
    /// A change of direction.
    pub bend: Px,
    /// Running across another edge.
    pub crossing: Px,
    /// Running beside another edge, from one line to the next.
    pub company: Px,
}

impl Default for Prices {
    fn default() -> Self {
        Self { bend: 50, crossing: 280, company: 7 }
    }
}

/// Finds a way for each link. `thickness` guesses how thick upright and flat lines will be.
pub(super) fn ways(
    problem: &Problem,
    grid: &Grid,
    senses: &[Sense],
    thickness: (&[Px], &[Px]),
    prices: Prices,
) -> Vec<Way> {
    let mut router = Router::new(problem, grid, senses, thickness, prices);
    let mut order: Vec<usize> = (0..problem.links.len()).filter(|&at| problem.links[at].visible).collect();
    let reach = |at: usize| {
        let (a, b) = (grid.cell[problem.links[at].from], grid.cell[problem.links[at].to]);
        a.0.abs_diff(b.0) + a.1.abs_diff(b.1)
    };
    // Short ones first: they have the least choice.
    order.sort_by_key(|&at| (senses[at] != Sense::Forward, reach(at), at));
    let rounds = if order.len() > 400 { 1 } else { 3 };
    for round in 0..rounds {
        let mut changed = false;
        for &at in &order {
            let old = router.lift(at);
            router.lay(at);
            changed |= old != router.ways[at];
        }
        if round > 0 && !changed {
            break;
        }
    }
    router.ways
}

/// The arms of a crossing an edge uses, one bit for each side.
type Arms = u8;

fn arm(side: Side) -> Arms {
    1 << side as u8
}

/// The side of a single arm.
fn only(arms: Arms) -> Option<Side> {
    Side::ALL.into_iter().find(|&side| arms == arm(side))
}

/// Crossings to be followed: the price with the rest of the way guessed, the price so far, where, heading where.
type Open = BinaryHeap<Reverse<(Px, Px, Node, Side)>>;

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

struct Router<'a, 'g> {
    problem: &'a Problem<'g>,
    grid: &'a Grid,
    senses: &'a [Sense],
    upright: &'a [Px],
    flat: &'a [Px],
    prices: Prices,
    ways: Vec<Way>,
    /// By crossing: who passes, and on which arms.
    usage: Vec<Vec<(usize, Arms)>>,
    /// By crossing and direction of arrival: the best price so far, and from which direction the step before came.
    best: Vec<(Px, Option<Side>)>,
    touched: Vec<usize>,
    /// By line: where its middle would lie, to guess how far a way has to go.
    middles: (Vec<Px>, Vec<Px>),
}

impl<'a, 'g> Router<'a, 'g> {
    fn new(
        problem: &'a Problem<'g>,
        grid: &'a Grid,
        senses: &'a [Sense],
        (upright, flat): (&'a [Px], &'a [Px]),
        prices: Prices,
    ) -> Self {
        let ways = vec![Way::new(); problem.links.len()];
        let usage = vec![Vec::new(); grid.len()];
        let best = vec![(Px::MAX, None); grid.len() * 4];
        let middles = (middles(upright), middles(flat));
        Self { problem, grid, senses, upright, flat, prices, ways, usage, best, touched: Vec::new(), middles }
    }

    /// Takes a way out again.
    fn lift(&mut self, at: usize) -> Way {
        let way = std::mem::take(&mut self.ways[at]);
        for &node in &way {
            self.usage[self.grid.index(node)].retain(|&(link, _)| link != at);
        }
        way
    }

    /// Finds the cheapest way for a link and puts it in place.
    fn lay(&mut self, at: usize) {
        let way = self.search(at);
        for (k, &node) in way.iter().enumerate() {
            let before = k.checked_sub(1).map(|k| arm(direction(node, way[k])));
            let after = way.get(k + 1).map(|&next| arm(direction(node, next)));
            self.usage[self.grid.index(node)].push((at, before.unwrap_or(0) | after.unwrap_or(0)));
        }
        self.ways[at] = way;
    }

    fn search(&mut self, at: usize) -> Way {
        let link = &self.problem.links[at];
        let (start, goal) = (self.grid.cell[link.from], self.grid.cell[link.to]);
        for state in self.touched.drain(..) {
            self.best[state] = (Px::MAX, None);
        }
        let mut open = Open::new();
        for side in Side::ALL {
            // A loop leaves with the flow and comes back from the side.
            if let Some(node) = self.neighbour(start, side).filter(|_| start != goal || side == Side::East) {
                let price = self.exit(at, side) + self.stretch(at, start, node, side);
                self.offer(&mut open, goal, (price, node, side, None));
            }
        }
        while let Some(Reverse((_, price, node, side))) = open.pop() {
            let state = self.grid.index(node) * 4 + side as usize;
            if self.best[state].0 < price {
                continue;
            }
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
        Way::new()
    }

    /// Notes a cheaper way to a crossing; those that may reach the goal at the least price are followed first.
    fn offer(&mut self, open: &mut Open, goal: Node, way: (Px, Node, Side, Option<Side>)) {
        let (price, node, side, before) = way;
        let state = self.grid.index(node) * 4 + side as usize;
        if price < self.best[state].0 {
            self.best[state] = (price, before);
            self.touched.push(state);
            let (xs, ys) = &self.middles;
            let rest = (xs[node.0] - xs[goal.0]).abs() + (ys[node.1] - ys[goal.1]).abs();
            open.push(Reverse((price + rest, price, node, side)));
        }
    }

    fn trace(&self, start: Node, goal: Node, side: Side) -> Way {
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

    fn neighbour(&self, (i, j): Node, side: Side) -> Option<Node> {
        match side {
            Side::East => (i + 1 < self.grid.upright).then_some((i + 1, j)),
            Side::West => i.checked_sub(1).map(|i| (i, j)),
            Side::South => (j + 1 < self.grid.flat.len()).then_some((i, j + 1)),
            Side::North => j.checked_sub(1).map(|j| (i, j)),
        }
    }

    /// Whether a way may pass here: not over a step, and not outside the lanes unless an end lies there.
    fn open(&self, at: usize, node: Node) -> bool {
        let link = &self.problem.links[at];
        let is_end = |step: usize| step == link.from || step == link.to;
        if let Some(step) = self.grid.step_at(node) {
            return step == link.to;
        }
        let band = self.grid.flat[node.1].band;
        let framed = self.problem.bands.iter().any(|band| band.lane.is_some());
        let outside = framed && self.problem.bands[band].lane.is_none();
        !outside
            || (0..self.problem.steps.len())
                .any(|s| is_end(s) && self.problem.bands[self.problem.steps[s].band].lane.is_none())
    }

    /// The price of the stretch between two neighbouring crossings.
    fn stretch(&self, at: usize, from: Node, to: Node, side: Side) -> Px {
        let length = if side.is_horizontal() {
            i32::midpoint(self.upright[from.0], self.upright[to.0])
        } else {
            i32::midpoint(self.flat[from.1], self.flat[to.1])
        };
        let bit = arm(side);
        let beside = self.usage[self.grid.index(from)].iter().filter(|&&(other, arms)| other != at && arms & bit != 0);
        length + self.prices.company * Px::try_from(beside.count()).unwrap_or(0)
    }

    /// The price of passing a crossing, arriving in one direction and leaving in another.
    fn pass(&self, at: usize, node: Node, side: Side, turn: Side) -> Px {
        let here = &self.usage[self.grid.index(node)];
        let in_row = self.grid.flat[node.1].kind == FlatKind::Row && node.0 % 2 == 1;
        let through_cell = if in_row { 10 } else { 0 };
        let parted = self.prices.crossing * self.crossed_on_leaving(at, node, side, turn) + through_cell;
        if side != turn {
            return self.prices.bend + parted;
        }
        let across: Arms =
            if side.is_horizontal() { arm(Side::North) | arm(Side::South) } else { arm(Side::East) | arm(Side::West) };
        let crossed = here.iter().filter(|&&(other, arms)| other != at && arms & across == across).count();
        self.prices.crossing * Px::try_from(crossed).unwrap_or(0) + parted
    }

    /// How many edges this way has run beside and leaves here to the other side than it came from: to do so it must
    /// cross them somewhere in between.
    fn crossed_on_leaving(&self, at: usize, node: Node, side: Side, turn: Side) -> Px {
        let came = arm(side.opposite());
        let here = self.usage[self.grid.index(node)].iter();
        let beside = here.filter(|&&(other, arms)| other != at && arms & came != 0);
        let crossed = beside.filter(|&&(other, arms)| {
            let Some(its_turn) = only(arms & !came).filter(|&its| its != turn) else { return false };
            let leaves = turned(side, turn) - turned(side, its_turn);
            self.joined(other, node, side).signum() * leaves.signum() < 0
        });
        Px::try_from(crossed.count()).unwrap_or(0)
    }

    /// On which side this way joined another: negative for left. 0 if both began at the same step.
    fn joined(&self, other: usize, node: Node, side: Side) -> i32 {
        let (mut node, mut side) = (node, side);
        loop {
            let before = self.best[self.grid.index(node) * 4 + side as usize].1;
            let Some(last) = self.neighbour(node, side.opposite()) else { return 0 };
            let arms = self.usage[self.grid.index(last)].iter().find(|(link, _)| *link == other).map_or(0, |own| own.1);
            let (Some(came), Some(its)) = (before, only(arms & !arm(side))) else { return 0 };
            if its != came.opposite() {
                return turned(side, came.opposite()) - turned(side, its);
            }
            (node, side) = (last, came);
        }
    }

    /// The price of leaving by a side: with the flow, or straight across within a column.
    fn exit(&self, at: usize, side: Side) -> Px {
        let link = &self.problem.links[at];
        let price = match (self.course(at), side) {
            (Course::On, Side::East) | (Course::Across, Side::North | Side::South) => 0,
            (Course::Return, Side::North | Side::South) => 10,
            (Course::On, Side::North | Side::South) => 20,
            (Course::Across, Side::East) => 40,
            (Course::Across | Course::Return, Side::West) => 60,
            (Course::Return, Side::East) => 50,
            (Course::On, Side::West) => 300,
        };
        price + self.crowd(link.from, side)
    }

    /// The price of arriving while running towards `turn`.
    fn entry(&self, at: usize, turn: Side) -> Px {
        let link = &self.problem.links[at];
        let side = turn.opposite();
        if link.from == link.to {
            return if side.is_horizontal() { 2000 } else { 0 };
        }
        let price = match (self.course(at), side) {
            (Course::On, Side::West) | (Course::Across, Side::North | Side::South) => 0,
            (Course::Return, Side::North | Side::South) => 10,
            (Course::On, Side::North | Side::South) => 20,
            (Course::Across, Side::West) => 40,
            (Course::Across | Course::Return, Side::East) => 60,
            (Course::Return, Side::West) => 50,
            (Course::On, Side::East) => 300,
        };
        price + self.crowd(link.to, side)
    }

    /// Arrows already tied to a side of a step make it dearer, and more so where it is full.
    fn crowd(&self, step: usize, side: Side) -> Px {
        let cell = self.grid.cell[step];
        let tied = self.usage[self.grid.index(cell)].iter().filter(|&&(_, arms)| arms & arm(side) != 0).count();
        let room = if side.is_horizontal() { self.flat[cell.1] } else { self.upright[cell.0] } - 16;
        let tied = Px::try_from(tied).unwrap_or(0);
        tied * 12 + if tied * 12 > room { 150 } else { 0 }
    }

    fn course(&self, at: usize) -> Course {
        let link = &self.problem.links[at];
        let (from, to) = (self.grid.cell[link.from].0, self.grid.cell[link.to].0);
        match from.cmp(&to) {
            std::cmp::Ordering::Less if self.senses[at] != Sense::Back => Course::On,
            std::cmp::Ordering::Equal if self.senses[at] != Sense::Loop => Course::Across,
            _ => Course::Return,
        }
    }
}

#[derive(Copy, Clone, PartialEq, Eq)]
enum Course {
    /// To a later column.
    On,
    /// Within a column.
    Across,
    /// To an earlier column, or to itself.
    Return,
}

/// -1 for what lies to the left when heading somewhere, 1 to the right, 0 ahead or behind.
pub(super) fn turned(heading: Side, to: Side) -> i32 {
    match (to as u8 + 4 - heading as u8) % 4 {
        1 => 1,
        3 => -1,
        _ => 0,
    }
}

/// From a crossing to its neighbour.
pub(super) fn direction(from: Node, to: Node) -> Side {
    match (from.0.cmp(&to.0), from.1.cmp(&to.1)) {
        (std::cmp::Ordering::Less, _) => Side::East,
        (std::cmp::Ordering::Greater, _) => Side::West,
        (_, std::cmp::Ordering::Less) => Side::South,
        _ => Side::North,
    }
}
