//! TOML as the tree that YAML is read as, so that settings of both are walked in one way.

use toml::de::{DeTable, DeValue};

use crate::source::{Located, SourceId, Span};
use crate::yaml::{Mapping, MappingEntry, NodeContent, QuoteStyle, Scalar, YamlNode};

/// Deeper than any settings are nested.
const MOST_DEPTH: usize = 32;

/// Reads a file, or says why it can't be read.
pub(super) fn read(text: &str) -> Result<YamlNode, String> {
    let table = DeTable::parse(text).map_err(|error| error.message().to_owned())?;
    Ok(node(NodeContent::Mapping(mapping(table.get_ref(), 0))))
}

fn node(content: NodeContent) -> YamlNode {
    YamlNode { span: Span::start_of(SourceId::new(0)), content, tag: None }
}

fn mapping(table: &DeTable<'_>, depth: usize) -> Mapping {
    let mut entries: Vec<(std::ops::Range<usize>, MappingEntry)> = table
        .iter()
        .map(|(key, value)| {
            let key_text = Located::new(key.get_ref().to_string(), Span::start_of(SourceId::new(0)));
            (key.span(), MappingEntry { key: key_text, value: from_toml(value.get_ref(), depth + 1) })
        })
        .collect();
    // TOML's tables are sorted by name; people read the report beside their file.
    entries.sort_by_key(|(span, _)| span.start);
    Mapping { entries: entries.into_iter().map(|(_, entry)| entry).collect(), incomplete: false }
}

fn from_toml(value: &DeValue<'_>, depth: usize) -> YamlNode {
    let plain = |text: String| NodeContent::Scalar(Scalar { text, style: QuoteStyle::Plain });
    node(match value {
        _ if depth > MOST_DEPTH => NodeContent::Null,
        DeValue::String(text) => NodeContent::Scalar(Scalar { text: text.to_string(), style: QuoteStyle::Quoted }),
        DeValue::Integer(number) => plain(number.as_str().to_owned()),
        DeValue::Float(number) => plain(number.as_str().to_owned()),
        DeValue::Boolean(flag) => plain(flag.to_string()),
        DeValue::Datetime(date) => plain(date.to_string()),
        DeValue::Array(items) => {
            NodeContent::Sequence(items.iter().map(|item| from_toml(item.get_ref(), depth + 1)).collect())
        }
        DeValue::Table(table) => NodeContent::Mapping(mapping(table, depth)),
    })
}
