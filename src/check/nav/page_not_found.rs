//! `nav/page-not-found`: an entry of the outline whose file is not there.

use crate::diagnostic::{Diagnostics, Rule};
use crate::site::Site;

/// The rule.
pub static RULE: Rule = Rule::error("nav/page-not-found", include_str!("page_not_found.md"));

/// Looks at the outline.
pub fn check(site: &Site, found: &mut Diagnostics) {
    let missing = site.nav.missing.iter();
    for missing in missing.filter(|missing| site.config.schemes.refusal(&missing.value).is_none()) {
        let path = &missing.value;
        if site.source_folder().join(path).is_ok_and(|path| site.in_repository(&path)) {
            let finding = RULE.at(missing.span, format!("`{path}` exists, but it is not part of the site"));
            found.push(finding.help("add it with `[[mount]]`, and use the path that it is mounted at"));
            continue;
        }
        let mut finding = RULE.at(missing.span, format!("file not found: `{path}`"));
        if let Some(super::NavSuggestion { path: better, .. }) = super::meant(site, path) {
            finding = finding.suggest(&better);
        }
        found.push(finding);
    }
}
