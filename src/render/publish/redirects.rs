//! Redirects: old addresses that lead to new ones.

use std::collections::BTreeMap;

use crate::html::escaped;
use crate::site::Site;
use crate::theme::Theme;
use crate::url::{Anchor, Href, SitePath};
use crate::wording::Wording;

/// A small page for each redirect: its address and its HTML. It works on any web server.
pub(in crate::render) fn redirects(site: &Site, theme: &Theme) -> Vec<(SitePath, String)> {
    // Parts of pages that are still there are redirected by these.
    let gone = site.redirects.iter().filter(|old| old.part.is_none() || !site.serves_page(&old.address));
    let mut pages: BTreeMap<&SitePath, GonePage<'_>> = BTreeMap::new();
    for old in gone {
        let page = pages.entry(&old.address).or_default();
        match &old.part {
            Some(part) => page.parts.push((part, &old.href)),
            None => page.whole = Some(&old.href),
        }
    }
    pages.into_iter().filter_map(|(address, gone)| Some((address.clone(), gone.html(address, theme)?))).collect()
}

/// A page that is gone: where it leads as a whole, and where its parts do.
#[derive(Default)]
struct GonePage<'s> {
    whole: Option<&'s Href>,
    parts: Vec<(&'s Anchor, &'s Href)>,
}

impl GonePage<'_> {
    fn html(&self, from: &SitePath, theme: &Theme) -> Option<String> {
        // Without a redirect of its own, a page leads where its first part does.
        let whole = self.whole.or_else(|| self.parts.first().map(|(_, href)| *href))?;
        let part = |(part, href): &(&Anchor, &Href)| {
            let (part, href) = (escaped(part.as_str()), escaped(href.as_str()));
            format!("<a hidden data-from=\"{part}\" href=\"{href}\"></a>\n")
        };
        Some(page(from, theme, whole, &self.parts.iter().map(part).collect::<String>()))
    }
}

/// The way in, for a site without a page at its root: it leads to the first page, as in mdBook.
pub(in crate::render) fn home(site: &Site, theme: &Theme) -> Option<(SitePath, String)> {
    let root = SitePath::new("/index.html");
    // A redirect from `/` is the author's own way in.
    let is_redirected = site.redirects.iter().any(|old| old.address.output_file() == root.output_file());
    if is_redirected || site.page_at(&SitePath::new("/")).is_some() {
        return None;
    }
    let first = site.nav.first_page().or_else(|| site.pages().map(|(id, _)| id).next())?;
    let href = Href::between(&root, &site.page(first).address, None);
    let html = page(&root, theme, &href, "");
    Some((root, html))
}

/// Readers without scripts are redirected as well, but without the fragment, which only a script can read.
fn page(from: &SitePath, theme: &Theme, to: &Href, parts: &str) -> String {
    let words = Wording::english();
    let href = escaped(to.as_str());
    let script = escaped(Href::between(from, &SitePath::new(&theme.redirect), None).as_str());
    let link = format!("<a href=\"{href}\">{}</a>", words.say("redirect.here"));
    let (title, text) = (words.say("redirect.title"), words.with("redirect.text", &[("link", &link)]));
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
         <meta name=\"robots\" content=\"noindex\">\n<link rel=\"canonical\" href=\"{href}\">\n\
         <noscript><meta http-equiv=\"refresh\" content=\"0; url={href}\"></noscript>\n\
         <p>{text}</p>\n{parts}<script src=\"{script}\"></script>\n</html>\n"
    )
}
