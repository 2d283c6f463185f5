//! A Markdown table of findings, for the summary of a GitHub workflow run.

use std::fmt::Write as _;

use super::{Format, Report, in_repository, place, rule_address};
use crate::diagnostic::{Diagnostic, Severity};

/// If there are more findings than this, the rest are only counted: GitHub drops a summary of more than 1 MiB
/// completely.
const ROWS: usize = 200;

/// The format.
pub static FORMAT: Format =
    Format { name: "markdown", about: "A table in Markdown, for a comment on a pull request", write: markdown };

/// A table of all findings, errors first.
#[must_use]
pub fn markdown(report: &Report<'_>) -> String {
    let Report { found, sources, summary, .. } = *report;
    let mut out = format!("### partner-docs\n\n{}\n", summary.in_words());
    if found.is_empty() {
        return out;
    }
    out.push_str("\n| | Place | Finding | Rule |\n|---|---|---|---|\n");
    let mut rows: Vec<&Diagnostic> = found.iter().collect();
    // Errors first: what lies beyond the last row is least important. The sort is stable, so files stay in order.
    rows.sort_by_key(|finding| finding.severity);
    for finding in rows.iter().take(ROWS) {
        let (start, _) = place(sources, finding.span);
        let sign = match finding.severity {
            Severity::Error => "❌",
            Severity::Warning => "⚠️",
            Severity::Info => "ℹ️",
        };
        let file = code(in_repository(sources, finding.span.source));
        let help = finding.help.as_ref().map(|help| format!("<br>{}", cell(help))).unwrap_or_default();
        // Writing to a `String` cannot fail.
        let _ = write!(out, "| {sign} | {file} {}:{} ", start.line, start.column);
        let rule = match rule_address(finding.rule) {
            Some(address) => format!("[`{}`]({address})", finding.rule.code),
            None => format!("`{}`", finding.rule.code),
        };
        let _ = writeln!(out, "| {}{help} | {rule} |", cell(&finding.message));
    }
    if found.len() > ROWS {
        let _ = writeln!(out, "\nand {} more", found.len() - ROWS);
    }
    out
}

/// Text in a cell: code spans stay code, and everything else is escaped.
fn cell(text: &str) -> String {
    // Every second part is between backticks, unless a backtick is unpaired.
    let is_paired = text.matches('`').count().is_multiple_of(2);
    let parts = text.split('`').enumerate().map(|(index, part)| match index % 2 {
        1 if is_paired => code(part),
        _ => escaped(part),
    });
    parts.collect()
}

/// A code span with arbitrary content: HTML doesn't need to count backticks.
fn code(text: &str) -> String {
    format!("<code>{}</code>", escaped(text))
}

/// Text with everything escaped that Markdown or HTML would interpret.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            _ if c.is_control() => out.push(' '),
            '&' | '<' | '>' | '|' | '*' | '_' | '[' | ']' | '`' | '\\' | '~' | '#' | '!' | '@' | '$' => {
                let _ = write!(out, "&#{};", u32::from(c));
            }
            _ => out.push(c),
        }
    }
    out
}
