//! `variables` and `placeholders` in front matter.

use crate::source::Located;
use crate::yaml::{FieldReader, Mapping, MappingEntry, NodeContent, YamlNode};

/// Names and texts.
pub(super) fn variables(entry: &MappingEntry, reader: &mut FieldReader<'_>) -> Vec<(String, String)> {
    let Some(Mapping { entries, .. }) = reader.mapping(entry) else { return Vec::new() };
    entries.iter().filter_map(|entry| Some((entry.key.value.clone(), reader.text(entry)?.value))).collect()
}

/// A list of names, or of words in brackets; or names with their words.
pub(super) fn placeholders(entry: &MappingEntry, reader: &mut FieldReader<'_>) -> Vec<(Located<String>, Vec<String>)> {
    match &entry.value.content {
        NodeContent::Mapping(mapping) => {
            mapping.entries.iter().map(|entry| (entry.key.clone(), words(entry, reader))).collect()
        }
        NodeContent::Sequence(items) => {
            items.iter().filter_map(|item| named(item).or_else(|| named_in_list(item))).collect()
        }
        _ => reader
            .wrong(entry, "a list of names, or a mapping from names to words", "write `[partner]`")
            .unwrap_or_default(),
    }
}

/// `partner` without words only means `{{ partner }}`.
fn words(entry: &MappingEntry, reader: &mut FieldReader<'_>) -> Vec<String> {
    match &entry.value.content {
        // No finding for a missing value: a name alone is enough.
        NodeContent::Null | NodeContent::Unreadable => Vec::new(),
        _ => reader.text_or_texts(entry).into_iter().map(|word| word.value).collect(),
    }
}

/// `partner` is a name; `"[Partner Name]"` is the words for `partner_name`.
fn named(item: &YamlNode) -> Option<(Located<String>, Vec<String>)> {
    let text = item.as_text()?;
    // Without brackets or spaces it can only be a name: `partner` in the text is an ordinary word.
    let is_name = text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
    let words = if is_name { Vec::new() } else { vec![text.to_owned()] };
    let name = if is_name { text.to_owned() } else { name_of(text) };
    (!name.is_empty()).then(|| (Located::new(name, item.span), words))
}

/// `- [Partner Name]` is a nested list in YAML, but nobody means one.
fn named_in_list(item: &YamlNode) -> Option<(Located<String>, Vec<String>)> {
    let NodeContent::Sequence(items) = &item.content else { return None };
    let [only] = items.as_slice() else { return None };
    let text = only.as_text()?;
    Some((Located::new(name_of(text), item.span), vec![format!("[{text}]")]))
}

/// `[Partner Name]` asks for `partner_name`.
#[must_use]
pub fn name_of(words: &str) -> String {
    let parts = words.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    parts.map(str::to_lowercase).collect::<Vec<_>>().join("_")
}
