//! `redirect/not-found`: a redirect to nowhere.

use crate::check::link::{malformed_url::malformed, nearest_anchor, with_rest};
use crate::diagnostic::{Diagnostic, Diagnostics, Edit, Fix, Rule, did_you_mean};
use crate::site::{LostRedirect, PageId, Redirect, RedirectObstacle, Site};
use crate::source::Located;
use crate::url::{Anchor, Destination, SitePath};

/// The rule.
pub static RULE: Rule = Rule::error("redirect/not-found", include_str!("redirect_not_found.md"));

/// Looks at where redirects lead, and whether they begin in the site.
pub fn check(site: &Site, found: &mut Diagnostics) {
    for Redirect { to, target, anchor, .. } in site.redirects.iter() {
        let Some(target) = target else {
            found.extend(malformed(&to.value, to.span).map(|finding| Diagnostic { rule: &RULE, ..finding }));
            continue;
        };
        // A redirect to a redirect works, if slowly; one that goes in a circle is `redirect/loop`.
        let leads_on = site.redirects.iter().any(|next| next.address == *target);
        if site.page_at(target).is_none() && site.asset_at(target).is_none() && !leads_on {
            let message = format!("redirect target not found: `{}`", to.value);
            let finding = RULE.at(to.span, message).help("use the address of a page, or a URL");
            found.push(match moved(site, target) {
                Some(now) => {
                    let now = match Destination::parse(&to.value) {
                        Destination::Local { query, fragment, .. } => {
                            with_rest(now.as_str(), query.as_deref(), fragment.as_deref())
                        }
                        Destination::External(_) => now.to_string(),
                    };
                    let edits = vec![Edit { span: to.span, replacement: format!("\"{now}\"") }];
                    finding.help(format!("the page has moved: write `{now}`")).fix(Fix::suggested(edits))
                }
                None => finding,
            });
        }
        if let (Some(page), Some(anchor)) = (site.page_at(target), anchor)
            && !site.has_anchor(page, anchor)
        {
            found.push(no_such_place(site, to, page, anchor));
        }
    }
    found.extend(site.lost_redirects.iter().filter_map(lost));
}

/// What is wrong with an old address that cannot be served, or with where it shall lead.
fn lost(LostRedirect { from, reason }: &LostRedirect) -> Option<Diagnostic> {
    let old = &from.value;
    let (message, help) = match reason {
        RedirectObstacle::OutsideSite => (
            format!("cannot redirect from `{old}`: not an address of this site"),
            "use an address relative to the root of the site: `/old-name/`",
        ),
        RedirectObstacle::Mark('*') => (
            format!("cannot redirect from `{old}`: wildcards are not supported"),
            "add a separate line for each old address",
        ),
        RedirectObstacle::Mark(mark) => (
            format!("cannot redirect from `{old}`: a page address cannot contain `{mark}`"),
            "use only the address before it; a redirect keeps what follows it",
        ),
        RedirectObstacle::NoTarget => {
            (format!("redirect from `{old}` has no target"), "use the address of a page, or a URL")
        }
        // Told by `url/duplicate` and `link/unsafe-scheme`, at the same place.
        RedirectObstacle::Blocked(_) | RedirectObstacle::Redirected(_) | RedirectObstacle::UnsafeScheme(..) => {
            return None;
        }
    };
    Some(RULE.at(from.span, message).help(help))
}

/// The address of the page that was served at another one before.
fn moved(site: &Site, address: &SitePath) -> Option<SitePath> {
    let page = site.page_from(site.moved_from_address(address)?)?;
    Some(site.page(page).address.clone())
}

fn no_such_place(site: &Site, to: &Located<String>, page: PageId, anchor: &Anchor) -> Diagnostic {
    let finding = RULE.at(to.span, format!("redirect target not found: no heading for `{}`", to.value));
    let Some((better, applicability)) = nearest_anchor(site, page, anchor) else {
        return finding.help(format!("the page has no `#{anchor}`"));
    };
    let replacement = format!("\"{}\"", to.value.replace(&format!("#{anchor}"), &format!("#{better}")));
    let edits = vec![Edit { span: to.span, replacement }];
    finding.help(did_you_mean(format!("#{better}"))).fix(Fix { applicability, edits })
}
