//! `swimlane/click-mismatch`: a node whose click leads elsewhere than its row's first action.

use crate::diagnostic::{Diagnostic, Diagnostics, Edit, Fix, Rule};
use crate::page::{Page, PageMap};
use crate::site::{PageId, Site, Target};

/// The rule.
pub static RULE: Rule = Rule::error("swimlane/click-mismatch", include_str!("click_mismatch.md"));

/// Looks at the maps of a page.
pub fn check(site: &Site, page: PageId, found: &mut Diagnostics) {
    let Some(compiled) = site.page(page).markdown() else { return };
    for map in &compiled.maps {
        let nodes = 0..map.graph.nodes.len();
        found.extend(nodes.filter_map(|node| finding(site, page, compiled, map, node)));
    }
}

fn finding(site: &Site, id: PageId, page: &Page, map: &PageMap, node: usize) -> Option<Diagnostic> {
    let click = (*map.clicks.get(node)?)? as usize;
    let actions = map.actions.get(node)?.as_ref()?;
    let resolutions = site.links(id);
    let clicked = resolutions.get(click)?;
    // What leads nowhere, in the diagram or in the table, is another rule's finding.
    if clicked.problem.is_some() || actions.links.is_empty() {
        return None;
    }
    // A cell may list several documents. A click that opens any of them agrees; which of them comes first is the
    // author's order for readers.
    let mut in_row = actions.links.iter().filter_map(|link| resolutions.get(*link as usize));
    if in_row
        .any(|link| link.problem.is_some() || agrees(&clicked.target, &link.target) || link.target == Target::Nowhere)
    {
        return None;
    }
    let link = page.links.get(click)?;
    let first = page.links.get(*actions.links.first()? as usize)?;
    let label = &map.graph.nodes.get(node)?.id;
    let message = format!(
        "`{label}` opens `{}`, but its table row says `{}` (the table wins)",
        link.destination, first.destination
    );
    let finding = RULE.at(link.span, message).related(actions.span, "the row's first action");
    // Which of the two is wrong, nobody knows but their author: both lead somewhere.
    Some(match as_click(page, map, node) {
        Some(better) => {
            let edit = Edit { span: link.span, replacement: better.clone() };
            let help = format!("change the `click` target to `{better}`, or correct the table");
            finding.help(help).fix(Fix::suggested(vec![edit]))
        }
        None => finding.help("use the same target in both"),
    })
}

/// Whether a click leads where a row does. It may be more exact: to a heading of the page that the row links.
fn agrees(click: &Target, row: &Target) -> bool {
    let is_place_in_it = match (click, row) {
        (Target::Page(click, Some(_)), Target::Page(row, None)) => click == row,
        (Target::Asset(click, Some(_)), Target::Asset(row, None)) => click == row,
        (Target::Repository { path: click, .. }, Target::Repository { path: row, fragment: None }) => click == row,
        _ => false,
    };
    is_place_in_it || click == row
}

/// The first action of a node's row, as a click can say it: a file as the row writes it, seen from the same file, or an
/// address on the web. Nothing else is written, for it would mean something else in a diagram.
pub(in crate::check) fn as_click(page: &Page, map: &PageMap, node: usize) -> Option<String> {
    let action = *map.actions.get(node)?.as_ref()?.links.first()? as usize;
    let click = page.links.get((*map.clicks.get(node)?)? as usize)?;
    let first = page.links.get(action)?;
    let path = first.destination.split(['#', '?']).next().unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default();
    let is_file = !path.contains(':') && name.trim_start_matches('.').contains('.');
    let is_on_the_web = path.starts_with("https://") || path.starts_with("http://");
    // Between quotes, a quote would end the target.
    let is_plain = !first.destination.contains(['"', '\n', '\\']) && click.span.source == first.span.source;
    (is_plain && (is_file || is_on_the_web)).then(|| first.destination.clone())
}
