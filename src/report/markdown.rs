//! A Markdown table of findings, for the summary of a GitHub workflow run.

use std::fmt::Write as _;

use super::cause::Cause;
use super::{Format, Report, counted, cut, in_repository, place, rule_address};
use crate::diagnostic::Severity;
use crate::source::Part as _;

/// If there are more findings than this, the rest are only counted: GitHub drops a summary of more than 1 MiB
/// completely.
const ROWS: usize = 200;

/// A report of this many bytes ends with the row that it is in: GitHub takes no comment of more than 65,536 characters.
const MOST_BYTES: usize = 55_000;

/// Of what was found, at most so many characters are shown: a message may quote a cell of a page.
const MOST_SHOWN: usize = 400;

/// The format.
pub(super) static FORMAT: Format =
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
    let mut rows = Cause::of(found);
    // Errors first: what lies beyond the last row is least important. The sort is stable, so files stay in order.
    rows.sort_by_key(|cause| cause.first.severity);
    let mut shown = 0;
    for cause in rows.iter().take(ROWS) {
        if out.len() > MOST_BYTES {
            break;
        }
        shown += 1;
        let finding = cause.first;
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
        if !cause.more.is_empty() {
            let _ = write!(out, "and {} more ", cause.more.len());
        }
        let rule = match rule_address(finding.rule) {
            Some(address) => format!("[`{}`]({address})", finding.rule.code),
            None => format!("`{}`", finding.rule.code),
        };
        let _ = writeln!(out, "| {}{help} | {rule} |", cell(&cut(&cause.title(), MOST_SHOWN)));
    }
    if rows.len() > shown {
        let rest = rows.iter().skip(shown).map(Cause::count).sum();
        let _ = writeln!(out, "\nand {}", counted(rest, "more finding"));
    }
    out
}

/// Text in a cell: code spans stay code, and everything else is escaped.
fn cell(text: &str) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some(start) = rest.find('`') {
        let opening = rest.part(start..);
        let marks = opening.len() - opening.trim_start_matches('`').len();
        let inside = opening.part(marks..);
        out.push_str(&escaped(rest.part(..start)));
        // As in CommonMark: only as many backticks as opened a span close it.
        let Some(length) = closing(inside, marks) else {
            out.push_str(&escaped(opening.part(..marks)));
            rest = inside;
            continue;
        };
        let content = inside.part(..length);
        out.push_str(&code(content.strip_prefix(' ').and_then(|text| text.strip_suffix(' ')).unwrap_or(content)));
        rest = inside.part(length + marks..);
    }
    out + &escaped(rest)
}

/// Where a run of exactly this many backticks begins.
fn closing(text: &str, marks: usize) -> Option<usize> {
    let mut at = 0;
    while let Some(start) = text.part(at..).find('`').map(|start| at + start) {
        let run = text.part(start..).len() - text.part(start..).trim_start_matches('`').len();
        if run == marks {
            return Some(start);
        }
        at = start + run;
    }
    None
}

/// A code span with arbitrary content: HTML doesn't need to count backticks.
fn code(text: &str) -> String {
    format!("<code>{}</code>", escaped(text))
}

/// Text of the project's in Markdown of ours: nothing in it is read as markup, or calls somebody.
#[must_use]
pub fn markdown_text(text: &str) -> String {
    escaped(text)
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
