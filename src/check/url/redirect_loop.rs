//! `redirect/loop`: redirects that lead back to themselves.

use std::collections::{HashMap, HashSet};

use super::redirect_target;
use crate::diagnostic::{Findings, Rule};
use crate::site::Site;
use crate::url::SitePath;

/// The rule.
pub static RULE: Rule = Rule::error("redirect/loop", include_str!("redirect_loop.md"));

/// Follows each redirect; one that comes back to its start is reported once for each of its members.
pub fn check(site: &Site, found: &mut Findings) {
    let next: HashMap<SitePath, SitePath> = site
        .config
        .redirects
        .iter()
        .filter_map(|(from, to)| {
            let target = redirect_target(&from.value, &to.value)?;
            Some((SitePath::new(&from.value), target))
        })
        .collect();
    for (from, _) in &site.config.redirects {
        let start = SitePath::new(&from.value);
        let mut seen = HashSet::new();
        let mut at = &start;
        while let Some(target) = next.get(at).filter(|_| seen.insert(at)) {
            at = target;
        }
        if next.contains_key(at) && *at == start {
            let message = format!("`{}` is redirected back to itself", from.value);
            found.push(RULE.at(from.span, message).help("let it lead to a page"));
        }
    }
}
