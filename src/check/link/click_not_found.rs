//! `diagram/click-not-found`: a node of a diagram whose click leads nowhere.

use super::missing;
use crate::check::{add, broken_links};
use crate::diagnostic::{Findings, Rule};
use crate::site::{PageId, Site};

/// The rule.
pub static RULE: Rule = Rule::error("diagram/click-not-found", include_str!("click_not_found.md"));

/// Looks at the click targets of a page's diagrams.
pub fn check(site: &Site, page: PageId, found: &mut Findings) {
    for broken in broken_links(site, page).filter(|broken| broken.is_click) {
        add(found, missing(&RULE, site, &broken));
    }
}
