//! Redirects: old addresses that lead to new ones.

use crate::html::escaped;
use crate::site::Site;
use crate::url::{Href, SitePath};
use crate::wording::Wording;

/// A small page for each redirect: its address and its HTML. It works on any web server.
pub(in crate::render) fn redirects(site: &Site) -> Vec<(SitePath, String)> {
    let pages = site.redirects.iter().map(|old| (old.address.clone(), page(&escaped(old.href.as_str()))));
    pages.collect()
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
    Some((root, page(&escaped(href.as_str()))))
}

/// Redirects with the fragment and the query of the reader's address. A fragment of the redirect itself stays.
const HAND_ON: &str = "var a=document.querySelector('a');if(!a.search)a.search=location.search;\
    if(!a.hash)a.hash=location.hash;location.replace(a.href)";

/// Readers without scripts are redirected as well, but without the fragment, which only a script can read.
fn page(href: &str) -> String {
    let words = Wording::english();
    // The script reads its target from this link, so no address has to be escaped for a script.
    let link = format!("<a href=\"{href}\">{}</a>", words.say("redirect.here"));
    let (title, text) = (words.say("redirect.title"), words.with("redirect.text", &[("link", &link)]));
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
         <meta name=\"robots\" content=\"noindex\">\n<link rel=\"canonical\" href=\"{href}\">\n\
         <noscript><meta http-equiv=\"refresh\" content=\"0; url={href}\"></noscript>\n\
         <p>{text}</p>\n<script>{HAND_ON}</script>\n</html>\n"
    )
}
