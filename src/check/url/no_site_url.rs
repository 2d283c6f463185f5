//! `url/no-site-url`: a project that is published without saying where.

use crate::diagnostic::{Diagnostics, Rule};
use crate::site::{PageContent, Site};
use crate::source::Span;

/// The rule. It is looked for by commands that check or write what is published: a preview is always at the root.
pub static RULE: Rule = Rule::info("url/no-site-url", include_str!("no_site_url.md")).on_demand();

/// Looks at the settings.
#[must_use]
pub fn check(site: &Site) -> Diagnostics {
    let is_not_found = |content: &PageContent| matches!(content, PageContent::NotFound);
    let has_own_page =
        site.pages().any(|(_, page)| page.address.as_str() == "/404.html" || is_not_found(&page.content));
    if site.config.site_url.is_some() || !has_own_page {
        return Diagnostics::new();
    }
    let message = "`site-url` is not set: below the top folder, the page for missing addresses has no styles; there is \
                   no sitemap, `robots.txt` or feed";
    let help = "set `site-url` in `[output.html]` to the URL where the site will be published";
    vec![RULE.at(Span::start_of(site.config.book_toml), message).help(help)]
}
