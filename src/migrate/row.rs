//! Rows of settings, and the walk that finds the row of each setting in a file.
//! In: a table, and settings as a tree. Out: a report that names every setting once.

use super::report::{Counterpart, MigrationReport};
use crate::source::{SourceId, Span};
use crate::yaml::{NodeContent, YamlNode};

/// A setting of another generator. `D` is what is made from the settings.
pub(super) struct SettingRow<D> {
    /// Its path, with a slash between names: `theme/features/navigation.tabs`. A last `*` is any name.
    pub(super) path: &'static str,
    /// What becomes of it.
    pub(super) fate: Fate<D>,
}

/// What becomes of a setting.
pub(super) enum Fate<D> {
    /// It is only a name for others, which have rows of their own.
    Parts,
    /// It works here without being set. Its options have rows of their own.
    Works(&'static str),
    /// It is carried over, as far as its value allows.
    Carried(fn(&mut D, &FoundSetting<'_>) -> Counterpart),
    /// Nothing has to be set.
    NotNeeded(&'static str),
    /// Nothing here does the same.
    Lost(&'static str),
}

/// A setting in a file.
#[derive(Copy, Clone)]
pub(super) struct FoundSetting<'a> {
    /// Its own name, without those above it.
    pub(super) name: &'a str,
    /// Its value.
    pub(super) value: &'a YamlNode,
}

/// Takes every setting to its row.
pub(super) fn walk<D>(tables: &[&[SettingRow<D>]], draft: &mut D, root: &YamlNode, report: &mut MigrationReport) {
    SettingWalk { tables, report }.children("", root, draft);
}

struct SettingWalk<'a, D> {
    tables: &'a [&'a [SettingRow<D>]],
    report: &'a mut MigrationReport,
}

impl<D> SettingWalk<'_, D> {
    fn children(&mut self, path: &str, node: &YamlNode, draft: &mut D) {
        for (name, value) in parts(node) {
            let below = if path.is_empty() { name.to_owned() } else { format!("{path}/{name}") };
            self.setting(&below, FoundSetting { name, value }, draft);
        }
    }

    fn setting(&mut self, path: &str, found: FoundSetting<'_>, draft: &mut D) {
        let shown = shown(path);
        match self.row(path).map(|row| &row.fate) {
            Some(Fate::Parts) if has_parts(found.value) => self.children(path, found.value, draft),
            Some(Fate::Parts) => self.report.add(shown, Counterpart::NotNeeded("it sets nothing".to_owned())),
            Some(Fate::Works(how)) => {
                self.report.add(shown, Counterpart::to(*how));
                // The items of a list are its value; the options of an extension are settings of their own.
                if matches!(found.value.content, NodeContent::Mapping(_)) || self.has_rows_below(path) {
                    self.children(path, found.value, draft);
                }
            }
            Some(Fate::Carried(carry)) => {
                let counterpart = carry(draft, &found);
                self.report.add(shown, counterpart);
                // Options that have rows of their own; all others are part of the value.
                if self.has_rows_below(path) {
                    self.children(path, found.value, draft);
                }
            }
            Some(Fate::NotNeeded(why)) => self.report.add(shown, Counterpart::NotNeeded((*why).to_owned())),
            Some(Fate::Lost(why)) => self.report.add(shown, Counterpart::lost(*why)),
            None => self.report.add(shown, Counterpart::lost("not known to this command, so nothing was done with it")),
        }
    }

    fn has_rows_below(&self, path: &str) -> bool {
        let is_below = |row: &SettingRow<D>| row.path.strip_prefix(path).is_some_and(|rest| rest.starts_with('/'));
        self.tables.iter().copied().flatten().any(is_below)
    }

    fn row(&self, path: &str) -> Option<&SettingRow<D>> {
        let find = |wanted: &str| self.tables.iter().copied().flatten().find(|row| row.path == wanted);
        find(path).or_else(|| find(&format!("{}/*", path.rsplit_once('/')?.0)))
    }
}

/// `theme/features/navigation.tabs` as people would look for it.
fn shown(path: &str) -> String {
    path.replace('/', ": ")
}

fn has_parts(node: &YamlNode) -> bool {
    matches!(node.content, NodeContent::Mapping(_) | NodeContent::Sequence(_))
}

/// The settings in a value. Lists of extensions, plugins and features have names as their items, some with options.
pub(super) fn parts(node: &YamlNode) -> Vec<(&str, &YamlNode)> {
    match &node.content {
        NodeContent::Mapping(mapping) => {
            mapping.entries.iter().map(|entry| (entry.key.value.as_str(), &entry.value)).collect()
        }
        NodeContent::Sequence(items) => items.iter().flat_map(item).collect(),
        NodeContent::Null | NodeContent::Scalar(_) | NodeContent::Unreadable => Vec::new(),
    }
}

fn item(node: &YamlNode) -> Vec<(&str, &YamlNode)> {
    match (&node.content, node.as_text()) {
        (NodeContent::Mapping(_), _) => parts(node),
        (_, Some(name)) => vec![(name, &EMPTY)],
        _ => Vec::new(),
    }
}

/// The options of a name without options.
static EMPTY: YamlNode =
    YamlNode { span: Span { source: SourceId::new(0), start: 0, end: 0 }, content: NodeContent::Null, tag: None };
