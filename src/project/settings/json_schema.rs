//! The JSON Schema of book.toml, for completion and validation in editors.
//! In: all keys that a file may have. Out: the schema as JSON.
//! Never knows: TOML, files.

#![allow(clippy::indexing_slicing, reason = "a member of a JSON object that is not there is null")]

use serde_json::{Map, Value, json};

use super::book_toml::known_keys;
use super::schema::{ANY, REQUIRED, TableKey, ValueShape};

/// The JSON Schema of book.toml, in draft 4, which every TOML editor knows.
#[must_use]
pub fn schema() -> Value {
    let mut schema = table(&known_keys());
    schema["$schema"] = "http://json-schema.org/draft-04/schema#".into();
    schema["title"] = "book.toml".into();
    schema
}

fn table(keys: &[TableKey]) -> Value {
    let named = keys.iter().filter(|key| key.name != ANY);
    let properties: Map<String, Value> = named.map(|key| (key.name.to_owned(), property(key))).collect();
    // Other renderers of mdBook have tables in `[output]`, with keys that only they know.
    let is_open = properties.len() < keys.len();
    let mut table = json!({ "type": "object", "properties": properties, "additionalProperties": is_open });
    let required: Vec<&str> = keys.iter().filter(|key| key.default == REQUIRED).map(|key| key.name).collect();
    // Draft 4 does not allow an empty list.
    if !required.is_empty() {
        table["required"] = required.into();
    }
    table
}

fn property(key: &TableKey) -> Value {
    let mut schema = value(&key.shape);
    let default = match key.default.as_str() {
        "" | REQUIRED => String::new(),
        default => format!(" Default: {default}."),
    };
    if !key.meaning.is_empty() {
        schema["description"] = format!("{}{default}", without_links(key.meaning)).into();
    }
    schema
}

fn value(shape: &ValueShape) -> Value {
    let text = || json!({ "type": "string" });
    let texts = || json!({ "type": "array", "items": text() });
    let text_or_texts = || json!({ "anyOf": [text(), texts()] });
    let named = |values: Value| json!({ "type": "object", "additionalProperties": values });
    match shape {
        ValueShape::Text(_) => text(),
        ValueShape::Flag => json!({ "type": "boolean" }),
        ValueShape::Number => json!({ "type": "integer", "minimum": 1 }),
        ValueShape::Texts(_) => texts(),
        ValueShape::Assets => json!({ "type": "array", "items": { "anyOf": [text(), { "type": "object" }] } }),
        ValueShape::TextOrTexts(_) => text_or_texts(),
        ValueShape::Choice { words, aliases } => {
            let all = [&words[..], aliases].concat();
            json!({ "enum": all })
        }
        ValueShape::Table(keys) => table(keys),
        ValueShape::Tables(keys) => json!({ "type": "array", "items": table(keys) }),
        ValueShape::NamedTexts => named(text()),
        ValueShape::NamedLists => named(text_or_texts()),
        ValueShape::NamedTables(keys) => named(table(keys)),
        ValueShape::NamedChoices { words, keys } => {
            let mut schema = table(keys);
            schema["additionalProperties"] = json!({ "enum": words });
            schema
        }
        ValueShape::Foreign => json!({}),
    }
}

/// A meaning without the addresses of its links, which lead from a page of the reference.
fn without_links(meaning: &str) -> String {
    let mut parts = meaning.split("](");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        let rest = part.split_once(')').map_or(part, |(_, rest)| rest);
        match text.rsplit_once('[') {
            Some((before, label)) => format!("{before}{label}{rest}"),
            None => text + rest,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_says_what_the_reader_of_the_file_says() {
        let schema = schema();
        let html = &schema["properties"]["output"]["properties"]["html"]["properties"];
        assert_eq!(schema["additionalProperties"], false);
        assert_eq!(schema["properties"]["output"]["additionalProperties"], true);
        assert_eq!(schema["properties"]["mount"]["items"]["required"], json!(["from"]));
        assert_eq!(
            html["heading-ids"],
            json!({
                "enum": ["github", "mkdocs", "pymdownx"],
                "description": "How anchors are derived from headings. Default: `github`.",
            })
        );
        assert_eq!(html["default-theme"]["enum"][6], "ayu");
        let check = &schema["properties"]["check"];
        assert_eq!(check["additionalProperties"], json!({ "enum": ["error", "warn", "off"] }));
        assert_eq!(check["properties"]["external"]["properties"]["include"]["type"], "array");
    }
}
