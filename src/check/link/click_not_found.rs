//! `diagram/click-not-found`: a node of a diagram whose click leads nowhere.

use super::{anchor_not_found, missing};
use crate::check::swimlane::click_mismatch::as_click;
use crate::check::{Broken, broken_links};
use crate::diagnostic::{Applicability, Diagnostic, Diagnostics, Edit, Fix, Rule};
use crate::page::Actions;
use crate::site::{LinkProblem, PageId, Site};

/// The rule.
pub static RULE: Rule = Rule::error("diagram/click-not-found", include_str!("click_not_found.md"));

/// Looks at the click targets of a page's diagrams: is the page there, and the place in it?
pub fn check(site: &Site, page: PageId, found: &mut Diagnostics) {
    for broken in broken_links(site, page).filter(|broken| broken.is_click) {
        let finding = match &broken.problem {
            LinkProblem::AnchorNotFound(target, anchor) => {
                Some(anchor_not_found::finding(&RULE, site, page, &broken, *target, anchor))
            }
            _ => missing(&RULE, site, page, &broken),
        };
        found.extend(finding.map(|finding| by_table(site, page, &broken, finding)));
    }
}

/// Where the table says what the node opens, that is the repair.
fn by_table(site: &Site, id: PageId, broken: &Broken<'_>, finding: Diagnostic) -> Diagnostic {
    let Some(page) = site.page(id).markdown() else { return finding };
    let is_this = |click: &Option<u32>| {
        let link = click.and_then(|click| page.links.get(click as usize));
        link.is_some_and(|link| link.span == broken.link.span)
    };
    let node = page.maps.iter().find_map(|map| Some((map, map.clicks.iter().position(is_this)?)));
    let Some((map, node)) = node else { return finding };
    let actions = map.actions.get(node).and_then(Option::as_ref);
    let is_alive = |actions: &&Actions| {
        let first = actions.links.first().and_then(|link| site.links(id).get(*link as usize));
        first.is_some_and(|first| first.problem.is_none())
    };
    let Some((better, actions)) = as_click(page, map, node).zip(actions.filter(is_alive)) else { return finding };
    let is_certain = finding.fix.as_ref().is_some_and(|fix| fix.applicability == Applicability::Safe);
    let finding = finding.related(actions.span, "the row's first action");
    if is_certain {
        // What is known of the file itself comes before what the table says of the step.
        return finding;
    }
    let edit = Edit { span: broken.link.span, replacement: better.clone() };
    finding.help(format!("the table says `{better}`")).fix(Fix::suggested(vec![edit]))
}
