//! `redirect/not-found`: a redirect to nowhere.

use crate::diagnostic::{Findings, Rule};
use crate::site::{LostRedirect, Redirect, RedirectObstacle, Site};

/// The rule.
pub static RULE: Rule = Rule::error("redirect/not-found", include_str!("redirect_not_found.md"));

/// Looks at where redirects lead, and whether they begin in the site.
pub fn check(site: &Site, found: &mut Findings) {
    for Redirect { to, target, .. } in site.redirects.iter() {
        let Some(target) = target else { continue };
        let leads_on = site.redirects.iter().any(|next| next.address == *target);
        if site.page_at(target).is_none() && site.asset_at(target).is_none() && !leads_on {
            let message = format!("`{}` leads to no page", to.value);
            found.push(RULE.at(to.span, message).help("name the address of a page, or a web address"));
        }
    }
    for LostRedirect { from, reason } in &site.lost_redirects {
        if *reason == RedirectObstacle::OutsideSite {
            let message = format!("`{}` is no address of this site, so nobody can be led on from there", from.value);
            found.push(RULE.at(from.span, message).help("name an address from the root of the site: `/old-name/`"));
        }
    }
}
