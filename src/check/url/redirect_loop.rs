//! `redirect/loop`: redirects that lead back to themselves.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::{Findings, Rule};
use crate::site::Site;
use crate::url::SitePath;

/// The rule.
pub static RULE: Rule = Rule::error("redirect/loop", include_str!("redirect_loop.md"));

/// Follows each redirect; one that comes back to its start is reported once for each of its members.
pub fn check(site: &Site, found: &mut Findings) {
    let ways = site.redirects.iter().filter_map(|old| Some((&old.address, old.target.as_ref()?)));
    let next: HashMap<&SitePath, &SitePath> = ways.collect();
    for old in &site.redirects {
        let start = &old.address;
        let mut seen = HashSet::new();
        let mut at = start;
        while let Some(target) = next.get(at).filter(|_| seen.insert(at)) {
            at = target;
        }
        if next.contains_key(at) && at == start {
            let message = format!("`{}` is redirected back to itself", old.from.value);
            found.push(RULE.at(old.from.span, message).help("let it lead to a page"));
        }
    }
}
