//! Links that leave the site: which there are, and what became of where they lead.
//! In: a linked site; later, what servers answered. Out: addresses to ask for; findings.
//! Never knows: how anybody is asked.

use super::entry::Check;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Diagnostic, Diagnostics, Edit, Fix, Rule};
use crate::markdown::LinkKind;
use crate::site::{Site, Target};
use crate::source::Located;

/// The rules of this folder with their checks, a line each.
pub(super) static CHECKS: &[Check] = &[Check::elsewhere(RULES)];

/// A page that is gone.
pub static DEAD: Rule = Rule::error("external/dead", include_str!("dead.md")).on_demand();
/// A page that lives elsewhere.
pub static MOVED: Rule = Rule::warning("external/moved", include_str!("moved.md")).on_demand();
/// A server that does not answer programs.
pub static REFUSED: Rule = Rule::warning("external/refused", include_str!("refused.md")).on_demand();
/// A server that could not be asked.
pub static UNREACHABLE: Rule = Rule::warning("external/unreachable", include_str!("unreachable.md")).on_demand();
/// A page without the place that is linked.
pub static ANCHOR: Rule = Rule::warning("external/anchor-not-found", include_str!("anchor_not_found.md")).on_demand();

/// All of them.
pub static RULES: &[&Rule] = &[&ANCHOR, &DEAD, &MOVED, &REFUSED, &UNREACHABLE];

/// What became of an address.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Something is there.
    Alive,
    /// It is there for good now.
    Moved(String),
    /// Nothing is there; the text says how that is known.
    Dead(String),
    /// Its server answered, with this status, and did not say whether anything is there.
    Refused(u16),
    /// Its server could not be asked, or did not answer.
    Unreachable(String),
    /// The page is there; the place in it is not.
    NoAnchor(String),
}

/// Every web address that the site links, in order, once each.
#[must_use]
pub fn addresses(site: &Site) -> Vec<String> {
    let mut all: Vec<String> = links(site).map(|(_, address)| address).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// The findings for addresses that are not what they were.
#[must_use]
pub fn check(site: &Site, verdicts: &BTreeMap<String, Verdict>) -> Diagnostics {
    // An included text is in several pages, with one place for each of its links.
    let mut places = std::collections::HashSet::new();
    let asked = links(site).filter_map(|(link, address)| Some((link, verdicts.get(&address)?, address)));
    asked
        .filter(|(link, _, _)| places.insert(link.span))
        .filter_map(|(link, verdict, address)| finding(&link, &address, verdict))
        .collect()
}

/// Every link to the web with its address: of pages, of the texts of playbooks, and of their steps' templates.
fn links(site: &Site) -> impl Iterator<Item = (Located<&str>, String)> {
    let pages = site.pages().filter_map(|(id, page)| Some((id, page.markdown()?)));
    let on_pages = pages.flat_map(|(id, page)| page.links.iter().zip(site.links(id).iter().cloned()));
    let in_playbooks = site.playbooks.iter().flat_map(|entry| site.playbook_links(entry));
    let shown = on_pages.chain(in_playbooks).filter(|(link, _)| link.kind != LinkKind::UnusedDefinition);
    let links = shown.map(|(link, resolution)| (Located::new(link.destination.as_str(), link.span), resolution));
    let of_steps = site.playbooks.iter().flat_map(|entry| entry.playbook.steps.iter().zip(entry.templates.clone()));
    let templates = of_steps.filter_map(|(step, resolution)| {
        let template = step.template.as_ref()?;
        Some((Located::new(template.value.as_str(), template.span), resolution?))
    });
    links.chain(templates).filter_map(|(link, resolution)| match resolution.target {
        Target::External(url) if is_web(&url) => Some((link, url)),
        _ => None,
    })
}

fn is_web(url: &str) -> bool {
    let starts = |scheme: &str| url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    starts("https://") || starts("http://")
}

fn finding(link: &Located<&str>, address: &str, verdict: &Verdict) -> Option<Diagnostic> {
    let finding = match verdict {
        Verdict::Alive => return None,
        Verdict::Moved(to) => {
            let finding = MOVED
                .at(link.span, format!("`{address}` has moved permanently"))
                .help(format!("use the new address: `{to}`"));
            // What was written otherwise than it is asked for is the author's to change.
            if link.value == address {
                finding.fix(Fix::suggested(vec![Edit { span: link.span, replacement: to.clone() }]))
            } else {
                finding
            }
        }
        Verdict::Dead(why) => {
            DEAD.at(link.span, format!("broken link `{address}`: {why}")).help("update the link, or remove it")
        }
        Verdict::Refused(status) => REFUSED
            .at(link.span, format!("cannot check `{address}`: the server refuses programs with status {status}"))
            .help("open it in a browser; if it works, exclude it in `[check.external]`"),
        Verdict::Unreachable(why) => {
            UNREACHABLE.at(link.span, format!("cannot check `{address}`: {why}")).help("try again later")
        }
        Verdict::NoAnchor(fragment) => ANCHOR
            .at(link.span, format!("no anchor `#{fragment}` on `{}`", address.split('#').next().unwrap_or(address)))
            .help("the page exists: remove the anchor, or use one that it has"),
    };
    Some(finding)
}
