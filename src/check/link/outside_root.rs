//! `link/outside-root`: a path that climbs out of the repository.

use crate::check::broken_links;
use crate::diagnostic::{Diagnostics, Rule};
use crate::site::{LinkProblem, PageId, Site};

/// The rule.
pub static RULE: Rule = Rule::error("link/outside-root", include_str!("outside_root.md"));

/// Looks at all links of a page.
pub fn check(site: &Site, page: PageId, found: &mut Diagnostics) {
    for broken in broken_links(site, page) {
        if broken.problem == LinkProblem::OutsideRoot {
            let message = format!("`{}` is outside the repository", broken.link.destination);
            found.push(RULE.at(broken.link.span, message).help("remove a `../`, or link to the file on the web"));
        }
    }
}
