//! `swimlane/click-mismatch`: a node whose click leads elsewhere than its row's first action.

use crate::diagnostic::{Diagnostic, Findings, Fix, Rule};
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
    let better = as_click(site, id, (page, map), node)?;
    let finding = RULE
        .at(link.span, message)
        .help(format!("the table wins: let the click lead to `{better}`"))
        .related(actions.span, "the row's first action");
    let mut finding = finding.fix(Fix::replace(link.span, better));
    if map.is_contested {
        finding.doubt();
    }
    Some(finding)
}

/// The first action of a node's row, written as the diagram writes its clicks: as an address, or as a file.
pub(in crate::check) fn as_click(
    site: &Site,
    id: PageId,
    (page, map): (&Page, &PageMap),
    node: usize,
) -> Option<String> {
    let action = *map.actions.get(node)?.as_ref()?.links.first()? as usize;
    let resolution = &site.links(id)[action];
    if resolution.problem.is_some() {
        return None;
    }
    let click = &page.links[map.clicks[node]? as usize].destination;
    let first = &page.links[action].destination;
    let path = click.split(['#', '?']).next().unwrap_or_default();
    if path.rsplit_once('.').is_some_and(|(_, extension)| extension == "md") {
        return Some(first.clone());
    }
    let address = site.href(id, &resolution.target).map(|href| href.to_string());
    // Between quotes, a quote would end the target.
    address.filter(|address| !address.contains(['"', '\n'])).or_else(|| Some(first.clone()))
}
