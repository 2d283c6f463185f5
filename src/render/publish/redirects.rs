//! Redirects: old addresses that lead to new ones.

use std::collections::BTreeMap;

use crate::html::escaped;
use crate::site::Site;
use crate::url::{Anchor, Href, SitePath};
use crate::wording::Wording;

/// A small page for each redirect: its address and its HTML. It works on any web server.
pub(in crate::render) fn redirects(site: &Site) -> Vec<(SitePath, String)> {
    // Parts of pages that are still there are redirected by these.
    let gone = site.redirects.iter().filter(|old| site.page_at(&old.address).is_none());
    let mut pages: BTreeMap<&SitePath, GonePage<'_>> = BTreeMap::new();
    for old in gone {
        let page = pages.entry(&old.address).or_default();
        match &old.part {
            Some(part) => page.parts.push((part, &old.href)),
            None => page.whole = Some(&old.href),
        }
    }
    pages.into_iter().filter_map(|(address, gone)| Some((address.clone(), gone.html()?))).collect()
}

/// A page that is gone: where it leads as a whole, and where its parts do.
#[derive(Default)]
struct GonePage<'s> {
    whole: Option<&'s Href>,
    parts: Vec<(&'s Anchor, &'s Href)>,
}

impl GonePage<'_> {
    fn html(&self) -> Option<String> {
        // Without a redirect of its own, a page leads where its first part does.
        let whole = self.whole.or_else(|| self.parts.first().map(|(_, href)| *href))?;
        let part = |(part, href): &(&Anchor, &Href)| {
            let (part, href) = (escaped(part.as_str()), escaped(href.as_str()));
            format!("<a hidden data-from=\"{part}\" href=\"{href}\"></a>")
        };
        Some(page(&escaped(whole.as_str()), &self.parts.iter().map(part).collect::<String>()))
    }
}

/// The way in, for a site without a page at its root: it leads to the first page, as in mdBook.
pub(in crate::render) fn home(site: &Site) -> Option<(SitePath, String)> {
    let root = SitePath::new("/index.html");
    // A redirect from `/` is the author's own way in.
    let is_redirected = site.redirects.iter().any(|old| old.address.output_file() == root.output_file());
    if is_redirected || site.page_at(&SitePath::new("/")).is_some() {
        return None;
    }
    let first = site.nav.first_page().or_else(|| site.pages().map(|(id, _)| id).next())?;
    let href = Href::between(&root, &site.page(first).address, None);
    Some((root, page(&escaped(href.as_str()), "")))
}

/// Redirects with the fragment and the query of the reader's address. A fragment of the redirect itself stays.
const HAND_ON: &str = "var a=document.querySelector('a');if(!a.search)a.search=location.search;\
    if(!a.hash)a.hash=location.hash;location.replace(a.href)";

/// Redirects to where the part that the reader's address names is now; from all others as a whole.
const HAND_ON_PARTS: &str = "var h=location.hash.slice(1),b=[...document.querySelectorAll('[data-from]')]\
    .find(a=>[a.dataset.from,encodeURI(a.dataset.from)].includes(h));if(b)location.replace(b.href);else{";

/// Readers without scripts are redirected as well, but without the fragment, which only a script can read.
fn page(href: &str, parts: &str) -> String {
    let words = Wording::english();
    // The script reads its target from this link, so no address has to be escaped for a script.
    let link = format!("<a href=\"{href}\">{}</a>", words.say("redirect.here"));
    let script = if parts.is_empty() { HAND_ON.to_owned() } else { format!("{HAND_ON_PARTS}{HAND_ON}}}") };
    let (title, text) = (words.say("redirect.title"), words.with("redirect.text", &[("link", &link)]));
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
         <meta name=\"robots\" content=\"noindex\">\n<link rel=\"canonical\" href=\"{href}\">\n\
         <noscript><meta http-equiv=\"refresh\" content=\"0; url={href}\"></noscript>\n\
         <p>{text}</p>\n{parts}<script>{script}</script>\n</html>\n"
    )
}
