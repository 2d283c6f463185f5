//! `robots.txt`: crawlers may read everything, and find the sitemap.

use crate::site::Site;

/// The file; none when the project does not say where the site is published.
pub(in crate::render) fn robots(site: &Site) -> Option<String> {
    let base = site.config.site_url.as_deref()?;
    Some(format!("User-agent: *\nAllow: /\n\nSitemap: {base}sitemap.xml\n"))
}
