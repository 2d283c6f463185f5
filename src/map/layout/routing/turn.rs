//! From the engine's axes to the page's.
//! In: boxes, points and sides, along and across the flow. Out: the same as they lie on the page.
//! Never knows: what they belong to.

use crate::map::graph::Direction;
use crate::map::layout::geometry::{Point, Px, Rect, Side, Size};

/// How the flow runs on the page.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(crate) struct Turn {
    direction: Direction,
}

impl Turn {
    pub(crate) const fn new(direction: Direction) -> Self {
        Self { direction }
    }

    /// Where the flow runs.
    pub(crate) const fn direction(self) -> Direction {
        self.direction
    }

    /// Whether the flow runs up or down.
    pub(crate) const fn is_vertical(self) -> bool {
        self.direction.is_vertical()
    }

    /// Whether the flow runs to the left or upwards.
    pub(crate) const fn is_reversed(self) -> bool {
        matches!(self.direction, Direction::RightLeft | Direction::BottomTop)
    }

    /// A size; the same both ways.
    pub(crate) const fn size(self, size: Size) -> Size {
        if self.is_vertical() { size.turned() } else { size }
    }

    /// A side, from the engine's to the page's.
    pub(crate) const fn side(self, side: Side) -> Side {
        let turned = match (self.is_vertical(), side) {
            (false, side) => side,
            (true, Side::East) => Side::South,
            (true, Side::South) => Side::East,
            (true, Side::West) => Side::North,
            (true, Side::North) => Side::West,
        };
        let along_flow = turned.is_horizontal() != self.is_vertical();
        if self.is_reversed() && along_flow { turned.opposite() } else { turned }
    }

    /// A point, in a map `length` long along the flow.
    pub(crate) const fn point(self, point: Point, length: Px) -> Point {
        let along = if self.is_reversed() { length - point.x } else { point.x };
        if self.is_vertical() { Point::new(point.y, along) } else { Point::new(along, point.y) }
    }

    /// A box, in a map `length` long along the flow.
    pub(crate) fn rect(self, rect: Rect, length: Px) -> Rect {
        let corner = Point::new(rect.right(), rect.bottom());
        Rect::between(self.point(Point::new(rect.x, rect.y), length), self.point(corner, length))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_flow_leaves_a_box_on_the_side_it_runs_to() {
        let out = |direction| Turn::new(direction).side(Side::East);
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
            let turn = Turn::new(direction);
            let page = turn.rect(rect, 100);
            for (side, (x, y)) in middles {
                let point = turn.point(Point::new(x, y), 100);
                let on_side = match turn.side(side) {
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
