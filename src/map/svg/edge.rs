//! Edges as SVG: a path with rounded corners, its tips, its label.

use std::fmt::Write as _;

use super::markup::{Weighted, attribute, block};
use super::pen::rect;
use crate::map::graph::{Edge, EdgeLine, Graph, Tip};
use crate::map::layout::geometry::{Point, Px};
use crate::map::layout::{LabelBox, Route};

/// Radius of corners.
const ROUND: Px = 6;

/// What a label lies on.
#[derive(Copy, Clone, PartialEq, Eq)]
pub(super) enum Ground {
    /// A lane.
    Lane,
    /// The page itself.
    Page,
}

/// Adds an edge.
pub(super) fn edge(out: &mut String, graph: &Graph, edge: &Edge, route: &Route) {
    let kind = match edge.line {
        EdgeLine::Dashed => "dashed",
        EdgeLine::Thick => "thick",
        EdgeLine::Solid | EdgeLine::Invisible => "solid",
    };
    out.push_str("<path class=\"pd-edge\"");
    ends(out, graph, edge);
    let _ = write!(out, " data-kind=\"{kind}\" d=\"");
    path(out, &route.points);
    out.push_str("\"/>");
    // A tip points as the last stretch runs.
    if let [first, second, ..] = *route.points {
        tip(out, edge.tail, second, first);
    }
    if let [.., second, last] = *route.points {
        tip(out, edge.head, second, last);
    }
    out.push('\n');
}

/// Adds an edge's label.
pub(super) fn label(out: &mut String, graph: &Graph, edge: &Edge, label: &LabelBox, ground: Ground) {
    out.push_str(match ground {
        Ground::Lane => "<g class=\"pd-edge-label\"",
        Ground::Page => "<g class=\"pd-edge-label pd-out\"",
    });
    ends(out, graph, edge);
    out.push('>');
    rect(out, "", label.rect);
    block(out, &label.text, label.rect.centre(), Weighted::Plain);
    out.push_str("</g>\n");
}

fn ends(out: &mut String, graph: &Graph, edge: &Edge) {
    attribute(out, "data-from", graph.id_of(edge.from));
    attribute(out, "data-to", graph.id_of(edge.to));
}

/// A path along the points, its corners rounded as far as there is room.
fn path(out: &mut String, points: &[Point]) {
    let Some(&first) = points.first() else { return };
    let _ = write!(out, "M{} {}", first.x, first.y);
    for corner in points.windows(3) {
        let &[before, at, after] = corner else { continue };
        // Two corners near each other share what room there is: larger arcs would run into each other.
        let radius = ROUND.min(before.distance(at) / 2).min(at.distance(after) / 2);
        let (into, out_of) = (step(before, at), step(at, after));
        if radius == 0 || into == out_of {
            continue;
        }
        line_to(out, Point::new(at.x - into.x * radius, at.y - into.y * radius), into);
        let bend = Point::new(into.x * radius, into.y * radius);
        let end = Point::new(bend.x + out_of.x * radius, bend.y + out_of.y * radius);
        let _ = write!(out, "q{} {} {} {}", bend.x, bend.y, end.x, end.y);
    }
    if let [.., before, last] = *points {
        line_to(out, last, step(before, last));
    }
}

fn line_to(out: &mut String, to: Point, heading: Point) {
    // Along an axis one coordinate is enough.
    let _ = if heading.x == 0 { write!(out, "V{}", to.y) } else { write!(out, "H{}", to.x) };
}

/// The unit step from one point towards another on the same axis.
fn step(from: Point, to: Point) -> Point {
    Point::new((to.x - from.x).signum(), (to.y - from.y).signum())
}

/// Adds what an edge ends in. A path of its own, not a marker: markers need ids, and maps share a page.
fn tip(out: &mut String, tip: Tip, from: Point, at: Point) {
    let on = step(from, at);
    let across = Point::new(-on.y, on.x);
    let place = |back: Px, aside: Px| (at.x - on.x * back + across.x * aside, at.y - on.y * back + across.y * aside);
    let ((ax, ay), (bx, by)) = (place(9, -4), place(9, 4));
    let (x, y) = (at.x, at.y);
    let _ = match tip {
        Tip::None => Ok(()),
        Tip::Arrow => write!(out, "<path class=\"pd-tip\" d=\"M{x} {y}L{ax} {ay} {bx} {by}z\"/>"),
        Tip::Circle => {
            let (x, y) = place(5, 0);
            write!(out, "<circle class=\"pd-tip pd-open\" cx=\"{x}\" cy=\"{y}\" r=\"4\"/>")
        }
        Tip::Cross => {
            let ((cx, cy), (dx, dy)) = (place(1, -4), place(1, 4));
            write!(out, "<path class=\"pd-tip\" d=\"M{ax} {ay}L{dx} {dy}M{bx} {by}L{cx} {cy}\"/>")
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corners_are_rounded_as_far_as_there_is_room() {
        let mut out = String::new();
        path(&mut out, &[(0, 0), (40, 0), (40, 8), (80, 8)].map(|(x, y)| Point::new(x, y)));
        assert_eq!(out, "M0 0H36q4 0 4 4V4q0 4 4 4H80");
    }
}
