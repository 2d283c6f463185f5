//! The JSON Schema of a playbook file, for completion and validation in editors.

#![allow(clippy::indexing_slicing, reason = "a member of a JSON object that is not there is null")]

use serde_json::{Map, Value, json};

use super::field::{self, Field, FieldKind};

/// The JSON Schema of a playbook's file, in draft 7, which all YAML editors know.
///
/// It is stricter than the parser in one thing: the parser accepts a key without a value, as if it were left out.
#[must_use]
pub fn schema() -> Value {
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Playbook",
        "description": "What a team does, step by step, with the document to fill in at each step.",
        "type": "object",
        "properties": properties(&field::PLAYBOOK),
        "additionalProperties": false,
    })
}

fn properties<T>(fields: &[Field<T>]) -> Value {
    let property = |field: &Field<T>| (field.name.to_owned(), property(field));
    Value::Object(fields.iter().map(property).collect::<Map<_, _>>())
}

fn property<T>(field: &Field<T>) -> Value {
    // The parser reads by the same list of keys, so editors and findings cannot disagree about them.
    let mut schema = value(&field.kind);
    schema["description"] = Value::from(field.meaning);
    schema
}

fn value<T>(kind: &FieldKind<T>) -> Value {
    // Texts keep their spelling: `duration: 30` is the text `30`.
    let text = || json!({ "type": ["string", "number", "boolean"] });
    let texts = || json!({ "type": "array", "items": text() });
    match kind {
        FieldKind::Name(_) | FieldKind::Text(_) | FieldKind::TextOrTrue(_) => text(),
        FieldKind::Day(_) => json!({ "type": "string", "format": "date" }),
        FieldKind::Integer(_) => json!({ "type": "integer" }),
        FieldKind::Flag(_) => json!({ "type": "boolean" }),
        FieldKind::Texts(_) => texts(),
        FieldKind::TextOrTexts(_) | FieldKind::SomeTexts(_) => json!({ "anyOf": [text(), texts()] }),
        FieldKind::Steps(_) => json!({
            "type": "array",
            "items": { "anyOf": [
                // A step that is only a name.
                text(),
                {
                    "type": "object",
                    "properties": properties(&field::STEP),
                    "required": ["name"],
                    "additionalProperties": false,
                },
            ] },
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_has_a_type_and_a_meaning() {
        let schema = schema();
        let step = &schema["properties"]["steps"]["items"]["anyOf"][1];
        assert_eq!(step["required"], json!(["name"]));
        assert_eq!(schema["properties"]["tags"]["type"], "array");
        for properties in [&schema["properties"], &step["properties"]] {
            for (name, property) in properties.as_object().unwrap() {
                assert!(property["type"].is_string() || property["type"].is_array() || property["anyOf"].is_array());
                assert!(property["description"].as_str().is_some_and(|text| text.ends_with('.')), "{name}");
            }
        }
    }
}
