//! `nav/listed-twice`: a page with two entries in the outline.

use crate::diagnostic::{Diagnostics, Rule};
use crate::site::Site;

/// The rule.
pub static RULE: Rule = Rule::warning("nav/listed-twice", include_str!("listed_twice.md"));

/// Looks at the outline.
pub fn check(site: &Site, found: &mut Diagnostics) {
    for (first, again) in &site.nav.repeated {
        let finding = RULE.at(again.span, format!("`{}` is already in the navigation", again.value));
        let finding =
            finding.help("remove one of the two entries; to refer to the page from elsewhere, link to it in the text");
        found.push(finding.related(*first, "the first entry"));
    }
}
