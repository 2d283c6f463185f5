//! `link/unused-definition`: a definition that no link refers to.

use crate::diagnostic::{Diagnostics, Rule};
use crate::markdown::LinkKind;
use crate::site::{PageId, Site};

/// The rule.
pub static RULE: Rule = Rule::warning("link/unused-definition", include_str!("unused_definition.md"));

/// Looks at definitions. Those of an included file may be meant for another page that includes it, and `[//]: # (…)` is
/// a comment.
pub fn check(site: &Site, page: PageId, found: &mut Diagnostics) {
    let Some(page) = site.page(page).markdown() else { return };
    let is_comment = |destination: &str| matches!(destination, "" | "#");
    for link in &page.links {
        // A file of shared definitions is included by many pages, each of which uses some.
        let is_own = link.whole.source == page.source;
        if link.kind == LinkKind::UnusedDefinition && is_own && !is_comment(&link.destination) {
            let finding = RULE.at(link.whole, format!("unused link definition for `{}`", link.destination));
            found.push(finding.help("remove it, or use it in a link: `[text][label]`"));
        }
    }
}
