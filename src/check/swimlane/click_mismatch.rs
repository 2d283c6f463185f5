//! `swimlane/click-mismatch`: a node whose click leads elsewhere than its row's first action.

use crate::diagnostic::{Diagnostic, Findings, Rule};
use crate::page::{Page, PageMap};
use crate::site::{PageId, Site, Target};

/// The rule.
pub static RULE: Rule = Rule::error("swimlane/click-mismatch", include_str!("click_mismatch.md"));

/// Looks at the maps of a page.
pub fn check(site: &Site, page: PageId, found: &mut Findings) {
    let Some(compiled) = site.page(page).markdown() else { return };
    for map in &compiled.maps {
        let nodes = 0..map.graph.nodes.len();
        found.extend(nodes.filter_map(|node| finding(site, page, (compiled, map), node)));
    }
}

fn finding(site: &Site, id: PageId, (page, map): (&Page, &PageMap), node: usize) -> Option<Diagnostic> {
    let click = map.clicks[node]? as usize;
    let actions = map.actions[node].as_ref()?;
    let resolutions = site.links(id);
    let clicked = &resolutions[click];
    // What leads nowhere, in the diagram or in the table, is another rule's finding.
    if clicked.problem.is_some() || actions.links.is_empty() {
        return None;
    }
    let targets = || actions.links.iter().map(|link| &resolutions[*link as usize].target);
    let row_is_broken = actions.links.iter().any(|link| resolutions[*link as usize].problem.is_some());
    if row_is_broken || targets().any(|target| *target == clicked.target || *target == Target::Nowhere) {
        return None;
    }
    let link = &page.links[click];
    let first = &page.links[*actions.links.first()? as usize];
    let label = &map.graph.nodes[node].id;
    let message = format!("`{label}` leads to `{}`, but its table row to `{}`", link.destination, first.destination);
    Some(
        RULE.at(link.span, message)
            .help(format!("the table wins: let the click lead to `{}` as well", first.destination))
            .related(actions.span, "the row's first action"),
    )
}
