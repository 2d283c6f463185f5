//! Weighted A* (Hart, Nilsson and Raphael 1968; the weight after Pohl 1970) on the grid, for one edge at a time.
//!
//! A state is a point and the direction in which it was reached, since a bend costs: over points alone the cheapest path
//! would not be made of cheapest paths. The heuristic is the way along the lines plus the bends without which the path
//! cannot arrive. It is never more than the true cost, so at weight 1 the path found is a cheapest one, but for the cost
//! of parting from another edge: that depends on where both joined, which is more than a state holds. When the work for a
//! map is used up, the weight becomes 8: paths may then be dearer than they need be, but are found almost straight.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use super::grid::GridPoint;
use super::reroute::{GridPath, Router};
use super::state::{Arrival, StateId};
use crate::map::graph::EdgeId;
use crate::map::layout::geometry::{Px, Side};

/// A step of the search: to a point, in a direction, at a cost from the start.
struct SearchStep {
    cost: Px,
    point: GridPoint,
    heading: Side,
    before: Option<Side>,
}

/// States to be expanded, the least cost with the rest of the way guessed first. Of equal ones the first of the grid, so
/// that the order in which they were found means nothing.
type Frontier = BinaryHeap<Reverse<(Px, StateId)>>;

impl Router<'_, '_> {
    /// The cheapest path of an edge, all others being where they are.
    pub(super) fn search(&mut self, edge: EdgeId) -> GridPath {
        let (graph, grid) = (self.problem.graph, self.problem.grid);
        let (start, goal) = (grid.cell[graph.edges[edge].from], grid.cell[graph.edges[edge].to]);
        // Only what the last search touched is cleared: a grid of thousands of points is mostly untouched.
        for state in self.touched.drain(..) {
            self.best[state] = Arrival::NONE;
        }
        let mut open = Frontier::new();
        for heading in Side::ALL {
            // A loop leaves with the flow and comes back from the side.
            if let Some(point) = grid.neighbour(start, heading).filter(|_| start != goal || heading == Side::East) {
                let cost = self.exit_cost(edge, heading) + self.stretch_cost(edge, start, point);
                self.relax(&mut open, goal, &SearchStep { cost, point, heading, before: None });
            }
        }
        while let Some(Reverse((guess, state))) = open.pop() {
            let (point, heading) = (state.point(grid), state.heading());
            let cost = self.best[state].cost;
            // The heap keeps what was offered before a cheaper way was found.
            if cost + self.heuristic(point, heading, goal) < guess {
                continue;
            }
            // Counted here and not where states are offered: this is where the time goes.
            self.expansions += 1;
            // Not when it is offered but when it is taken: a cheaper way may still come until then.
            if point == goal {
                return self.trace(start, goal, heading);
            }
            if grid.node_at(point).is_none() {
                self.expand(edge, &mut open, goal, state);
            }
        }
        GridPath::new()
    }

    fn expand(&mut self, edge: EdgeId, open: &mut Frontier, goal: GridPoint, state: StateId) {
        let (point, heading) = (state.point(self.problem.grid), state.heading());
        let cost = self.best[state].cost;
        // Turning back on the spot would draw one line over itself.
        for turn in Side::ALL.into_iter().filter(|&turn| turn != heading.opposite()) {
            let Some(next) = self.problem.grid.neighbour(point, turn) else { continue };
            let entry = if next == goal { self.entry_cost(edge, turn) } else { 0 };
            // Asked for before the point is known to be open, since the looks it takes are part of the bound.
            let pass = self.pass_cost(edge, point, heading, turn);
            if self.is_open(edge, next) {
                let cost = cost + entry + pass + self.stretch_cost(edge, point, next);
                self.relax(open, goal, &SearchStep { cost, point: next, heading: turn, before: Some(heading) });
            }
        }
    }

    /// Notes a cheaper way to a state.
    fn relax(&mut self, open: &mut Frontier, goal: GridPoint, step: &SearchStep) {
        let &SearchStep { cost, point, heading, before } = step;
        let state = StateId::new(self.problem.grid, point, heading);
        if cost < self.best[state].cost {
            self.best[state] = Arrival { cost, before };
            self.touched.push(state);
            open.push(Reverse((cost + self.heuristic(point, heading, goal), state)));
        }
    }

    /// What the rest of the way costs at least: its length, and the bends without which it cannot arrive.
    fn heuristic(&self, point: GridPoint, heading: Side, goal: GridPoint) -> Px {
        let (xs, ys) = (&self.middles.vertical, &self.middles.horizontal);
        let length = (xs[point.x] - xs[goal.x]).abs() + (ys[point.y] - ys[goal.y]).abs();
        let (east, south) = (goal.x.cmp(&point.x), goal.y.cmp(&point.y));
        let (ahead, aside) = match heading {
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
        self.weight * (length + bends * self.problem.cost.bend)
    }

    fn trace(&self, start: GridPoint, goal: GridPoint, heading: Side) -> GridPath {
        let grid = self.problem.grid;
        let mut path = vec![goal];
        let (mut point, mut heading) = (goal, Some(heading));
        while let Some(arrived) = heading {
            heading = self.before(point, arrived);
            point = grid.neighbour(point, arrived.opposite()).unwrap_or(start);
            path.push(point);
        }
        path.reverse();
        path
    }

    /// In which direction the point before a state was reached.
    pub(super) fn before(&self, point: GridPoint, heading: Side) -> Option<Side> {
        self.best[StateId::new(self.problem.grid, point, heading)].before
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
