//! Outlines of nodes: how large for a text, and how far inside its box an outline lies where an arrow meets it.

use super::geometry::{Px, Side, Size, root};
use super::text::{TextBlock, Type, widest_word, wrap};
use crate::map::graph::{Label, Shape};

/// Between text and outline, left and right.
const PAD_X: Px = 12;
/// Between text and outline, above and below.
const PAD_Y: Px = 8;
/// Radius of the rounded ends of a stadium.
pub const STADIUM_RADIUS: Px = 20;
/// Height of half a cylinder's lid, and of a document's wave.
pub const LID: Px = 7;
/// Between the two outlines of a subroutine or a double circle.
pub const RIM: Px = 6;
/// Words up to this width are never broken in round outlines.
const LONGEST_WORD: Px = 170;
/// Corners are no place for an arrow.
const CORNER: Px = 8;

/// A text and the box of the outline around it. Sizes are even, so that a box has a middle.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Fitted {
    /// The text.
    pub text: TextBlock,
    /// The outline's box.
    pub size: Size,
}

/// Wraps a label to `limit` and puts the outline around it.
#[must_use]
pub(super) fn fit(shape: Shape, label: &Label, limit: Px) -> Fitted {
    let round = matches!(shape, Shape::Diamond | Shape::Circle | Shape::DoubleCircle);
    // In a diamond or a circle only the middle is wide: fewer words on a line can make it smaller.
    let limits: &[Px] = if round { &[limit, limit * 3 / 4, limit / 2] } else { &[limit] };
    // A box may break a long name at its joints; a short line in a diamond must not break an ordinary word.
    let least = if round { widest_word(label, Type::NODE).min(LONGEST_WORD) } else { 0 };
    let tries = limits.iter().map(|&limit| {
        let text = wrap(label, limit.max(least), Type::NODE);
        let size = even(size(shape, &text));
        Fitted { text, size }
    });
    tries.min_by_key(|fitted| 3 * fitted.size.w + 2 * fitted.size.h).expect("there is at least one limit")
}

/// Without a middle on a whole pixel, an edge in the middle of a side and one on the line behind it would differ by one.
fn even(size: Size) -> Size {
    Size { w: size.w + size.w % 2, h: size.h + size.h % 2 }
}

fn size(shape: Shape, text: &TextBlock) -> Size {
    let Size { w, h } = text.size();
    let plain = Size { w: (w + 2 * PAD_X).max(48), h: (h + 2 * PAD_Y).max(36) };
    match shape {
        Shape::Rectangle | Shape::Rounded | Shape::Text => plain,
        Shape::Stadium => Size { w: plain.w + 8, ..plain },
        Shape::Subroutine => Size { w: plain.w + 2 * RIM, ..plain },
        Shape::Cylinder => Size { h: plain.h + 2 * LID, ..plain },
        Shape::Document => Size { h: plain.h + LID, ..plain },
        Shape::Circle => circle(text),
        Shape::DoubleCircle => Size { w: circle(text).w + 2 * RIM, h: circle(text).h + 2 * RIM },
        Shape::Diamond => diamond(text),
        Shape::Flag => Size { w: plain.w + slant(shape, plain), ..plain },
        Shape::Hexagon | Shape::LeanRight | Shape::LeanLeft | Shape::Trapezoid | Shape::TrapezoidFlipped => {
            Size { w: plain.w + 2 * slant(shape, plain) - 8, ..plain }
        }
    }
}

/// How far an oblique side leans in.
#[must_use]
pub fn slant(shape: Shape, size: Size) -> Px {
    match shape {
        Shape::Hexagon => (size.h / 3).min(16),
        Shape::LeanRight | Shape::LeanLeft | Shape::Trapezoid | Shape::TrapezoidFlipped => (size.h / 3).min(14),
        Shape::Flag => (size.h / 3).min(12),
        _ => 0,
    }
}

fn circle(text: &TextBlock) -> Size {
    // The far corner of each line, half its leading further out than its middle.
    let reach = |(y, w): (Px, Px)| root((w / 2 + 5) * (w / 2 + 5) + (y.abs() + 8) * (y.abs() + 8)) + 1;
    let radius = text.offsets().map(reach).max().unwrap_or(0).max(18);
    Size { w: 2 * radius, h: 2 * radius }
}

/// The cheapest rhombus in which each line has room at its height.
fn diamond(text: &TextBlock) -> Size {
    let lines = text.size().h;
    let wide_enough = |h: Px| {
        let need = |(y, w): (Px, Px)| (w + 12) * h / (h - 2 * y.abs() - 12).max(1);
        Size { w: text.offsets().map(need).max().unwrap_or(0).max(48), h }
    };
    // High rhombi are narrow and flat ones wide; in between lies the smallest, wherever that is for this text. A wide one
    // costs the whole column, so width counts more.
    let heights = (0..14).map(|step| lines + 20 + 6 * step).map(wide_enough);
    heights.min_by_key(|size| 3 * size.w + 4 * size.h).expect("the range is not empty")
}

/// How far the outline lies inside the box, `off` pixels right of or below the middle of a side.
#[must_use]
pub(super) fn inset(shape: Shape, outer: Size, side: Side, off: Px) -> Px {
    let (half, depth) = if side.is_horizontal() { (outer.h / 2, outer.w / 2) } else { (outer.w / 2, outer.h / 2) };
    let (half, far) = (half.max(1), off.abs().min(half));
    let lean = slant(shape, outer);
    // From the upper end of a left or right side: 0; from its lower end: `lean`.
    let down = lean * (off + half).clamp(0, 2 * half) / (2 * half);
    match (shape, side) {
        (Shape::Diamond, _) => depth * far / half,
        // Where many arrows end a circle is stretched: an ellipse, in both of its axes.
        (Shape::Circle | Shape::DoubleCircle, _) => depth - depth * root(half * half - far * far) / half,
        (Shape::Hexagon, Side::East | Side::West) => lean * far / half,
        (Shape::LeanRight, Side::East)
        | (Shape::LeanLeft, Side::West)
        | (Shape::TrapezoidFlipped, Side::East | Side::West) => down,
        (Shape::LeanRight, Side::West)
        | (Shape::LeanLeft, Side::East)
        | (Shape::Trapezoid, Side::East | Side::West) => lean - down,
        (Shape::Flag, Side::West) => lean - lean * far / half,
        (Shape::Cylinder, Side::North | Side::South) => LID - LID * root(half * half - far * far) / half,
        (Shape::Document, Side::South) => LID / 2,
        (Shape::Stadium, _) => rounded(half, far, STADIUM_RADIUS.min(half).min(depth)),
        _ => 0,
    }
}

/// A quarter circle at the end of a side.
fn rounded(half: Px, far: Px, radius: Px) -> Px {
    let into = (far - (half - radius)).max(0);
    radius - root(radius * radius - into * into)
}

/// How far from the middle of a side an arrow may end.
#[must_use]
pub(super) fn reach(shape: Shape, outer: Size, side: Side) -> Px {
    let half = if side.is_horizontal() { outer.h / 2 } else { outer.w / 2 };
    let free = match (shape, side) {
        // Beyond, arrows of neighbouring sides would meet.
        (Shape::Diamond, _) => half * 3 / 8,
        (Shape::Circle | Shape::DoubleCircle, _) => half * 4 / 10,
        (Shape::Hexagon, Side::East | Side::West) => half * 6 / 10,
        (_, Side::North | Side::South) => half - slant(shape, outer) - CORNER,
        _ => half - CORNER,
    };
    free.max(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_room_in_a_diamond_at_the_height_of_each_line() {
        let Fitted { text, size } = fit(Shape::Diamond, &Label::plain("Is the customer's impact known?"), 140);
        for (y, width) in text.offsets() {
            assert!(width / 2 + inset(Shape::Diamond, size, Side::East, y) < size.w / 2);
        }
    }

    #[test]
    fn the_middle_of_a_side_of_a_round_outline_touches_the_box() {
        for shape in [Shape::Diamond, Shape::Circle, Shape::Hexagon, Shape::Cylinder] {
            let size = fit(shape, &Label::plain("Gate"), 140).size;
            assert_eq!(Side::ALL.map(|side| inset(shape, size, side, 0)), [0; 4], "{shape:?}");
        }
    }

    #[test]
    fn sizes_are_even() {
        for text in ["a", "ab", "abc", "Sign the agreement", "Sign\nthe\nagreement"] {
            let size = fit(Shape::Circle, &Label::plain(text), 120).size;
            assert_eq!((size.w % 2, size.h % 2), (0, 0));
        }
    }
}
