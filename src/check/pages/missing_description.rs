//! `page/missing-description`: a page that does not say in a sentence what it is about.

use crate::diagnostic::{Diagnostics, Rule};
use crate::site::{PageId, Site};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule::warning("page/missing-description", include_str!("missing_description.md")).off();

/// Looks for a `description`. The page that stands for an error needs none.
pub fn check(site: &Site, page: PageId, found: &mut Diagnostics) {
    let entry = site.page(page);
    let Some(own) = entry.markdown() else { return };
    let is_exempt = entry.mounted.as_str() == "404.md" || own.front.written.incomplete;
    let says = own.front.description.as_ref().is_some_and(|text| !text.value.trim().is_empty());
    if !says && !is_exempt {
        let span = own.front.opening.unwrap_or_else(|| Span::start_of(own.source));
        let finding = RULE.at(span, format!("`{}` has no description", entry.mounted));
        found.push(finding.help("add `description: …` to its front matter: one sentence"));
    }
}
