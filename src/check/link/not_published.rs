//! `link/not-published`: a file of the repository that readers of the site cannot see.

use super::{DRAFT, ELSEWHERE};
use crate::check::broken_links;
use crate::diagnostic::{Diagnostics, Rule};
use crate::site::{LinkProblem, PageId, Site};

/// The rule.
pub static RULE: Rule = Rule::error("link/not-published", include_str!("not_published.md"));

/// Looks at all links of a page.
pub fn check(site: &Site, page: PageId, found: &mut Diagnostics) {
    for broken in broken_links(site, page) {
        if let LinkProblem::NotPublished(path) = &broken.problem {
            let is_draft = site.drafts.contains(path);
            let why = if is_draft { "is a draft, so it is" } else { "is in the repository, but" };
            let message = format!("`{path}` {why} not part of the site");
            let help = if is_draft { DRAFT } else { ELSEWHERE };
            found.push(RULE.at(broken.link.span, message).leads_to(site.config.place.shown(path)).help(help));
        }
    }
}
