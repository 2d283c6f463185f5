//! `redirect/loop`: redirects that lead back to themselves.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::{Findings, Rule};
use crate::site::Site;
use crate::url::SitePath;

/// The rule.
pub static RULE: Rule = Rule::error("redirect/loop", include_str!("redirect_loop.md"));

/// Follows each redirect; a circle is reported once, at the first of its members, with the others beside it.
pub fn check(site: &Site, found: &mut Findings) {
    let ways = site.redirects.iter().filter_map(|old| Some((&old.address, old.target.as_ref()?)));
    let next: HashMap<&SitePath, &SitePath> = ways.collect();
    let mut reported = HashSet::new();
    for old in site.redirects.iter() {
        let start = &old.address;
        let mut circle = HashSet::new();
        let mut at = start;
        while let Some(target) = next.get(at).filter(|_| circle.insert(at)) {
            at = target;
        }
        if !next.contains_key(at) || at != start || reported.contains(start) {
            continue;
        }
        let message = format!("`{}` is redirected back to itself", old.from.value);
        let mut finding = RULE.at(old.from.span, message).help("let it lead to a page");
        for member in
            site.redirects.iter().filter(|member| circle.contains(&member.address) && member.address != *start)
        {
            finding = finding.related(member.from.span, "by way of this one");
        }
        found.push(finding);
        reported.extend(circle);
    }
}
