//! GitHub workflow commands, which become annotations in a pull request: one per line, then the summary.

use std::fmt::Write as _;

use super::cause::Cause;
use super::{Format, Report, in_repository, place, rule_address};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Sources;

/// The format.
pub static FORMAT: Format =
    Format { name: "github", about: "Annotations on a pull request, and a table in the run's summary", write: github };

/// One workflow command per finding, and the summary as a plain last line. GitHub shows the first ten of each severity:
/// those on lines that the reader changed come first, and one of each cause before the second of any.
///
/// For the syntax and its escapes, see "Workflow commands for GitHub Actions" and
/// `toolkit/packages/core/src/command.ts`.
fn github(report: &Report<'_>) -> String {
    let Report { found, sources, summary, reader } = *report;
    let causes = Cause::of(found);
    let mut findings: Vec<(usize, &Diagnostic)> =
        causes.iter().flat_map(|cause| cause.findings().enumerate()).collect();
    // A stable sort: what is equal stays in the order of files and lines.
    findings.sort_by_key(|(nth, finding)| (finding.severity, !reader.has_changed(sources, finding), *nth > 0));
    let mut out = String::new();
    for (_, finding) in findings {
        command(&mut out, finding, sources);
    }
    out + &summary.in_words() + "\n"
}

fn command(out: &mut String, finding: &Diagnostic, sources: &Sources) {
    let (start, end) = place(sources, finding.span);
    let name = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let file = property(in_repository(sources, finding.span.source));
    // Writing to a `String` cannot fail.
    let _ = write!(out, "::{name} file={file},line={},endLine={}", start.line, end.line);
    // GitHub doesn't allow columns if an annotation covers several lines.
    if start.line == end.line {
        let _ = write!(out, ",col={},endColumn={}", start.column, end.column);
    }
    let mut text = finding.message.clone();
    if let Some(help) = &finding.help {
        text.push_str("\nhelp: ");
        text.push_str(help);
    }
    for related in &finding.related {
        let (start, _) = place(sources, related.span);
        let path = in_repository(sources, related.span.source);
        let _ = write!(text, "\n{path}:{}:{}: {}", start.line, start.column, related.message);
    }
    if let Some(address) = rule_address(finding.rule) {
        let _ = write!(text, "\n{address}");
    }
    let _ = writeln!(out, ",title={}::{}", property(finding.rule.code), data(&text));
}

/// Escapes what follows `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes the value of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
