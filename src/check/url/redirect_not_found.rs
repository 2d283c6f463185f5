//! `redirect/not-found`: a redirect to nowhere.

use super::redirect_target;
use crate::diagnostic::{Findings, Rule};
use crate::site::Site;
use crate::url::SitePath;

/// The rule.
pub static RULE: Rule = Rule::error("redirect/not-found", include_str!("redirect_not_found.md"));

/// Looks at the project's redirects.
pub fn check(site: &Site, found: &mut Findings) {
    let redirects = &site.config.redirects;
    for (from, to) in redirects {
        let Some(target) = redirect_target(&from.value, &to.value) else { continue };
        let leads_on = redirects.iter().any(|(next, _)| SitePath::new(&next.value) == target);
        if site.page_at(&target).is_none() && !leads_on {
            let message = format!("`{}` leads to no page", to.value);
            found.push(RULE.at(to.span, message).help("name the address of a page, or a web address"));
        }
    }
}
