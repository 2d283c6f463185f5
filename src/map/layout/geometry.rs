//! Points, boxes and sides in whole pixels. No floating point: every machine must draw the same bytes.

/// A length in pixels.
pub type Px = i32;

/// A place; y grows downwards.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Point {
    /// From the left.
    pub x: Px,
    /// From the top.
    pub y: Px,
}

/// Width and height.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Size {
    /// Along x.
    pub w: Px,
    /// Along y.
    pub h: Px,
}

/// A box with sides along the axes.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Rect {
    /// Left side.
    pub x: Px,
    /// Upper side.
    pub y: Px,
    /// Width.
    pub w: Px,
    /// Height.
    pub h: Px,
}

impl Point {
    /// The point at `(x, y)`.
    #[must_use]
    pub const fn new(x: Px, y: Px) -> Self {
        Self { x, y }
    }
}

impl Point {
    /// How far another point is, along both axes.
    #[must_use]
    pub const fn distance(self, other: Self) -> Px {
        (self.x - other.x).abs() + (self.y - other.y).abs()
    }
}

impl Size {
    /// Width and height exchanged.
    #[must_use]
    pub const fn turned(self) -> Self {
        Self { w: self.h, h: self.w }
    }
}

impl Rect {
    /// A box around a centre; sizes should be even.
    #[must_use]
    pub const fn around(centre: Point, size: Size) -> Self {
        Self { x: centre.x - size.w / 2, y: centre.y - size.h / 2, w: size.w, h: size.h }
    }

    /// The box between two opposite corners.
    #[must_use]
    pub fn between(a: Point, b: Point) -> Self {
        Self { x: a.x.min(b.x), y: a.y.min(b.y), w: (a.x - b.x).abs(), h: (a.y - b.y).abs() }
    }

    /// Its right side.
    #[must_use]
    pub const fn right(self) -> Px {
        self.x + self.w
    }

    /// Its lower side.
    #[must_use]
    pub const fn bottom(self) -> Px {
        self.y + self.h
    }

    /// Its middle.
    #[must_use]
    pub const fn centre(self) -> Point {
        Point { x: self.x + self.w / 2, y: self.y + self.h / 2 }
    }

    /// The box with each side moved outwards, or inwards when `by` is negative.
    #[must_use]
    pub const fn grown(self, by: Px) -> Self {
        Self { x: self.x - by, y: self.y - by, w: self.w + 2 * by, h: self.h + 2 * by }
    }

    /// Whether the insides of both meet.
    #[must_use]
    pub const fn meets(self, other: Self) -> bool {
        // Strictly inside: lanes lie side by side on one border, and what stands in one does not meet the other.
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }

    /// Whether `other` lies in this box; borders may touch.
    #[must_use]
    pub const fn holds(self, other: Self) -> bool {
        // An edge may run on the border of the frame; nothing is lost there.
        self.x <= other.x && self.y <= other.y && other.right() <= self.right() && other.bottom() <= self.bottom()
    }

    /// The smallest box around both.
    #[must_use]
    pub fn joined(self, other: Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        Self { x, y, w: self.right().max(other.right()) - x, h: self.bottom().max(other.bottom()) - y }
    }
}

/// A side of a box.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Side {
    /// Right.
    East,
    /// Bottom.
    South,
    /// Left.
    West,
    /// Top.
    North,
}

impl Side {
    /// All four, clockwise.
    pub const ALL: [Self; 4] = [Self::East, Self::South, Self::West, Self::North];

    /// The other end of the same axis.
    #[must_use]
    pub const fn opposite(self) -> Self {
        match self {
            Self::East => Self::West,
            Self::South => Self::North,
            Self::West => Self::East,
            Self::North => Self::South,
        }
    }

    /// The side that many quarter turns clockwise from the right.
    #[must_use]
    pub const fn from_turns(turns: u32) -> Self {
        match turns % 4 {
            0 => Self::East,
            1 => Self::South,
            2 => Self::West,
            _ => Self::North,
        }
    }

    /// Whether its outward direction runs along x.
    #[must_use]
    pub const fn is_horizontal(self) -> bool {
        matches!(self, Self::East | Self::West)
    }
}

/// Where something begins and ends along an axis.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default)]
pub struct Interval {
    /// Where it begins.
    pub low: Px,
    /// Where it ends.
    pub high: Px,
}

impl Interval {
    /// The interval between two places, in either order.
    #[must_use]
    pub fn between(a: Px, b: Px) -> Self {
        Self { low: a.min(b), high: a.max(b) }
    }

    /// Whether two intervals share a stretch, or come nearer to each other than `margin`.
    #[must_use]
    pub const fn meets(self, other: Self, margin: Px) -> bool {
        // Without a margin, intervals that only touch do not meet: the next edge begins where one ends.
        self.low < other.high + margin && other.low < self.high + margin
    }

    /// Whether a place lies inside, and not on an end.
    #[must_use]
    pub const fn is_around(self, at: Px) -> bool {
        self.low < at && at < self.high
    }
}

/// Square root of a length's square, rounded down.
#[must_use]
pub fn root(square: Px) -> Px {
    square.max(0).isqrt()
}
