//! Redirects: old addresses that lead to new ones.

use crate::html::escaped;
use crate::site::Site;
use crate::theme::Theme;
use crate::url::{Href, SitePath};
use crate::wording::Wording;

/// A small page for each redirect: its address and its HTML. It works on any web server.
pub(in crate::render) fn redirects(site: &Site, theme: &Theme) -> Vec<(SitePath, String)> {
    let pages = site.redirects.iter().map(|old| (old.address.clone(), page(&old.address, theme, &old.href)));
    pages.collect()
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
    let html = page(&root, theme, &href);
    Some((root, html))
}

/// Readers without scripts are redirected as well, but without the fragment, which only a script can read.
fn page(from: &SitePath, theme: &Theme, to: &Href) -> String {
    let words = Wording::english();
    let href = escaped(to.as_str());
    let script = escaped(Href::between(from, &SitePath::new(&theme.redirect), None).as_str());
    let link = format!("<a href=\"{href}\">{}</a>", words.say("redirect.here"));
    let (title, text) = (words.say("redirect.title"), words.with("redirect.text", &[("link", &link)]));
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
         <meta name=\"robots\" content=\"noindex\">\n<link rel=\"canonical\" href=\"{href}\">\n\
         <noscript><meta http-equiv=\"refresh\" content=\"0; url={href}\"></noscript>\n\
         <p>{text}</p>\n<script src=\"{script}\"></script>\n</html>\n"
    )
}
