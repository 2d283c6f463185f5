//! Reports of findings, for people and for programs.
//! In: sorted findings, their sources, and a summary of the run. Out: one `String` per format.

mod baseline;
mod cause;
mod draw;
mod fingerprint;
pub mod github;
pub mod gitlab;
pub mod human;
pub mod json;
pub mod junit;
mod markdown;
mod news;
mod overview;
mod reader;
pub mod sarif;
mod schema;
pub mod short;

pub use human::{human, learn_more, one};
pub use markdown::{markdown, markdown_text};
pub use news::DiagnosticSet;
pub use reader::{Detail, Reader, TerminalStyle, WorkingFolder};
pub use schema::schema;

use std::borrow::Cow;

use serde::Serialize;

use crate::diagnostic::{Diagnostic, ProjectCounts, Rule, Severity};
use crate::source::{Part as _, Position, SourceId, Sources, Span};

/// What a run has to report: all that a format is made from.
#[derive(Copy, Clone, Debug)]
pub struct Report<'a> {
    /// What was found, sorted.
    pub found: &'a [Diagnostic],
    /// The texts that it was found in.
    pub sources: &'a Sources,
    /// What was looked at.
    pub summary: &'a Summary,
    /// Who reads it, where it is read by people.
    pub reader: &'a Reader,
}

/// A way to write a report.
#[derive(Debug)]
pub struct Format {
    /// What `--format` calls it.
    pub name: &'static str,
    /// What it is, for `--help` and the reference.
    pub about: &'static str,
    /// Writes it.
    pub write: fn(&Report<'_>) -> String,
}

impl PartialEq for Format {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

/// Every format; the first is what people get who ask for none.
pub static FORMATS: &[&Format] = &[
    &human::FORMAT,
    &short::FORMAT,
    &json::FORMAT,
    &github::FORMAT,
    &markdown::FORMAT,
    &sarif::FORMAT,
    &junit::FORMAT,
    &gitlab::FORMAT,
];

/// What a run looked at, and its result.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// The number of errors.
    pub errors: usize,
    /// The number of other findings.
    pub warnings: usize,
    /// The contents of the project.
    #[serde(flatten)]
    pub counts: ProjectCounts,
    /// Wall-clock time of the run, in milliseconds.
    pub milliseconds: u64,
}

impl Summary {
    /// The same summary with the findings counted.
    #[must_use]
    pub fn count(mut self, found: &[Diagnostic]) -> Self {
        let of = |severity| found.iter().filter(|finding| finding.severity == severity).count();
        self.errors = of(Severity::Error);
        self.warnings = of(Severity::Warning);
        self
    }

    /// The summary as one line, without a line break.
    #[must_use]
    pub fn in_words(&self) -> String {
        let findings = match (self.errors, self.warnings) {
            (0, 0) => "no errors".to_owned(),
            (errors, 0) => counted(errors, "error"),
            (0, warnings) => counted(warnings, "warning"),
            (errors, warnings) => format!("{} and {}", counted(errors, "error"), counted(warnings, "warning")),
        };
        let ProjectCounts { pages, links, images, diagrams, playbooks, anchors: _ } = self.counts;
        let looked_at =
            [(pages, "page"), (links, "link"), (images, "image"), (diagrams, "diagram"), (playbooks, "playbook")];
        let parts: Vec<String> =
            looked_at.iter().filter(|(n, noun)| *n > 0 || *noun == "page").map(|(n, noun)| counted(*n, noun)).collect();
        format!("{findings} in {} ({} ms)", parts.join(", "), self.milliseconds)
    }
}

/// A number with its noun: `1 page`, `3 pages`.
fn counted(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

/// A text with its line breaks and other control characters as spaces.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// A text of at most `most` characters; a longer one ends in `...`.
fn cut(text: &str, most: usize) -> Cow<'_, str> {
    match text.char_indices().nth(most) {
        Some((end, _)) => Cow::Owned(format!("{}...", text.part(..end).trim_end())),
        None => Cow::Borrowed(text),
    }
}

/// The home page of partner-docs: `homepage` in Cargo.toml. If it's set, every report links to it.
const HOME: &str = env!("CARGO_PKG_HOMEPAGE");

/// The URL of a rule's page, if partner-docs has a home page.
#[must_use]
pub fn rule_address(rule: &Rule) -> Option<String> {
    address_below(HOME, rule)
}

fn address_below(home: &str, rule: &Rule) -> Option<String> {
    let home = home.trim_end_matches('/');
    (!home.is_empty()).then(|| format!("{home}/reference/findings/#{}", rule.anchor()))
}

/// A path relative to the root of the repository, as repository hosts need it. Files of a project outside its
/// repository are shown as everywhere else.
fn in_repository(sources: &Sources, source: SourceId) -> &str {
    let path = sources.get(source).path().as_str();
    // Files of a project outside its repository have no path there; a host that looks for `@project/…` finds nothing.
    if path.starts_with('@') { sources.shown(source) } else { path }
}

/// The start and end position of a finding. Editors don't show the line after the last line break, so a position there
/// becomes the end of the line before.
fn place(sources: &Sources, span: Span) -> (Position, Position) {
    let source = sources.get(span.source);
    // Editors have no line behind the last line break; a finding there would open the wrong place.
    let shown = |offset: u32| source.position(offset.min(end_of_last_line(source.text())));
    (shown(span.start), shown(span.end.max(span.start)))
}

/// The end of the last line of a text, without its line break.
fn end_of_last_line(text: &str) -> u32 {
    let text = text.strip_suffix('\n').map_or(text, |text| text.strip_suffix('\r').unwrap_or(text));
    u32::try_from(text.len()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
