//! `redirect/loop`: redirects that lead back to themselves.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::site::{Redirect, Site};
use crate::url::SitePath;

/// The rule.
pub static RULE: Rule = Rule::error("redirect/loop", include_str!("redirect_loop.md"));

/// Follows each redirect; a circle is reported once, at the first of its members, with the others beside it.
pub fn check(site: &Site, found: &mut Diagnostics) {
    // A part of a page may well lead to another part of it.
    let whole = || site.redirects.iter().filter(|old| old.part.is_none());
    let ways = whole().filter_map(|old| Some((&old.address, old.target.as_ref()?)));
    let next: HashMap<&SitePath, &SitePath> = ways.collect();
    let mut followed = HashSet::new();
    let mut circle_of: HashMap<&SitePath, usize> = HashMap::new();
    for (number, old) in whole().enumerate() {
        for member in circle(&old.address, &next, &mut followed) {
            circle_of.insert(member, number);
        }
    }
    let mut circles: BTreeMap<usize, Vec<&Redirect>> = BTreeMap::new();
    for old in whole() {
        if let Some(circle) = circle_of.get(&old.address) {
            circles.entry(*circle).or_default().push(old);
        }
    }
    found.extend(circles.values().filter_map(|members| finding(members)));
}

/// The circle that the way from an address ends in; nothing where it ends in none, or joins a way that was followed
/// before.
fn circle<'r>(
    start: &'r SitePath,
    next: &HashMap<&'r SitePath, &'r SitePath>,
    followed: &mut HashSet<&'r SitePath>,
) -> Vec<&'r SitePath> {
    let mut way = Vec::new();
    let mut at = start;
    // Each address is followed once in all: without that, a thousand redirects to one circle cost a thousand times
    // its length.
    while let Some(target) = next.get(at).filter(|_| followed.insert(at)) {
        way.push(at);
        at = target;
    }
    match way.iter().position(|passed| *passed == at) {
        Some(first) => way.split_off(first),
        None => Vec::new(),
    }
}

/// What is said of a circle, at the first of its members.
fn finding(members: &[&Redirect]) -> Option<Diagnostic> {
    let (first, others) = members.split_first()?;
    let message = format!("redirect loop: `{}` redirects to itself", first.from.value);
    let mut finding = RULE.at(first.from.span, message).help("redirect to a page instead");
    for member in others.iter().filter(|member| member.address != first.address) {
        finding = finding.related(member.from.span, "through this redirect");
    }
    Some(finding)
}
