//! `redirect/not-found`: a redirect to nowhere.

use crate::check::link::nearest_anchor;
use crate::diagnostic::{Diagnostic, Edit, Findings, Fix, Rule};
use crate::site::{LostRedirect, PageId, Redirect, RedirectObstacle, Site};
use crate::text::Located;
use crate::url::{Anchor, SitePath};

/// The rule.
pub static RULE: Rule = Rule::error("redirect/not-found", include_str!("redirect_not_found.md"));

/// Looks at where redirects lead, and whether they begin in the site.
pub fn check(site: &Site, found: &mut Findings) {
    for Redirect { to, target, anchor, .. } in site.redirects.iter() {
        let Some(target) = target else { continue };
        let leads_on = site.redirects.iter().any(|next| next.address == *target);
        if site.page_at(target).is_none() && site.asset_at(target).is_none() && !leads_on {
            let message = format!("`{}` leads to no page", to.value);
            let finding = RULE.at(to.span, message).help("name the address of a page, or a web address");
            found.push(match moved(site, target) {
                Some(now) => {
                    let rest = to.value.find(['#', '?']).and_then(|at| to.value.get(at..)).unwrap_or_default();
                    let edits = vec![Edit { span: to.span, replacement: format!("\"{now}{rest}\"") }];
                    finding.help(format!("the page moved: write `{now}{rest}`")).fix(Fix::suggested(edits))
                }
                None => finding,
            });
        }
        if let (Some(page), Some(anchor)) = (site.page_at(target), anchor)
            && !site.has_anchor(page, anchor)
        {
            found.push(no_such_place(site, to, (page, anchor)));
        }
    }
    for LostRedirect { from, reason } in &site.lost_redirects {
        if *reason == RedirectObstacle::OutsideSite {
            let message = format!("`{}` is no address of this site, so nobody can be led on from there", from.value);
            found.push(RULE.at(from.span, message).help("name an address from the root of the site: `/old-name/`"));
        }
    }
}

/// The address of the page that was served at another one before.
fn moved(site: &Site, address: &SitePath) -> Option<SitePath> {
    let page = site.page_from(site.moved_from_address(address)?)?;
    Some(site.page(page).address.clone())
}

fn no_such_place(site: &Site, to: &Located<String>, (page, anchor): (PageId, &Anchor)) -> Diagnostic {
    let finding = RULE.at(to.span, format!("`{}` leads to no heading of its page", to.value));
    let Some((better, applicability)) = nearest_anchor(site, page, anchor) else {
        return finding.help(format!("the page has no `#{anchor}`"));
    };
    let replacement = format!("\"{}\"", to.value.replace(&format!("#{anchor}"), &format!("#{better}")));
    let edits = vec![Edit { span: to.span, replacement }];
    finding.help(format!("did you mean `#{better}`?")).fix(Fix { applicability, edits })
}
