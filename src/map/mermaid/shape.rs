//! Node shapes: the brackets that write them, and the names for `@{ shape: … }`.

use crate::map::graph::Shape;

/// A pair of brackets around a label.
pub(super) struct Bracket {
    pub(super) open: &'static str,
    /// What may close it, and the outline that makes; the usual one first.
    pub(super) close: &'static [(&'static str, Shape)],
}

impl Bracket {
    /// What usually closes it.
    pub(super) fn usual_close(&self) -> &'static str {
        self.close.first().map_or("", |(close, _)| *close)
    }
}

/// Longer brackets before those they start with.
pub(super) static BRACKETS: [Bracket; 13] = [
    Bracket { open: "(((", close: &[(")))", Shape::DoubleCircle)] },
    Bracket { open: "((", close: &[("))", Shape::Circle)] },
    Bracket { open: "([", close: &[("])", Shape::Stadium)] },
    Bracket { open: "(-", close: &[("-)", Shape::Stadium)] },
    Bracket { open: "(", close: &[(")", Shape::Rounded)] },
    Bracket { open: "[[", close: &[("]]", Shape::Subroutine)] },
    Bracket { open: "[(", close: &[(")]", Shape::Cylinder)] },
    Bracket { open: "[/", close: &[("/]", Shape::LeanRight), ("\\]", Shape::Trapezoid)] },
    Bracket { open: "[\\", close: &[("\\]", Shape::LeanLeft), ("/]", Shape::TrapezoidFlipped)] },
    Bracket { open: "[", close: &[("]", Shape::Rectangle)] },
    Bracket { open: "{{", close: &[("}}", Shape::Hexagon)] },
    Bracket { open: "{", close: &[("}", Shape::Diamond)] },
    Bracket { open: ">", close: &[("]", Shape::Flag)] },
];

/// All names that `@{ shape: … }` knows, with the outline nearest to each, sorted by name.
static NAMES: [(&str, Shape); 153] = [
    ("anchor", Shape::Circle),
    ("bang", Shape::Rectangle),
    ("bolt", Shape::LeanRight),
    ("bow-rect", Shape::Cylinder),
    ("bow-tie-rectangle", Shape::Cylinder),
    ("brace", Shape::Text),
    ("brace-l", Shape::Text),
    ("brace-r", Shape::Text),
    ("braces", Shape::Text),
    ("card", Shape::Rectangle),
    ("choice", Shape::Diamond),
    ("circ", Shape::Circle),
    ("circle", Shape::Circle),
    ("classBox", Shape::Rectangle),
    ("cloud", Shape::Rounded),
    ("collate", Shape::Diamond),
    ("com-link", Shape::LeanRight),
    ("comment", Shape::Text),
    ("cross-circ", Shape::Circle),
    ("crossed-circle", Shape::Circle),
    ("curv-trap", Shape::Stadium),
    ("curved-trapezoid", Shape::Stadium),
    ("cyl", Shape::Cylinder),
    ("cylinder", Shape::Cylinder),
    ("das", Shape::Cylinder),
    ("data-store", Shape::Cylinder),
    ("database", Shape::Cylinder),
    ("datastore", Shape::Cylinder),
    ("db", Shape::Cylinder),
    ("dbl-circ", Shape::DoubleCircle),
    ("decision", Shape::Diamond),
    ("delay", Shape::Stadium),
    ("diam", Shape::Diamond),
    ("diamond", Shape::Diamond),
    ("disk", Shape::Cylinder),
    ("display", Shape::Stadium),
    ("div-proc", Shape::Subroutine),
    ("div-rect", Shape::Subroutine),
    ("divided-process", Shape::Subroutine),
    ("divided-rectangle", Shape::Subroutine),
    ("doc", Shape::Document),
    ("docs", Shape::Document),
    ("document", Shape::Document),
    ("documents", Shape::Document),
    ("double-circle", Shape::DoubleCircle),
    ("doublecircle", Shape::DoubleCircle),
    ("ellipse", Shape::Stadium),
    ("event", Shape::Rounded),
    ("extract", Shape::Trapezoid),
    ("f-circ", Shape::Circle),
    ("filled-circle", Shape::Circle),
    ("flag", Shape::Document),
    ("flip-tri", Shape::TrapezoidFlipped),
    ("flipped-triangle", Shape::TrapezoidFlipped),
    ("fork", Shape::Rectangle),
    ("fr-circ", Shape::DoubleCircle),
    ("fr-rect", Shape::Subroutine),
    ("framed-circle", Shape::DoubleCircle),
    ("framed-rectangle", Shape::Subroutine),
    ("h-cyl", Shape::Cylinder),
    ("half-rounded-rectangle", Shape::Stadium),
    ("hex", Shape::Hexagon),
    ("hexagon", Shape::Hexagon),
    ("horizontal-cylinder", Shape::Cylinder),
    ("hourglass", Shape::Diamond),
    ("icon", Shape::Rectangle),
    ("icon-circle", Shape::Circle),
    ("icon-rounded", Shape::Rounded),
    ("icon-square", Shape::Rectangle),
    ("image-square", Shape::Rectangle),
    ("in-out", Shape::LeanRight),
    ("internal-storage", Shape::Subroutine),
    ("inv-trapezoid", Shape::TrapezoidFlipped),
    ("inv_trapezoid", Shape::TrapezoidFlipped),
    ("join", Shape::Rectangle),
    ("junction", Shape::Circle),
    ("labelRect", Shape::Text),
    ("lean-l", Shape::LeanLeft),
    ("lean-left", Shape::LeanLeft),
    ("lean-r", Shape::LeanRight),
    ("lean-right", Shape::LeanRight),
    ("lean_left", Shape::LeanLeft),
    ("lean_right", Shape::LeanRight),
    ("lightning-bolt", Shape::LeanRight),
    ("lin-cyl", Shape::Cylinder),
    ("lin-doc", Shape::Document),
    ("lin-proc", Shape::Subroutine),
    ("lin-rect", Shape::Subroutine),
    ("lined-cylinder", Shape::Cylinder),
    ("lined-document", Shape::Document),
    ("lined-process", Shape::Subroutine),
    ("lined-rectangle", Shape::Subroutine),
    ("loop-limit", Shape::Trapezoid),
    ("manual", Shape::TrapezoidFlipped),
    ("manual-file", Shape::TrapezoidFlipped),
    ("manual-input", Shape::LeanRight),
    ("notch-pent", Shape::Trapezoid),
    ("notch-rect", Shape::Rectangle),
    ("notched-pentagon", Shape::Trapezoid),
    ("notched-rectangle", Shape::Rectangle),
    ("note", Shape::Rectangle),
    ("odd", Shape::Flag),
    ("out-in", Shape::LeanLeft),
    ("paper-tape", Shape::Document),
    ("pill", Shape::Stadium),
    ("prepare", Shape::Hexagon),
    ("priority", Shape::Trapezoid),
    ("proc", Shape::Rectangle),
    ("process", Shape::Rectangle),
    ("processes", Shape::Subroutine),
    ("procs", Shape::Subroutine),
    ("question", Shape::Diamond),
    ("rect", Shape::Rectangle),
    ("rect_left_inv_arrow", Shape::Flag),
    ("rectangle", Shape::Rectangle),
    ("rounded", Shape::Rounded),
    ("roundedRect", Shape::Rounded),
    ("shaded-process", Shape::Subroutine),
    ("sl-rect", Shape::LeanRight),
    ("sloped-rectangle", Shape::LeanRight),
    ("sm-circ", Shape::Circle),
    ("small-circle", Shape::Circle),
    ("square", Shape::Rectangle),
    ("squareRect", Shape::Rectangle),
    ("st-doc", Shape::Document),
    ("st-rect", Shape::Subroutine),
    ("stacked-document", Shape::Document),
    ("stacked-rectangle", Shape::Subroutine),
    ("stadium", Shape::Stadium),
    ("start", Shape::Circle),
    ("stop", Shape::DoubleCircle),
    ("stored-data", Shape::Cylinder),
    ("subproc", Shape::Subroutine),
    ("subprocess", Shape::Subroutine),
    ("subroutine", Shape::Subroutine),
    ("summary", Shape::Circle),
    ("tag-doc", Shape::Document),
    ("tag-proc", Shape::Rectangle),
    ("tag-rect", Shape::Rectangle),
    ("tagged-document", Shape::Document),
    ("tagged-process", Shape::Rectangle),
    ("tagged-rectangle", Shape::Rectangle),
    ("terminal", Shape::Stadium),
    ("text", Shape::Text),
    ("trap-b", Shape::Trapezoid),
    ("trap-t", Shape::TrapezoidFlipped),
    ("trapezoid", Shape::Trapezoid),
    ("trapezoid-bottom", Shape::Trapezoid),
    ("trapezoid-top", Shape::TrapezoidFlipped),
    ("tri", Shape::Trapezoid),
    ("triangle", Shape::Trapezoid),
    ("win-pane", Shape::Subroutine),
    ("window-pane", Shape::Subroutine),
];

/// The outline that a name means.
pub(super) fn named(name: &str) -> Option<Shape> {
    let index = NAMES.binary_search_by_key(&name, |(known, _)| known).ok()?;
    NAMES.get(index).map(|(_, shape)| *shape)
}

/// All names, for "did you mean".
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    NAMES.iter().map(|(name, _)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_so_that_they_are_found() {
        assert!(NAMES.is_sorted_by_key(|(name, _)| *name));
        assert_eq!(named("diam"), Some(Shape::Diamond));
        assert_eq!(named("manual-input"), Some(Shape::LeanRight));
        assert_eq!(named("nosuchshape"), None);
    }

    #[test]
    fn no_bracket_hides_a_longer_one() {
        for (index, bracket) in BRACKETS.iter().enumerate() {
            let hidden = BRACKETS[index + 1..].iter().find(|later| later.open.starts_with(bracket.open));
            assert!(hidden.is_none(), "{} hides {}", bracket.open, hidden.unwrap().open);
        }
    }
}
