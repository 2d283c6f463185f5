//! `link/not-found`: a Markdown link to a file that is not there.

use super::missing;
use crate::check::{add, broken_links};
use crate::diagnostic::{Diagnostics, Rule};
use crate::markdown::LinkKind;
use crate::site::{PageId, Site};

/// The rule.
pub static RULE: Rule = Rule::error("link/not-found", include_str!("not_found.md"));

/// Looks at the Markdown links of a page.
pub fn check(site: &Site, page: PageId, found: &mut Diagnostics) {
    for broken in broken_links(site, page) {
        let is_markdown =
            matches!(broken.link.kind, LinkKind::Markdown | LinkKind::Autolink | LinkKind::UnusedDefinition);
        if is_markdown && !broken.is_click {
            add(found, missing(&RULE, site, page, &broken));
        }
    }
}

/// Looks at the links that stand on every page: those of the settings.
pub fn check_settings(site: &Site, found: &mut Diagnostics) {
    let lost = site.lost_in_settings().into_iter();
    for wanted in lost.filter(|wanted| site.config.schemes.refusal(&wanted.value).is_none()) {
        let finding = RULE.at(wanted.span, format!("file not found: `{}`", wanted.value));
        found.push(finding.help("use a URL, or the path of a page relative to the content folder"));
    }
}
