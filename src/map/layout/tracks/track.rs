//! Strands and labels to coordinates: first across the flow, line by line, then along it.
//! In: the grid, strands, spots of labels, sizes of steps. Out: where each line lies, and each strand and label on it.
//! Never knows: how anything is drawn. Each line has its own stretch of the axis, so what lies on different lines
//! cannot meet; what lies on one line is kept apart by its channel.

use super::segment::Segments;
use super::solver::{Member, Solver};
use crate::map::layout::geometry::{Px, Size};
use crate::map::layout::label::LabelSpot;
use crate::map::layout::problem::LayoutGraph;
use crate::map::layout::routing::grid::Grid;
use crate::map::layout::routing::route::GridPath;
use crate::map::layout::routing::turn::Turn;

/// A line's place.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct TrackLine {
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
pub(crate) struct Plan<'a, 'g> {
    pub problem: &'a LayoutGraph<'g>,
    pub grid: &'a Grid,
    pub ways: &'a [GridPath],
    pub strands: &'a Segments,
    pub spots: &'a [Option<LabelSpot>],
    pub turn: Turn,
    /// Strands on one flat line that end where the other begins, and must not do so at one height.
    pub apart: &'a [(usize, usize)],
}

/// What grows from one axis to the next.
pub(crate) struct Tracks {
    /// By step: its box, along and across the flow.
    pub sizes: Vec<Size>,
    /// By strand: its position across its line.
    pub strand: Vec<Px>,
    /// By link: the middle of its label, along and across the flow.
    pub label: Vec<(Px, Px)>,
    /// Upright lines.
    pub upright: Vec<TrackLine>,
    /// Flat lines.
    pub flat: Vec<TrackLine>,
    /// Strands on one flat line whose links would lie on each other between them.
    pub clashes: Vec<(usize, usize)>,
}

/// Which lines are being settled.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(crate) enum Axis {
    /// Flat lines: positions across the flow.
    Flat,
    /// Upright lines: positions along it. The flat ones are settled by then.
    Upright,
}

impl Tracks {
    /// Nothing settled yet.
    pub(crate) fn new(plan: &Plan, sizes: Vec<Size>) -> Self {
        Self {
            sizes,
            strand: vec![0; plan.strands.all.len()],
            label: vec![(0, 0); plan.spots.len()],
            upright: vec![TrackLine::default(); plan.grid.upright],
            flat: vec![TrackLine::default(); plan.grid.flat.len()],
            clashes: Vec::new(),
        }
    }

    /// Finds positions on every line of an axis, relative to the line's middle. `None` if steps would have to grow
    /// without end.
    pub(crate) fn settle(&mut self, plan: &Plan, axis: Axis) -> Option<()> {
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
            Solver::new(plan, self, (axis, line), members).run()?;
        }
        Some(())
    }

    /// Moves everything on an axis from its line's middle to where the line lies.
    pub(crate) fn place(&mut self, plan: &Plan, axis: Axis) {
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
