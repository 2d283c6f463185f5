//! Node outlines as SVG. They must match the insets of `layout::shape`.

use std::fmt::Write as _;

use crate::map::graph::Shape;
use crate::map::layout::geometry::{Rect, Size};
use crate::map::layout::{LID, RIM, STADIUM_RADIUS, slant};

/// Adds an outline.
pub(super) fn outline(out: &mut String, shape: Shape, at: Rect) {
    let Rect { x, y, w, h } = at;
    let (right, bottom, middle, centre) = (at.right(), at.bottom(), y + h / 2, x + w / 2);
    // The layout's own measure: arrow tips lie on what is drawn here.
    let lean = slant(shape, Size { w, h });
    let box_with = |out: &mut String, class: &str, rx: i32, rect: Rect| {
        let Rect { x, y, w, h } = rect;
        let _ = write!(out, "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" rx=\"{rx}\"/>");
    };
    let polygon = |out: &mut String, points: &[(i32, i32)]| {
        let points: Vec<String> = points.iter().map(|(x, y)| format!("{x},{y}")).collect();
        let _ = write!(out, "<polygon class=\"pd-shape\" points=\"{}\"/>", points.join(" "));
    };
    match shape {
        Shape::Rectangle => box_with(out, "pd-shape", 4, at),
        Shape::Rounded => box_with(out, "pd-shape", 10, at),
        Shape::Stadium => box_with(out, "pd-shape", STADIUM_RADIUS.min(h / 2), at),
        Shape::Text => box_with(out, "pd-none", 0, at),
        Shape::Subroutine => {
            box_with(out, "pd-shape", 2, at);
            let _ =
                write!(out, "<path class=\"pd-rim\" d=\"M{} {y}V{bottom}M{} {y}V{bottom}\"/>", x + RIM, right - RIM);
        }
        Shape::Circle => ellipse(out, "pd-shape", at),
        Shape::DoubleCircle => {
            ellipse(out, "pd-shape", at);
            ellipse(out, "pd-rim", at.grown(-4));
        }
        Shape::Cylinder => {
            let (rx, lid) = (w / 2, LID);
            let _ = write!(
                out,
                "<path class=\"pd-shape\" d=\"M{x} {}a{rx} {lid} 0 0 1 {w} 0V{}a{rx} {lid} 0 0 1 -{w} 0z\"/>\
                 <path class=\"pd-rim\" d=\"M{x} {}a{rx} {lid} 0 0 0 {w} 0\"/>",
                y + lid,
                bottom - lid,
                y + lid
            );
        }
        Shape::Document => {
            let (low, quarter) = (bottom - LID / 2, w / 4);
            let _ = write!(
                out,
                "<path class=\"pd-shape\" d=\"M{x} {y}H{right}V{low}q-{quarter} -{LID} -{} 0t-{} 0z\"/>",
                w / 2,
                w - w / 2
            );
        }
        Shape::Diamond => polygon(out, &[(centre, y), (right, middle), (centre, bottom), (x, middle)]),
        Shape::Hexagon => {
            let (a, b) = (x + lean, right - lean);
            polygon(out, &[(a, y), (b, y), (right, middle), (b, bottom), (a, bottom), (x, middle)]);
        }
        Shape::Flag => polygon(out, &[(x, y), (right, y), (right, bottom), (x, bottom), (x + lean, middle)]),
        Shape::LeanRight => polygon(out, &[(x + lean, y), (right, y), (right - lean, bottom), (x, bottom)]),
        Shape::LeanLeft => polygon(out, &[(x, y), (right - lean, y), (right, bottom), (x + lean, bottom)]),
        Shape::Trapezoid => polygon(out, &[(x + lean, y), (right - lean, y), (right, bottom), (x, bottom)]),
        Shape::TrapezoidFlipped => polygon(out, &[(x, y), (right, y), (right - lean, bottom), (x + lean, bottom)]),
    }
}

fn ellipse(out: &mut String, class: &str, at: Rect) {
    let Rect { x, y, w, h } = at;
    let (x, y, rx, ry) = (x + w / 2, y + h / 2, w / 2, h / 2);
    let _ = if rx == ry {
        write!(out, "<circle class=\"{class}\" cx=\"{x}\" cy=\"{y}\" r=\"{rx}\"/>")
    } else {
        write!(out, "<ellipse class=\"{class}\" cx=\"{x}\" cy=\"{y}\" rx=\"{rx}\" ry=\"{ry}\"/>")
    };
}
