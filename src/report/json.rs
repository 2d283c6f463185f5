//! The JSON report: one object on one line.

use serde::Serialize;

use super::{Format, Report, Summary, place};
use crate::diagnostic::{Diagnostic, Edit, Fix, Related};
use crate::source::{Position, Sources, Span};

/// Incremented whenever a field changes its meaning or is removed, but not for new fields.
pub(super) const VERSION: u32 = 1;

#[derive(Serialize)]
struct JsonReport<'a> {
    version: u32,
    diagnostics: Vec<JsonDiagnostic<'a>>,
    summary: &'a Summary,
}

#[derive(Serialize)]
struct JsonDiagnostic<'a> {
    code: &'static str,
    severity: &'static str,
    message: &'a str,
    #[serde(flatten)]
    place: JsonRange<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    related: Vec<RelatedEntry<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<FixEntry<'a>>,
}

/// Lines and columns start at 1. Columns count Unicode scalar values, and the end is exclusive.
#[derive(Serialize)]
struct JsonRange<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Serialize)]
struct RelatedEntry<'a> {
    #[serde(flatten)]
    place: JsonRange<'a>,
    message: &'a str,
}

#[derive(Serialize)]
struct FixEntry<'a> {
    applicability: &'static str,
    edits: Vec<EditEntry<'a>>,
}

#[derive(Serialize)]
struct EditEntry<'a> {
    #[serde(flatten)]
    place: JsonRange<'a>,
    replacement: &'a str,
}

/// The format.
pub static FORMAT: Format = Format { name: "json", about: "One JSON object", write: json };

/// All findings as one JSON object, with a final line break.
///
/// # Panics
/// Never: strings and numbers always serialize.
fn json(report: &Report<'_>) -> String {
    let Report { found, sources, summary, .. } = *report;
    let diagnostics = found.iter().map(|finding| entry(finding, sources)).collect();
    let report = JsonReport { version: VERSION, diagnostics, summary };
    serde_json::to_string(&report).expect("strings and numbers always serialize") + "\n"
}

fn entry<'a>(finding: &'a Diagnostic, sources: &'a Sources) -> JsonDiagnostic<'a> {
    JsonDiagnostic {
        code: finding.rule.code,
        severity: finding.severity.as_str(),
        message: &finding.message,
        place: shown(sources, finding.span),
        help: finding.help.as_deref(),
        related: finding.related.iter().map(|related| related_entry(related, sources)).collect(),
        fix: finding.fix.as_ref().map(|fix| fix_entry(fix, sources)),
    }
}

fn related_entry<'a>(related: &'a Related, sources: &'a Sources) -> RelatedEntry<'a> {
    RelatedEntry { place: shown(sources, related.span), message: &related.message }
}

fn fix_entry<'a>(fix: &'a Fix, sources: &'a Sources) -> FixEntry<'a> {
    let edits = fix.edits.iter().map(|Edit { span, replacement }| {
        // An edit is applied, not shown, so its position is exact, even after the last line break.
        let (start, end) = sources.positions(*span);
        EditEntry { place: range(sources, *span, start, end), replacement }
    });
    FixEntry { applicability: fix.applicability.as_str(), edits: edits.collect() }
}

fn shown(sources: &Sources, span: Span) -> JsonRange<'_> {
    let (start, end) = place(sources, span);
    range(sources, span, start, end)
}

fn range(sources: &Sources, span: Span, start: Position, end: Position) -> JsonRange<'_> {
    JsonRange {
        file: sources.shown(span.source),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
    }
}
