//! From the axes of the layout, along and across the flow, to those of the page.
//!
//! The whole layout thinks left to right; the other three directions are the same drawing with its axes exchanged or
//! mirrored, so no phase has four cases.

use super::geometry::{Point, Px, Rect, Side, Size};
use crate::map::graph::Direction;

/// How the flow runs on the page.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) struct PageAxes {
    direction: Direction,
}

impl PageAxes {
    pub(super) const fn new(direction: Direction) -> Self {
        Self { direction }
    }

    /// Where the flow runs.
    pub(super) const fn direction(self) -> Direction {
        self.direction
    }

    /// Whether the flow runs up or down.
    pub(super) const fn is_vertical(self) -> bool {
        self.direction.is_vertical()
    }

    /// Whether the flow runs to the left or upwards.
    pub(super) const fn is_reversed(self) -> bool {
        matches!(self.direction, Direction::RightLeft | Direction::BottomTop)
    }

    /// A size; the same both ways.
    pub(super) const fn size(self, size: Size) -> Size {
        if self.is_vertical() { size.turned() } else { size }
    }

    /// A side, from the layout's to the page's.
    pub(super) const fn side(self, side: Side) -> Side {
        let turned = match (self.is_vertical(), side) {
            (false, side) => side,
            // Mirrored at the diagonal, not turned: the first lane stays the first, on the left instead of on top.
            (true, Side::East) => Side::South,
            (true, Side::South) => Side::East,
            (true, Side::West) => Side::North,
            (true, Side::North) => Side::West,
        };
        // Only sides along the flow are mirrored with it: what lies above a lane stays above it.
        let along_flow = turned.is_horizontal() != self.is_vertical();
        if self.is_reversed() && along_flow { turned.opposite() } else { turned }
    }

    /// A point, in a map `length` long along the flow.
    pub(super) const fn point(self, point: Point, length: Px) -> Point {
        let along = if self.is_reversed() { length - point.x } else { point.x };
        if self.is_vertical() { Point::new(point.y, along) } else { Point::new(along, point.y) }
    }

    /// A box, in a map `length` long along the flow.
    pub(super) fn rect(self, rect: Rect, length: Px) -> Rect {
        let corner = Point::new(rect.right(), rect.bottom());
        Rect::between(self.point(Point::new(rect.x, rect.y), length), self.point(corner, length))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_flow_leaves_a_box_on_the_side_it_runs_to() {
        let out = |direction| PageAxes::new(direction).side(Side::East);
        assert_eq!(out(Direction::LeftRight), Side::East);
        assert_eq!(out(Direction::RightLeft), Side::West);
        assert_eq!(out(Direction::TopBottom), Side::South);
        assert_eq!(out(Direction::BottomTop), Side::North);
    }

    #[test]
    fn sides_turn_as_points_do() {
        let rect = Rect { x: 10, y: 20, w: 30, h: 10 };
        let middles =
            [(Side::East, (40, 25)), (Side::South, (25, 30)), (Side::West, (10, 25)), (Side::North, (25, 20))];
        for direction in [Direction::LeftRight, Direction::RightLeft, Direction::TopBottom, Direction::BottomTop] {
            let axes = PageAxes::new(direction);
            let page = axes.rect(rect, 100);
            for (side, (x, y)) in middles {
                let point = axes.point(Point::new(x, y), 100);
                let on_side = match axes.side(side) {
                    Side::East => point.x == page.right(),
                    Side::South => point.y == page.bottom(),
                    Side::West => point.x == page.x,
                    Side::North => point.y == page.y,
                };
                assert!(on_side, "{direction:?} {side:?}");
            }
        }
    }
}
