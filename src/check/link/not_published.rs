//! `link/not-published`: a file of the repository that readers of the site cannot see.

use crate::check::broken_links;
use crate::diagnostic::{Findings, Rule};
use crate::site::{PageId, Problem, Site};

/// The rule.
pub static RULE: Rule = Rule::error("link/not-published", include_str!("not_published.md"));

/// Looks at all links of a page.
pub fn check(site: &Site, page: PageId, found: &mut Findings) {
    for broken in broken_links(site, page) {
        if let Problem::NotPublished(path) = broken.problem {
            let message = format!("`{path}` lies in the repository, but is not part of the site");
            let help = "mount it with `[[mount]]`, or set `git-repository-url` so that it can be shown there";
            found.push(RULE.at(broken.link.span, message).help(help));
        }
    }
}
