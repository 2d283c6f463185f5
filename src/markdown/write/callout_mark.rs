//! The marks of callouts: a small drawing for each kind, in the colour of the title that it stands in.
//!
//! They are in the page and not in a style sheet: a style sheet can only take them from `data:` addresses, which a
//! strict Content-Security-Policy forbids, or from files, which browsers don't use as masks on pages opened from a folder.

/// What is drawn for each kind, 20 units wide and high.
const MARKS: [(&str, &str); 12] = [
    ("abstract", r#"<path d="M4 5.5h12M4 10h12M4 14.5h7"/>"#),
    (
        "bug",
        r#"<path d="M10 6.5a4 4 0 0 1 4 4v2a4 4 0 0 1-8 0v-2a4 4 0 0 1 4-4zM7.5 6.5 6 4M12.5 6.5 14 4M6 11H3M17 11h-3M6 14.5l-2 1.5M14 14.5l2 1.5"/>"#,
    ),
    ("danger", r#"<path d="M7 2.75h6L17.25 7v6L13 17.25H7L2.75 13V7zM10 6.5v4.25M10 13.5v.1"/>"#),
    ("example", r#"<path d="M8 3v5l-4.5 7.5c-.5.8 0 1.5.8 1.5h11.4c.8 0 1.3-.7.8-1.5L12 8V3M7 3h6M6 12.5h8"/>"#),
    ("failure", r#"<circle cx="10" cy="10" r="7.25"/><path d="m7.5 7.5 5 5M12.5 7.5l-5 5"/>"#),
    ("info", r#"<circle cx="10" cy="10" r="7.25"/><path d="M10 9.5v4M10 6.5v.1"/>"#),
    ("note", r#"<path d="M4 16l.8-3.6 8.3-8.3 2.8 2.8-8.3 8.3zM11.6 5.6l2.8 2.8"/>"#),
    (
        "question",
        r#"<circle cx="10" cy="10" r="7.25"/><path d="M7.75 8a2.25 2.25 0 1 1 3.25 2c-.7.4-1 .8-1 1.5M10 14v.1"/>"#,
    ),
    ("quote", r#"<path d="M8 6c-2.5.5-4 2.25-4 5v3h4v-4H4M16 6c-2.5.5-4 2.25-4 5v3h4v-4h-4"/>"#),
    ("success", r#"<circle cx="10" cy="10" r="7.25"/><path d="m6.75 10.25 2.25 2.25 4.25-4.75"/>"#),
    ("tip", r#"<path d="M7.5 14.5c0-2-2.5-3-2.5-6.25a5 5 0 0 1 10 0c0 3.25-2.5 4.25-2.5 6.25zM8 17.5h4"/>"#),
    ("warning", r#"<path d="M10 3 2.5 16.5h15zM10 8.25v3.5M10 14.2v.1"/>"#),
];

/// The mark of a kind as SVG. A kind of an author's own has that of a note.
pub(super) fn mark(kind: &str) -> String {
    let of = |kind: &str| MARKS.iter().find(|(name, _)| *name == kind).map(|(_, drawing)| *drawing);
    let drawing = of(kind).or_else(|| of("note")).unwrap_or_default();
    // A size for readers without style sheets, to whom a drawing is as wide as the page.
    format!("<svg viewBox=\"0 0 20 20\" width=\"20\" height=\"20\" aria-hidden=\"true\">{drawing}</svg>")
}

#[cfg(test)]
mod tests {
    use super::{MARKS, mark};
    use crate::markdown::desugar::callout_kind;

    #[test]
    fn every_kind_that_the_theme_draws_has_a_mark() {
        let mut kinds: Vec<_> = callout_kind::drawn().collect();
        kinds.sort_unstable();
        kinds.dedup();
        assert_eq!(kinds, MARKS.map(|(kind, _)| kind));
    }

    #[test]
    fn other_kinds_have_the_mark_of_a_note() {
        assert_eq!(mark("partner"), mark("note"));
    }
}
