//! `sitemap.xml`: all pages by their full addresses, for search engines.

use std::fmt::Write as _;

use crate::render::nav::escape;
use crate::site::Site;

/// The sitemap; none when the project does not say where the site is published.
pub(in crate::render) fn sitemap(site: &Site) -> Option<String> {
    let base = site.config.site_url.as_deref()?.trim_end_matches('/');
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for (_, page) in site.pages().filter(|(_, page)| page.address.as_str() != "/404.html") {
        let _ = writeln!(xml, "<url><loc>{}</loc></url>", escape(&format!("{base}{}", page.address)));
    }
    xml.push_str("</urlset>\n");
    Some(xml)
}
