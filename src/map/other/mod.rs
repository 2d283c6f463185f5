//! Mermaid's diagrams that are no flowcharts.
//! In: the first word of a diagram, its text, and an id for its drawing. Out: SVG where this program draws such
//! diagrams, or the finding that readers will see its text.
//! Never knows: maps, pages.

#[cfg(feature = "mermaid")]
mod merman;
#[cfg(feature = "mermaid")]
mod palette;
#[cfg(any(test, feature = "mermaid"))]
mod sanitize;

use crate::diagnostic::{Diagnostic, Rule};
use crate::source::Span;

/// A diagram that is shown as its text.
pub static UNSUPPORTED: Rule = Rule::warning("diagram/unsupported", include_str!("unsupported.md"));

/// What the renderer leaves to be wished.
#[cfg(feature = "mermaid")]
const STYLE: &str = include_str!("drawing.css");

/// The diagrams that the feature `mermaid` draws, and what readers call them.
const DRAWN: [(&str, &str); 13] = [
    ("classDiagram", "Class diagram"),
    ("classDiagram-v2", "Class diagram"),
    ("erDiagram", "Entity relationship diagram"),
    ("gantt", "Gantt chart"),
    ("gitGraph", "Git graph"),
    ("journey", "User journey"),
    ("mindmap", "Mind map"),
    ("pie", "Pie chart"),
    ("quadrantChart", "Quadrant chart"),
    ("sequenceDiagram", "Sequence diagram"),
    ("stateDiagram", "State diagram"),
    ("stateDiagram-v2", "State diagram"),
    ("timeline", "Timeline"),
];

/// What readers call a kind of diagram: its first word where no more is known.
#[must_use]
pub fn name(kind: &str) -> &str {
    DRAWN.iter().find(|(word, _)| *word == kind).map_or(kind, |(_, name)| name)
}

/// A diagram as it was read.
#[derive(Copy, Clone, Debug)]
pub struct Other<'a> {
    /// Its first word: `sequenceDiagram`.
    pub kind: &'a str,
    /// Where the word stands.
    pub span: Span,
    /// All of it.
    pub text: &'a str,
}

/// Draws a diagram. The ids in the SVG begin with `id`, so that several fit on a page.
///
/// # Errors
///
/// The finding that its readers will see its text instead: this program does not draw such a diagram, or cannot
/// read it.
pub fn draw(other: Other, id: &str) -> Result<String, Box<Diagnostic>> {
    let Other { kind, span, .. } = other;
    if DRAWN.iter().any(|(word, _)| *word == kind) {
        return drawn(other, id);
    }
    let finding = UNSUPPORTED.at(span, format!("`{kind}` diagrams are not supported: readers see the source"));
    Err(Box::new(finding.help("a workflow map starts with `flowchart LR`")))
}

#[cfg(feature = "mermaid")]
fn drawn(other: Other, id: &str) -> Result<String, Box<Diagnostic>> {
    let dress = sanitize::EmbedOptions { id, title: name(other.kind), style: STYLE, paint: palette::variable };
    let svg = merman::draw(other.text, id).and_then(|svg| sanitize::sanitize(&svg, dress));
    svg.map_err(|why| {
        Box::new(super::mermaid::SYNTAX.at(other.span, format!("`{}` cannot be drawn: {why}", other.kind)))
    })
}

#[cfg(not(feature = "mermaid"))]
fn drawn(other: Other, _id: &str) -> Result<String, Box<Diagnostic>> {
    let finding =
        UNSUPPORTED.at(other.span, format!("`{}` diagrams are not drawn: readers see the source", other.kind));
    let help =
        "to draw it, install partner-docs with the feature `mermaid`: `cargo install partner-docs --features mermaid`";
    Err(Box::new(finding.help(help)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceId;

    fn other<'a>(kind: &'a str, text: &'a str) -> Other<'a> {
        Other { kind, span: Span::new(SourceId::new(0), 0..kind.len()), text }
    }

    #[test]
    fn what_nothing_draws_is_a_finding_at_its_first_word() {
        let found = draw(other("kanban", "kanban\n  Todo\n"), "d1").unwrap_err();
        assert_eq!((found.rule.code, found.span.range()), ("diagram/unsupported", 0..6));
    }

    #[test]
    #[cfg(not(feature = "mermaid"))]
    fn a_program_without_the_feature_names_it() {
        let found = draw(other("sequenceDiagram", "sequenceDiagram\n A->>B: hi\n"), "d1").unwrap_err();
        assert!(found.help.as_deref().is_some_and(|help| help.contains("--features mermaid")), "{found:?}");
    }

    #[cfg(feature = "mermaid")]
    const EXAMPLES: [(&str, &str); 11] = [
        ("sequenceDiagram", "sequenceDiagram\n participant P as Partner\n P->>Us: Sign NDA\n Us-->>P: Countersigned\n"),
        ("stateDiagram-v2", "stateDiagram-v2\n [*] --> Draft\n Draft --> Signed: both sign\n Signed --> [*]\n"),
        ("classDiagram", "classDiagram\n Partner <|-- Reseller\n Partner : +sign()\n"),
        ("erDiagram", "erDiagram\n PARTNER ||--o{ CONTRACT : signs\n"),
        ("gantt", "gantt\n dateFormat YYYY-MM-DD\n section Legal\n Review :a1, 2024-01-01, 5d\n Sign :after a1, 2d\n"),
        ("pie", "pie title Deals\n \"Won\" : 3\n \"Lost\" : 1\n"),
        ("gitGraph", "gitGraph\n commit\n branch legal\n commit\n checkout main\n merge legal\n"),
        ("mindmap", "mindmap\n  root((Partners))\n    Resellers\n    Referrals\n"),
        ("timeline", "timeline\n title Onboarding\n Week 1 : NDA\n Week 2 : Training\n"),
        ("journey", "journey\n title A partner's day\n section Sell\n Pitch: 5: Partner\n"),
        ("quadrantChart", "quadrantChart\n x-axis Low --> High\n y-axis Few --> Many\n Reseller: [0.3, 0.6]\n"),
    ];

    /// Drawings of all kinds, each with its kind.
    #[cfg(feature = "mermaid")]
    fn drawings() -> impl Iterator<Item = (&'static str, String)> {
        EXAMPLES.into_iter().map(|(kind, text)| {
            (kind, draw(other(kind, text), "d1").unwrap_or_else(|found| panic!("{kind}: {}", found.message)))
        })
    }

    #[test]
    #[cfg(feature = "mermaid")]
    fn every_kind_is_drawn_with_ids_of_its_own() {
        for (kind, svg) in drawings() {
            assert!(svg.starts_with("<svg") && svg.trim_end().ends_with("</svg>"), "{kind}: {svg}");
            let ids: Vec<_> = svg.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
            assert!(ids.iter().all(|id| id.starts_with("d1")), "{kind}: {ids:?}");
            let different: std::collections::BTreeSet<_> = ids.iter().collect();
            assert_eq!(different.len(), ids.len(), "{kind}: {ids:?}");
        }
    }

    #[test]
    #[cfg(feature = "mermaid")]
    fn nothing_in_a_drawing_runs_loads_or_is_html() {
        for (kind, svg) in drawings() {
            for mark in ["<script", "<foreignObject", "@import", "javascript:", " onload", "<image"] {
                assert!(!svg.contains(mark), "{kind}: {mark}");
            }
        }
    }

    #[test]
    #[cfg(feature = "mermaid")]
    fn who_cannot_see_a_drawing_is_told_what_it_is() {
        for (kind, svg) in drawings() {
            assert!(svg.contains(&format!("<title>{}</title>", name(kind))), "{kind}");
        }
    }

    /// Each is a variable with a colour for pages that do not set it.
    #[test]
    #[cfg(feature = "mermaid")]
    fn what_is_seen_of_a_drawing_is_in_the_pages_colours() {
        for (kind, svg) in drawings() {
            // Rules win over attributes.
            for mark in ["fill:#", "stroke:#"] {
                let found = svg.find(mark).map(|at| svg[at..].chars().take(60).collect::<String>());
                assert_eq!(found, None, "{kind}");
            }
        }
    }

    #[test]
    #[cfg(feature = "mermaid")]
    fn the_same_text_is_drawn_alike() {
        assert!(drawings().eq(drawings()));
    }

    #[test]
    #[cfg(feature = "mermaid")]
    fn hostile_texts_are_drawn_as_texts() {
        let text = "sequenceDiagram\n participant A as <img src=x onerror=alert(1)>\n A->>B: <script>alert(1)</script>\n \
                    link A: away @ javascript:alert(1)\n link A: portal @ https://example.org/a\n";
        let svg = draw(other("sequenceDiagram", text), "d1").unwrap_or_else(|found| panic!("{}", found.message));
        for mark in ["<img", "<script", "javascript:"] {
            assert!(!svg.contains(mark), "{mark}");
        }
    }

    #[test]
    #[cfg(feature = "mermaid")]
    fn what_cannot_be_read_is_a_finding() {
        let found = draw(other("sequenceDiagram", "sequenceDiagram\n A->>\n ???\n"), "d1").unwrap_err();
        assert_eq!(found.rule.code, "diagram/syntax");
    }
}
