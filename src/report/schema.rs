//! The JSON Schema of `check --format json`. A test checks that the report matches it.

#![allow(clippy::indexing_slicing, reason = "a member of a JSON object that is not there is null")]

use serde_json::{Value, json};

/// The schema, in draft 7. Readers must ignore unknown fields, because new ones don't change the version.
#[must_use]
pub fn schema() -> Value {
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Findings",
        "description": "The output of `partner-docs check --format json`: one object, however the run ends.",
        "type": "object",
        "required": ["version", "diagnostics", "summary"],
        "properties": {
            "version": { "const": super::json::VERSION },
            "diagnostics": { "type": "array", "items": diagnostic() },
            "summary": summary(),
        },
    })
}

fn diagnostic() -> Value {
    let mut required = vec!["code", "severity", "message", "related"];
    required.extend(PLACE);
    let mut schema = json!({
        "type": "object",
        "description": "Sorted by file, line, column and code.",
        "required": required,
        "properties": {
            "code": { "type": "string", "pattern": "^[a-z]+/[a-z0-9-]+$", "description": "The rule; `partner-docs \
            explain` prints its page." },
            "severity": { "enum": ["error", "warning", "info"] },
            "message": { "type": "string", "minLength": 1 },
            "help": { "type": "string", "description": "How to fix it." },
            "related": { "type": "array", "items": placed(&json!({ "message": { "type": "string" } })) },
            "fix": {
                "type": "object",
                "required": ["applicability", "edits"],
                "properties": {
                    "applicability": { "enum": ["safe", "suggested"] },
                    "edits": { "type": "array", "minItems": 1, "items": placed(&json!({ "replacement": { "type": "string" } })) },
                },
            },
        },
    });
    add_place(&mut schema["properties"]);
    schema
}

/// The fields of a location.
const PLACE: [&str; 5] = ["file", "line", "column", "end_line", "end_column"];

/// An object with a location and one more field.
fn placed(field: &Value) -> Value {
    let names = field.as_object().into_iter().flat_map(|field| field.keys());
    let required: Vec<&str> = PLACE.into_iter().chain(names.map(String::as_str)).collect();
    let mut schema = json!({ "type": "object", "required": required, "properties": field });
    add_place(&mut schema["properties"]);
    schema
}

fn add_place(properties: &mut Value) {
    properties["file"] =
        json!({ "type": "string", "minLength": 1, "description": "Relative to the project folder, separated by `/`." });
    // The first is the file, which is a text.
    for name in PLACE.iter().skip(1) {
        let meaning = if name.ends_with("line") { "Starts at 1." } else { "Starts at 1, in Unicode scalar values." };
        properties[*name] = json!({ "type": "integer", "minimum": 1, "description": meaning });
    }
}

fn summary() -> Value {
    let counts = ["errors", "warnings", "pages", "links", "anchors", "images", "diagrams", "playbooks", "milliseconds"];
    let properties: serde_json::Map<String, Value> =
        counts.iter().map(|name| ((*name).to_owned(), json!({ "type": "integer", "minimum": 0 }))).collect();
    json!({ "type": "object", "required": counts, "properties": properties })
}
