//! The grid of lines that steps stand on and edges run along.
//! In: cells. Out: upright lines (gap, column, gap, …) and flat ones (gutter, row, gutter, … for each band).
//! Never knows: pixels, but for a guess that routes are compared by.

use super::order::Cells;
use super::problem::Problem;

/// A crossing of an upright line `i` and a flat line `j`.
pub(super) type Node = (usize, usize);

/// All lines, and which crossings steps stand on.
pub(super) struct Grid {
    /// How many upright lines: an odd number, gaps at even positions and columns at odd ones.
    pub upright: usize,
    /// The flat lines from top to bottom.
    pub flat: Vec<Flat>,
    /// By step: its crossing.
    pub cell: Vec<Node>,
    /// By crossing: the step on it.
    taken: Vec<Option<usize>>,
}

/// A flat line.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) struct Flat {
    /// The band it lies in.
    pub band: usize,
    /// Whether steps stand on it.
    pub kind: FlatKind,
}

/// What a flat line is for.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) enum FlatKind {
    /// For edges only.
    Gutter,
    /// For steps, and for edges where no step stands.
    Row,
}

impl Grid {
    /// The grid for these cells.
    pub(super) fn new(problem: &Problem, cells: &Cells) -> Self {
        let columns = cells.column.iter().map(|column| column + 1).max().unwrap_or(1);
        let mut flat = Vec::new();
        let mut first = Vec::new();
        for (band, &rows) in cells.rows.iter().enumerate() {
            first.push(flat.len() + 1);
            flat.push(Flat { band, kind: FlatKind::Gutter });
            for _ in 0..rows {
                flat.extend([Flat { band, kind: FlatKind::Row }, Flat { band, kind: FlatKind::Gutter }]);
            }
        }
        let upright = 2 * columns + 1;
        let place = |step: usize| (2 * cells.column[step] + 1, first[problem.steps[step].band] + 2 * cells.row[step]);
        let cell: Vec<Node> = (0..problem.steps.len()).map(place).collect();
        let mut taken = vec![None; upright * flat.len()];
        for (step, &(i, j)) in cell.iter().enumerate() {
            taken[j * upright + i] = Some(step);
        }
        Self { upright, flat, cell, taken }
    }

    /// Position of a crossing in a list of all.
    pub(super) fn index(&self, (i, j): Node) -> usize {
        j * self.upright + i
    }

    /// How many crossings there are.
    pub(super) fn len(&self) -> usize {
        self.taken.len()
    }

    /// The step on a crossing.
    pub(super) fn step_at(&self, node: Node) -> Option<usize> {
        self.taken[self.index(node)]
    }
}
