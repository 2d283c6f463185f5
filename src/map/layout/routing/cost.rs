//! What ways cost: length, bends, crossings, and the sides of steps they use.
//! In: a stretch, a passed crossing or an end of a way, with all other ways in place. Out: its price.
//! Never knows: how the cheapest way is found.

use super::grid::{GridPoint, HorizontalKind};
use super::route::{Arms, Router, arm, only, turned};
use crate::map::layout::cycle::Sense;
use crate::map::layout::geometry::{Px, Side};

impl Router<'_, '_> {
    /// The price of the stretch between two neighbouring crossings.
    pub(crate) fn stretch(&self, at: usize, from: GridPoint, to: GridPoint, side: Side) -> Px {
        let length = if side.is_horizontal() {
            i32::midpoint(self.upright[from.0], self.upright[to.0])
        } else {
            i32::midpoint(self.flat[from.1], self.flat[to.1])
        };
        if self.is_exhausted() {
            return length;
        }
        let bit = arm(side);
        self.look(self.usage[self.grid.index(from)].len());
        let beside = self.usage[self.grid.index(from)].iter().filter(|&&(other, arms)| other != at && arms & bit != 0);
        length + self.prices.company * Px::try_from(beside.count()).unwrap_or(0)
    }

    /// The price of passing a crossing, arriving in one direction and leaving in another.
    pub(crate) fn pass(&self, at: usize, node: GridPoint, side: Side, turn: Side) -> Px {
        if self.is_exhausted() {
            return if side == turn { 0 } else { self.prices.bend };
        }
        let here = &self.usage[self.grid.index(node)];
        self.look(here.len());
        let in_row = self.grid.flat[node.1].kind == HorizontalKind::Row && node.0 % 2 == 1;
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
    fn crossed_on_leaving(&self, at: usize, node: GridPoint, side: Side, turn: Side) -> Px {
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
    fn joined(&self, other: usize, node: GridPoint, side: Side) -> i32 {
        let (mut node, mut side) = (node, side);
        loop {
            let before = self.best[self.grid.index(node) * 4 + side as usize].1;
            let Some(last) = self.neighbour(node, side.opposite()) else { return 0 };
            self.look(self.usage[self.grid.index(last)].len());
            let arms = self.usage[self.grid.index(last)].iter().find(|(link, _)| *link == other).map_or(0, |own| own.1);
            let (Some(came), Some(its)) = (before, only(arms & !arm(side))) else { return 0 };
            if its != came.opposite() {
                return turned(side, came.opposite()) - turned(side, its);
            }
            (node, side) = (last, came);
        }
    }

    /// The price of leaving by a side: with the flow, or straight across within a column.
    pub(crate) fn exit(&self, at: usize, side: Side) -> Px {
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
    pub(super) fn entry(&self, at: usize, turn: Side) -> Px {
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
