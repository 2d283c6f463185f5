//! Serializes nodes for templates and reports.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::{Mapping, NodeContent, QuoteStyle, Scalar, YamlNode};

/// Scalars stay strings as spelled, including `1.10` and `012`. The only exceptions are unambiguous: unquoted `true`
/// and `false`, and integers in their canonical spelling.
impl Serialize for YamlNode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.content {
            NodeContent::Null | NodeContent::Unreadable => serializer.serialize_unit(),
            NodeContent::Scalar(Scalar { text, style: QuoteStyle::Plain }) => serialize_plain(text, serializer),
            NodeContent::Scalar(_) => serializer.serialize_str(self.as_text().unwrap_or_default()),
            NodeContent::Sequence(items) => serializer.collect_seq(items),
            NodeContent::Mapping(mapping) => mapping.serialize(serializer),
        }
    }
}

impl Serialize for Mapping {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.entries.len()))?;
        for entry in &self.entries {
            map.serialize_entry(&entry.key.value, &entry.value)?;
        }
        map.end()
    }
}

fn serialize_plain<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    match text {
        "true" => serializer.serialize_bool(true),
        "false" => serializer.serialize_bool(false),
        _ => match text.parse::<i64>() {
            // `012` and `1_000` parse in other tools as other numbers, so they stay the texts they are.
            Ok(number) if number.to_string() == text => serializer.serialize_i64(number),
            _ => serializer.serialize_str(text),
        },
    }
}
