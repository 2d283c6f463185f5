//! The ids of the layout: bands, grid lines, segments, and the two ends of an edge.

use std::ops::{Index, IndexMut};

use super::geometry::{Px, Size};
use crate::map::index_vec::{Id as _, IndexVec, ids};

ids! {
    /// Position of a band among all bands.
    pub(super) struct BandId;

    /// Position of a vertical line of the grid, from the start of the flow.
    pub(super) struct VerticalId;

    /// Position of a horizontal line of the grid, from the top.
    pub(super) struct HorizontalId;

    /// Position of a segment among those of all routes.
    pub(super) struct SegmentId;
}

impl VerticalId {
    /// The line on which the nodes of a rank stand: gaps and columns alternate, and a gap comes first.
    pub(super) fn of_rank(rank: usize) -> Self {
        // Edges need a gap before the first column too: ways back and around run there.
        Self::from_index(2 * rank + 1)
    }

    /// Whether nodes stand on the line. The others are gaps, for edges only.
    pub(super) const fn is_column(self) -> bool {
        self.0 % 2 == 1
    }
}

/// A line of the grid.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) enum LineId {
    /// A line along the flow.
    Horizontal(HorizontalId),
    /// A line across it.
    Vertical(VerticalId),
}

impl LineId {
    /// Which lines this is one of.
    pub(super) const fn axis(self) -> Axis {
        match self {
            Self::Horizontal(_) => Axis::Horizontal,
            Self::Vertical(_) => Axis::Vertical,
        }
    }
}

/// All lines of one kind.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) enum Axis {
    /// Lines along the flow: a position on one of them lies across the flow.
    Horizontal,
    /// Lines across the flow: a position on one of them lies along the flow.
    Vertical,
}

impl Axis {
    /// How much of such a line's thickness a box takes.
    pub(super) const fn thickness(self, size: Size) -> Px {
        match self {
            // A row is as thick as its nodes are high, a column as they are wide.
            Self::Horizontal => size.h,
            Self::Vertical => size.w,
        }
    }
}

/// Something for each line of the grid.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Lines<T> {
    /// Lines along the flow, from top to bottom.
    pub horizontal: IndexVec<HorizontalId, T>,
    /// Lines across the flow, from its start to its end.
    pub vertical: IndexVec<VerticalId, T>,
}

// The one place where a line finds its list: a horizontal line cannot be looked up among the vertical ones.
impl<T> Index<LineId> for Lines<T> {
    type Output = T;

    fn index(&self, line: LineId) -> &T {
        match line {
            LineId::Horizontal(line) => &self.horizontal[line],
            LineId::Vertical(line) => &self.vertical[line],
        }
    }
}

impl<T> IndexMut<LineId> for Lines<T> {
    fn index_mut(&mut self, line: LineId) -> &mut T {
        match line {
            LineId::Horizontal(line) => &mut self.horizontal[line],
            LineId::Vertical(line) => &mut self.vertical[line],
        }
    }
}

/// One end of an edge, a route or a segment.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum End {
    /// Where it leaves.
    Start,
    /// Where it arrives.
    Finish,
}

impl End {
    /// Both, in the order in which an edge passes them.
    pub(super) const BOTH: [Self; 2] = [Self::Start, Self::Finish];
}

/// Something for each end.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Ends<T> {
    /// Where it leaves.
    pub start: T,
    /// Where it arrives.
    pub finish: T,
}

impl<T> Index<End> for Ends<T> {
    type Output = T;

    fn index(&self, end: End) -> &T {
        match end {
            End::Start => &self.start,
            End::Finish => &self.finish,
        }
    }
}
