//! `url/duplicate`: two things with one address, on some disk or on all; and addresses that no disk holds.

use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::site::{
    AddressClaim, AddressClash, Difference, Flaw, LostRedirect, Obstacle, Owner, RedirectObstacle, Site,
};
use crate::source::Span;
use crate::theme::Theme;
use crate::url::SitePath;

/// The rule.
pub static RULE: Rule = Rule::error("url/duplicate", include_str!("duplicate.md"));

/// Looks at the addresses that were wanted twice, and at those that cannot be served.
pub fn check(site: &Site, found: &mut Diagnostics) {
    for clash in &site.clashes {
        if let Some((kept, lost)) = playbooks_with_one_id(site, clash) {
            found.extend(one_playbook(kept, lost).into_iter().flatten());
        } else {
            found.push(finding(site, clash));
        }
    }
    for LostRedirect { from, reason } in &site.lost_redirects {
        let address = &from.value;
        found.extend(match reason {
            RedirectObstacle::Blocked(Obstacle::Taken(kept)) => {
                let message = format!("cannot redirect from `{address}`: {} has this address", kept.owner);
                Some(RULE.at(from.span, message).help("remove the redirect, or move the page"))
            }
            RedirectObstacle::Blocked(obstacle) => {
                let claim = AddressClaim { owner: Owner::Redirect(address.clone()), span: Some(from.span) };
                let clash = AddressClash { address: SitePath::new(address), claim, obstacle: obstacle.clone() };
                Some(finding(site, &clash))
            }
            RedirectObstacle::Redirected(other) => {
                let finding = RULE.at(from.span, format!("`{address}` already redirects elsewhere"));
                Some(finding.help("keep one of the redirects").related(*other, "has this address"))
            }
            // Not about the address: other rules tell these.
            RedirectObstacle::OutsideSite
            | RedirectObstacle::Mark(_)
            | RedirectObstacle::NoTarget
            | RedirectObstacle::UnsafeScheme(..) => None,
        });
    }
}

/// Looks at what lies where the theme's own files must. A file of the very same path takes the place of one.
#[must_use]
pub fn check_theme(site: &Site, theme: &Theme) -> Diagnostics {
    let mut found = Diagnostics::new();
    for asset in &theme.assets {
        // A file of the same path in the project takes the place of the theme's: that is how a theme is changed.
        let in_site = site.addresses.obstacle(&asset.path).filter(|other| !matches!(other, Obstacle::Taken(_)));
        let obstacle = in_site.or_else(|| site.redirected.obstacle(&asset.path).filter(Obstacle::is_everywhere));
        let claim = AddressClaim { owner: Owner::Site("a file of the theme"), span: None };
        let clash = obstacle.map(|obstacle| AddressClash { address: SitePath::new(&asset.path), claim, obstacle });
        // What is in the way of one file may be in the way of all.
        let is_told = |finding: &Diagnostic| found.iter().any(|told| told.span == finding.span);
        let finding = clash.map(|clash| finding(site, &clash)).filter(|finding| !is_told(finding));
        found.extend(finding);
    }
    found
}

/// The two, where both sides of a clash are playbooks.
fn playbooks_with_one_id<'a>(site: &Site, clash: &'a AddressClash) -> Option<(&'a AddressClaim, &'a AddressClaim)> {
    let is_playbook =
        |claim: &AddressClaim| matches!(&claim.owner, Owner::File(path) if site.config.playbook_id(path).is_some());
    let Obstacle::Taken(kept) = &clash.obstacle else { return None };
    (is_playbook(kept) && is_playbook(&clash.claim)).then_some((kept, &clash.claim))
}

fn message(AddressClash { address, claim, obstacle }: &AddressClash) -> String {
    let wanted = &claim.owner;
    match obstacle {
        Obstacle::Taken(kept) => format!("{} and {wanted} have the same address `{address}`", kept.owner),
        Obstacle::BelowFile(kept) => format!("{wanted} would be inside {}, which is a file", kept.owner),
        Obstacle::AboveFile(kept) => {
            format!("{wanted} would be a file with the same path as the folder of {}", kept.owner)
        }
        Obstacle::Alike(kept, difference) => {
            format!("the addresses of {} and {wanted} differ only in {}", kept.owner, told_by(*difference))
        }
        Obstacle::FolderAlike { folders: [own, other], difference, .. } => {
            format!("the folders `{own}` and `{other}` differ only in {}", told_by(*difference))
        }
        Obstacle::Impossible(flaw) => format!("{wanted} cannot be published: {}", why(flaw)),
    }
}

fn told_by(difference: Difference) -> &'static str {
    match difference {
        Difference::Case => "capitalization",
        Difference::Accents => "the encoding of accents",
    }
}

fn why(flaw: &Flaw) -> String {
    match flaw {
        Flaw::LongName => "a name in its address is longer than 255 bytes".to_owned(),
        Flaw::LongPath => "its address is longer than 1000 bytes".to_owned(),
        Flaw::Character('\\') => {
            "its name contains the character `\\`, which is a path separator on Windows".to_owned()
        }
        Flaw::Character(character) => format!("its name contains the character `{}`", character.escape_default()),
        Flaw::Reserved(name) => format!("the name `{name}` is reserved"),
    }
}

/// The finding at whoever came second; what every site has stands nowhere, so then at the other one.
fn finding(site: &Site, clash: &AddressClash) -> Diagnostic {
    let AddressClash { claim, obstacle, .. } = clash;
    let other = obstacle.other().and_then(|other| other.span);
    let span = claim.span.or(other).unwrap_or(Span::start_of(site.config.book_toml));
    let finding = RULE.at(span, message(clash)).help(help(claim, obstacle));
    match other.filter(|other| *other != span) {
        Some(other) => finding.related(other, "has this address"),
        None => finding,
    }
}

fn help(claim: &AddressClaim, obstacle: &Obstacle) -> String {
    let is_redirect = |claim: &AddressClaim| matches!(claim.owner, Owner::Redirect(_));
    let other = obstacle.other();
    if is_redirect(claim) || other.is_some_and(is_redirect) {
        return "remove the redirect, or move the page".to_owned();
    }
    match (&claim.owner, obstacle, other.map(|other| &other.owner)) {
        (Owner::Tag(_), Obstacle::Taken(_) | Obstacle::Alike(..), _) => "use a different tag".to_owned(),
        // What the site makes of itself has no name that an author could change.
        (Owner::Tag(_) | Owner::Site(_), _, Some(Owner::File(path))) => format!("rename `{path}`"),
        (_, _, Some(_)) => "rename one of them, or mount it elsewhere".to_owned(),
        (_, _, None) => "rename it".to_owned(),
    }
}

/// Two playbooks with one id: nobody can tell which of them is meant, so it is said at both.
fn one_playbook(kept: &AddressClaim, lost: &AddressClaim) -> [Option<Diagnostic>; 2] {
    [(kept, lost), (lost, kept)].map(|(own, other)| {
        let message = format!("the playbooks {} and {} have the same id", own.owner, other.owner);
        let finding = RULE.at(own.span?, message).help("rename one of them");
        Some(finding.related(other.span?, "the other one"))
    })
}
