//! `template/missing-key`: a template that does not say what every template must say.

use super::template;
use crate::check::own_keys;
use crate::diagnostic::{Diagnostics, Rule, nearest};
use crate::site::{PageId, Site};
use crate::yaml::NodeContent;

/// The rule.
pub static RULE: Rule = Rule::error("template/missing-key", include_str!("missing_key.md"));

/// Looks for the keys that `[templates.schema]` requires.
pub fn check(site: &Site, page: PageId, found: &mut Diagnostics) {
    let Some(front) = template(site, page) else { return };
    let Some(opening) = front.opening else { return };
    let has = |key: &str| {
        let mut entries = front.written.entries.iter().filter(|entry| entry.key.value == key);
        entries.any(|entry| !matches!(entry.value.content, NodeContent::Null))
    };
    let schema = &site.config.written.templates.schema;
    // With a line that could not be read, the key may stand in that line: one mistake, one finding.
    let required = schema.iter().filter(|(_, key)| key.value.required);
    for (name, wanted) in required.filter(|(key, _)| !front.written.incomplete && !has(&key.value)) {
        let key = &name.value;
        // A key without a value stands there already.
        let empty = front.written.entries.iter().find(|entry| entry.key.value == *key);
        let unknown = front.extra.entries.iter().map(|entry| entry.key.value.as_str());
        let near = nearest(key, unknown.filter(|own| schema.iter().all(|(known, _)| known.value != *own)));
        let span = empty.map_or(opening, |entry| entry.key.span);
        found.push(own_keys::missing(&RULE, span, name, &wanted.value, near.filter(|_| empty.is_none())));
    }
}
