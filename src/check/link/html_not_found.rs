//! `link/html-not-found`: an `href` or `src` in raw HTML that leads nowhere.

use super::missing;
use crate::check::{add, broken_links};
use crate::diagnostic::{Diagnostics, Rule};
use crate::markdown::LinkKind;
use crate::site::{PageId, Site};

/// The rule.
pub static RULE: Rule = Rule::error("link/html-not-found", include_str!("html_not_found.md"));

/// Looks at the raw HTML of a page.
pub fn check(site: &Site, page: PageId, found: &mut Diagnostics) {
    for broken in broken_links(site, page) {
        if matches!(broken.link.kind, LinkKind::HtmlHref | LinkKind::HtmlSrc) && !broken.is_click {
            add(found, missing(&RULE, site, page, &broken));
        }
    }
}
