//! Findings as text, for people and for machines.
//! In: sorted findings, their sources, and a summary of the run. Out: one `String` for each format.
//! Never knows: pages, where the text goes, or which findings are worth showing.

mod github;
mod human;
mod json;
mod news;

pub use github::github;
pub use human::{Style, human, one};
pub use json::json;
pub use news::Known;

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Severity};
use crate::text::{Position, Sources, Span};

/// What a run looked at, and what came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Findings that fail a build.
    pub errors: usize,
    /// Findings that do not.
    pub warnings: usize,
    /// Pages of the site.
    pub pages: usize,
    /// Links that were resolved.
    pub links: usize,
    /// Anchors that links can point to.
    pub anchors: usize,
    /// Images shown on pages.
    pub images: usize,
    /// Diagrams and maps.
    pub diagrams: usize,
    /// Playbooks.
    pub playbooks: usize,
    /// Wall-clock time of the run, in milliseconds.
    pub milliseconds: u64,
}

impl Summary {
    /// The same summary, with the findings counted.
    #[must_use]
    pub fn count(mut self, found: &[Diagnostic]) -> Self {
        let of = |severity| found.iter().filter(|finding| finding.severity == severity).count();
        self.errors = of(Severity::Error);
        self.warnings = of(Severity::Warning);
        self
    }

    /// The summary as one line for people, without a line break.
    #[must_use]
    pub fn in_words(&self) -> String {
        let findings = match (self.errors, self.warnings) {
            (0, 0) => "no errors".to_owned(),
            (errors, 0) => counted(errors, "error"),
            (0, warnings) => counted(warnings, "warning"),
            (errors, warnings) => format!("{} and {}", counted(errors, "error"), counted(warnings, "warning")),
        };
        let looked_at = [
            (self.pages, "page"),
            (self.links, "link"),
            (self.images, "image"),
            (self.diagrams, "diagram"),
            (self.playbooks, "playbook"),
        ];
        let parts: Vec<String> =
            looked_at.iter().filter(|(n, noun)| *n > 0 || *noun == "page").map(|(n, noun)| counted(*n, noun)).collect();
        format!("{findings} in {} ({} ms)", parts.join(", "), self.milliseconds)
    }
}

/// A number with its noun: `1 page`, `3 pages`.
fn counted(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

/// First and last position of a finding. The line after a last line break exists in no editor: what stands there
/// is shown at the end of the line before.
fn place(sources: &Sources, span: Span) -> (Position, Position) {
    let source = sources.get(span.source);
    let shown = |offset: u32| source.position(offset.min(end_of_last_line(source.text())));
    (shown(span.start), shown(span.end.max(span.start)))
}

/// Where the last line of a text ends, its line break left out.
fn end_of_last_line(text: &str) -> u32 {
    let text = text.strip_suffix('\n').map_or(text, |text| text.strip_suffix('\r').unwrap_or(text));
    u32::try_from(text.len()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
