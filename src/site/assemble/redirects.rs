//! Redirects from old addresses, as book.toml, front matter and playbooks declare them, and why some cannot be served.

use crate::site::{AddressClaim, AddressTable, Obstacle, Owner, PageId, Site};
use crate::source::{Located, Span};
use crate::url::{Anchor, Destination, Href, SitePath, UnsafeScheme};

/// Characters that an old address can't have: no server looks for files with `?`, and in other tools `*` stands for any
/// name.
const MARKS: [char; 2] = ['?', '*'];

/// An old address.
#[derive(Clone, Debug)]
pub struct Redirect {
    /// The old address as it was written.
    pub from: Located<String>,
    /// Where it is served.
    pub address: SitePath,
    /// The part of the old page that moved, `#part`, if the rest of it did not. Only a script can redirect from there.
    pub part: Option<Anchor>,
    /// Where it leads, as it was written; for front matter, the address of its page.
    pub to: Located<String>,
    /// The address it leads to, when that is in the site.
    pub target: Option<SitePath>,
    /// The anchor in the page it leads to.
    pub anchor: Option<Anchor>,
    /// The way there, relative to the old address.
    pub href: Href,
}

/// An old address that cannot be served.
#[derive(Clone, Debug)]
pub struct LostRedirect {
    /// The address as it was written.
    pub from: Located<String>,
    /// What is in its way.
    pub reason: RedirectObstacle,
}

/// Why an old address cannot be served.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum RedirectObstacle {
    /// Something else has the address, or nothing can have it.
    Blocked(Obstacle),
    /// Another redirect has it.
    Redirected(Span),
    /// It is not an address of this site.
    OutsideSite,
    /// It has a character that no server sees in an address, or that is a wildcard.
    Mark(char),
    /// It has no target.
    NoTarget,
    /// Its target must not be published.
    UnsafeScheme(Located<String>, UnsafeScheme),
}

/// All redirects. Those of book.toml win over those of pages; among pages, the first.
pub(crate) fn collect(site: &Site) -> (Vec<Redirect>, Vec<LostRedirect>, AddressTable) {
    let (mut kept, mut lost, mut taken) = (Vec::new(), Vec::new(), AddressTable::default());
    // First whole pages: a redirect from a part is served by what is at the address of its page.
    let (parts, whole): (Vec<_>, Vec<_>) = wanted(site).partition(|(from, to)| part(from, to).is_some());
    for (from, to) in whole.into_iter().chain(parts) {
        let part = part(from, &to);
        let is_there = part.is_some() && is_at_old_address(site, &kept, from);
        let claimed = may_be_served(site, from, &to).and_then(|()| {
            if is_there {
                return served_at(&from.value).ok_or(RedirectObstacle::OutsideSite);
            }
            claim(site, &mut taken, from)
        });
        let address = match claimed {
            Ok(address) => address,
            // book.toml overrules pages on purpose, so the page's own claim is not reported as lost.
            Err(RedirectObstacle::Redirected(by)) if is_set(site, by) && !is_set(site, from.span) => continue,
            Err(reason) => {
                lost.push(LostRedirect { from: from.clone(), reason });
                continue;
            }
        };
        kept.extend(match to {
            RedirectTarget::Written(to) => {
                written(site, from, address, to).map(|redirect| Redirect { part: part.clone(), ..redirect })
            }
            RedirectTarget::Page(page) => Some(Redirect {
                part: None,
                from: from.clone(),
                href: Href::between(&address, page, None),
                address,
                to: Located::new(page.to_string(), from.span),
                target: Some(page.clone()),
                anchor: None,
            }),
        });
    }
    (kept, lost, taken)
}

/// The part of a page that a redirect is for. Front matter names whole pages only.
fn part(from: &Located<String>, to: &RedirectTarget<'_>) -> Option<Anchor> {
    let (Destination::Local { fragment, .. }, RedirectTarget::Written(_)) = (Destination::parse(&from.value), to)
    else {
        return None;
    };
    fragment.as_deref().filter(|part| !part.is_empty()).map(Anchor::new)
}

/// Whether something is served at the address of an old part already: its page, or a redirect.
fn is_at_old_address(site: &Site, kept: &[Redirect], from: &Located<String>) -> bool {
    let Some(address) = served_at(&from.value) else { return false };
    site.serves_page(&address) || kept.iter().any(|redirect| redirect.address == address)
}

impl Site {
    /// Whether a page has exactly this address, and not only another by which links may name it.
    #[must_use]
    pub fn serves_page(&self, address: &SitePath) -> bool {
        self.page_at(address).is_some_and(|page| self.page(page).address == *address)
    }

    /// The redirects from parts of a page that moved.
    pub fn moved_parts(&self, page: &SitePath) -> impl Iterator<Item = (&Anchor, &Redirect)> {
        let here = self.redirects.iter().filter(move |redirect| redirect.address == *page);
        here.filter_map(|redirect| Some((redirect.part.as_ref()?, redirect)))
    }

    /// Whether a file that the site can do without has room: nothing that is meant to be served is in its way.
    #[must_use]
    pub fn has_room_for(&self, file: &str) -> bool {
        let is_free = |addresses: &AddressTable| !addresses.obstacle(file).is_some_and(|other| other.is_everywhere());
        is_free(&self.addresses) && is_free(&self.redirected)
    }

    /// The page that readers of an old address are led to, be the address that of the page or of its file.
    #[must_use]
    pub fn redirected(&self, address: &SitePath) -> Option<PageId> {
        // Old links in Markdown name the file, `old.md`, but the redirect was noted for the address.
        let text = address.as_str().trim_end_matches(".md");
        let old = as_folder(SitePath::new(text));
        let redirect = self.redirects.iter().find(|redirect| redirect.address == old && redirect.part.is_none())?;
        self.page_at(redirect.target.as_ref()?)
    }
}

/// Where a redirect should lead.
enum RedirectTarget<'a> {
    /// To a destination as it was written.
    Written(&'a Located<String>),
    /// To the page at this address.
    Page(&'a SitePath),
}

fn wanted(site: &Site) -> impl Iterator<Item = (&Located<String>, RedirectTarget<'_>)> {
    let set = site.config.written.html.redirect.iter().map(|(from, to)| (from, RedirectTarget::Written(to)));
    let of_pages = site.pages.iter().flat_map(|page| {
        let olds = page.markdown().map_or(&[][..], |markdown| &markdown.front.redirect_from);
        olds.iter().map(|from| (from, RedirectTarget::Page(&page.address)))
    });
    let of_playbooks = site.playbooks.iter().flat_map(|entry| {
        let address = &site.page(entry.page).address;
        entry.playbook.redirect_from.iter().map(move |from| (from, RedirectTarget::Page(address)))
    });
    set.chain(of_pages).chain(of_playbooks)
}

/// Whether book.toml says so.
fn is_set(site: &Site, span: Span) -> bool {
    span.source == site.config.book_toml
}

/// Whether an old address and its target can be written at all.
fn may_be_served(site: &Site, from: &Located<String>, to: &RedirectTarget<'_>) -> Result<(), RedirectObstacle> {
    if let RedirectTarget::Written(to) = to {
        if let Some(refusal) = site.config.schemes.refusal(&to.value) {
            return Err(RedirectObstacle::UnsafeScheme((*to).clone(), refusal));
        }
        // An empty link means the page it is on: the redirect would lead to itself, for ever.
        if to.value.trim().is_empty() {
            return Err(RedirectObstacle::NoTarget);
        }
    }
    // A whole page has no `#`, and no server sees one.
    let is_part = part(from, to).is_some();
    let is_mark = |mark: &char| MARKS.contains(mark) || (*mark == '#' && !is_part);
    from.value.chars().find(is_mark).map_or(Ok(()), |mark| Err(RedirectObstacle::Mark(mark)))
}

/// Takes the address that an old one is served at. Two old addresses that only some disks take for one are left alone.
fn claim(site: &Site, taken: &mut AddressTable, from: &Located<String>) -> Result<SitePath, RedirectObstacle> {
    let address = served_at(&from.value).ok_or(RedirectObstacle::OutsideSite)?;
    let file = address.output_file();
    // Not even what only some disks confuse: on a Mac, a redirect from `/Guide/` would overwrite the page `/guide/`.
    if let Some(obstacle) = site.addresses.obstacle(&file) {
        return Err(RedirectObstacle::Blocked(obstacle));
    }
    match taken.obstacle(&file).filter(Obstacle::is_everywhere) {
        Some(Obstacle::Taken(AddressClaim { span: Some(span), .. })) => return Err(RedirectObstacle::Redirected(span)),
        Some(obstacle) => return Err(RedirectObstacle::Blocked(obstacle)),
        None => taken.add(&file, AddressClaim { owner: Owner::Redirect(from.value.clone()), span: Some(from.span) }),
    }
    Ok(address)
}

/// Where an old address is served.
fn served_at(written: &str) -> Option<SitePath> {
    let Destination::Local { path, .. } = Destination::parse(written) else { return None };
    SitePath::new("/").follow(&path).map(as_folder)
}

/// `/old` as the folder `/old/`: a web server has no other way to send HTML for a name without extension.
fn as_folder(address: SitePath) -> SitePath {
    let name = address.as_str().rsplit('/').next().unwrap_or_default();
    if name.is_empty() || name.contains('.') { address } else { SitePath::new(&format!("{address}/")) }
}

fn written(site: &Site, from: &Located<String>, address: SitePath, to: &Located<String>) -> Option<Redirect> {
    let mut anchor = None;
    let (target, href) = match Destination::parse(&to.value) {
        Destination::External(url) => (None, Href::as_written(&url, &site.config.schemes)?),
        Destination::Local { path, fragment, .. } => match address.follow(&path) {
            Some(target) => {
                // The address as it is served: otherwise `/new` would send readers on to `/new/`, a second redirect.
                let target = served(site, &target).cloned().unwrap_or_else(|| as_folder(target));
                anchor = fragment.as_deref().filter(|id| !id.is_empty()).map(Anchor::new);
                let href = Href::between(&address, &target, anchor.as_ref());
                (Some(target), href)
            }
            None => (None, Href::as_written(&to.value, &site.config.schemes)?),
        },
    };
    Some(Redirect { from: from.clone(), address, part: None, to: to.clone(), target, anchor, href })
}

/// The address at which a page or file is really served, however its address was written.
fn served<'a>(site: &'a Site, address: &SitePath) -> Option<&'a SitePath> {
    let page = site.page_at(address).map(|page| &site.page(page).address);
    page.or_else(|| site.asset_at(address).map(|asset| &asset.address))
}
