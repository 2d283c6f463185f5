//! The grid of lines that steps stand on and edges run along.
//! In: cells. Out: upright lines (gap, column, gap, …) and flat ones (gutter, row, gutter, … for each band).
//! Never knows: pixels, but for a guess that routes are compared by.

use crate::map::layout::order::Cells;
use crate::map::layout::problem::LayoutGraph;

/// A crossing of an upright line `i` and a flat line `j`.
pub(crate) type GridPoint = (usize, usize);

/// All lines, and which crossings steps stand on.
pub(crate) struct Grid {
    /// How many upright lines: an odd number, gaps at even positions and columns at odd ones.
    pub upright: usize,
    /// The flat lines from top to bottom.
    pub flat: Vec<Horizontal>,
    /// By step: its crossing.
    pub cell: Vec<GridPoint>,
    /// By crossing: the step on it.
    taken: Vec<Option<usize>>,
}

/// A flat line.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(crate) struct Horizontal {
    /// The band it lies in.
    pub band: usize,
    /// Whether steps stand on it.
    pub kind: HorizontalKind,
}

/// What a flat line is for.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(crate) enum HorizontalKind {
    /// For edges only.
    Gutter,
    /// For steps, and for edges where no step stands.
    Row,
}

impl Grid {
    /// The grid for these cells.
    pub(crate) fn new(problem: &LayoutGraph, cells: &Cells) -> Self {
        let columns = cells.column.iter().map(|column| column + 1).max().unwrap_or(1);
        let mut flat = Vec::new();
        let mut first = Vec::new();
        for (band, &rows) in cells.rows.iter().enumerate() {
            first.push(flat.len() + 1);
            flat.push(Horizontal { band, kind: HorizontalKind::Gutter });
            for _ in 0..rows {
                flat.extend([
                    Horizontal { band, kind: HorizontalKind::Row },
                    Horizontal { band, kind: HorizontalKind::Gutter },
                ]);
            }
        }
        let upright = 2 * columns + 1;
        let place = |step: usize| (2 * cells.column[step] + 1, first[problem.steps[step].band] + 2 * cells.row[step]);
        let cell: Vec<GridPoint> = (0..problem.steps.len()).map(place).collect();
        let mut taken = vec![None; upright * flat.len()];
        for (step, &(i, j)) in cell.iter().enumerate() {
            taken[j * upright + i] = Some(step);
        }
        Self { upright, flat, cell, taken }
    }

    /// Position of a crossing in a list of all.
    pub(crate) fn index(&self, (i, j): GridPoint) -> usize {
        j * self.upright + i
    }

    /// How many crossings there are.
    pub(crate) fn len(&self) -> usize {
        self.taken.len()
    }

    /// The step on a crossing.
    pub(crate) fn step_at(&self, node: GridPoint) -> Option<usize> {
        self.taken[self.index(node)]
    }
}
