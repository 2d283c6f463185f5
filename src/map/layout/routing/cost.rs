//! What a path costs: length, bends, crossings, and the sides of nodes it uses, with all other paths in place.

use std::cmp::Ordering;

use super::grid::direction;
use super::grid::{GridPoint, HorizontalKind};
use super::reroute::{Arms, Router, arm, only};
use super::search::turned;
use crate::map::graph::{EdgeId, NodeId};
use crate::map::layout::cycle_breaking::Sense;
use crate::map::layout::geometry::{Px, Side};

impl Router<'_, '_> {
    /// The cost of the stretch between two neighbouring points.
    pub(super) fn stretch_cost(&self, edge: EdgeId, from: GridPoint, to: GridPoint) -> Px {
        let side = direction(from, to);
        let thickness = self.problem.thickness;
        let length = if side.is_horizontal() {
            i32::midpoint(thickness.vertical[from.x], thickness.vertical[to.x])
        } else {
            i32::midpoint(thickness.horizontal[from.y], thickness.horizontal[to.y])
        };
        if self.is_exhausted() {
            return length;
        }
        let here = &self.usage[from];
        self.count_comparisons(here.len());
        let beside = here.iter().filter(|other| other.edge != edge && other.arms & arm(side) != 0);
        length + self.problem.cost.beside * Px::try_from(beside.count()).unwrap_or(0)
    }

    /// The cost of passing a point, arriving in one direction and leaving in another.
    pub(super) fn pass_cost(&self, edge: EdgeId, point: GridPoint, heading: Side, turn: Side) -> Px {
        let cost = self.problem.cost;
        if self.is_exhausted() {
            return if heading == turn { 0 } else { cost.bend };
        }
        let here = &self.usage[point];
        self.count_comparisons(here.len());
        let in_row = self.problem.grid.horizontals[point.y].kind == HorizontalKind::Row && point.x.is_column();
        // Of two equal ways the one through a gutter: in an empty cell an edge looks as if it led to a node there.
        let through_cell = if in_row { 10 } else { 0 };
        let parted = cost.crossing * self.crossed_on_leaving(edge, point, heading, turn) + through_cell;
        if heading != turn {
            return cost.bend + parted;
        }
        // Only what goes straight through is crossed here. Who turns here shares an arm, and is counted where both
        // part.
        let across: Arms = if heading.is_horizontal() {
            arm(Side::North) | arm(Side::South)
        } else {
            arm(Side::East) | arm(Side::West)
        };
        let crossed = here.iter().filter(|other| other.edge != edge && other.arms & across == across).count();
        cost.crossing * Px::try_from(crossed).unwrap_or(0) + parted
    }

    /// How many edges this path has run beside and leaves here to the other side than it came from: to do so it must
    /// cross them somewhere in between. Without this, paths dodged the cost of a crossing by running along what they
    /// crossed; counting it halved the crossings of all maps.
    fn crossed_on_leaving(&self, edge: EdgeId, point: GridPoint, heading: Side, turn: Side) -> Px {
        let came = arm(heading.opposite());
        let beside = self.usage[point].iter().filter(|other| other.edge != edge && other.arms & came != 0);
        let crossed = beside.filter(|other| {
            let Some(its_turn) = only(other.arms & !came).filter(|&its| its != turn) else { return false };
            let leaves = turned(heading, turn) - turned(heading, its_turn);
            self.joined(other.edge, point, heading).signum() * leaves.signum() < 0
        });
        Px::try_from(crossed.count()).unwrap_or(0)
    }

    /// On which side this path joined another: negative for left. 0 if both began at the same node.
    fn joined(&self, other: EdgeId, point: GridPoint, heading: Side) -> i32 {
        let (mut point, mut heading) = (point, heading);
        loop {
            let before = self.before(point, heading);
            let Some(last) = self.problem.grid.neighbour(point, heading.opposite()) else { return 0 };
            let there = &self.usage[last];
            self.count_comparisons(there.len());
            let arms = there.iter().find(|passage| passage.edge == other).map_or(0, |own| own.arms);
            let (Some(came), Some(its)) = (before, only(arms & !arm(heading))) else { return 0 };
            if its != came.opposite() {
                return turned(heading, came.opposite()) - turned(heading, its);
            }
            (point, heading) = (last, came);
        }
    }

    /// The cost of leaving a node by a side: with the flow, or straight across within a rank.
    pub(super) fn exit_cost(&self, id: EdgeId, side: Side) -> Px {
        let cost = match (self.course(id), side) {
            (Course::Onward, Side::East) | (Course::Across, Side::North | Side::South) => 0,
            // A way back that leaves to the side is told from the ways on at first sight.
            (Course::Return, Side::North | Side::South) => 10,
            (Course::Onward, Side::North | Side::South) => 20,
            (Course::Across, Side::East) => 40,
            (Course::Across | Course::Return, Side::West) => 60,
            (Course::Return, Side::East) => 50,
            // An edge that leads on and leaves backwards is read as a way back.
            (Course::Onward, Side::West) => 300,
        };
        cost + self.crowding(self.problem.graph.edges[id].from, side)
    }

    /// The cost of arriving at a node while running towards `turn`.
    pub(super) fn entry_cost(&self, id: EdgeId, turn: Side) -> Px {
        let edge = &self.problem.graph.edges[id];
        let side = turn.opposite();
        if edge.is_loop() {
            // A loop is drawn around a corner of its node: it left to the right and comes back from above or below.
            return if side.is_horizontal() { 2000 } else { 0 };
        }
        let cost = match (self.course(id), side) {
            (Course::Onward, Side::West) | (Course::Across, Side::North | Side::South) => 0,
            (Course::Return, Side::North | Side::South) => 10,
            (Course::Onward, Side::North | Side::South) => 20,
            (Course::Across, Side::West) => 40,
            (Course::Across | Course::Return, Side::East) => 60,
            (Course::Return, Side::West) => 50,
            (Course::Onward, Side::East) => 300,
        };
        cost + self.crowding(edge.to, side)
    }

    /// Arrows already tied to a side of a node make it dearer, and more so where it is full.
    fn crowding(&self, node: NodeId, side: Side) -> Px {
        let point = self.problem.grid.cell[node];
        let tied = self.usage[point].iter().filter(|passage| passage.arms & arm(side) != 0).count();
        let thickness = self.problem.thickness;
        let room = if side.is_horizontal() { thickness.horizontal[point.y] } else { thickness.vertical[point.x] } - 16;
        let tied = Px::try_from(tied).unwrap_or(0);
        // Beyond its room a side would have to grow with all its column: rather another side than that.
        tied * 12 + if tied * 12 > room { 150 } else { 0 }
    }

    fn course(&self, id: EdgeId) -> Course {
        let edge = &self.problem.graph.edges[id];
        let (from, to) = (self.problem.grid.cell[edge.from].x, self.problem.grid.cell[edge.to].x);
        match from.cmp(&to) {
            Ordering::Less if self.problem.senses[id] != Sense::Back => Course::Onward,
            Ordering::Equal if self.problem.senses[id] != Sense::Loop => Course::Across,
            _ => Course::Return,
        }
    }
}

#[derive(Copy, Clone, PartialEq, Eq)]
enum Course {
    /// To a later rank.
    Onward,
    /// Within a rank.
    Across,
    /// To an earlier rank, or to itself.
    Return,
}
