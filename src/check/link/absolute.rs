//! `link/absolute`: a path from the root of the web server.

use super::with_rest;
use crate::check::{Broken, broken_links};
use crate::diagnostic::{Diagnostic, Diagnostics, Fix, Rule};
use crate::site::{LinkProblem, PageId, Site, Target};
use crate::url::Destination;

/// The rule.
pub static RULE: Rule = Rule::warning("link/absolute", include_str!("absolute.md"));

/// Looks at all links of a page.
pub fn check(site: &Site, page: PageId, found: &mut Diagnostics) {
    for broken in broken_links(site, page) {
        if broken.problem == LinkProblem::Absolute {
            let message = format!("`{}` starts at the root of the web server", broken.link.destination);
            let finding = RULE.at(broken.link.span, message);
            found.push(with_source_form(finding, site, &broken));
        }
    }
}

/// Offers the relative path of the file, where there is one.
fn with_source_form(finding: Diagnostic, site: &Site, broken: &Broken<'_>) -> Diagnostic {
    let source = match &broken.target {
        Target::Page(id, _) => site.page(*id).source.as_ref(),
        Target::Asset(id, _) => Some(&site.asset(*id).source),
        Target::Repository { .. } | Target::External(_) | Target::Open | Target::Nowhere => None,
    };
    let (Some(source), Some(folder)) = (source, broken.folder.as_ref()) else {
        return finding.help("link to the file by its path relative to this one");
    };
    let Destination::Local { query, fragment, .. } = Destination::parse(&broken.link.destination) else {
        return finding;
    };
    let better = with_rest(&source.relative_to(folder), query.as_deref(), fragment.as_deref());
    let span = finding.span;
    // A target that is there leaves no doubt: only the way to it is another.
    broken.repaired(finding.help(format!("write `{better}`")), Fix::replace(span, better))
}
