//! JUnit XML reports: one suite per file, one case per finding; errors fail.

use std::fmt::Write as _;

use super::{Format, Report, in_repository, place};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Sources;

/// The format.
pub static FORMAT: Format = Format { name: "junit", about: "A test report in XML", write: junit };

/// All findings as one document. Without findings, there's a single passed case, because readers reject empty
/// documents.
fn junit(report: &Report<'_>) -> String {
    let Report { found, sources, summary, .. } = *report;
    let mut suites = String::new();
    for of_file in found.chunk_by(|a, b| a.span.source == b.span.source) {
        suite(&mut suites, of_file, sources);
    }
    let mut tests = found.len();
    if found.is_empty() {
        // Jenkins and GitLab take a document without cases for a report that got lost.
        tests = 1;
        suites.push_str("  <testsuite name=\"partner-docs\" tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"0\">\n");
        suites.push_str("    <testcase classname=\"partner-docs\" name=\"check\"/>\n  </testsuite>\n");
    }
    let failures = summary.errors;
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <testsuites name=\"partner-docs\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\">\n\
         {suites}</testsuites>\n"
    )
}

fn suite(out: &mut String, found: &[Diagnostic], sources: &Sources) {
    let Some(first) = found.first() else { return };
    let file = escaped(in_repository(sources, first.span.source));
    let failures = found.iter().filter(|finding| finding.severity == Severity::Error).count();
    let tests = found.len();
    // Writing to a `String` cannot fail.
    let _ = writeln!(
        out,
        "  <testsuite name=\"{file}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" skipped=\"0\">"
    );
    for finding in found {
        let (start, _) = place(sources, finding.span);
        let (rule, message) = (finding.rule.code, escaped(&finding.message));
        let at = format!("{}:{}", start.line, start.column);
        let _ = writeln!(out, "    <testcase classname=\"{file}\" name=\"{rule} at {at}\">");
        let mut body = format!("{file}:{at}: {message}");
        if let Some(help) = &finding.help {
            let _ = write!(body, "\nhelp: {}", escaped(help));
        }
        let _ = match finding.severity {
            Severity::Error => {
                writeln!(out, "      <failure type=\"{rule}\" message=\"{message}\">{body}</failure>")
            }
            // A passed case that still has output.
            Severity::Warning | Severity::Info => {
                writeln!(out, "      <system-out>{}: {body}</system-out>", finding.severity.as_str())
            }
        };
        out.push_str("    </testcase>\n");
    }
    out.push_str("  </testsuite>\n");
}

/// Escapes text for content and attributes. What XML 1.0 can't represent, even as a character reference, becomes
/// U+FFFD.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\t' => out.push_str("&#9;"),
            '\r' => out.push_str("&#13;"),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ => out.push(c),
        }
    }
    out
}
