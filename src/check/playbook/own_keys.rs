//! `playbook/missing-key` and `playbook/value`: what a team's own keys must say in every playbook.

use crate::check::own_keys;
use crate::diagnostic::{Diagnostics, Rule};
use crate::site::{Site, SitePlaybook};
use crate::yaml::NodeContent;

/// A key that every playbook must have.
pub static MISSING_KEY: Rule = Rule::error("playbook/missing-key", include_str!("missing_key.md"));
/// A value that no playbook may have.
pub static VALUE: Rule = Rule::error("playbook/value", include_str!("value.md"));

/// Holds all playbooks against `[playbooks.schema]`.
pub fn check(site: &Site, found: &mut Diagnostics) {
    let schema = &site.config.written.playbooks.schema;
    for SitePlaybook { playbook, .. } in &site.playbooks {
        found.extend(own_keys::values(&VALUE, schema, &playbook.own));
        // A key may stand in a line that could not be read, or be the one that is misspelt: one mistake, one finding.
        for (key, wanted) in schema.iter().filter(|(_, key)| key.value.required && playbook.is_whole) {
            let written = playbook.own.iter().find(|entry| entry.key.value == key.value);
            let is_empty = |content: &NodeContent| matches!(content, NodeContent::Null);
            if written.is_none_or(|entry| is_empty(&entry.value.content)) {
                let at = written.map_or(playbook.start, |entry| entry.key.span);
                found.push(own_keys::missing(&MISSING_KEY, at, key, &wanted.value, None));
            }
        }
    }
}
