//! Unknown keys.
//! In: such a key, and all known keys. Out: a finding with the key or table that was probably meant.

use super::schema::{TableKey, ValueShape};
use crate::diagnostic::{Diagnostic, Rule, code, nearest};
use crate::source::Located;

/// A key that nothing reads.
pub static UNKNOWN_KEY: Rule = Rule::error("config/unknown-key", include_str!("unknown_key.md"));
/// An unknown key.
#[derive(Debug)]
pub(super) struct Unknown {
    pub(crate) name: Located<String>,
    pub(super) header: String,
    /// The keys that its table can have.
    pub(crate) known: Vec<TableKey>,
}

impl Unknown {
    /// The finding, with a suggestion.
    pub(crate) fn finding(self, all: &[TableKey]) -> Diagnostic {
        let name = &self.name.value;
        let place = if self.header.is_empty() { String::new() } else { format!(" in `[{}]`", self.header) };
        let ours = self.known.iter().filter(|key| !key.shape.is_foreign()).map(|key| key.name);
        // Keys of mdBook's that mean nothing here are known as well: `multilingal` is better told to be one of them
        // than to be unknown.
        let near = nearest(name, self.known.iter().map(|key| key.name));
        let finding = UNKNOWN_KEY.at(self.name.span, format!("unknown key {}{place}", code(name)));
        if let Some(near) = near {
            return finding.suggest(near);
        }
        finding.help(match table_of(name, all) {
            Some(table) => format!("`{name}` belongs in `[{table}]`"),
            None => format!("available keys: {}", ours.map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ")),
        })
    }
}

/// The first table that has a key with this name, as a dotted path.
fn table_of(name: &str, keys: &[TableKey]) -> Option<String> {
    keys.iter().find_map(|key| {
        let (ValueShape::Table(inner) | ValueShape::Tables(inner)) = &key.shape else { return None };
        if inner.iter().any(|inner| inner.name == name && inner.shape != ValueShape::Foreign) {
            return Some(key.name.to_owned());
        }
        table_of(name, inner).map(|table| format!("{}.{table}", key.name))
    })
}
