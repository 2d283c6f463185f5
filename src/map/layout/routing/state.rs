//! States of the search for a route: a point of the grid, and the direction in which a path arrives there.

use super::grid::{Grid, GridPoint};
use crate::map::index_vec::{Id as _, ids};
use crate::map::layout::geometry::{Px, Side};
use crate::map::layout::id::{HorizontalId, VerticalId};

ids! {
    /// A point of the grid and the direction in which a path arrives there.
    pub(super) struct StateId;
}

impl StateId {
    /// How many states a grid has.
    pub(super) fn count(grid: &Grid) -> usize {
        grid.verticals * grid.horizontals.len() * Side::ALL.len()
    }

    pub(super) fn new(grid: &Grid, point: GridPoint, heading: Side) -> Self {
        Self::from_index((point.y.index() * grid.verticals + point.x.index()) * Side::ALL.len() + heading as usize)
    }

    pub(super) fn heading(self) -> Side {
        Side::from_turns(self.0)
    }

    pub(super) fn point(self, grid: &Grid) -> GridPoint {
        let point = self.index() / Side::ALL.len();
        let (x, y) = (point % grid.verticals, point / grid.verticals);
        GridPoint { x: VerticalId::from_index(x), y: HorizontalId::from_index(y) }
    }
}

/// The cheapest way to a state so far.
#[derive(Copy, Clone)]
pub(super) struct Arrival {
    pub(super) cost: Px,
    /// In which direction the point before was reached; none where the path starts there.
    pub(super) before: Option<Side>,
}

impl Arrival {
    /// Not reached yet.
    pub(super) const NONE: Self = Self { cost: Px::MAX, before: None };
}
