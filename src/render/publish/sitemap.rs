//! `sitemap.xml`: all pages by their full addresses, for search engines.

use std::fmt::Write as _;

use crate::html::escaped;
use crate::render::updated;
use crate::site::{PageContent, Site, SitePage};

/// The sitemap; none when the project does not say where the site is published.
pub(in crate::render) fn sitemap(site: &Site) -> Option<String> {
    let base = site.config.site_url.as_deref()?.trim_end_matches('/');
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    // Nobody searches the web for the list of all pages or for the 404 page.
    let is_found = |page: &SitePage| {
        !matches!(page.content, PageContent::AllPages | PageContent::NotFound) && page.address.as_str() != "/404.html"
    };
    for (_, page) in site.pages().filter(|(_, page)| is_found(page)) {
        let changed = page.source.as_ref().and_then(|source| site.changed.get(source));
        let changed = changed.map(|seconds| format!("<lastmod>{}</lastmod>", updated::day(*seconds).iso));
        let address = escaped(&format!("{base}{}", page.address.encoded()));
        let _ = writeln!(xml, "<url><loc>{address}</loc>{}</url>", changed.unwrap_or_default());
    }
    xml.push_str("</urlset>\n");
    Some(xml)
}
