//! The grid that nodes stand on and edges run along.
//!
//! Vertical lines are gaps and columns in turn (gap, column, gap, …), one column for each rank. Horizontal lines are
//! gutters and rows in turn, for each band anew: so a lane's border lies between two gutters, and an edge that runs in
//! either never runs on it.

use std::cmp::Ordering;
use std::ops::{Index, IndexMut};

use crate::map::graph::NodeId;
use crate::map::index_vec::{Id as _, IndexVec};
use crate::map::layout::geometry::Side;
use crate::map::layout::id::{BandId, HorizontalId, LineId, VerticalId};
use crate::map::layout::layout_graph::LayoutGraph;
use crate::map::layout::order::Cells;

/// Where two lines cross.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub(crate) struct GridPoint {
    pub x: VerticalId,
    pub y: HorizontalId,
}

impl GridPoint {
    /// How many lines away another point is.
    pub(crate) fn distance(self, other: Self) -> usize {
        self.x.index().abs_diff(other.x.index()) + self.y.index().abs_diff(other.y.index())
    }
}

impl LineId {
    /// The line through a point along which `side` leads.
    pub(crate) fn through(point: GridPoint, side: Side) -> Self {
        if side.is_horizontal() { Self::Horizontal(point.y) } else { Self::Vertical(point.x) }
    }

    /// The point of this line on its `at`th cross line.
    pub(crate) fn point(self, at: usize) -> GridPoint {
        match self {
            Self::Horizontal(y) => GridPoint { x: VerticalId::from_index(at), y },
            Self::Vertical(x) => GridPoint { x, y: HorizontalId::from_index(at) },
        }
    }

    /// On which of this line's cross lines a point lies.
    pub(crate) fn cross(self, point: GridPoint) -> usize {
        match self {
            Self::Horizontal(_) => point.x.index(),
            Self::Vertical(_) => point.y.index(),
        }
    }
}

/// All lines, and which points nodes stand on.
pub(crate) struct Grid {
    /// How many vertical lines there are: an odd number.
    pub verticals: usize,
    /// The horizontal lines from top to bottom.
    pub horizontals: IndexVec<HorizontalId, Horizontal>,
    /// Where each node stands.
    pub cell: IndexVec<NodeId, GridPoint>,
    occupied: GridTable<Option<NodeId>>,
}

/// A horizontal line.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(crate) struct Horizontal {
    /// The band it lies in.
    pub band: BandId,
    /// Whether nodes stand on it.
    pub kind: HorizontalKind,
}

/// What a horizontal line is for.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(crate) enum HorizontalKind {
    /// For edges only.
    Gutter,
    /// For nodes, and for edges where no node stands.
    Row,
}

impl Grid {
    /// The grid for these cells.
    pub(crate) fn new(graph: &LayoutGraph, cells: &Cells) -> Self {
        let mut horizontals: IndexVec<HorizontalId, Horizontal> = IndexVec::default();
        let mut first_row: IndexVec<BandId, usize> = IndexVec::default();
        // Each band has its own lines, so that nothing that runs in one lane is pushed aside by another.
        for (band, &rows) in cells.rows.entries() {
            // A gutter comes first: edges must be able to pass above the first row without leaving the lane.
            first_row.push(horizontals.len() + 1);
            horizontals.push(Horizontal { band, kind: HorizontalKind::Gutter });
            for _ in 0..rows {
                horizontals.push(Horizontal { band, kind: HorizontalKind::Row });
                horizontals.push(Horizontal { band, kind: HorizontalKind::Gutter });
            }
        }
        let place = |node: NodeId| GridPoint {
            x: VerticalId::of_rank(cells.rank[node]),
            y: HorizontalId::from_index(first_row[graph.nodes[node].band] + 2 * cells.row[node]),
        };
        let cell: IndexVec<NodeId, GridPoint> = graph.nodes.ids().map(place).collect();
        // One gap more than there are columns: the last one is for edges that go around the end of the flow.
        let verticals = 2 * cells.rank.iter().map(|rank| rank + 1).max().unwrap_or(1) + 1;
        let mut occupied = GridTable::filled(verticals, horizontals.len(), None);
        for (node, &point) in cell.entries() {
            occupied[point] = Some(node);
        }
        Self { verticals, horizontals, cell, occupied }
    }

    /// The node on a point.
    pub(crate) fn node_at(&self, point: GridPoint) -> Option<NodeId> {
        self.occupied[point]
    }

    /// A value for each point.
    pub(crate) fn table<T: Clone>(&self, value: T) -> GridTable<T> {
        GridTable::filled(self.verticals, self.horizontals.len(), value)
    }

    /// The lines across a line of this kind.
    pub(crate) fn cross_lines(&self, line: LineId) -> usize {
        match line {
            LineId::Horizontal(_) => self.verticals,
            LineId::Vertical(_) => self.horizontals.len(),
        }
    }

    /// Whether nodes stand on a line.
    pub(crate) fn has_nodes(&self, line: LineId) -> bool {
        match line {
            LineId::Horizontal(line) => self.horizontals[line].kind == HorizontalKind::Row,
            LineId::Vertical(line) => line.is_column(),
        }
    }

    /// The next point on a side, unless the grid ends there.
    pub(crate) fn neighbour(&self, GridPoint { x, y }: GridPoint, side: Side) -> Option<GridPoint> {
        let before = |at: usize| at.checked_sub(1);
        let after = |at: usize, count: usize| (at + 1 < count).then_some(at + 1);
        let on_row = |at: usize| GridPoint { x: VerticalId::from_index(at), y };
        let on_column = |at: usize| GridPoint { x, y: HorizontalId::from_index(at) };
        match side {
            Side::East => after(x.index(), self.verticals).map(on_row),
            Side::West => before(x.index()).map(on_row),
            Side::South => after(y.index(), self.horizontals.len()).map(on_column),
            Side::North => before(y.index()).map(on_column),
        }
    }
}

/// A value for each point of the grid.
pub(crate) struct GridTable<T> {
    width: usize,
    values: Vec<T>,
}

impl<T> GridTable<T> {
    fn filled(width: usize, height: usize, value: T) -> Self
    where
        T: Clone,
    {
        Self { width, values: vec![value; width * height] }
    }

    fn position(&self, point: GridPoint) -> usize {
        point.y.index() * self.width + point.x.index()
    }
}

impl<T> Index<GridPoint> for GridTable<T> {
    type Output = T;

    fn index(&self, point: GridPoint) -> &T {
        &self.values[self.position(point)]
    }
}

impl<T> IndexMut<GridPoint> for GridTable<T> {
    fn index_mut(&mut self, point: GridPoint) -> &mut T {
        let position = self.position(point);
        &mut self.values[position]
    }
}

/// From a point to another on the same line.
pub(crate) fn direction(from: GridPoint, to: GridPoint) -> Side {
    match (from.x.cmp(&to.x), from.y.cmp(&to.y)) {
        (Ordering::Less, _) => Side::East,
        (Ordering::Greater, _) => Side::West,
        (_, Ordering::Less) => Side::South,
        _ => Side::North,
    }
}
