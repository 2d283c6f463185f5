//! `url/vanished-page`, `url/vanished-anchor` and `url/vanished-asset`: addresses that were published, and lead nowhere now.

use std::collections::{BTreeMap, HashSet};

use super::promise::{PromisedPage, Promises};
use crate::diagnostic::{Diagnostic, Diagnostics, Edit, Fix, Rule, nearest};
use crate::site::{AddressTable, Asset, Obstacle, PageContent, PageId, Site, SitePage};
use crate::source::{Part as _, SourcePath, Sources, Span};
use crate::url::{Anchor, SitePath};

/// A page without a successor.
pub static PAGE: Rule = Rule::error("url/vanished-page", include_str!("vanished_page.md")).on_demand();
/// A place in a page that is still there.
pub static ANCHOR: Rule = Rule::warning("url/vanished-anchor", include_str!("vanished_anchor.md")).on_demand();
/// A file that was copied as it is.
pub static ASSET: Rule = Rule::warning("url/vanished-asset", include_str!("vanished_asset.md")).on_demand();

/// Holds a site against what was promised. `moved` has the new path of each file that was renamed since.
#[must_use]
pub fn check(
    site: &Site,
    promises: &Promises,
    moved: &BTreeMap<SourcePath, SourcePath>,
    sources: &Sources,
) -> Diagnostics {
    let mut found = Diagnostics::new();
    let written = promises.written();
    let is_old: HashSet<&str> = written.iter().map(|page| page.address.as_str()).collect();
    let mut gone: BTreeMap<Option<PageId>, Vec<&PromisedPage>> = BTreeMap::new();
    for promised in &written {
        let address = promised.address();
        match page_served_at(site, &address) {
            // Only what is still served under the very address is compared place by place; a page that moved has its
            // redirect, which keeps the `#part`.
            Some(page) => anchors(site, page, promised, sources, &mut found),
            None if is_served(site, &address) => {}
            None => gone.entry(successor(site, promised, moved, &is_old)).or_default().push(promised),
        }
    }
    for (successor, promised) in gone {
        found.extend(pages(site, successor, &promised, sources));
    }
    assets(site, promises, &mut found);
    found
}

/// The page that a web server sends for an address. Links of this site may be written in other ways; readers from
/// elsewhere come to what was published, to the letter.
fn page_served_at(site: &Site, address: &SitePath) -> Option<PageId> {
    site.page_at(address).filter(|page| site.page(*page).address.output_file() == address.output_file())
}

/// The files that are served no more. They are no texts: the findings stand at the start of book.toml.
fn assets(site: &Site, promises: &Promises, found: &mut Diagnostics) {
    let is_old: HashSet<&str> = promises.assets.iter().map(String::as_str).collect();
    let new: Vec<&Asset> = site.assets.iter().filter(|asset| !is_old.contains(asset.address.as_str())).collect();
    for old in &promises.assets {
        let address = SitePath::new(old);
        if !is_served(site, &address) {
            let name = old.rsplit('/').next();
            let mut namesakes = new.iter().filter(|asset| asset.address.as_str().rsplit('/').next() == name);
            let help = match (namesakes.next(), namesakes.next()) {
                (Some(moved), None) => {
                    format!("it may be `{}` now: move it back, or keep a copy at the old address", moved.source)
                }
                _ => "restore it, since other sites may link to it".to_owned(),
            };
            let message = format!("published file `{old}` no longer exists");
            found.push(ASSET.at(Span::start_of(site.config.book_toml), message).help(help));
        }
    }
}

/// Whether readers who come to an address find anything.
fn is_served(site: &Site, address: &SitePath) -> bool {
    let file = address.output_file();
    let is_taken = |addresses: &AddressTable| matches!(addresses.obstacle(&file), Some(Obstacle::Taken(_)));
    is_taken(&site.addresses) || is_taken(&site.redirected)
}

/// The page that a vanished one most likely became: the one made from its file, wherever that lies now; else the only
/// new one of its title or its name.
fn successor(
    site: &Site,
    promised: &PromisedPage,
    moved: &BTreeMap<SourcePath, SourcePath>,
    is_old: &HashSet<&str>,
) -> Option<PageId> {
    let source = promised.source();
    let now = source.as_ref().map(|source| moved.get(source).unwrap_or(source));
    let made_from_it = |page: &SitePage| now.is_some() && page.source.as_ref() == now;
    // A page that was published before is nobody's successor: it had its own address all along.
    let is_new = |page: &SitePage| page.source.is_some() && !is_old.contains(page.address.as_str());
    let same_title = |page: &SitePage| is_new(page) && page.title == promised.title;
    let same_name = |page: &SitePage| {
        let name = |path: &SourcePath| path.file_name().to_owned();
        is_new(page) && source.is_some() && page.source.as_ref().map(name) == source.as_ref().map(name)
    };
    let only = |fits: &dyn Fn(&SitePage) -> bool| {
        let mut fitting = site.pages().filter(|(_, page)| fits(page)).map(|(id, _)| id);
        fitting.next().filter(|_| fitting.next().is_none())
    };
    // The surest first. A file is known by git to have moved; a title may be given to two pages, and a name like
    // `index.md` often is, so only the one page that fits counts.
    only(&made_from_it).or_else(|| only(&same_title)).or_else(|| only(&same_name))
}

/// The findings for pages that vanished and became this one. What repairs all of them is offered with the first.
fn pages(site: &Site, successor: Option<PageId>, promised: &[&PromisedPage], sources: &Sources) -> Diagnostics {
    let start = successor.map_or(Span::start_of(site.config.book_toml), |page| site.start_of(page));
    let successor = successor.map(|page| site.page(page));
    let notes = successor.and_then(|page| site.redirect_notes(page, sources));
    let addresses: Vec<SitePath> = promised.iter().map(|promised| promised.address()).collect();
    let free: Vec<&SitePath> = addresses.iter().filter(|old| obstacle(site, old).is_none()).collect();
    // One edit adds all addresses to one list; offered with each finding, `--fix` would write the list several times.
    let mut repair = notes.as_ref().filter(|_| !free.is_empty()).map(|notes| Fix::suggested(notes.add(&free)));
    let findings = addresses.iter().map(|old| {
        let finding = PAGE.at(start, format!("published address `{old}` no longer exists"));
        let finding = finding.help(help(site, old, successor, notes.is_some()));
        match repair.take_if(|_| free.contains(&old)) {
            Some(repair) => finding.fix(repair),
            None => finding,
        }
    });
    findings.collect()
}

/// What keeps a redirect from an old address.
fn obstacle(site: &Site, old: &SitePath) -> Option<Obstacle> {
    site.addresses.obstacle(&old.output_file())
}

/// What to do about an old address.
fn help(site: &Site, old: &SitePath, successor: Option<&SitePage>, has_notes: bool) -> String {
    let written = old.written();
    match (obstacle(site, old), successor) {
        (Some(Obstacle::Alike(..)), _) => {
            "only capitalization or the encoding of accents changed, and redirects for that do not work on every \
            file system: restore the old file name"
                .to_owned()
        }
        (Some(_), _) => {
            "something else is in the way of a redirect from there: move it, or restore the old file name".to_owned()
        }
        (None, Some(page)) if has_notes => {
            let place = if page.markdown().is_some() { "its front matter" } else { "its file" };
            format!("if `{}` has its content now, add this to {place}: `redirect_from: {written}`", page.address)
        }
        (None, Some(page)) => {
            format!("add a redirect: `\"{written}\" = \"{}\"` in `[output.html.redirect]`", page.address.written())
        }
        (None, None) => format!(
            "add a redirect: `redirect_from: {written}` in the front matter of a page, or a line in \
            `[output.html.redirect]`"
        ),
    }
}

/// The places in a page that is still there.
fn anchors(site: &Site, page: PageId, promised: &PromisedPage, sources: &Sources, found: &mut Diagnostics) {
    let is_old: HashSet<&str> = promised.anchors.iter().map(String::as_str).collect();
    let new: Vec<(Anchor, Span)> = named(site, page).filter(|(id, _)| !is_old.contains(id.as_str())).collect();
    for old in promised.anchors().filter(|old| !site.has_anchor(page, old)) {
        let near = nearest(old.as_str(), new.iter().map(|(id, _)| id.as_str()));
        // `#stage-5` became `#stage-5-uat`, or the other way round.
        let grew = |id: &Anchor| {
            let (id, old) = (id.as_str(), old.as_str());
            let (longer, shorter) = if id.len() > old.len() { (id, old) } else { (old, id) };
            longer.strip_prefix(shorter).is_some_and(|rest| rest.starts_with('-'))
        };
        let is_near = |(id, _): &&(Anchor, Span)| Some(id.as_str()) == near;
        let now = new.iter().find(is_near).or_else(|| new.iter().find(|(id, _)| grew(id)));
        found.push(if site.page(page).markdown().is_some() {
            in_text(site, page, &old, now, sources)
        } else {
            of_step(site, page, &old, now)
        });
    }
}

/// The places that a page has now, with what gives them their names: headings, or the steps of a playbook on its page.
fn named(site: &Site, page: PageId) -> impl Iterator<Item = (Anchor, Span)> {
    let headings = site.page(page).markdown().into_iter().flat_map(|written| &written.document.headings);
    let playbook = match site.page(page).content {
        PageContent::Playbook(id) => Some(site.playbook(id)),
        _ => None,
    };
    let steps = playbook.into_iter().flat_map(move |entry| {
        let steps = entry.playbook.steps.iter().enumerate();
        steps.filter_map(move |(at, step)| Some((site.step_place(page, entry, at)?.anchor.clone(), step.name.span)))
    });
    headings.map(|heading| (heading.id.clone(), heading.span)).chain(steps)
}

fn is_gone(site: &Site, page: PageId, old: &Anchor, at: Span) -> Diagnostic {
    let address = &site.page(page).address;
    ANCHOR.at(at, format!("published anchor `{address}#{old}` no longer exists"))
}

/// A place in a text, where the old name can be kept.
fn in_text(site: &Site, page: PageId, old: &Anchor, now: Option<&(Anchor, Span)>, sources: &Sources) -> Diagnostic {
    let keep = format!("<a id=\"{old}\"></a>");
    let Some((id, span)) = now else {
        let finding = is_gone(site, page, old, site.start_of(page));
        return finding.help(format!("keep the old anchor where its content is now: `{keep}`"));
    };
    let text = sources.get(span.source).text();
    // Before the line, not in it: a heading must begin its line to be one.
    let line = text.part(..span.start as usize).rfind('\n').map_or(0, |at| at + 1);
    let edit = Edit { span: Span::new(span.source, line..line), replacement: format!("{keep}\n\n") };
    let help = format!("if it is `#{id}` now, keep the old anchor before it: `{keep}`");
    is_gone(site, page, old, *span).help(help).fix(Fix::suggested(vec![edit]))
}

/// A step on the page of its playbook, whose name alone gives it its address.
fn of_step(site: &Site, page: PageId, old: &Anchor, now: Option<&(Anchor, Span)>) -> Diagnostic {
    match now {
        Some((id, span)) => is_gone(site, page, old, *span).help(format!(
            "if it is `#{id}` now, update the links: they open the top of the page until then; to change only the \
            strip, use `label`, which does not affect the anchor"
        )),
        None => is_gone(site, page, old, site.start_of(page))
            .help("links to it open the top of the page; to restore the anchor, restore the step's name"),
    }
}
