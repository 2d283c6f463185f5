//! `link/asset-link-not-found`: a drawing or HTML file of the site that leads nowhere.

use super::anchor::nearest_anchor;
use crate::diagnostic::{Diagnostic, Diagnostics, Edit, Rule};
use crate::markdown::Link;
use crate::site::{Asset, LinkProblem, Site};

/// The rule.
pub static RULE: Rule = Rule::warning("link/asset-link-not-found", include_str!("asset_link_not_found.md"));

/// Looks at the links of all files that are copied.
pub fn check(site: &Site, found: &mut Diagnostics) {
    for asset in site.assets.iter() {
        found.extend(asset.links.iter().filter_map(|link| finding(site, asset, link)));
    }
}

fn finding(site: &Site, asset: &Asset, link: &Link) -> Option<Diagnostic> {
    // A fragment alone means something inside the drawing.
    let is_inside = link.destination.starts_with('#') || link.destination.starts_with("data:");
    // In templates of other tools, an address is what becomes of braces.
    if is_inside || ["{{", "{%"].iter().any(|mark| link.destination.contains(mark)) {
        return None;
    }
    let resolution = site.resolve_in_asset(asset, &link.destination);
    let problem = resolution.problem.as_ref()?;
    let message = format!("broken link `{}` in this file", link.destination);
    Some(with_help(RULE.at(link.span, message), site, link, problem))
}

fn with_help(finding: Diagnostic, site: &Site, link: &Link, problem: &LinkProblem) -> Diagnostic {
    let LinkProblem::AnchorNotFound(page, anchor) = problem else {
        return finding.help("export the file again, or correct the link");
    };
    let Some((better, _)) = nearest_anchor(site, *page, anchor) else {
        return finding.help(format!("the page has no `#{anchor}`"));
    };
    // An SVG is no Markdown: its address is replaced as a whole, in the quotes that are there.
    let destination = link.destination.replace(&format!("#{anchor}"), &format!("#{better}"));
    finding.suggest_edit(format!("#{better}"), Edit { span: link.span, replacement: destination })
}
