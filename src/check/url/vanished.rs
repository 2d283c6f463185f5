//! `url/vanished-page`, `url/vanished-anchor` and `url/vanished-asset`: addresses that were published, and lead nowhere now.

use std::collections::{BTreeMap, HashSet};

use super::promise::{PromisedPage, Promises};
use crate::diagnostic::{Diagnostic, Edit, Findings, Fix, Rule, nearest};
use crate::markdown::Heading;
use crate::site::{Asset, Site, SitePage};
use crate::text::{Part as _, SourcePath, Sources, Span};
use crate::url::{Anchor, SitePath};

/// A page without a successor.
pub static PAGE: Rule = Rule::error("url/vanished-page", include_str!("vanished_page.md"));
/// A place in a page that is still there.
pub static ANCHOR: Rule = Rule::warning("url/vanished-anchor", include_str!("vanished_anchor.md"));
/// A file that was copied as it is.
pub static ASSET: Rule = Rule::warning("url/vanished-asset", include_str!("vanished_asset.md"));

/// Holds a site against what was promised. `moved` has the new path of each file that was renamed since.
#[must_use]
pub fn check(
    site: &Site,
    promises: &Promises,
    moved: &BTreeMap<SourcePath, SourcePath>,
    sources: &Sources,
) -> Findings {
    let mut found = Findings::new();
    let is_old: HashSet<&str> = promises.pages.iter().map(|page| page.address.as_str()).collect();
    let mut gone: BTreeMap<Option<usize>, Vec<&PromisedPage>> = BTreeMap::new();
    for promised in &promises.pages {
        let address = promised.address();
        match site.page_at(&address) {
            Some(page) => anchors(site.page(page), promised, sources, &mut found),
            None if is_served(site, &address) => {}
            None => gone.entry(successor(site, promised, moved, &is_old)).or_default().push(promised),
        }
    }
    for (successor, promised) in gone {
        let successor = successor.map(|at| &*site.pages[at]);
        found.extend(pages(site, successor, &promised, sources));
    }
    assets(site, promises, &mut found);
    found
}

/// The files that are served no more. They are no texts: the findings stand at the start of book.toml.
fn assets(site: &Site, promises: &Promises, found: &mut Findings) {
    let is_old: HashSet<&str> = promises.assets.iter().map(String::as_str).collect();
    let new: Vec<&Asset> = site.assets.iter().filter(|asset| !is_old.contains(asset.address.as_str())).collect();
    for old in &promises.assets {
        let address = SitePath::new(old);
        if !is_served(site, &address) {
            let name = old.rsplit('/').next();
            let mut namesakes = new.iter().filter(|asset| asset.address.as_str().rsplit('/').next() == name);
            let help = match (namesakes.next(), namesakes.next()) {
                (Some(moved), None) => {
                    format!("`{}` may be it: put it back, or keep a copy at the old address", moved.source)
                }
                _ => "put it back: others may link it".to_owned(),
            };
            let message = format!("the file `{old}` was published, and is not there now");
            found.push(ASSET.at(Span::start_of(site.config.book_toml), message).help(help));
        }
    }
}

/// Whether readers who come to an address find anything.
fn is_served(site: &Site, address: &SitePath) -> bool {
    let file = address.output_file();
    site.page_at(address).is_some()
        || site.asset_at(address).is_some()
        || site.redirects.iter().any(|old| old.address.output_file() == file)
}

/// The page that a vanished one most likely became: the one made from its file, wherever that lies now; else the only
/// new one of its title or its name.
fn successor(
    site: &Site,
    promised: &PromisedPage,
    moved: &BTreeMap<SourcePath, SourcePath>,
    is_old: &HashSet<&str>,
) -> Option<usize> {
    let source = promised.source();
    let now = source.as_ref().map(|source| moved.get(source).unwrap_or(source));
    let made_from_it = |page: &SitePage| now.is_some() && page.source.as_ref() == now;
    let is_new = |page: &SitePage| page.source.is_some() && !is_old.contains(page.address.as_str());
    let same_title = |page: &SitePage| is_new(page) && page.title == promised.title;
    let same_name = |page: &SitePage| {
        let name = |path: &SourcePath| path.file_name().to_owned();
        is_new(page) && source.is_some() && page.source.as_ref().map(name) == source.as_ref().map(name)
    };
    let only = |fits: &dyn Fn(&SitePage) -> bool| {
        let mut fitting = site.pages.iter().enumerate().filter(|(_, page)| fits(page)).map(|(at, _)| at);
        fitting.next().filter(|_| fitting.next().is_none())
    };
    only(&made_from_it).or_else(|| only(&same_title)).or_else(|| only(&same_name))
}

/// The findings for pages that vanished and became this one. What repairs all of them is offered with the first.
fn pages(site: &Site, successor: Option<&SitePage>, promised: &[&PromisedPage], sources: &Sources) -> Findings {
    let markdown = successor.and_then(SitePage::markdown);
    let source = markdown.map_or(site.config.book_toml, |page| page.source);
    let mut repair = markdown.filter(|page| page.front.redirect_from.is_empty()).map(|page| {
        let text = sources.get(page.source).text();
        redirect_from(text, Span::start_of(page.source), promised)
    });
    let findings = promised.iter().map(|promised| {
        let old = &promised.address;
        let message = format!("`{old}` was published, and leads nowhere now");
        let finding = PAGE.at(Span::start_of(source), message);
        let finding = match successor {
            Some(page) if page.markdown().is_some() => finding.help(format!(
                "if `{}` has its content now, say so in its front matter: `redirect_from: {old}`",
                page.address
            )),
            Some(page) => finding
                .help(format!("lead its readers on: `\"{old}\" = \"{}\"` in `[output.html.redirect]`", page.address)),
            None => finding.help(format!(
                "lead its readers on, with `redirect_from: {old}` in the front matter of a page, or in \
                 `[output.html.redirect]`"
            )),
        };
        match repair.take() {
            Some(repair) => finding.fix(repair),
            None => finding,
        }
    });
    findings.collect()
}

/// Puts old addresses into the front matter of a page, which has none of them yet.
fn redirect_from(text: &str, start: Span, promised: &[&PromisedPage]) -> Fix {
    let all: Vec<&str> = promised.iter().map(|promised| promised.address.as_str()).collect();
    let value = if let [only] = *all { only.to_owned() } else { format!("[{}]", all.join(", ")) };
    let head = text.split_inclusive('\n').next().filter(|line| line.trim_end() == "---");
    let at = head.map_or(0, str::len);
    let entry = format!("redirect_from: {value}\n");
    let replacement = if head.is_some() { entry } else { format!("---\n{entry}---\n") };
    Fix::suggested(vec![Edit { span: Span::new(start.source, at..at), replacement }])
}

/// The anchors of a page that is still there.
fn anchors(page: &SitePage, promised: &PromisedPage, sources: &Sources, found: &mut Findings) {
    let Some(now) = page.markdown() else { return };
    let is_old: HashSet<&str> = promised.anchors.iter().map(String::as_str).collect();
    for old in promised.anchors().filter(|old| !now.has_anchor(old)) {
        let new = now.document.headings.iter().filter(|heading| !is_old.contains(heading.id.as_str()));
        let near = nearest(old.as_str(), new.clone().map(|heading| heading.id.as_str()));
        let grew = |heading: &&Heading| {
            // `#stage-5` became `#stage-5-uat`, or the other way round.
            let (longer, shorter) = if heading.id.as_str().len() > old.as_str().len() {
                (heading.id.as_str(), old.as_str())
            } else {
                (old.as_str(), heading.id.as_str())
            };
            longer.strip_prefix(shorter).is_some_and(|rest| rest.starts_with('-'))
        };
        let is_near = |heading: &&Heading| Some(heading.id.as_str()) == near;
        let heading = new.clone().find(is_near).or_else(|| new.clone().find(grew));
        found.push(anchor(page, Span::start_of(now.source), (&old, heading), sources));
    }
}

fn anchor(page: &SitePage, start: Span, (old, heading): (&Anchor, Option<&Heading>), sources: &Sources) -> Diagnostic {
    let message = format!("`{}#{old}` was published, and is no longer on the page", page.address);
    let keep = format!("<a id=\"{old}\"></a>");
    let Some(heading) = heading else {
        return ANCHOR
            .at(start, message)
            .help(format!("keep the old address alive where its content is now: `{keep}`"));
    };
    let text = sources.get(heading.span.source).text();
    let line = text.part(..heading.span.start as usize).rfind('\n').map_or(0, |at| at + 1);
    let edit = Edit { span: Span::new(heading.span.source, line..line), replacement: format!("{keep}\n\n") };
    let help = format!("if it is `#{}` now, keep the old address alive before it: `{keep}`", heading.id);
    ANCHOR.at(heading.span, message).help(help).fix(Fix::suggested(vec![edit]))
}
