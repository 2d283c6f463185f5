//! `link/case-mismatch`: a path in another letter case than its file.

use super::with_rest;
use crate::check::broken_links;
use crate::diagnostic::{Diagnostics, Fix, Rule};
use crate::site::{LinkProblem, PageId, Site};
use crate::url::Destination;

/// The rule.
pub static RULE: Rule = Rule::error("link/case-mismatch", include_str!("case_mismatch.md"));

/// Looks at all links of a page.
pub fn check(site: &Site, page: PageId, found: &mut Diagnostics) {
    for broken in broken_links(site, page) {
        let LinkProblem::CaseMismatch(real) = &broken.problem else { continue };
        let Destination::Local { path, query, fragment } = Destination::parse(&broken.link.destination) else {
            continue;
        };
        let folder = broken.folder.clone().unwrap_or(real.parent());
        let path_there = as_written(&real.relative_to(&folder), &path);
        let better = with_rest(&path_there, query.as_deref(), fragment.as_deref());
        let finding = RULE
            .at(broken.link.span, format!("`{path}` and the file name differ in capitalization"))
            .leads_to(site.config.place.shown(real));
        // Safe: macOS and Windows open the same file, and Linux, which serves the site, finds none.
        let fix = Fix::replace(broken.link.span, better.as_str());
        found.push(broken.repaired(finding.help(format!("write `{better}`")), fix));
    }
}

/// The path with the slash that its author put at the end of a folder.
fn as_written(better: &str, path: &str) -> String {
    match (better, path.ends_with('/')) {
        ("", _) => "./".to_owned(),
        (better, true) => format!("{better}/"),
        (better, false) => better.to_owned(),
    }
}
