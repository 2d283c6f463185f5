//! `template/value`: a value in a template's front matter that no template may have.

use super::template;
use crate::check::own_keys;
use crate::diagnostic::{Diagnostics, Rule};
use crate::site::{PageId, Site};

/// The rule.
pub static RULE: Rule = Rule::error("template/value", include_str!("value.md"));

/// Holds the values of a template against `[templates.schema]`.
pub fn check(site: &Site, page: PageId, found: &mut Diagnostics) {
    if let Some(front) = template(site, page) {
        found.extend(own_keys::values(&RULE, &site.config.written.templates.schema, &front.written.entries));
    }
}
