//! SARIF 2.1.0 reports, for code scanning.

#![allow(clippy::indexing_slicing, reason = "a member of a JSON object that is not there is null")]

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value, json};

use super::fingerprint::fingerprints;
use super::{Format, Report, in_repository, place, rule_address};
use crate::diagnostic::{Diagnostic, Edit, Fix, Rule, Severity};
use crate::source::{Position, SourceId, Sources, Span};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// The folder that all paths are relative to: the root of the repository.
const BASE: &str = "%SRCROOT%";
/// Characters that aren't escaped in the path of a URL.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'@');

/// The format.
pub static FORMAT: Format = Format { name: "sarif", about: "SARIF 2.1.0, for code scanning", write: sarif };

/// All findings as one SARIF document, with a final line break.
fn sarif(report: &Report<'_>) -> String {
    let Report { found, sources, .. } = *report;
    let mut rules: Vec<&'static Rule> = found.iter().map(|finding| finding.rule).collect();
    rules.sort_by_key(|rule| rule.code);
    // Only the rules that were found: a run that lists all of them is larger than its results.
    rules.dedup();
    let results = found.iter().zip(fingerprints(found, sources));
    let results: Vec<Value> =
        results.map(|(finding, fingerprint)| result(finding, &fingerprint, &rules, sources)).collect();
    let driver = json!({
        "name": "partner-docs",
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "rules": rules.iter().map(|rule| descriptor(rule)).collect::<Vec<Value>>(),
    });
    let run = json!({
        "tool": { "driver": driver },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": { BASE: { "description": { "text": "the root of the repository" } } },
        "results": results,
    });
    format!("{}\n", json!({ "$schema": SCHEMA, "version": "2.1.0", "runs": [run] }))
}

/// A rule with its page, which code scanning shows next to a finding.
fn descriptor(rule: &Rule) -> Value {
    let mut descriptor = json!({
        "id": rule.code,
        "shortDescription": { "text": rule.summary() },
        "help": { "text": rule.explanation, "markdown": rule.explanation },
        "defaultConfiguration": { "level": level(rule.severity) },
        "properties": { "tags": ["documentation"] },
    });
    descriptor["helpUri"] = rule_address(rule).into();
    without_null(descriptor)
}

fn result(finding: &Diagnostic, fingerprint: &str, rules: &[&Rule], sources: &Sources) -> Value {
    let text = match &finding.help {
        Some(help) => format!("{}\nhelp: {help}", finding.message),
        None => finding.message.clone(),
    };
    let related = finding.related.iter().zip(1..).map(|(related, id)| {
        let mut location = location(sources, related.span);
        location["id"] = Value::from(id);
        location["message"] = json!({ "text": related.message });
        location
    });
    let related: Vec<Value> = related.collect();
    without_null(json!({
        "ruleId": finding.rule.code,
        "ruleIndex": rules.iter().position(|rule| *rule == finding.rule),
        "level": level(finding.severity),
        "message": { "text": text },
        "locations": [location(sources, finding.span)],
        "relatedLocations": if related.is_empty() { Value::Null } else { related.into() },
        // Without it, what is uploaded by the API is shown as a new alert each time.
        "partialFingerprints": { "partnerDocs/v1": fingerprint },
        "fixes": finding.fix.as_ref().map(|fix| [repair(fix, sources)]),
    }))
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn location(sources: &Sources, span: Span) -> Value {
    let (start, end) = place(sources, span);
    let region = region(start, end);
    json!({ "physicalLocation": { "artifactLocation": artifact(sources, span.source), "region": region } })
}

fn artifact(sources: &Sources, source: SourceId) -> Value {
    let uri = utf8_percent_encode(in_repository(sources, source), PATH).to_string();
    json!({ "uri": uri, "uriBaseId": BASE })
}

fn region(start: Position, end: Position) -> Value {
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}

/// A fix, file by file.
fn repair(fix: &Fix, sources: &Sources) -> Value {
    let mut edits: Vec<&Edit> = fix.edits.iter().collect();
    // SARIF wants the changes of one file together, and a repair may go back and forth between files.
    edits.sort_by_key(|edit| (sources.get(edit.span.source).path(), edit.span.start, edit.span.end));
    let files = edits.chunk_by(|a, b| a.span.source == b.span.source).map(|edits| {
        let replacements = edits.iter().map(|edit| {
            let (start, end) = sources.positions(edit.span);
            let deleted = region(start, end);
            json!({ "deletedRegion": deleted, "insertedContent": { "text": edit.replacement } })
        });
        let file = edits.first().map(|edit| artifact(sources, edit.span.source));
        json!({
            "artifactLocation": file,
            "replacements": replacements.collect::<Vec<Value>>(),
        })
    });
    json!({
        "description": { "text": format!("a {} fix", fix.applicability.as_str()) },
        "artifactChanges": files.collect::<Vec<Value>>(),
    })
}

/// An object without its empty members: SARIF's schema doesn't allow null for them.
fn without_null(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            members.into_iter().filter(|(_, value)| !value.is_null()).collect::<Map<_, _>>().into()
        }
        other => other,
    }
}
