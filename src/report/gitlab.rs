//! GitLab code quality reports: a JSON array with the parts of Code Climate's format that GitLab reads.

use serde::Serialize;

use super::fingerprint::fingerprints;
use super::{Format, Report, in_repository, place};
use crate::diagnostic::Severity;

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'static str,
    fingerprint: String,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: GitlabLines,
}

#[derive(Serialize)]
struct GitlabLines {
    begin: usize,
    end: usize,
}

/// The format.
pub static FORMAT: Format = Format { name: "gitlab", about: "A GitLab code quality report", write: gitlab };

/// All findings as one JSON array, with a final line break.
///
/// # Panics
/// Never: strings and numbers always serialize.
fn gitlab(report: &Report<'_>) -> String {
    let Report { found, sources, .. } = *report;
    let issues = found.iter().zip(fingerprints(found, sources)).map(|(finding, fingerprint)| {
        let (start, end) = place(sources, finding.span);
        let help = finding.help.as_ref().map(|help| format!("; {help}")).unwrap_or_default();
        Issue {
            description: format!("{}{help}", finding.message),
            check_name: finding.rule.code,
            fingerprint,
            severity: match finding.severity {
                // GitLab also knows `blocker` and `critical`, which some teams let stop a merge: a dead link is
                // neither.
                Severity::Error => "major",
                Severity::Warning => "minor",
                Severity::Info => "info",
            },
            location: Location {
                // Relative to the repository, or the widget links to no line of the diff.
                path: in_repository(sources, finding.span.source),
                lines: GitlabLines { begin: start.line, end: end.line },
            },
        }
    });
    let issues: Vec<Issue<'_>> = issues.collect();
    serde_json::to_string(&issues).expect("strings and numbers always serialize") + "\n"
}
