//! The report for editors and `grep`: one line per finding, as compilers write them.

use super::{Format, Report, one_line, place};
use crate::diagnostic::Diagnostic;

/// The format.
pub static FORMAT: Format =
    Format { name: "short", about: "One line per finding: `path:line:column: severity: message [rule]`", write: short };

/// A line for each finding, and nothing else.
fn short(report: &Report<'_>) -> String {
    let line = |finding: &Diagnostic| {
        let (start, _) = place(report.sources, finding.span);
        let path = report.reader.path(report.sources, finding.span.source);
        let (severity, message) = (finding.severity.as_str(), one_line(&finding.message));
        format!("{path}:{}:{}: {severity}: {message} [{}]\n", start.line, start.column, finding.rule.code)
    };
    report.found.iter().map(line).collect()
}
