//! Facts: what front matter and playbooks say under keys that partner-docs itself does not use.

use super::nav;
use super::view::{Fact, FactValue};
use crate::page::FrontMatter;
use crate::yaml::{self, MappingEntry, YamlNode};

/// What readers choose a document by, in this order; it is shown before everything else.
const FIRST_FACTS: [&str; 5] = ["tier", "phase", "time_required", "difficulty", "owner"];

/// What the front matter says beyond what partner-docs itself uses: the first facts, then the others in the order of
/// the file.
pub(super) fn of(front: &FrontMatter) -> Vec<Fact<'_>> {
    let rank = |entry: &&MappingEntry| {
        let key = entry.key.value.to_lowercase().replace(['-', ' '], "_");
        FIRST_FACTS.iter().position(|first| *first == key).unwrap_or(FIRST_FACTS.len())
    };
    let mut entries: Vec<&MappingEntry> = front.extra.entries.iter().collect();
    // A stable sort: all other facts stay in the order of the file.
    entries.sort_by_key(rank);
    entries.into_iter().filter_map(fact).collect()
}

/// What one key says; nothing when it has no value.
pub(super) fn fact(entry: &MappingEntry) -> Option<Fact<'_>> {
    let values = texts(&entry.value);
    (!values.is_empty()).then(|| Fact { label: nav::label(&entry.key.value).into(), values })
}

/// The texts of a value; of a list, those of its items. Deeper values do not fit in a line.
fn texts(node: &YamlNode) -> Vec<FactValue<'_>> {
    let text = |node: &'_ YamlNode| match &node.content {
        yaml::NodeContent::Scalar(scalar) if !scalar.text.is_empty() => Some(scalar.text.clone()),
        _ => None,
    };
    let texts = match &node.content {
        yaml::NodeContent::Sequence(items) => items.iter().filter_map(text).collect(),
        _ => text(node).into_iter().collect::<Vec<_>>(),
    };
    texts.into_iter().map(|text| FactValue { text: text.into(), href: None }).collect()
}
