//! A list or mapping while it is being read.
//! In: the nodes in it, one by one. Out: the finished content; keys that are no texts or come twice.
//! Never knows: the parser, the budget.

use std::collections::HashMap;

use super::super::{Mapping, MappingEntry, NodeContent, YamlNode};
use crate::diagnostic::{Diagnostic, Rule};
use crate::source::Located;

/// How much a node holds.
#[derive(Copy, Clone)]
pub(super) struct NodeSize {
    /// Values, itself included.
    pub(super) nodes: usize,
    /// Levels of collections, itself included.
    pub(super) depth: usize,
}

impl NodeSize {
    /// A text, or nothing.
    pub(super) const ONE: Self = Self { nodes: 1, depth: 0 };
}

/// A collection that is still open.
pub(super) struct OpenCollection {
    /// First byte.
    pub(super) start: usize,
    /// Written with brackets.
    pub(super) flow: bool,
    /// The parser's number of its `&name`; 0 when it has none.
    pub(super) anchor: usize,
    /// What it holds so far.
    pub(super) size: NodeSize,
    /// What is in it so far.
    pub(super) body: Collection,
}

impl OpenCollection {
    pub(super) fn new(start: usize, flow: bool, anchor: usize, body: Collection) -> Self {
        Self { start, flow, anchor, size: NodeSize { nodes: 1, depth: 1 }, body }
    }

    /// Where the key stands whose value comes next, in bytes of the file.
    pub(super) fn pending_key(&self) -> Option<usize> {
        match &self.body {
            Collection::Mapping(OpenMapping { key: PendingKey::Read(key), .. }) => Some(key.span.start as usize),
            _ => None,
        }
    }

    /// Adds the next node: an item, a key or a value.
    pub(super) fn push(&mut self, node: YamlNode, size: NodeSize, rule: &'static Rule) -> Option<Diagnostic> {
        self.size.nodes += size.nodes;
        self.size.depth = self.size.depth.max(size.depth + 1);
        match &mut self.body {
            Collection::Sequence(items) => {
                items.push(node);
                None
            }
            Collection::Mapping(mapping) => mapping.push(node, rule),
        }
    }
}

/// What is in an open collection.
pub(super) enum Collection {
    Sequence(Vec<YamlNode>),
    Mapping(OpenMapping),
}

impl Collection {
    pub(super) fn sequence() -> Self {
        Self::Sequence(Vec::new())
    }

    pub(super) fn mapping() -> Self {
        Self::Mapping(OpenMapping::default())
    }

    pub(super) fn finish(self) -> NodeContent {
        match self {
            Self::Sequence(items) => NodeContent::Sequence(items),
            Self::Mapping(mapping) => mapping.finish(),
        }
    }
}

#[derive(Default)]
pub(super) struct OpenMapping {
    mapping: Mapping,
    /// Where each key stands in `mapping`.
    places: HashMap<String, usize>,
    /// Mappings that `<<` brings in: their keys count where this mapping has none.
    merged: Vec<Mapping>,
    /// What was read of the entry at hand.
    key: PendingKey,
    /// Some key was no text.
    broken: bool,
}

/// What was read of an entry.
#[derive(Default)]
enum PendingKey {
    /// Nothing: its key comes next.
    #[default]
    Due,
    /// The key: its value comes next.
    Read(Located<String>),
    /// Something that cannot be a key; its value is dropped.
    Broken,
}

impl OpenMapping {
    fn push(&mut self, node: YamlNode, rule: &'static Rule) -> Option<Diagnostic> {
        match std::mem::take(&mut self.key) {
            PendingKey::Due => self.push_key(node, rule),
            PendingKey::Broken => None,
            PendingKey::Read(key) => self.push_value(key, node, rule),
        }
    }

    fn push_key(&mut self, node: YamlNode, rule: &'static Rule) -> Option<Diagnostic> {
        if let NodeContent::Scalar(scalar) = node.content {
            self.key = PendingKey::Read(Located::new(scalar.text, node.span));
            return None;
        }
        // Its value follows all the same, and must not be taken for the next key.
        self.key = PendingKey::Broken;
        self.broken = true;
        match node.content {
            NodeContent::Unreadable => None,
            NodeContent::Null => Some(rule.at(node.span, "missing key").help("write `key: value`")),
            // `title: {{ name }}` reads as a mapping in a mapping.
            _ => {
                let finding = rule.at(node.span, "a key must be a string");
                Some(finding.help("if `{{ … }}` is a variable, quote the whole value"))
            }
        }
    }

    fn push_value(&mut self, key: Located<String>, mut value: YamlNode, rule: &'static Rule) -> Option<Diagnostic> {
        if value.span.is_empty() && value.content == NodeContent::Null {
            // A place of no width cannot be underlined, and a fix could not be put there.
            value.span = key.span;
        }
        if key.value == "<<"
            && let Some(mut merged) = merge_sources(&value.content)
        {
            self.merged.append(&mut merged);
            return None;
        }
        if let Some(first) = self.places.get(&key.value).and_then(|place| self.mapping.entries.get(*place)) {
            let finding = rule.at(key.span, format!("duplicate key `{}`", key.value));
            let first = first.key.span;
            return Some(
                finding.help("remove one of the two; the first one is used").related(first, "first defined here"),
            );
        }
        self.places.insert(key.value.clone(), self.mapping.entries.len());
        self.mapping.entries.push(MappingEntry { key, value });
        None
    }

    fn finish(mut self) -> NodeContent {
        for entry in self.merged.into_iter().flat_map(|mapping| mapping.entries) {
            if !self.places.contains_key(&entry.key.value) {
                self.places.insert(entry.key.value.clone(), self.mapping.entries.len());
                self.mapping.entries.push(entry);
            }
        }
        // Nothing but broken keys: what it was meant to be is anybody's guess, and its finding stands already.
        if self.broken && self.mapping.entries.is_empty() {
            return NodeContent::Unreadable;
        }
        NodeContent::Mapping(self.mapping)
    }
}

/// The mappings that the value of `<<` names; `None` when it is an ordinary value.
fn merge_sources(content: &NodeContent) -> Option<Vec<Mapping>> {
    match content {
        NodeContent::Mapping(mapping) => Some(vec![mapping.clone()]),
        NodeContent::Sequence(items) => items
            .iter()
            .map(|item| match &item.content {
                NodeContent::Mapping(mapping) => Some(mapping.clone()),
                _ => None,
            })
            .collect(),
        _ => None,
    }
}
