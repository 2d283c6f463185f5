//! A list or mapping while it's being read.
//! In: its nodes, one by one. Out: its content, and findings for keys that are duplicates or not strings.

use std::collections::HashMap;

use super::super::{Mapping, MappingEntry, NodeContent, YamlNode};
use crate::diagnostic::{Diagnostic, Rule, code};
use crate::source::Located;

/// The size of a node.
#[derive(Copy, Clone)]
pub(super) struct NodeSize {
    /// Values, including itself.
    pub(super) nodes: usize,
    /// Levels of nesting, including itself.
    pub(super) depth: usize,
}

impl NodeSize {
    /// The size of a scalar or null.
    pub(super) const ONE: Self = Self { nodes: 1, depth: 0 };
}

/// An open collection.
pub(super) struct OpenCollection {
    /// The first byte.
    pub(super) start: usize,
    /// Whether it's written with brackets.
    pub(super) flow: bool,
    /// The parser's number of its `&name`, or 0.
    pub(super) anchor: usize,
    /// Its size so far.
    pub(super) size: NodeSize,
    /// Its content so far.
    pub(super) body: Collection,
    /// The tag in front of it.
    pub(super) tag: Option<Box<str>>,
}

impl OpenCollection {
    pub(super) fn new(start: usize, flow: bool, anchor: usize, body: Collection) -> Self {
        Self { start, flow, anchor, size: NodeSize { nodes: 1, depth: 1 }, body, tag: None }
    }

    /// The offset of the key whose value comes next.
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

/// The content of an open collection.
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
    /// The offset of each key in `mapping`.
    places: HashMap<String, usize>,
    /// Mappings merged with `<<`: their keys apply unless this mapping has them.
    merged: Vec<Mapping>,
    /// The current entry.
    key: PendingKey,
    /// Whether some key wasn't a string.
    broken: bool,
}

/// The state of an entry.
#[derive(Default)]
enum PendingKey {
    /// Its key comes next.
    #[default]
    Due,
    /// The key was read; its value comes next.
    Read(Located<String>),
    /// The key is invalid, so its value is dropped.
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
            // `title: {{ name }}` parses as a mapping inside a mapping.
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
            let finding = rule.at(key.span, format!("duplicate key {}", code(&key.value)));
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
        // All keys are broken, and already reported: there's no telling what it was meant to be.
        if self.broken && self.mapping.entries.is_empty() {
            return NodeContent::Unreadable;
        }
        NodeContent::Mapping(self.mapping)
    }
}

/// The mappings in the value of `<<`, or `None` if it's an ordinary value.
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
